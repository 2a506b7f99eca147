//! What a JSONPath may cost, so that a small document cannot keep a run busy for hours.
//!
//! An estimate from above, made before anything is selected; the path's own library has no budget.

use serde_json::Value as Json;

/// Most descents (`..`) in one path, those inside filters included.
pub(super) const MOST_DESCENTS: u32 = 2;
/// Most visits of nodes in one selection: some seconds.
const MOST_VISITS: u64 = 10_000_000;

/// How the work of a path grows with the document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// `..` outside of quotes.
    pub(super) descents: u32,
    /// `$` inside filters, outside of quotes: each may walk the document anew for every node that is tested.
    roots: u32,
}

impl Cost {
    /// Of a text that is a JSONPath.
    pub(super) fn of(path: &str) -> Cost {
        let mut cost = Cost::default();
        let mut quote = None;
        let mut before = ' ';
        let mut escaped = false;
        let mut first = true;
        for c in path.trim_start().chars() {
            match quote {
                Some(_) if escaped => escaped = false,
                Some(_) if c == '\\' => escaped = true,
                Some(end) if c == end => quote = None,
                Some(_) => {}
                None => match c {
                    '\'' | '"' => quote = Some(c),
                    '.' if before == '.' => cost.descents += 1,
                    '$' if !first => cost.roots += 1,
                    _ => {}
                },
            }
            first = false;
            before = c;
        }
        cost
    }

    /// A second descent starts at every node below the first, so a node is visited once for each node above it; a `$` in a filter
    /// multiplies by the whole document.
    pub(super) fn is_over_budget(self, document: &Json) -> bool {
        if self.descents < 2 && self.roots == 0 {
            return false;
        }
        let (nodes, depths) = size(document);
        let once = if self.descents < 2 { nodes } else { depths };
        let visits = (0..self.roots).fold(once, |visits, _| visits.saturating_mul(nodes));
        visits > MOST_VISITS
    }
}

/// The number of nodes, and the sum of their depths (the root has 1).
fn size(document: &Json) -> (u64, u64) {
    let (mut nodes, mut depths) = (0_u64, 0_u64);
    let mut waiting = vec![(document, 1_u64)];
    while let Some((node, depth)) = waiting.pop() {
        nodes += 1;
        depths = depths.saturating_add(depth);
        match node {
            Json::Array(inside) => waiting.extend(inside.iter().map(|it| (it, depth + 1))),
            Json::Object(inside) => waiting.extend(inside.values().map(|it| (it, depth + 1))),
            _ => {}
        }
    }
    (nodes, depths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descents_and_roots_are_counted_outside_of_quotes() {
        let count = |path| {
            let cost = Cost::of(path);
            (cost.descents, cost.roots)
        };
        assert_eq!(count("$.a.b"), (0, 0));
        assert_eq!(count("$..*..x"), (2, 0));
        assert_eq!(count("$['..$'].b[?@.c == $.d]"), (0, 1));
        assert_eq!(count(r#"$..["a\"..$"]"#), (1, 0));
    }

    #[test]
    fn a_second_root_costs_the_square_of_the_document() {
        let small = Json::from(vec![1; 1_000]);
        let large = Json::from(vec![1; 5_000]);
        let cost = Cost::of("$[?@ == $[0]]");
        assert!(!cost.is_over_budget(&small));
        assert!(cost.is_over_budget(&large));
        assert!(!Cost::of("$..*").is_over_budget(&large));
    }
}
