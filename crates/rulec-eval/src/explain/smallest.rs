//! The smallest part of a whole that still does what the whole does, where what a part does every larger part does too.
//!
//! Exact by the duality of such parts with what they must hit: whatever is left out of a part that is not enough, one of it is needed.
//! A smallest part is a smallest set that hits all of these. Counted, never timed: the same question has the same answer everywhere.

/// What a search may cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    /// Parts that are tried.
    pub(crate) checks: u32,
    /// Steps of each search for a smallest set that hits.
    pub(crate) steps: u32,
}

impl Default for Limit {
    fn default() -> Limit {
        Limit {
            checks: 3_000,
            steps: 100_000,
        }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Numbers of what is kept, sorted. Nothing of it can be left out.
    pub(crate) kept: Vec<usize>,
    /// No smaller part is enough; false if the limit was hit before that was known.
    pub(crate) exact: bool,
    /// Parts that were tried.
    pub(crate) checks: u32,
}

/// The smallest part of `0..count` that is enough; `enough` holds for the whole, and for every part that holds one for which it holds.
pub(crate) fn smallest(
    count: usize,
    limit: Limit,
    enough: &mut dyn FnMut(&[bool]) -> bool,
) -> Found {
    let mut search = Search {
        enough,
        checks: 0,
        limit,
    };
    let mut kept = vec![true; count];
    let mut must_hit: Vec<Vec<usize>> = Vec::new();
    for at in 0..count {
        put(&mut kept, at, false);
        if !search.is_enough(&kept) {
            put(&mut kept, at, true);
        }
    }
    let bound = members(&kept);
    for at in &bound {
        let mut others = vec![true; count];
        put(&mut others, *at, false);
        if !search.is_enough(&others) {
            must_hit.push(vec![*at]);
        }
    }
    let exact = search.improve(count, &bound, must_hit);
    let (kept, exact) = match exact {
        Some(smaller) => (smaller, true),
        None => (bound, false),
    };
    Found {
        kept,
        exact,
        checks: search.checks,
    }
}

/// A number of members below which no part is enough, at most `below`; proved by parts that are not enough.
///
/// Each of these, made as large as it can be, leaves a rest of which something is needed: what hits all rests has no fewer members.
pub(crate) fn least(
    count: usize,
    below: usize,
    limit: Limit,
    enough: &mut dyn FnMut(&[bool]) -> bool,
) -> usize {
    let mut search = Search {
        enough,
        checks: 0,
        limit,
    };
    let mut must_hit: Vec<Vec<usize>> = Vec::new();
    let mut proved = 0;
    loop {
        let hitting = match smallest_hitting(&must_hit, below, limit.steps) {
            Some(Some(hitting)) => hitting,
            Some(None) => return below,
            None => return proved,
        };
        proved = hitting.len();
        let mut part = vec![false; count];
        for at in &hitting {
            put(&mut part, *at, true);
        }
        if search.is_enough(&part) {
            return proved;
        }
        match search.rest(part) {
            Some(rest) => must_hit.push(rest),
            None => return proved,
        }
    }
}

struct Search<'e> {
    enough: &'e mut dyn FnMut(&[bool]) -> bool,
    checks: u32,
    limit: Limit,
}

impl Search<'_> {
    fn is_enough(&mut self, kept: &[bool]) -> bool {
        self.checks += 1;
        (self.enough)(kept)
    }

    /// A smallest part; none if the limit was hit. `bound` is one that is enough.
    fn improve(
        &mut self,
        count: usize,
        bound: &[usize],
        mut must_hit: Vec<Vec<usize>>,
    ) -> Option<Vec<usize>> {
        loop {
            let hitting = smallest_hitting(&must_hit, bound.len(), self.limit.steps)?;
            // Nothing smaller hits all: the bound is as small as any.
            let Some(hitting) = hitting else {
                return Some(bound.to_vec());
            };
            let mut part = vec![false; count];
            for at in &hitting {
                put(&mut part, *at, true);
            }
            if self.is_enough(&part) {
                return Some(hitting);
            }
            must_hit.push(self.rest(part)?);
        }
    }

    /// What is left out of the largest part around this one that is not enough either; none if the limit was hit.
    fn rest(&mut self, mut part: Vec<bool>) -> Option<Vec<usize>> {
        for at in 0..part.len() {
            if is_in(&part, at) {
                continue;
            }
            if self.checks >= self.limit.checks {
                return None;
            }
            put(&mut part, at, true);
            if self.is_enough(&part) {
                put(&mut part, at, false);
            }
        }
        let left = (0..part.len()).filter(|at| !is_in(&part, *at));
        Some(left.collect())
    }
}

