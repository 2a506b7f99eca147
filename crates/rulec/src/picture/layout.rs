//! Boxes in columns, from left to right, and lines between them: nothing overlaps, and no line runs through a box.
//!
//! The usual four steps of layered drawing: a line that passes a column gets a place there, as if it were a thin box; each column is
//! ordered by the mean place of its neighbours; each is moved towards them as far as the order and the gaps allow, which is a
//! regression under order and therefore exact; lines are curves between columns and straight within them. Lines from one box go
//! together as far as they have the same way. Knows no graph of rules.

use std::collections::BTreeMap;

/// Between boxes of a column.
const GAP: f64 = 14.0;
/// Height of the place of a line that passes.
const PASSING: f64 = 8.0;
/// Between columns, at least; lines that turn there want more.
const CHANNEL: f64 = 70.0;
/// Most that lines add to it.
const WIDEST_CHANNEL: f64 = 150.0;
/// Rounds of ordering, and of moving.
const ROUNDS: usize = 24;
/// A passing line is kept straight rather than short.
const STRAIGHT: f64 = 4.0;

/// What is to be placed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Size {
    /// Its column, from the left.
    pub column: usize,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// Where a box lies.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rect {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width: that of its column.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A line: curves between these points and straight pieces, in turn, beginning with a curve.
pub type Route = Vec<(f64, f64)>;

/// A finished drawing.
#[derive(Debug, Default)]
pub struct Layout {
    /// The place of each box.
    pub boxes: Vec<Rect>,
    /// The way of each line, in the order given.
    pub routes: Vec<Route>,
    /// Width of all.
    pub width: f64,
    /// Height of all.
    pub height: f64,
}

/// A box, or the place where a line passes.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    column: usize,
    height: f64,
    passing: bool,
    /// Middle.
    y: f64,
    /// Place in its column.
    rank: usize,
}

/// Lays out boxes and the lines between them; a line between boxes of one column bends around its right side.
pub fn lay_out(sizes: &[Size], lines: &[(usize, usize)]) -> Layout {
    let mut drawing = Drawing::new(sizes, lines);
    drawing.order();
    drawing.stack();
    drawing.settle();
    drawing.finish(sizes, lines)
}

struct Drawing {
    cells: Vec<Cell>,
    /// Cells of each column, from the top.
    columns: Vec<Vec<usize>>,
    /// Cells of each line, from the left.
    chains: Vec<Vec<usize>>,
    left: Vec<Vec<usize>>,
    right: Vec<Vec<usize>>,
}

fn at<T: Copy + Default>(list: &[T], index: usize) -> T {
    list.get(index).copied().unwrap_or_default()
}

fn list(of: &[Vec<usize>], index: usize) -> &[usize] {
    of.get(index).map_or(&[], Vec::as_slice)
}

fn push(of: &mut [Vec<usize>], index: usize, value: usize) {
    if let Some(list) = of.get_mut(index) {
        list.push(value);
    }
}

impl Drawing {
    fn new(sizes: &[Size], lines: &[(usize, usize)]) -> Drawing {
        let cell = |it: &Size| Cell {
            column: it.column,
            height: it.height,
            ..Cell::default()
        };
        let mut cells: Vec<Cell> = sizes.iter().map(cell).collect();
        let mut chains = Vec::new();
        // One place a column for all lines that come from one box.
        let mut passing: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (from, to) in lines {
            let (from, to) = in_order(sizes, *from, *to);
            let (first, last) = (at(sizes, from).column, at(sizes, to).column);
            let mut chain = vec![from];
            for column in first + 1..last {
                let place = *passing.entry((from, column)).or_insert(cells.len());
                if place == cells.len() {
                    cells.push(Cell {
                        column,
                        height: PASSING,
                        passing: true,
                        ..Cell::default()
                    });
                }
                chain.push(place);
            }
            chain.push(to);
            chains.push(chain);
        }
        let count = cells.iter().map(|it| it.column + 1).max().unwrap_or(0);
        let mut columns = vec![Vec::new(); count];
        for (number, cell) in cells.iter().enumerate() {
            push(&mut columns, cell.column, number);
        }
        let (mut left, mut right) = (vec![Vec::new(); cells.len()], vec![Vec::new(); cells.len()]);
        for (one, other) in chains
            .iter()
            .flat_map(|it| it.iter().zip(it.iter().skip(1)))
        {
            let known = list(&right, *one).contains(other);
            if !known && at(&cells, *one).column != at(&cells, *other).column {
                push(&mut right, *one, *other);
                push(&mut left, *other, *one);
            }
        }
        let mut drawing = Drawing {
            cells,
            columns,
            chains,
            left,
            right,
        };
        drawing.rank();
        drawing
    }

