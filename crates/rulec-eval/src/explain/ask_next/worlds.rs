//! What is open, without facts and values: gates over tests, tests over cells, and how much each next answer would tell.
//!
//! A *group* is a part of a fact with its cells (*rows*): each row says how the tests on it come out. A *topic* is what can be asked
//! for; a group is revealed once all its topics are answered. Prior: one cause at a time or none, by likelihood; all else even over
//! rows. Few worlds are listed, many are drawn by a fixed sequence of numbers: the same model is ranked the same everywhere.

use std::collections::BTreeMap;

use rulec_facts::truth::Truth;

use super::moving::Moving;

/// Worlds that are listed one by one.
const LISTED: usize = 2_048;
/// Worlds that are drawn for each cause where there are too many to list.
const DRAWN: usize = 16;
/// Worlds that are drawn altogether, but for at least one a cause.
const ALL_DRAWN: usize = 600;
/// Changes of one world until it is as wanted.
const CHANGES: u32 = 300;
/// What it is worth that one more verdict is settled, in bits, beside what is learnt about the cause.
const SETTLED: f64 = 0.3;

/// A condition; operands stand before.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Gate {
    Known(Truth),
    /// Group, and number of the test in its rows.
    Test(usize, usize),
    Not(usize),
    All(Vec<usize>),
    Any(Vec<usize>),
}

/// A part of a fact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    /// Each cell, as what comes out of each test.
    pub(crate) rows: Vec<Vec<bool>>,
    /// What must be answered before it is known, sorted.
    pub(crate) topics: Vec<usize>,
}

/// A rule that may be the cause.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cause {
    pub(crate) gate: usize,
    pub(crate) weight: f64,
}

/// What is open in a case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    pub(crate) gates: Vec<Gate>,
    pub(crate) groups: Vec<Group>,
    /// What each topic costs, seconds.
    pub(crate) costs: Vec<f64>,
    /// Verdicts to settle.
    pub(crate) goals: Vec<usize>,
    /// Those of them that are causes by themselves, not for want of others.
    pub(crate) causes: Vec<Cause>,
    /// Weight of no cause at all.
    pub(crate) none: f64,
    /// Assumptions: worlds in which one is false do not count.
    pub(crate) assumes: Vec<usize>,
}

/// A way in which all can turn out.
#[derive(Debug, Clone)]
pub(crate) struct World {
    /// The row of each group.
    pub(crate) rows: Vec<usize>,
    pub(crate) weight: f64,
    /// Worlds in which the same verdicts hold have the same number.
    pub(crate) outcome: usize,
}

/// What it is worth to ask for a topic next.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) topic: usize,
    /// Bits a second.
    pub(crate) score: f64,
    /// The assumptions leave it one answer.
    pub(crate) forced: bool,
}

impl Model {
    /// The truth of each gate where only some groups are known.
    pub(crate) fn truths(&self, rows: &[Option<usize>]) -> Vec<Truth> {
        Moving::new(self).truths(rows).to_vec()
    }

    pub(super) fn test(&self, group: usize, test: usize, rows: &[Option<usize>]) -> Truth {
        let row = rows.get(group).copied().flatten();
        let row = row.and_then(|row| self.groups.get(group)?.rows.get(row));
        row.and_then(|row| row.get(test))
            .map_or(Truth::Unknown, |it| Truth::from(*it))
    }

    /// The groups that are revealed once these topics are answered.
    pub(crate) fn revealed(&self, answered: &[bool]) -> Vec<bool> {
        let is_answered = |topic: &usize| answered.get(*topic).copied().unwrap_or(false);
        let groups = self.groups.iter();
        groups
            .map(|group| group.topics.iter().all(is_answered))
            .collect()
    }

    /// The worlds with what they weigh.
    pub(crate) fn worlds(&self) -> Vec<World> {
        let mut count = 1usize;
        for group in &self.groups {
            count = count.saturating_mul(group.rows.len().max(1));
        }
        let mut moving = Moving::new(self);
        let found = match count <= LISTED {
            true => self.listed(count),
            false => self.drawn(&mut moving),
        };
        self.weighed(found, &mut moving)
    }

