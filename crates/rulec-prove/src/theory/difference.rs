//! Differences of exact numbers: do some integers fulfil all of `x - y <= most`, and which?
//!
//! Each constraint is an edge; there are such numbers exactly if no cycle of edges has a negative sum (Bellman and Ford), and a negative cycle is
//! a set of constraints none of which can be left out of the clash. `x - y < most` is `x - y <= most - 1`, because numbers are whole; a
//! bound is a difference to [`ORIGIN`], which is 0. Sums that leave 128 bits are said to.

/// Stands for 0 on either side of a difference.
pub const ORIGIN: u32 = u32::MAX;

/// `x - y <= most`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Difference {
    /// A variable, or [`ORIGIN`].
    pub x: u32,
    /// A variable, or [`ORIGIN`].
    pub y: u32,
    /// How far `x` may be above `y`.
    pub most: i128,
}

/// What [`solve`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Solved {
    /// A number for each variable.
    Numbers(Vec<i128>),
    /// Numbers of constraints that clash, ascending; none can be left out.
    Clash(Vec<usize>),
    /// A sum leaves 128 bits.
    TooLarge,
}

/// Numbers for the variables `0..variables`. They are chosen one after the other: `prefer` is told a variable and between which numbers, both
/// included, it can still be; each of these can be completed. What it says is moved to the nearest of these. Differences that name other
/// variables are left out.
pub fn solve(
    variables: u32,
    differences: &[Difference],
    mut prefer: impl FnMut(u32, Option<i128>, Option<i128>) -> i128,
) -> Solved {
    let mut graph = Graph {
        origin: variables as usize,
        edges: Vec::with_capacity(differences.len() + 2 * variables as usize),
    };
    for (at, difference) in differences.iter().enumerate() {
        graph.add(*difference, at);
    }
    match graph.negative_cycle() {
        Err(TooLarge) => return Solved::TooLarge,
        Ok(Some(cycle)) => return Solved::Clash(cycle),
        Ok(None) => {}
    }
    let mut numbers = Vec::with_capacity(variables as usize);
    for variable in 0..variables {
        let (Ok(high), Ok(low)) = (graph.far(variable, false), graph.far(variable, true)) else {
            return Solved::TooLarge;
        };
        let low = low.map(|low| low.saturating_neg());
        let mut number = prefer(variable, low, high);
        number = high.map_or(number, |high| number.min(high));
        number = low.map_or(number, |low| number.max(low));
        let Some(back) = number.checked_neg() else {
            return Solved::TooLarge;
        };
        for (x, y, most) in [(variable, ORIGIN, number), (ORIGIN, variable, back)] {
            graph.add(Difference { x, y, most }, usize::MAX);
        }
        numbers.push(number);
    }
    Solved::Numbers(numbers)
}

struct TooLarge;

/// From `y` to `x`, as long as `most`.
struct Edge {
    from: usize,
    to: usize,
    most: i128,
    constraint: usize,
}

struct Graph {
    /// The number of the origin, after the variables.
    origin: usize,
    edges: Vec<Edge>,
}

impl Graph {
    fn add(&mut self, difference: Difference, constraint: usize) {
        let node = |variable: u32| match variable {
            ORIGIN => Some(self.origin),
            variable => Some(variable as usize).filter(|it| *it < self.origin),
        };
        if let (Some(to), Some(from)) = (node(difference.x), node(difference.y)) {
            self.edges.push(Edge {
                from,
                to,
                most: difference.most,
                constraint,
            });
        }
    }

    /// The constraints of a cycle with a negative sum.
    fn negative_cycle(&self) -> Result<Option<Vec<usize>>, TooLarge> {
        let nodes = self.origin + 1;
        let mut far = vec![0i128; nodes];
        let mut last: Vec<Option<&Edge>> = vec![None; nodes];
        let mut moved = None;
        for _ in 0..=nodes {
            moved = None;
            for edge in &self.edges {
                let (Some(from), Some(to)) = (far.get(edge.from).copied(), far.get_mut(edge.to))
                else {
                    continue;
                };
                let new = from.checked_add(edge.most).ok_or(TooLarge)?;
                if new < *to {
                    *to = new;
                    if let Some(last) = last.get_mut(edge.to) {
                        *last = Some(edge);
                    }
                    moved = Some(edge.to);
                }
            }
            if moved.is_none() {
                return Ok(None);
            }
        }
        Ok(moved.map(|moved| cycle(&last, moved)))
    }

    /// The shortest way from the origin to a variable, or with `back` from the variable to the origin; none if there is none. There is no
    /// negative cycle.
    fn far(&self, variable: u32, back: bool) -> Result<Option<i128>, TooLarge> {
        let (start, end) = (self.origin, variable as usize);
        let mut far: Vec<Option<i128>> = vec![None; self.origin + 1];
        if let Some(start) = far.get_mut(start) {
            *start = Some(0);
        }
        loop {
            let mut moved = false;
            for edge in &self.edges {
                let (from, to) = match back {
                    false => (edge.from, edge.to),
                    true => (edge.to, edge.from),
                };
                let Some(Some(before)) = far.get(from).copied() else {
                    continue;
                };
                let new = before.checked_add(edge.most).ok_or(TooLarge)?;
                if let Some(to) = far.get_mut(to)
                    && to.is_none_or(|known| new < known)
                {
                    *to = Some(new);
                    moved = true;
                }
            }
            if !moved {
                return Ok(far.get(end).copied().flatten());
            }
        }
    }
}

/// Walks back along the last edges: after as many steps as there are nodes the walk is on the cycle.
fn cycle(last: &[Option<&Edge>], moved: usize) -> Vec<usize> {
    let edge = |node: usize| last.get(node).copied().flatten();
    let mut node = moved;
    for _ in 0..last.len() {
        node = edge(node).map_or(node, |edge| edge.from);
    }
    let start = node;
    let mut constraints = Vec::new();
    while let Some(edge) = edge(node) {
        constraints.push(edge.constraint);
        node = edge.from;
        if node == start {
            break;
        }
    }
    constraints.sort_unstable();
    constraints
}

#[cfg(test)]
mod tests;
