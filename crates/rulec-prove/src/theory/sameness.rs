//! Equality of values that have no order: texts, addresses, codes.
//!
//! Each place has a cell, and a cell has so many different values. Places are equal or differ; values of different cells are never equal. Then there
//! are values for all of them exactly if places that must be equal share a cell and the others can be coloured: one colour for each
//! value of the cell. How many values a cell has is exact up to a bound and without end beyond, so that colouring is rarely more than counting.

use rustc_hash::FxHashMap;

/// Where a value lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Places with the same number have the same values, those with different ones have none that are equal.
    pub cell: u32,
    /// How many values; none: as many as are needed.
    pub room: Option<u64>,
}

/// Two places are equal, or differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// One place.
    pub a: u32,
    /// The other one.
    pub b: u32,
    /// They are equal.
    pub same: bool,
}

/// What [`choose`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// For each place the number of a value in its cell: equal exactly where the values are.
    Values(Vec<u32>),
    /// Places whose cells, and relations which, clash; ascending.
    Clash {
        /// Places.
        places: Vec<u32>,
        /// Relations.
        relations: Vec<usize>,
    },
    /// More steps than the limit allows.
    Undecided,
}

/// Values for all places. Looks at no more than `limit` half-made colourings of each cell.
#[must_use]
pub fn choose(places: &[Place], relations: &[Relation], limit: u32) -> Chosen {
    let groups = Groups::of(places, relations);
    if let Some(clash) = groups.clash(places, relations) {
        return clash;
    }
    let mut by_cell: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for group in 0..groups.count {
        if let Some(place) = groups.first(group).and_then(|it| places.get(it as usize)) {
            by_cell.entry(place.cell).or_default().push(group);
        }
    }
    let mut cells: Vec<(u32, Vec<u32>)> = by_cell.into_iter().collect();
    cells.sort_unstable();
    let apart = groups.apart(relations);
    let mut colours: Vec<u32> = vec![0; groups.count as usize];
    for (_, members) in &cells {
        let place = members.first().and_then(|group| groups.first(*group));
        let room = place
            .and_then(|it| places.get(it as usize))
            .and_then(|it| it.room);
        match colour(members, &apart, room, limit) {
            Coloured::Colours(found) => {
                for (group, found) in members.iter().zip(found) {
                    if let Some(place) = colours.get_mut(*group as usize) {
                        *place = found;
                    }
                }
            }
            Coloured::Undecided => return Chosen::Undecided,
            Coloured::Nothing => {
                let least = least(members, &apart, room, limit);
                return groups.blame(&least, relations);
            }
        }
    }
    let group = |place: usize| groups.of_place.get(place).copied().unwrap_or_default();
    let value = |place| {
        colours
            .get(group(place) as usize)
            .copied()
            .unwrap_or_default()
    };
    Chosen::Values((0..places.len()).map(value).collect())
}

/// Places that relations make equal.
struct Groups {
    of_place: Vec<u32>,
    count: u32,
    /// For each place, the equal relations that it is in.
    ways: Vec<Vec<(u32, usize)>>,
}

impl Groups {
    fn of(places: &[Place], relations: &[Relation]) -> Groups {
        let mut ways: Vec<Vec<(u32, usize)>> = vec![Vec::new(); places.len()];
        for (at, relation) in relations.iter().enumerate().filter(|(_, it)| it.same) {
            for (from, to) in [(relation.a, relation.b), (relation.b, relation.a)] {
                if let Some(ways) = ways.get_mut(from as usize) {
                    ways.push((to, at));
                }
            }
        }
        let mut groups = Groups {
            of_place: vec![u32::MAX; places.len()],
            count: 0,
            ways,
        };
        for start in 0..places.len() as u32 {
            if groups.of_place.get(start as usize) != Some(&u32::MAX) {
                continue;
            }
            let mut open = vec![start];
            while let Some(place) = open.pop() {
                match groups.of_place.get_mut(place as usize) {
                    Some(group) if *group == u32::MAX => *group = groups.count,
                    _ => continue,
                }
                let ways = groups.ways.get(place as usize);
                open.extend(ways.into_iter().flatten().map(|(to, _)| *to));
            }
            groups.count += 1;
        }
        groups
    }

    fn group(&self, place: u32) -> Option<u32> {
        self.of_place.get(place as usize).copied()
    }

    fn first(&self, group: u32) -> Option<u32> {
        let at = self.of_place.iter().position(|it| *it == group)?;
        Some(at as u32)
    }

    /// The fewest equal relations that lead from one place to another of its group.
    fn way(&self, from: u32, to: u32) -> Vec<usize> {
        let mut before: FxHashMap<u32, (u32, usize)> = FxHashMap::default();
        let mut open = std::collections::VecDeque::from([from]);
        while let Some(place) = open.pop_front() {
            if place == to {
                break;
            }
            for (next, relation) in self.ways.get(place as usize).into_iter().flatten() {
                if *next != from && !before.contains_key(next) {
                    before.insert(*next, (place, *relation));
                    open.push_back(*next);
                }
            }
        }
        let mut way = Vec::new();
        let mut at = to;
        while let Some((place, relation)) = before.get(&at).filter(|_| at != from) {
            way.push(*relation);
            at = *place;
        }
        way
    }