    fn listed(&self, count: usize) -> Vec<Vec<usize>> {
        let world = |number: usize| {
            let mut left = number;
            let rows = self.groups.iter().map(|group| {
                let many = group.rows.len().max(1);
                let row = left % many;
                left /= many;
                row
            });
            rows.collect()
        };
        (0..count).map(world).collect()
    }

    /// For each cause, and for none, worlds in which it alone holds.
    fn drawn(&self, moving: &mut Moving<'_>) -> Vec<Vec<usize>> {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let mut worlds = Vec::new();
        let each = (ALL_DRAWN / (self.causes.len() + 1)).clamp(1, DRAWN);
        for cause in (0..self.causes.len()).map(Some).chain([None]) {
            for _ in 0..each {
                worlds.extend(self.draw(&mut random, Some(cause), moving));
            }
        }
        worlds
    }

    /// A world in which the assumptions hold and, if asked for, exactly this cause; none if it was not found.
    fn draw(
        &self,
        random: &mut Random,
        cause: Option<Option<usize>>,
        moving: &mut Moving<'_>,
    ) -> Option<Vec<usize>> {
        let groups = self.groups.iter();
        let mut rows: Vec<Option<usize>> =
            groups.map(|it| Some(random.below(it.rows.len()))).collect();
        let mut wrong: Vec<(usize, bool)> = Vec::new();
        for _ in 0..CHANGES {
            let truths = moving.truths(&rows);
            wrong.clear();
            let is = |gate: usize| truths.get(gate) == Some(&Truth::True);
            let denied = |gate: usize| truths.get(gate) == Some(&Truth::False);
            wrong.extend(
                self.assumes
                    .iter()
                    .filter(|it| denied(**it))
                    .map(|it| (*it, true)),
            );
            if let Some(wanted) = cause {
                for (at, it) in self.causes.iter().enumerate() {
                    let wanted = wanted == Some(at);
                    if is(it.gate) != wanted {
                        wrong.push((it.gate, wanted));
                    }
                }
            }
            let Some((gate, wanted)) = wrong.get(random.below(wrong.len())).copied() else {
                return rows.into_iter().collect();
            };
            self.change(gate, wanted, truths, random, &mut rows);
        }
        None
    }

    /// Changes one group on which the gate hangs, towards the wanted truth.
    fn change(
        &self,
        gate: usize,
        wanted: bool,
        truths: &[Truth],
        random: &mut Random,
        rows: &mut [Option<usize>],
    ) {
        let (mut gate, mut wanted) = (gate, wanted);
        loop {
            let below = match self.gates.get(gate) {
                Some(Gate::Not(at)) => {
                    wanted = !wanted;
                    gate = *at;
                    continue;
                }
                Some(Gate::All(all) | Gate::Any(all)) => all,
                Some(Gate::Test(group, test)) => {
                    let rows_of = self.groups.get(*group).map_or(&[][..], |it| &it.rows);
                    let fits = |(_, row): &(usize, &Vec<bool>)| row.get(*test) == Some(&wanted);
                    let fitting = rows_of.iter().enumerate().filter(fits);
                    let chosen = random.below(fitting.clone().count());
                    if let (Some((row, _)), Some(place)) =
                        (fitting.clone().nth(chosen), rows.get_mut(*group))
                    {
                        *place = Some(row);
                    }
                    return;
                }
                Some(Gate::Known(_)) | None => return,
            };
            let wrong = |at: &&usize| {
                let truth = truths.get(**at).copied().unwrap_or(Truth::Unknown);
                let known = matches!(self.gates.get(**at), Some(Gate::Known(_)));
                truth != Truth::from(wanted) && !known
            };
            let open = below.iter().filter(wrong);
            let chosen = random.below(open.clone().count());
            let Some(next) = open.clone().nth(chosen) else {
                return;
            };
            gate = *next;
        }
    }

