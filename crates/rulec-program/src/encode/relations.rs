//! Values for the places of a candidate: inside their cells, and standing to each other as the candidate says.
//!
//! Where there are none, that is a cube in which no state lies: a cycle of differences, texts that are to differ in a cell of too few.

use rulec_facts::ops;
use rulec_facts::truth::Truth;
use rulec_facts::types::Kind;
use rulec_facts::value::Partial;
use rulec_prove::{Cube, Mask, Variable};
use rustc_hash::{FxHashMap, FxHashSet};

use super::atlas::{KindId, PlaceId, Step};
use super::between::{Pair, What};
use super::domain::Room;
use super::encoder::{Encoder, Meaning};
use super::scalar::{EQUAL, GREATER, LESS};

mod loose;

pub(super) use loose::can_be_left_out;

/// Most places of one cell whose values are tried out.
const TRIED: usize = 10;

/// Cells of variables.
pub(crate) type CellOf<'a> = dyn Fn(Variable) -> Option<u32> + 'a;

/// Literals that force something.
type Why = Vec<(Variable, Mask)>;

/// Values by place, or cubes in which there are none.
pub(crate) fn values(
    encoder: &Encoder<'_>,
    named: &[Variable],
    cells: &CellOf<'_>,
) -> Result<FxHashMap<PlaceId, Partial>, Vec<Cube>> {
    let mut work = Work {
        encoder,
        cells,
        places: FxHashMap::default(),
        same: Vec::new(),
        differ: Vec::new(),
        less: Vec::new(),
        values: FxHashMap::default(),
    };
    work.gather(named);
    work.numbers()?;
    work.versions()?;
    work.others()?;
    work.texts(named)?;
    work.between(named);
    Ok(work.values)
}

struct Work<'a, 'p> {
    encoder: &'a Encoder<'p>,
    cells: &'a CellOf<'a>,
    /// Scalar places with the number of their cell in its class.
    places: FxHashMap<PlaceId, Spot>,
    same: Vec<(PlaceId, PlaceId, Why)>,
    differ: Vec<(PlaceId, PlaceId, Why)>,
    /// The first minus the second is at most that.
    less: Vec<(PlaceId, PlaceId, i128, Why)>,
    values: FxHashMap<PlaceId, Partial>,
}

#[derive(Debug, Clone, Copy)]
struct Spot {
    kind: KindId,
    number: u32,
    variable: Variable,
    cell: u32,
}

impl Work<'_, '_> {
    fn gather(&mut self, named: &[Variable]) {
        for variable in named {
            match self.encoder.meaning(*variable) {
                Some(Meaning::Cell(place) | Meaning::Test(place, _)) => self.spot(*place),
                Some(Meaning::Difference(a, b, _) | Meaning::Same(a, b)) => {
                    self.spot(*a);
                    self.spot(*b);
                }
                Some(Meaning::Between(_, a, b)) => {
                    self.spot(*a);
                    self.spot(*b);
                }
                _ => {}
            }
        }
        for variable in named {
            let Some(cell) = (self.cells)(*variable) else {
                continue;
            };
            match self.encoder.meaning(*variable) {
                Some(Meaning::Difference(a, b, bound)) => {
                    self.relate(*variable, cell, *a, *b, *bound);
                }
                Some(Meaning::Same(a, b)) if self.in_one_cell(*a, *b) => {
                    let why = vec![self.literal(*variable, cell)];
                    match cell {
                        1 => self.same.push((*a, *b, why)),
                        _ => self.differ.push((*a, *b, why)),
                    }
                }
                Some(Meaning::Length(place, _)) => self.set_differs(*place, *variable, cell),
                _ => {}
            }
        }
    }

    fn spot(&mut self, place: PlaceId) {
        let encoder = self.encoder;
        let Some(variable) = encoder.find(&Meaning::Cell(place)) else {
            return;
        };
        let Some(cell) = (self.cells)(variable) else {
            return;
        };
        let kind = encoder.atlas.kind_of(place);
        let Some(number) = encoder.classes.cells(kind).and_then(|it| it.number(cell)) else {
            return;
        };
        let spot = Spot {
            kind,
            number,
            variable,
            cell,
        };
        self.places.insert(place, spot);
    }