fn put(part: &mut [bool], at: usize, kept: bool) {
    if let Some(place) = part.get_mut(at) {
        *place = kept;
    }
}

fn is_in(part: &[bool], at: usize) -> bool {
    part.get(at).copied().unwrap_or(false)
}

fn members(kept: &[bool]) -> Vec<usize> {
    (0..kept.len()).filter(|at| is_in(kept, *at)).collect()
}

/// A smallest set that hits all of these and has less than `below` members: `Some(None)` if there is none, `None` if it took too long.
#[allow(clippy::option_option, reason = "too long is not the same as none")]
fn smallest_hitting(
    must_hit: &[Vec<usize>],
    below: usize,
    steps: u32,
) -> Option<Option<Vec<usize>>> {
    let mut hitting = Hitting {
        must_hit,
        best: None,
        below,
        steps,
    };
    hitting.search(&mut Vec::new())?;
    Some(hitting.best.map(|mut best| {
        best.sort_unstable();
        best
    }))
}

struct Hitting<'h> {
    must_hit: &'h [Vec<usize>],
    best: Option<Vec<usize>>,
    below: usize,
    steps: u32,
}

impl Hitting<'_> {
    /// None once too many steps were taken.
    fn search(&mut self, chosen: &mut Vec<usize>) -> Option<()> {
        self.steps = self.steps.checked_sub(1)?;
        let is_hit = |set: &&Vec<usize>| set.iter().any(|at| chosen.contains(at));
        let left: Vec<&Vec<usize>> = self.must_hit.iter().filter(|it| !is_hit(it)).collect();
        // Sets without a common member each cost one more.
        let mut apart: Vec<&Vec<usize>> = Vec::new();
        for set in &left {
            if apart.iter().all(|it| it.iter().all(|at| !set.contains(at))) {
                apart.push(set);
            }
        }
        if chosen.len() + apart.len() >= self.below {
            return Some(());
        }
        let Some(next) = left.iter().min_by_key(|it| it.len()) else {
            self.below = chosen.len();
            self.best = Some(chosen.clone());
            return Some(());
        };
        for at in next.iter() {
            chosen.push(*at);
            self.search(chosen)?;
            chosen.pop();
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Some of these sets lies within the part.
    fn some_within(sets: &[u32], part: u32) -> bool {
        sets.iter().any(|it| it & part == *it)
    }

    fn mask(kept: &[bool]) -> u32 {
        let bits = kept.iter().enumerate();
        bits.map(|(at, kept)| u32::from(*kept) << at).sum()
    }

    #[test]
    fn no_smaller_part_is_enough() {
        let mut seed = 0x2545_f491_u64;
        let mut random = move || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed >> 16) as u32
        };
        let mut greedy_was_not_enough = 0;
        for _ in 0..400 {
            let count = 4 + (random() % 7) as usize;
            let all = (1u32 << count) - 1;
            let sets: Vec<u32> = (0..1 + random() % 6)
                .map(|_| random() & all & (random() | random()))
                .collect();
            let found = smallest(count, Limit::default(), &mut |kept| {
                some_within(&sets, mask(kept))
            });
            let least_of_all = (0..=all)
                .filter(|part| some_within(&sets, *part))
                .map(u32::count_ones)
                .min()
                .unwrap_or(0);
            assert!(found.exact);
            assert_eq!(found.kept.len() as u32, least_of_all, "{sets:?}");
            let kept: u32 = found.kept.iter().map(|at| 1 << at).sum();
            assert!(some_within(&sets, kept));
            let mut enough = |kept: &[bool]| some_within(&sets, mask(kept));
            let bound = least(count, 3, Limit::default(), &mut enough);
            assert_eq!(bound as u32, least_of_all.min(3), "{sets:?}");
            let hit = Limit {
                checks: 0,
                steps: 100_000,
            };
            let bound = smallest(count, hit, &mut |kept| some_within(&sets, mask(kept)));
            greedy_was_not_enough +=
                u32::from(bound.kept.len() as u32 > least_of_all && !bound.exact);
        }
        // Else the search behind the greedy bound was never tried, and a limit that was hit was never told.
        assert!(greedy_was_not_enough > 20, "{greedy_was_not_enough}");
    }
}