    /// One cause at a time or none, by weight; where that is not possible at all, every world weighs the same.
    fn weighed(&self, found: Vec<Vec<usize>>, moving: &mut Moving<'_>) -> Vec<World> {
        let mut outcomes: BTreeMap<Vec<Truth>, usize> = BTreeMap::new();
        let mut worlds: Vec<(World, Option<usize>)> = Vec::new();
        let mut others: Vec<World> = Vec::new();
        let mut counts: BTreeMap<usize, f64> = BTreeMap::new();
        let mut known: Vec<Option<usize>> = Vec::new();
        for rows in found {
            known.clear();
            known.extend(rows.iter().copied().map(Some));
            let truths = moving.truths(&known);
            let is = |gate: usize, truth| truths.get(gate) == Some(&truth);
            if self.assumes.iter().any(|it| is(*it, Truth::False)) {
                continue;
            }
            let goals = self.goals.iter();
            let verdicts: Vec<Truth> = goals.filter_map(|it| truths.get(*it).copied()).collect();
            let next = outcomes.len();
            let outcome = *outcomes.entry(verdicts).or_insert(next);
            let world = World {
                rows,
                weight: 1.0,
                outcome,
            };
            let mut holding = (0..self.causes.len()).filter(|at| {
                self.causes
                    .get(*at)
                    .is_some_and(|it| is(it.gate, Truth::True))
            });
            match (holding.next(), holding.next()) {
                (Some(_), Some(_)) => others.push(world),
                (cause, _) => {
                    *counts.entry(cause.unwrap_or(usize::MAX)).or_default() += 1.0;
                    worlds.push((world, cause));
                }
            }
        }
        if worlds.is_empty() {
            return others;
        }
        let weigh = |(mut world, cause): (World, Option<usize>)| {
            let weight = cause
                .and_then(|at| self.causes.get(at))
                .map_or(self.none, |it| it.weight);
            let count = counts.get(&cause.unwrap_or(usize::MAX)).copied();
            world.weight = weight / count.unwrap_or(1.0);
            world
        };
        worlds.into_iter().map(weigh).collect()
    }

    /// What is worth asking for next, best first: those that the assumptions leave one answer come last. `known` are the rows of what
    /// is revealed.
    pub(crate) fn rank(
        &self,
        worlds: &[World],
        answered: &[bool],
        known: &[Option<usize>],
    ) -> Vec<Ranked> {
        let fits = |world: &&World| {
            let both = known.iter().zip(&world.rows);
            both.into_iter()
                .all(|(known, row)| known.is_none_or(|it| it == *row))
        };
        let mut moving = Moving::new(self);
        let fitting = worlds.iter().filter(fits).collect();
        let before = Before::new(fitting, moving.settled(known));
        let forced = self.forced(&mut moving);
        let open = (0..self.costs.len()).filter(|it| !answered.get(*it).copied().unwrap_or(false));
        let mut ranked: Vec<Ranked> = open
            .map(|topic| Ranked {
                topic,
                score: self.score(topic, &before, answered, known, &mut moving),
                forced: forced.get(topic).copied().unwrap_or(false),
            })
            .collect();
        let cost = |it: &Ranked| self.costs.get(it.topic).copied().unwrap_or_default();
        ranked.sort_by(|a, b| {
            let scores = b.score.total_cmp(&a.score);
            let costs = cost(a).total_cmp(&cost(b));
            (a.forced.cmp(&b.forced))
                .then(scores)
                .then(costs)
                .then(a.topic.cmp(&b.topic))
        });
        ranked
    }

    /// The best that a set of topics gives in which it stands: by itself, or with all that one group needs.
    fn score(
        &self,
        topic: usize,
        before: &Before<'_>,
        answered: &[bool],
        known: &[Option<usize>],
        moving: &mut Moving<'_>,
    ) -> f64 {
        let is_open = |it: &usize| !answered.get(*it).copied().unwrap_or(false);
        let mut sets: Vec<Vec<usize>> = vec![vec![topic]];
        for group in self.groups.iter().filter(|it| it.topics.contains(&topic)) {
            let missing: Vec<usize> = group.topics.iter().copied().filter(is_open).collect();
            if !sets.contains(&missing) {
                sets.push(missing);
            }
        }
        let mut best = 0.0f64;
        for set in sets {
            let costs = set.iter().filter_map(|it| self.costs.get(*it));
            let cost: f64 = costs.sum();
            let mut then = answered.to_vec();
            for it in &set {
                if let Some(place) = then.get_mut(*it) {
                    *place = true;
                }
            }
            let gain = self.gain(before, &self.revealed(&then), known, moving);
            best = best.max(gain / cost.max(1e-9));
        }
        best
    }