    fn in_one_cell(&self, a: PlaceId, b: PlaceId) -> bool {
        match (self.places.get(&a), self.places.get(&b)) {
            (Some(a), Some(b)) => self.rank_number(a) == self.rank_number(b),
            _ => false,
        }
    }

    /// Cells whose texts differ in spelling alone count as one.
    fn rank_number(&self, spot: &Spot) -> u32 {
        self.encoder.classes.equal_number(spot.kind, spot.number)
    }

    fn literal(&self, variable: Variable, cell: u32) -> (Variable, Mask) {
        let cells = self.encoder.logic.formulas.cells(variable);
        (variable, Mask::of(cells, [cell]))
    }

    fn relate(&mut self, variable: Variable, cell: u32, a: PlaceId, b: PlaceId, bound: i128) {
        let absent = |it: PlaceId| {
            let spot = self.places.get(&it);
            spot.is_none_or(|it| self.encoder.classes.absent_number(it.kind) == Some(it.number))
        };
        if absent(a) || absent(b) || (bound == 0 && !self.in_one_cell(a, b)) {
            return;
        }
        let why = vec![self.literal(variable, cell)];
        let (Some(before), Some(negative)) = (bound.checked_sub(1), bound.checked_neg()) else {
            return;
        };
        let Some(negative_before) = negative.checked_sub(1) else {
            return;
        };
        match cell {
            LESS => self.less.push((a, b, before, why)),
            GREATER => self.less.push((b, a, negative_before, why)),
            _ => {
                debug_assert_eq!(cell, EQUAL);
                self.less.push((a, b, bound, why.clone()));
                self.less.push((b, a, negative, why));
            }
        }
    }

    /// Members of a set differ.
    fn set_differs(&mut self, place: PlaceId, length: Variable, cell: u32) {
        let encoder = self.encoder;
        let is_set = encoder
            .atlas
            .ty(place)
            .is_some_and(|ty| matches!(ty.kind, Kind::Set(_)));
        let Some(Meaning::Length(_, copies)) = encoder.meaning(length) else {
            return;
        };
        if !is_set || cell > *copies {
            return;
        }
        let cells = encoder.logic.formulas.cells(length);
        let mut before: Vec<(PlaceId, u32)> = Vec::new();
        for copy in 0..cell {
            let Some(element) = encoder.atlas.find_inside(place, Step::Element(copy)) else {
                continue;
            };
            self.spot(element);
            for (other, _) in &before {
                if self.in_one_cell(*other, element) {
                    let there = Mask::of(cells, copy + 1..copies + 1);
                    self.differ.push((*other, element, vec![(length, there)]));
                }
            }
            before.push((element, copy));
        }
    }

    /// Whole numbers inside: difference constraints with the bounds of cells, by Bellman and Ford.
    fn numbers(&mut self) -> Result<(), Vec<Cube>> {
        let encoder = self.encoder;
        let mut nodes: Vec<PlaceId> = Vec::new();
        for (a, b, ..) in &self.less {
            for place in [*a, *b] {
                let is_version = matches!(
                    encoder.atlas.ty(place).map(|ty| &ty.kind),
                    Some(Kind::Version)
                );
                if !is_version && !nodes.contains(&place) {
                    nodes.push(place);
                }
            }
        }
        if nodes.is_empty() {
            return Ok(());
        }
        nodes.sort_unstable();
        let mut system = System::new(nodes.len() + 1);
        for (a, b, most, why) in &self.less {
            let at = |it: &PlaceId| nodes.binary_search(it).ok().map(|at| at + 1);
            if let (Some(a), Some(b)) = (at(a), at(b)) {
                system.at_most(a, b, *most, why.clone());
            }
        }
        for (place, at) in nodes.iter().zip(1..) {
            let Some((low, high)) = self.interval(*place) else {
                continue;
            };
            if let Some(high) = high {
                let why = self.all_cells(*place, |it| it.1.is_some_and(|it| it <= high));
                system.at_most(at, 0, high, why);
            }
            if let Some(least) = low.and_then(i128::checked_neg) {
                let why = self.all_cells(*place, |it| it.0.is_some_and(|it| it >= -least));
                system.at_most(0, at, least, why);
            }
        }
        system.solve().map_err(|why| vec![Cube::new(why)])?;
        for (place, at) in nodes.iter().zip(1..) {
            let (low, high) = system.range(at);
            let Some(spot) = self.places.get(place) else {
                continue;
            };
            let domain = encoder.classes.domain(spot.kind);
            let value = domain.and_then(|it| it.near(spot.number, low, high));
            if let Some(value) = value {
                let number = super::scalar::whole_value(&value);
                self.values.insert(*place, Partial::Known(value));
                if let Some(number) = number {
                    system.fix(at, number);
                }
            }
        }
        Ok(())
    }

