//! A node as plain numbers: which operation, what it is done to, where it was written.

use crate::node::{Comparison, Function, LetId, NodeId, Op, Operands, Place, SlotId, TextTest};

/// Numbers of a node: the operation, four for what it is done to, three for its place.
pub(super) const WORDS: usize = 8;

/// Stands for a filter that is not there: no arena has so many nodes.
const NONE: u32 = u32::MAX;

/// The numbers of a node.
pub(super) fn words(op: Op, place: Place) -> [u32; WORDS] {
    let (tag, [a, b, c, d]) = parts(op);
    [tag, a, b, c, d, place.file, place.start, place.end]
}

fn parts(op: Op) -> (u32, [u32; 4]) {
    let filtered = |it: Option<NodeId>| it.map_or(NONE, |it| it.0);
    let one = |a: u32| [a, 0, 0, 0];
    let two = |a: u32, b: u32| [a, b, 0, 0];
    let list = |it: Operands| two(it.start, it.len);
    match op {
        Op::Constant(number) => (0, one(number)),
        Op::Slot(slot) => (1, one(slot.0)),
        Op::Let(it) => (2, one(it.0)),
        Op::Variable(number) => (3, one(number)),
        Op::Field(of, field) => (4, two(of.0, field)),
        Op::Project(of, field) => (5, two(of.0, field)),
        Op::Not(of) => (6, one(of.0)),
        Op::And(all) => (7, list(all)),
        Op::Or(all) => (8, list(all)),
        Op::Compare(how, a, b) => (9, [a.0, b.0, how as u32, 0]),
        Op::TextTest(how, a, b) => (10, [a.0, b.0, how as u32, 0]),
        Op::Member(a, b) => (11, two(a.0, b.0)),
        Op::Within(a, b) => (12, two(a.0, b.0)),
        Op::Overlaps(a, b) => (13, two(a.0, b.0)),
        Op::Reported(of) => (14, one(of.0)),
        Op::IsAbsent(of) => (15, one(of.0)),
        Op::IsEmpty(of) => (16, one(of.0)),
        Op::IsBase64(of) => (17, one(of.0)),
        Op::Any {
            list,
            variable,
            filter,
            body,
        } => (18, [list.0, variable, filtered(filter), body.0]),
        Op::Each {
            list,
            variable,
            filter,
        } => (19, [list.0, variable, filtered(filter), 0]),
        Op::Count(of) => (20, one(of.0)),
        Op::Min(of) => (21, one(of.0)),
        Op::Max(of) => (22, one(of.0)),
        Op::Size(of) => (23, one(of.0)),
        Op::Call(function, of) => (24, two(of.0, function as u32)),
        Op::Match { scrutinee, arms } => (25, [scrutinee.0, arms.start, arms.len, 0]),
        Op::List(all) => (26, list(all)),
        Op::Add(a, b) => (27, two(a.0, b.0)),
        Op::Subtract(a, b) => (28, two(a.0, b.0)),
    }
}

/// The node of these numbers, if they are those of one.
pub(super) fn node(words: [u32; WORDS]) -> Option<(Op, Place)> {
    let [tag, a, b, c, d, file, start, end] = words;
    let (of, second) = (NodeId(a), NodeId(b));
    let list = Operands { start: a, len: b };
    let filter = (c != NONE).then_some(NodeId(c));
    let op = match tag {
        0 => Op::Constant(a),
        1 => Op::Slot(SlotId(a)),
        2 => Op::Let(LetId(a)),
        3 => Op::Variable(a),
        4 => Op::Field(of, b),
        5 => Op::Project(of, b),
        6 => Op::Not(of),
        7 => Op::And(list),
        8 => Op::Or(list),
        9 => Op::Compare(comparison(c)?, of, second),
        10 => Op::TextTest(text_test(c)?, of, second),
        11 => Op::Member(of, second),
        12 => Op::Within(of, second),
        13 => Op::Overlaps(of, second),
        14 => Op::Reported(of),
        15 => Op::IsAbsent(of),
        16 => Op::IsEmpty(of),
        17 => Op::IsBase64(of),
        18 => Op::Any {
            list: of,
            variable: b,
            filter,
            body: NodeId(d),
        },
        19 => Op::Each {
            list: of,
            variable: b,
            filter,
        },
        20 => Op::Count(of),
        21 => Op::Min(of),
        22 => Op::Max(of),
        23 => Op::Size(of),
        24 => Op::Call(function(b)?, of),
        25 => Op::Match {
            scrutinee: of,
            arms: Operands { start: b, len: c },
        },
        26 => Op::List(list),
        27 => Op::Add(of, second),
        28 => Op::Subtract(of, second),
        _ => return None,
    };
    Some((op, Place { file, start, end }))
}

fn comparison(number: u32) -> Option<Comparison> {
    let all = [Comparison::Equal, Comparison::Less, Comparison::LessEqual];
    all.into_iter().find(|it| *it as u32 == number)
}

fn text_test(number: u32) -> Option<TextTest> {
    let all = [
        TextTest::Contains,
        TextTest::StartsWith,
        TextTest::EndsWith,
        TextTest::Matches,
    ];
    all.into_iter().find(|it| *it as u32 == number)
}

fn function(number: u32) -> Option<Function> {
    let all = [
        Function::Certificate,
        Function::Code,
        Function::Version,
        Function::Length,
    ];
    all.into_iter().find(|it| *it as u32 == number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_comes_back_and_no_number_stands_for_two() {
        let place = Place {
            file: 1,
            start: 2,
            end: 3,
        };
        let mut known = 0;
        for tag in 0..40 {
            for third in [0, 1, 2, 3, NONE] {
                for second in [0, 3, 5] {
                    let before = [tag, 7, second, third, 8, 1, 2, 3];
                    let Some((op, read)) = node(before) else {
                        continue;
                    };
                    known += 1;
                    assert_eq!(read, place);
                    assert_eq!(node(words(op, place)), Some((op, place)));
                    assert_eq!(words(op, place)[0], tag);
                }
            }
        }
        assert!(known > 29 * 3, "{known}");
    }
}