    /// Equal places of different cells, or equal places that differ.
    fn clash(&self, places: &[Place], relations: &[Relation]) -> Option<Chosen> {
        let clash = |mut ends: Vec<u32>, mut way: Vec<usize>| {
            ends.sort_unstable();
            way.sort_unstable();
            way.dedup();
            Some(Chosen::Clash {
                places: ends,
                relations: way,
            })
        };
        for (at, relation) in relations.iter().enumerate() {
            let (a, b) = (relation.a, relation.b);
            let cell = |place: u32| places.get(place as usize).map(|it| it.cell);
            if relation.same && cell(a) != cell(b) {
                return clash(vec![a, b], vec![at]);
            }
            if !relation.same && self.group(a) == self.group(b) {
                let mut way = self.way(a, b);
                way.push(at);
                return clash(Vec::new(), way);
            }
        }
        None
    }

    /// Groups that differ.
    fn apart(&self, relations: &[Relation]) -> Vec<(u32, u32)> {
        let differ = relations.iter().filter(|it| !it.same);
        let pairs = differ.filter_map(|it| Some((self.group(it.a)?, self.group(it.b)?)));
        pairs.collect()
    }

    /// What says that these groups lie in one cell and differ.
    fn blame(&self, members: &[u32], relations: &[Relation]) -> Chosen {
        let mut ends: FxHashMap<u32, u32> = FxHashMap::default();
        let mut used = Vec::new();
        let mut seen = Vec::new();
        for (at, relation) in relations.iter().enumerate().filter(|(_, it)| !it.same) {
            let (Some(a), Some(b)) = (self.group(relation.a), self.group(relation.b)) else {
                continue;
            };
            let pair = (a.min(b), a.max(b));
            if !members.contains(&a) || !members.contains(&b) || seen.contains(&pair) {
                continue;
            }
            seen.push(pair);
            used.push(at);
            for (group, place) in [(a, relation.a), (b, relation.b)] {
                let end = *ends.entry(group).or_insert(place);
                used.extend(self.way(end, place));
            }
        }
        let alone = members.iter().filter(|group| !ends.contains_key(group));
        let alone: Vec<u32> = alone.filter_map(|group| self.first(*group)).collect();
        let mut places: Vec<u32> = ends.values().copied().chain(alone).collect();
        places.sort_unstable();
        used.sort_unstable();
        used.dedup();
        Chosen::Clash {
            places,
            relations: used,
        }
    }
}

#[derive(PartialEq, Eq)]
enum Coloured {
    Colours(Vec<u32>),
    Nothing,
    Undecided,
}

/// A colour for each member, different ones for members that are apart; the lowest that does.
fn colour(members: &[u32], apart: &[(u32, u32)], room: Option<u64>, limit: u32) -> Coloured {
    let number: FxHashMap<u32, usize> = members.iter().copied().zip(0..).collect();
    let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
    for (a, b) in apart {
        if let (Some(a), Some(b)) = (number.get(a), number.get(b)) {
            for (from, to) in [(*a, *b), (*b, *a)] {
                if let Some(neighbours) = neighbours.get_mut(from) {
                    neighbours.push(to);
                }
            }
        }
    }
    let room = room.map_or(u32::MAX, |room| u32::try_from(room).unwrap_or(u32::MAX));
    let mut colours: Vec<Option<u32>> = vec![None; members.len()];
    let mut steps = limit;
    if !complete(&neighbours, room, &mut colours, &mut steps) {
        return match steps {
            0 => Coloured::Undecided,
            _ => Coloured::Nothing,
        };
    }
    Coloured::Colours(colours.into_iter().map(Option::unwrap_or_default).collect())
}

/// Colours the member with most colours around it first; of colours that no one has, one is as good as another.
fn complete(
    neighbours: &[Vec<usize>],
    room: u32,
    colours: &mut Vec<Option<u32>>,
    steps: &mut u32,
) -> bool {
    let around = |member: usize, colours: &[Option<u32>]| {
        let of = neighbours.get(member).into_iter().flatten();
        let mut around: Vec<u32> = of
            .filter_map(|it| colours.get(*it).copied().flatten())
            .collect();
        around.sort_unstable();
        around.dedup();
        around
    };
    let open = (0..colours.len()).filter(|member| colours.get(*member) == Some(&None));
    let key = |member: &usize| {
        let count = neighbours.get(*member).map_or(0, Vec::len);
        (
            around(*member, colours).len(),
            count,
            std::cmp::Reverse(*member),
        )
    };
    let Some(member) = open.max_by_key(key) else {
        return true;
    };
    *steps = steps.saturating_sub(1);
    let taken = around(member, colours);
    let used = colours.iter().flatten().max().map_or(0, |it| it + 1);
    for colour in (0..=used).filter(|it| *it < room && !taken.contains(it)) {
        if *steps == 0 {
            return false;
        }
        if let Some(place) = colours.get_mut(member) {
            *place = Some(colour);
        }
        if complete(neighbours, room, colours, steps) {
            return true;
        }
        if let Some(place) = colours.get_mut(member) {
            *place = None;
        }
    }
    false
}

/// Members that have no colouring either, and none of which can be left out as far as the limit tells.
fn least(members: &[u32], apart: &[(u32, u32)], room: Option<u64>, limit: u32) -> Vec<u32> {
    let mut least = members.to_vec();
    let mut at = 0;
    while at < least.len() {
        let mut less = least.clone();
        less.remove(at);
        if colour(&less, apart, room, limit) == Coloured::Nothing {
            least = less;
        } else {
            at += 1;
        }
    }
    least
}

#[cfg(test)]
mod tests;