    fn interval(&self, place: PlaceId) -> Option<(Option<i128>, Option<i128>)> {
        let spot = self.places.get(&place)?;
        self.encoder
            .classes
            .domain(spot.kind)?
            .interval(spot.number)
    }

    /// The place lies in one of the cells whose interval is like that.
    fn all_cells(
        &self,
        place: PlaceId,
        like: impl Fn((Option<i128>, Option<i128>)) -> bool,
    ) -> Why {
        let Some(spot) = self.places.get(&place) else {
            return Vec::new();
        };
        let classes = &self.encoder.classes;
        let (Some(cells), Some(domain)) = (classes.cells(spot.kind), classes.domain(spot.kind))
        else {
            return vec![self.literal(spot.variable, spot.cell)];
        };
        let fits = |cell: &u32| {
            let number = cells.number(*cell);
            *cell == spot.cell || number.and_then(|it| domain.interval(it)).is_some_and(&like)
        };
        let mask = Mask::of(cells.len(), (0..cells.len()).filter(fits));
        vec![(spot.variable, mask)]
    }

    /// Versions have an order and no differences: those of one cell are ranked.
    fn versions(&mut self) -> Result<(), Vec<Cube>> {
        let encoder = self.encoder;
        let mut groups: Vec<(u32, KindId, Vec<PlaceId>)> = Vec::new();
        let mut sorted: Vec<(PlaceId, Spot)> = self.places.iter().map(|(a, b)| (*a, *b)).collect();
        sorted.sort_unstable_by_key(|(place, _)| *place);
        for (place, spot) in sorted {
            let kind = encoder.atlas.kind(spot.kind).map(|it| &it.ty.kind);
            let related = self
                .less
                .iter()
                .any(|(a, b, ..)| *a == place || *b == place);
            if !related || !matches!(kind, Some(Kind::Version)) {
                continue;
            }
            let group = groups.iter_mut().find(|(number, kind, _)| {
                *number == spot.number && encoder.classes.share(*kind, spot.kind)
            });
            match group {
                Some((.., places)) => places.push(place),
                None => groups.push((spot.number, spot.kind, vec![place])),
            }
        }
        for (number, kind, places) in groups {
            // As if they were whole numbers: the solution ranks them.
            let mut system = System::new(places.len() + 1);
            for (a, b, most, why) in &self.less {
                let at =
                    |it: &PlaceId| places.iter().position(|place| place == it).map(|at| at + 1);
                if let (Some(a), Some(b)) = (at(a), at(b)) {
                    system.at_most(a, b, *most, why.clone());
                }
            }
            for at in 1..=places.len() {
                system.at_most(at, 0, places.len() as i128 * 2, Vec::new());
                system.at_most(0, at, 0, Vec::new());
            }
            system.solve().map_err(|why| vec![Cube::new(why)])?;
            self.rank(&mut system, kind, number, &places)?;
        }
        Ok(())
    }