    /// Bits that are learnt of the outcome when these groups are revealed, and what it is worth that verdicts are settled.
    fn gain(
        &self,
        before: &Before<'_>,
        revealed: &[bool],
        known: &[Option<usize>],
        moving: &mut Moving<'_>,
    ) -> f64 {
        let new = known.iter().zip(revealed).enumerate();
        let new = new.filter(|(_, (known, revealed))| known.is_none() && **revealed);
        let new: Vec<usize> = new.map(|(at, _)| at).collect();
        if before.total <= 0.0 {
            return 0.0;
        }
        let mut worlds = before.worlds.clone();
        // Those of a cell stay in the order of their outcomes.
        worlds.sort_by(|a, b| cell_of(a, &new).cmp(cell_of(b, &new)));
        let mut gain = before.entropy;
        let mut then = known.to_vec();
        for cell in worlds.chunk_by(|a, b| cell_of(a, &new).eq(cell_of(b, &new))) {
            for at in &new {
                let row = cell.first().and_then(|it| it.rows.get(*at));
                if let (Some(place), Some(row)) = (then.get_mut(*at), row) {
                    *place = Some(*row);
                }
            }
            let outcomes = weights(cell);
            let share = outcomes.iter().sum::<f64>() / before.total;
            let settled = moving.settled(&then) - before.settled;
            gain += share * (SETTLED * settled - entropy(&outcomes));
        }
        gain
    }

    /// Topics of which the assumptions alone leave each group one row.
    fn forced(&self, moving: &mut Moving<'_>) -> Vec<bool> {
        if self.assumes.is_empty() {
            return vec![false; self.costs.len()];
        }
        let mut random = Random(0x2545_f491_4f6c_dd1d);
        let drawn = (0..48).filter_map(|_| self.draw(&mut random, None, moving));
        let drawn: Vec<Vec<usize>> = drawn.collect();
        let one_row = |group: usize| {
            let many = self.groups.get(group).is_some_and(|it| it.rows.len() > 1);
            let first = drawn.first().and_then(|it| it.get(group));
            many && first.is_some() && drawn.iter().all(|it| it.get(group) == first)
        };
        (0..self.costs.len())
            .map(|topic| {
                let groups = self.groups.iter().enumerate();
                let mut own = groups
                    .filter(|(_, it)| it.topics.contains(&topic))
                    .peekable();
                own.peek().is_some() && own.all(|(at, _)| one_row(at))
            })
            .collect()
    }
}

/// What is known before anything more is asked.
struct Before<'w> {
    /// Sorted by outcome.
    worlds: Vec<&'w World>,
    total: f64,
    entropy: f64,
    /// Verdicts that are settled.
    settled: f64,
}

impl<'w> Before<'w> {
    fn new(mut worlds: Vec<&'w World>, settled: f64) -> Before<'w> {
        worlds.sort_by_key(|it| it.outcome);
        let outcomes = weights(&worlds);
        Before {
            total: outcomes.iter().sum(),
            entropy: entropy(&outcomes),
            worlds,
            settled,
        }
    }
}

/// The rows of these groups.
fn cell_of<'a>(world: &'a World, groups: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    groups.iter().filter_map(|at| world.rows.get(*at).copied())
}

/// Of worlds sorted by outcome, what those of each outcome weigh together.
fn weights(worlds: &[&World]) -> Vec<f64> {
    let outcomes = worlds.chunk_by(|a, b| a.outcome == b.outcome);
    outcomes
        .map(|all| all.iter().map(|it| it.weight).sum())
        .collect()
}

fn entropy(weights: &[f64]) -> f64 {
    let total: f64 = weights.iter().sum();
    let shares = weights.iter().filter(|it| **it > 0.0).map(|it| it / total);
    shares.map(|it| -it * it.log2()).sum()
}

/// Numbers by a fixed sequence (xorshift).
struct Random(u64);

impl Random {
    /// From 0 to `limit` - 1; 0 where the limit is 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let number = (self.0 >> 11) as usize;
        number.checked_rem(limit).unwrap_or(0)
    }
}

#[cfg(test)]
#[path = "worlds_tests.rs"]
mod tests;