    fn rank(&mut self) {
        for column in &self.columns {
            for (rank, cell) in column.iter().enumerate() {
                if let Some(cell) = self.cells.get_mut(*cell) {
                    cell.rank = rank;
                }
            }
        }
    }

    /// Orders each column by its neighbours, from the left and from the right in turn, and keeps the best that came up.
    fn order(&mut self) {
        let mut best = (self.crossings(), self.columns.clone());
        for round in 0..ROUNDS {
            let count = self.columns.len();
            let from_left = round % 2 == 0;
            for step in 1..count {
                let column = if from_left { step } else { count - 1 - step };
                self.order_column(column, from_left);
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.columns.clone());
            }
        }
        self.columns = best.1;
        self.rank();
    }

    /// Where a cell stands in its column, from 0 to 1: columns differ in length.
    fn height_of(&self, cell: usize) -> f64 {
        let own = at(&self.cells, cell);
        let length = list(&self.columns, own.column).len().max(1);
        (own.rank as f64 + 0.5) / length as f64
    }

    fn order_column(&mut self, column: usize, from_left: bool) {
        let neighbours = if from_left { &self.left } else { &self.right };
        let mut keyed: Vec<(f64, usize)> = list(&self.columns, column)
            .iter()
            .map(|cell| {
                let near = list(neighbours, *cell);
                let own = self.height_of(*cell);
                let sum: f64 = near.iter().map(|it| self.height_of(*it)).sum();
                let mean = if near.is_empty() {
                    own
                } else {
                    sum / near.len() as f64
                };
                (mean, *cell)
            })
            .collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (rank, (_, cell)) in keyed.iter().enumerate() {
            if let Some(cell) = self.cells.get_mut(*cell) {
                cell.rank = rank;
            }
        }
        if let Some(cells) = self.columns.get_mut(column) {
            *cells = keyed.into_iter().map(|(_, cell)| cell).collect();
        }
    }

    /// How many pairs of lines cross between columns.
    fn crossings(&self) -> u64 {
        let mut all = 0;
        for (number, column) in self.columns.iter().enumerate() {
            // Ends in the next column, in order of the beginnings; each pair that is the wrong way round crosses.
            let size = self.columns.get(number + 1).map_or(0, Vec::len);
            let mut seen = vec![0u64; size + 1];
            let mut total = 0;
            for cell in column {
                let mut ends: Vec<usize> = list(&self.right, *cell)
                    .iter()
                    .map(|it| at(&self.cells, *it).rank)
                    .collect();
                ends.sort_unstable();
                for end in &ends {
                    all += total - upto(&seen, end + 1);
                }
                for end in ends {
                    total += 1;
                    note(&mut seen, end + 1);
                }
            }
        }
        all
    }

    /// One below the other.
    fn stack(&mut self) {
        for column in &self.columns {
            let mut top = 0.0;
            for cell in column {
                if let Some(cell) = self.cells.get_mut(*cell) {
                    cell.y = top + cell.height / 2.0;
                    top += cell.height + GAP;
                }
            }
        }
    }

    /// Moves each column towards its neighbours.
    fn settle(&mut self) {
        for round in 0..ROUNDS {
            let count = self.columns.len();
            for step in 0..count {
                let column = if round % 2 == 0 {
                    step
                } else {
                    count - 1 - step
                };
                self.settle_column(column);
            }
        }
    }

    fn settle_column(&mut self, column: usize) {
        let cells: Vec<usize> = list(&self.columns, column).to_vec();
        let mut wanted = Vec::with_capacity(cells.len());
        let (mut offset, mut above) = (0.0, None);
        for cell in &cells {
            let own = at(&self.cells, *cell);
            if let Some(above) = above {
                offset += distance(above, own);
            }
            above = Some(own);
            let near = list(&self.left, *cell)
                .iter()
                .chain(list(&self.right, *cell));
            let (mut sum, mut count) = (0.0, 0.0);
            for it in near {
                sum += at(&self.cells, *it).y;
                count += 1.0;
            }
            // What nothing is joined to stands close below what is above it.
            let alone = wanted
                .last()
                .map_or(own.y - offset, |it: &(f64, f64, f64)| it.0);
            wanted.push(match (own.passing, count > 0.0) {
                (true, _) => (sum / f64::max(count, 1.0) - offset, STRAIGHT, offset),
                (false, true) => (sum / count - offset, 1.0, offset),
                (false, false) => (alone, 0.01, offset),
            });
        }
        let places = regression(&wanted);
        for ((cell, place), (_, _, offset)) in cells.iter().zip(places).zip(&wanted) {
            if let Some(cell) = self.cells.get_mut(*cell) {
                cell.y = place + offset;
            }
        }
    }

    fn finish(self, sizes: &[Size], lines: &[(usize, usize)]) -> Layout {
        let tops = self.cells.iter().map(|it| it.y - it.height / 2.0);
        let top = tops.fold(f64::INFINITY, f64::min);
        let top = if top.is_finite() { top } else { 0.0 };
        let mut columns = Vec::new();
        let mut x = 0.0;
        for number in 0..self.columns.len() {
            let inside = sizes.iter().filter(|it| it.column == number);
            let width = inside.map(|it| it.width).fold(0.0, f64::max);
            columns.push((x, width));
            let cells = list(&self.columns, number).iter();
            let turning: usize = cells.map(|it| list(&self.right, *it).len()).sum();
            x += width + (CHANNEL + turning as f64).min(WIDEST_CHANNEL);
        }
        let boxes = self.cells.iter().zip(sizes).map(|(cell, size)| {
            let (x, width) = at(&columns, size.column);
            Rect {
                x,
                y: cell.y - cell.height / 2.0 - top,
                width,
                height: size.height,
            }
        });
        let boxes: Vec<Rect> = boxes.collect();
        let routes = self.routes(&boxes, &columns, lines, top);
        let points = routes.iter().flatten();
        let right = boxes.iter().map(|it| it.x + it.width);
        let bottom = boxes.iter().map(|it| it.y + it.height);
        Layout {
            width: points
                .clone()
                .map(|it| it.0)
                .chain(right)
                .fold(0.0, f64::max),
            height: points.map(|it| it.1).chain(bottom).fold(0.0, f64::max),
            routes,
            boxes,
        }
    }

    fn routes(
        &self,
        boxes: &[Rect],
        columns: &[(f64, f64)],
        lines: &[(usize, usize)],
        top: f64,
    ) -> Vec<Route> {
        let ports = self.ports(boxes);
        let with_ports = self.chains.iter().zip(lines).enumerate();
        with_ports
            .map(|(number, (chain, _))| {
                let (first, last) = at(&ports, number);
                let ends = chain.first().zip(chain.last());
                let (Some(from), Some(to)) = (
                    ends.and_then(|it| boxes.get(*it.0)),
                    ends.and_then(|it| boxes.get(*it.1)),
                ) else {
                    return Vec::new();
                };
                let mut route = vec![(from.x + from.width, first)];
                for cell in chain.iter().skip(1).take(chain.len().saturating_sub(2)) {
                    let cell = at(&self.cells, *cell);
                    let (x, width) = at(columns, cell.column);
                    route.extend([(x, cell.y - top), (x + width, cell.y - top)]);
                }
                let same = from.x == to.x;
                route.push((if same { to.x + to.width } else { to.x }, last));
                route
            })
            .collect()
    }

    /// Where each line leaves its box and where it enters: spread over the side, in the order of where they go; those that go together
    /// leave together.
    fn ports(&self, boxes: &[Rect]) -> Vec<(f64, f64)> {
        let mut ports = vec![(0.0, 0.0); self.chains.len()];
        let mut sides: Vec<Side> = Vec::new();
        for (number, chain) in self.chains.iter().enumerate() {
            let ends = (chain.first(), chain.last());
            let next = chain.get(1);
            let before = chain.iter().rev().nth(1);
            if let ((Some(first), Some(last)), Some(next), Some(before)) = (ends, next, before) {
                let cell = |it: &usize| at(&self.cells, *it);
                let same = cell(first).column == cell(last).column;
                let mut side = |own: &usize, right, other: &usize, end| {
                    sides.push(Side {
                        own: *own,
                        right,
                        y: cell(other).y,
                        other: *other,
                        end,
                    });
                };
                side(first, true, next, number * 2);
                side(last, same, before, number * 2 + 1);
            }
        }
        sides.sort_by(|a, b| {
            let boxes = (a.own, a.right).cmp(&(b.own, b.right));
            boxes.then(a.y.total_cmp(&b.y)).then(a.other.cmp(&b.other))
        });
        for side in sides.chunk_by(|a, b| (a.own, a.right) == (b.own, b.right)) {
            let together = || side.chunk_by(|a, b| a.other == b.other);
            let count = together().count();
            for (place, bundle) in together().enumerate() {
                for it in bundle {
                    let own = at(boxes, it.own);
                    let share = (place + 1) as f64 / (count + 1) as f64;
                    let y = own.y + own.height * share;
                    if let Some(port) = ports.get_mut(it.end / 2) {
                        if it.end % 2 == 0 {
                            port.0 = y;
                        } else {
                            port.1 = y;
                        }
                    }
                }
            }
        }
        ports
    }
}