    fn rank(
        &mut self,
        system: &mut System,
        kind: KindId,
        number: u32,
        places: &[PlaceId],
    ) -> Result<(), Vec<Cube>> {
        let encoder = self.encoder;
        let mut ranks = Vec::with_capacity(places.len());
        for at in 1..=places.len() {
            let (low, _) = system.range(at);
            system.fix(at, low);
            ranks.push(low);
        }
        let mut distinct = ranks.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let mut values: Vec<Partial> = (0..distinct.len() as u32)
            .filter_map(|nth| encoder.classes.domain(kind)?.value(number, nth))
            .collect();
        if values.len() < distinct.len() {
            // Ranks as low as can be: there are as many as the longest chain, and the cell has no room for it.
            let mut why: Why = self
                .less
                .iter()
                .filter(|(a, b, ..)| places.contains(a) && places.contains(b))
                .flat_map(|(.., why)| why.clone())
                .collect();
            for place in places {
                if let Some(spot) = self.places.get(place) {
                    why.push(self.literal(spot.variable, spot.cell));
                }
            }
            return Err(vec![Cube::new(why)]);
        }
        values.sort_by(|a, b| match ops::less(a, b) {
            Truth::True => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Greater,
        });
        for (place, rank) in places.iter().zip(ranks) {
            let at = distinct.binary_search(&rank).ok();
            if let Some(value) = at.and_then(|at| values.get(at)) {
                self.values.insert(*place, value.clone());
            }
        }
        Ok(())
    }

    /// All others: equal or different, each cell for itself.
    fn others(&mut self) -> Result<(), Vec<Cube>> {
        let mut open: Vec<(PlaceId, Spot)> = self
            .places
            .iter()
            .filter(|(place, _)| !self.values.contains_key(place))
            .map(|(place, spot)| (*place, *spot))
            .collect();
        open.sort_unstable_by_key(|(place, _)| *place);
        let mut done: FxHashSet<PlaceId> = FxHashSet::default();
        for (place, spot) in &open {
            if done.contains(place) {
                continue;
            }
            let group: Vec<PlaceId> = open
                .iter()
                .filter(|(_, it)| {
                    self.rank_number(it) == self.rank_number(spot)
                        && (it.kind == spot.kind || self.encoder.classes.share(it.kind, spot.kind))
                })
                .map(|(place, _)| *place)
                .collect();
            done.extend(group.iter().copied());
            self.colour(*spot, &group)?;
        }
        Ok(())
    }

    fn colour(&mut self, spot: Spot, group: &[PlaceId]) -> Result<(), Vec<Cube>> {
        let mut classes: Vec<usize> = (0..group.len()).collect();
        let at = |it: &PlaceId| group.iter().position(|place| place == it);
        for (a, b, _) in &self.same {
            if let (Some(a), Some(b)) = (at(a), at(b)) {
                let (from, to) = (classes.get(a).copied(), classes.get(b).copied());
                if let (Some(from), Some(to)) = (from, to) {
                    classes
                        .iter_mut()
                        .filter(|it| **it == from)
                        .for_each(|it| *it = to);
                }
            }
        }
        let mut edges: Vec<(usize, usize)> = Vec::new();
        for (a, b, why) in &self.differ {
            if let (Some(a), Some(b)) = (at(a), at(b)) {
                let (a, b) = (classes.get(a).copied(), classes.get(b).copied());
                if a == b {
                    let mut all = why.clone();
                    all.extend(self.group_why(group, true));
                    return Err(vec![Cube::new(all)]);
                }
                edges.extend(a.zip(b));
            }
        }
        let domain = self.encoder.classes.domain(spot.kind);
        let numbers: FxHashSet<u32> = group
            .iter()
            .filter_map(|it| Some(self.places.get(it)?.number))
            .collect();
        let rooms = numbers
            .iter()
            .map(|it| match domain.map(|all| all.room(*it)) {
                Some(Room::Exactly(room)) => usize::try_from(room).unwrap_or(usize::MAX),
                _ => usize::MAX,
            });
        let room = rooms.max().unwrap_or(usize::MAX);
        let Some(colours) = colours(&classes, &edges, room) else {
            return Err(vec![Cube::new(self.group_why(group, false))]);
        };
        for (place, class) in group.iter().zip(&classes) {
            let nth = colours.get(class).copied().unwrap_or(0);
            let number = self.places.get(place).map_or(spot.number, |it| it.number);
            if let Some(value) = domain.and_then(|it| it.value(number, nth)) {
                self.values.insert(*place, value);
            }
        }
        Ok(())
    }

    /// Networks inside networks, texts inside texts: likely values are tried.
    fn between(&mut self, named: &[Variable]) {
        let encoder = self.encoder;
        let there = |it: &PlaceId| {
            let spot = self.places.get(it);
            spot.is_some_and(|it| encoder.classes.absent_number(it.kind) != Some(it.number))
        };
        let mut pairs: Vec<Pair> = Vec::new();
        for variable in named {
            if let (Some(Meaning::Between(what, a, b)), Some(cell)) =
                (encoder.meaning(*variable), (self.cells)(*variable))
                && there(a)
                && there(b)
            {
                pairs.push(Pair {
                    what: What::Between(*what),
                    a: *a,
                    b: *b,
                    truth: cell == 1,
                });
            }
        }
        if pairs.is_empty() {
            return;
        }
        for (all, truth) in [(&self.same, true), (&self.differ, false)] {
            pairs.extend(all.iter().map(|(a, b, _)| Pair {
                what: What::Equal,
                a: *a,
                b: *b,
                truth,
            }));
        }
        let own = |place: PlaceId, nth| {
            let spot = self.places.get(&place)?;
            encoder.classes.domain(spot.kind)?.value(spot.number, nth)
        };
        let fits = |place: PlaceId, value: &Partial| {
            let Some(spot) = self.places.get(&place) else {
                return false;
            };
            let domain = encoder.classes.domain(spot.kind);
            domain.and_then(|it| it.cell_of(value)) == Some(spot.number)
        };
        if let Some(found) = super::between::settle(&pairs, &self.values, own, fits) {
            self.values.extend(found);
        }
    }

    /// Everything that was said of the places of one cell.
    fn group_why(&self, group: &[PlaceId], same_only: bool) -> Why {
        let inside = |a: &PlaceId, b: &PlaceId| group.contains(a) && group.contains(b);
        let mut why: Why = Vec::new();
        let mut used: FxHashSet<PlaceId> = FxHashSet::default();
        for (a, b, it) in &self.same {
            if inside(a, b) {
                why.extend(it.iter().cloned());
                used.extend([*a, *b]);
            }
        }
        for (a, b, it) in &self.differ {
            if !same_only && inside(a, b) {
                why.extend(it.iter().cloned());
                used.extend([*a, *b]);
            }
        }
        if !same_only {
            for place in group.iter().filter(|it| used.contains(it)) {
                if let Some(spot) = self.places.get(place) {
                    why.push(self.literal(spot.variable, spot.cell));
                }
            }
        }
        why
    }
}

/// A number for each class so that those that differ have different ones, below `room`. None: there are none, for certain.
fn colours(
    classes: &[usize],
    edges: &[(usize, usize)],
    room: usize,
) -> Option<FxHashMap<usize, u32>> {
    let mut order: Vec<usize> = classes.to_vec();
    order.sort_unstable();
    order.dedup();
    let mut chosen: FxHashMap<usize, u32> = FxHashMap::default();
    let mut fits = true;
    for class in &order {
        let free = (0..)
            .find(|it| !taken(&chosen, edges, *class, *it))
            .unwrap_or(0);
        fits &= (free as usize) < room;
        chosen.insert(*class, free);
    }
    if fits || order.len() > TRIED {
        // With too many to try, the replay tells.
        return Some(chosen);
    }
    chosen.clear();
    try_out(&order, edges, room, &mut chosen).then_some(chosen)
}

fn taken(chosen: &FxHashMap<usize, u32>, edges: &[(usize, usize)], class: usize, at: u32) -> bool {
    edges.iter().any(|(a, b)| {
        let other = match (*a == class, *b == class) {
            (true, _) => b,
            (_, true) => a,
            _ => return false,
        };
        chosen.get(other) == Some(&at)
    })
}

fn try_out(
    order: &[usize],
    edges: &[(usize, usize)],
    room: usize,
    chosen: &mut FxHashMap<usize, u32>,
) -> bool {
    let Some((class, rest)) = order.split_first() else {
        return true;
    };
    // One colour that nobody has yet is as good as another.
    let used = chosen.values().max().map_or(0, |it| *it as usize + 1);
    for at in 0..room.min(used + 1) as u32 {
        if !taken(chosen, edges, *class, at) {
            chosen.insert(*class, at);
            if try_out(rest, edges, room, chosen) {
                return true;
            }
            chosen.remove(class);
        }
    }
    false
}

/// Constraints `a - b <= most` over whole numbers; node 0 is zero.
struct System {
    nodes: usize,
    edges: Vec<(usize, usize, i128, Why)>,
    /// Entry a·n + b: the least known bound of a - b.
    closed: Vec<Option<i128>>,
}