/// An end of a line at a box.
struct Side {
    own: usize,
    /// At its right side.
    right: bool,
    /// Where the line goes.
    y: f64,
    other: usize,
    /// Twice the number of the line, and one for its right end.
    end: usize,
}

fn in_order(sizes: &[Size], from: usize, to: usize) -> (usize, usize) {
    if at(sizes, from).column <= at(sizes, to).column {
        (from, to)
    } else {
        (to, from)
    }
}

/// Between the middles of two that stand below each other, at least.
fn distance(above: Cell, below: Cell) -> f64 {
    let gap = if above.passing && below.passing {
        2.0
    } else {
        GAP
    };
    (above.height + below.height) / 2.0 + gap
}

/// The nearest places, by squares and weights, that do not decrease: neighbours that want to change sides stand together at their mean.
fn regression(wanted: &[(f64, f64, f64)]) -> Vec<f64> {
    // Mean, weight and number of each group.
    let mut groups: Vec<(f64, f64, usize)> = Vec::new();
    for (want, weight, _) in wanted {
        let mut group = (*want, *weight, 1);
        while let Some(last) = groups.last().copied().filter(|it| it.0 > group.0) {
            groups.pop();
            let weight = last.1 + group.1;
            let mean = (last.0 * last.1 + group.0 * group.1) / weight;
            group = (mean, weight, last.2 + group.2);
        }
        groups.push(group);
    }
    let places = groups
        .into_iter()
        .flat_map(|(mean, _, count)| std::iter::repeat_n(mean, count));
    places.collect()
}