impl System {
    fn new(nodes: usize) -> System {
        System {
            nodes,
            edges: Vec::new(),
            closed: Vec::new(),
        }
    }

    fn at_most(&mut self, a: usize, b: usize, most: i128, why: Why) {
        self.edges.push((a, b, most, why));
    }

    /// All bounds that follow, or the literals of a cycle that cannot be.
    fn solve(&mut self) -> Result<(), Why> {
        let mut distance = vec![0_i128; self.nodes];
        let mut by: Vec<Option<usize>> = vec![None; self.nodes];
        let mut last = None;
        for _ in 0..=self.nodes {
            last = None;
            for (number, (a, b, most, _)) in self.edges.iter().enumerate() {
                let from = distance.get(*b).copied().unwrap_or(0);
                let reached = from.saturating_add(*most);
                if let (Some(to), Some(by)) = (distance.get_mut(*a), by.get_mut(*a))
                    && reached < *to
                {
                    *to = reached;
                    *by = Some(number);
                    last = Some(*a);
                }
            }
            if last.is_none() {
                break;
            }
        }
        match last {
            Some(node) => Err(self.cycle(node, &by)),
            None => {
                self.close();
                Ok(())
            }
        }
    }

    /// Follows what lowered a node back into the cycle.
    fn cycle(&self, node: usize, by: &[Option<usize>]) -> Why {
        let edge = |at: usize| {
            by.get(at)
                .copied()
                .flatten()
                .and_then(|it| self.edges.get(it))
        };
        let mut at = node;
        for _ in 0..self.nodes {
            if let Some((_, b, ..)) = edge(at) {
                at = *b;
            }
        }
        let (start, mut why) = (at, Vec::new());
        while let Some((_, b, _, literals)) = edge(at) {
            why.extend(literals.iter().cloned());
            at = *b;
            if at == start {
                break;
            }
        }
        why
    }

    fn close(&mut self) {
        let n = self.nodes;
        self.closed = vec![None; n * n];
        let edges: Vec<(usize, usize, i128)> = self
            .edges
            .iter()
            .map(|(a, b, most, _)| (*a, *b, *most))
            .collect();
        for at in 0..n {
            self.lower(at, at, 0);
        }
        for (a, b, most) in edges {
            self.lower(a, b, most);
        }
        for middle in 0..n {
            for a in 0..n {
                for b in 0..n {
                    if let (Some(first), Some(second)) =
                        (self.bound(a, middle), self.bound(middle, b))
                    {
                        self.lower(a, b, first.saturating_add(second));
                    }
                }
            }
        }
    }

    fn bound(&self, a: usize, b: usize) -> Option<i128> {
        self.closed.get(a * self.nodes + b).copied().flatten()
    }

    fn lower(&mut self, a: usize, b: usize, most: i128) {
        if let Some(place) = self.closed.get_mut(a * self.nodes + b)
            && place.is_none_or(|it| most < it)
        {
            *place = Some(most);
        }
    }

    /// What a node can be, given those that were fixed.
    fn range(&self, at: usize) -> (i128, i128) {
        let high = self.bound(at, 0).unwrap_or(i128::MAX);
        let low = self
            .bound(0, at)
            .map_or(i128::MIN, |it| it.saturating_neg());
        (low, high)
    }

    fn fix(&mut self, at: usize, value: i128) {
        self.lower(at, 0, value);
        self.lower(0, at, value.saturating_neg());
        for a in 0..self.nodes {
            for b in 0..self.nodes {
                for middle in [0, at] {
                    if let (Some(first), Some(second)) =
                        (self.bound(a, middle), self.bound(middle, b))
                    {
                        self.lower(a, b, first.saturating_add(second));
                    }
                }
            }
        }
    }
}

/// Places of function results that hang on a text.
pub(crate) fn results_of(encoder: &Encoder<'_>, text: PlaceId) -> Vec<(Step, PlaceId)> {
    use crate::node::Function;
    [Function::Version, Function::Code, Function::Certificate]
        .into_iter()
        .filter_map(|function| {
            let step = Step::Call(function);
            Some((step, encoder.atlas.find_inside(text, step)?))
        })
        .collect()
}