/// How many were noted at places up to this one (a Fenwick tree).
fn upto(seen: &[u64], place: usize) -> u64 {
    let (mut sum, mut place) = (0, place);
    while place > 0 {
        sum += at(seen, place);
        place &= place - 1;
    }
    sum
}

fn note(seen: &mut [u64], place: usize) {
    let mut place = place;
    while let Some(count) = seen.get_mut(place).filter(|_| place > 0) {
        *count += 1;
        place += place & place.wrapping_neg();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random and are the same each time.
    fn numbers(seed: u64) -> impl FnMut(usize) -> usize {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        move |below| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as usize % below.max(1)
        }
    }

    fn overlap(a: &Rect, b: &Rect) -> bool {
        a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    }

    #[test]
    fn generated_graphs_have_no_overlapping_boxes_and_no_line_through_one() {
        for seed in 1..60 {
            let mut next = numbers(seed);
            let count = 2 + next(60);
            let sizes: Vec<Size> = (0..count)
                .map(|_| Size {
                    column: next(5),
                    width: 40.0 + next(200) as f64,
                    height: 20.0 + next(90) as f64,
                })
                .collect();
            let lines: Vec<(usize, usize)> = (0..count * 2)
                .map(|_| (next(count), next(count)))
                .filter(|(a, b)| a != b)
                .collect();
            let layout = lay_out(&sizes, &lines);
            for (at, one) in layout.boxes.iter().enumerate() {
                assert!(one.x >= 0.0 && one.y > -0.001, "{one:?}");
                for other in &layout.boxes[at + 1..] {
                    assert!(!overlap(one, other), "seed {seed}: {one:?} {other:?}");
                }
            }
            for route in &layout.routes {
                for straight in route[1..route.len() - 1].chunks(2) {
                    let line = Rect {
                        x: straight[0].0 + 0.1,
                        y: straight[0].1 - 0.5,
                        width: straight[1].0 - straight[0].0 - 0.2,
                        height: 1.0,
                    };
                    let hit = layout.boxes.iter().find(|it| overlap(it, &line));
                    assert!(hit.is_none(), "seed {seed}: {hit:?} {line:?}");
                }
            }
        }
    }

    #[test]
    fn ordering_takes_crossings_away() {
        let sizes: Vec<Size> = (0..12)
            .map(|it| Size {
                column: it % 2,
                width: 10.0,
                height: 10.0,
            })
            .collect();
        // Each on the left is joined to the one that stands lowest on the right.
        let lines: Vec<(usize, usize)> = (0..6).map(|it| (2 * it, 11 - 2 * it)).collect();
        let mut drawing = Drawing::new(&sizes, &lines);
        assert_eq!(drawing.crossings(), 15);
        drawing.order();
        assert_eq!(drawing.crossings(), 0);
    }
}
