//! Texts: random tests over few letters, so that they meet; rooms counted out on short texts.

use rulec_facts::value::Text;

use super::super::loose::{Found, Loose};
use super::*;

/// Few letters, among them those that fold from afar, that a pattern knows and that base64 cares for.
const LETTERS: [&str; 10] = ["a", "b", "A", "k", "\u{212A}", "*", "?", "=", "ß", "Q"];

fn word(random: &mut Random, longest: usize) -> String {
    let length = random.below(longest + 1);
    (0..length).map(|_| *random.one(&LETTERS)).collect()
}

const TESTS: [TextTest; 4] = [
    TextTest::Contains,
    TextTest::StartsWith,
    TextTest::EndsWith,
    TextTest::Matches,
];

fn any_test(random: &mut Random) -> Test {
    let constant = Text::new(&word(random, 3));
    match random.below(12) {
        0 => Test::IsBase64,
        1 => Test::IsEmpty,
        2 => Test::Length(*random.one(&ORDERS), random.below(7) as i128 - 1),
        3 => Test::TextOf(constant, *random.one(&TESTS)),
        4 | 5 => Test::Compare(Order::Equal, Value::Text(constant)),
        _ => Test::Text(*random.one(&TESTS), constant),
    }
}

fn any_tests(random: &mut Random) -> Vec<Test> {
    let count = random.below(6);
    let mut tests: Vec<Test> = Vec::new();
    while tests.len() < count {
        let test = any_test(random);
        if !tests.contains(&test) {
            tests.push(test);
        }
    }
    tests
}

#[test]
fn texts_are_cut_by_their_tests() {
    let mut seen = Seen::default();
    let mut random = Random(8);
    for _ in 0..400 {
        let tests = any_tests(&mut random);
        let ty = maybe(Kind::Text, &mut random);
        let mut values = Random(random.next());
        let mut any = || Value::text(&word(&mut values, 6));
        holds_what_it_promises(&ty, &tests, &mut any, &mut seen);
    }
    enough(&seen, true, true);
}

/// All texts of up to three of the letters; the others are cut off by tests.
#[test]
fn rooms_of_texts_are_exact() {
    let letters = ["a", "b", "k", "="];
    let mut all = vec![String::new()];
    let mut at = 0;
    while at < all.len() {
        let text = all[at].clone();
        if text.len() < 3 {
            all.extend(letters.iter().map(|letter| format!("{text}{letter}")));
        }
        at += 1;
    }
    let mut random = Random(9);
    let mut counted = 0;
    for _ in 0..200 {
        // Only texts that are listed here, so that every other character and every longer text is outside.
        let alphabet = Text::new("abk=abk=");
        let mut tests = vec![
            Test::Length(Order::LessEqual, 3),
            Test::TextOf(alphabet, TextTest::Contains),
        ];
        tests.extend(
            any_tests(&mut random)
                .into_iter()
                .filter(|it| *it != Test::IsBase64),
        );
        let domain = Domain::split(&Type::of(Kind::Text), &tests, 1000).unwrap();
        let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
        for text in &all {
            let cell = domain.cell_of(&Partial::Known(Value::text(text))).unwrap();
            *counts.entry(cell).or_default() += 1;
        }
        let inside = domain.holds(0).unwrap().and(domain.holds(1).unwrap());
        for cell in inside.iter() {
            assert_eq!(domain.room(cell), Room::Exactly(counts[&cell]), "{tests:?}");
            let values = (0..100).filter_map(|nth| domain.value(cell, nth)).count();
            assert_eq!(values as u64, counts[&cell]);
            counted += 1;
        }
    }
    assert!(counted > 300, "{counted}");
}

#[test]
fn twins_are_equal_number_by_number() {
    let mut random = Random(10);
    let mut pairs = 0;
    for _ in 0..200 {
        let mut tests = any_tests(&mut random);
        tests.push(Test::IsBase64);
        let domain = Domain::split(&Type::of(Kind::Text), &tests, 1000).unwrap();
        for cell in 0..domain.cells() {
            let Some(twin) = domain.twin(cell) else {
                continue;
            };
            assert_eq!(domain.twin(twin), Some(cell));
            assert_eq!(domain.room(twin), domain.room(cell));
            for nth in 0..4 {
                match (domain.value(cell, nth), domain.value(twin, nth)) {
                    (Some(a), Some(b)) => {
                        assert_eq!(ops::equal(&a, false, &b, false), Truth::True);
                        assert_ne!(ops::is_base64(&a), ops::is_base64(&b));
                        pairs += 1;
                    }
                    (a, b) => assert_eq!(a, b),
                }
            }
        }
    }
    assert!(pairs > 200, "{pairs}");
}

/// The cells and the loose search must say the same of every row of answers that is wanted.
#[test]
fn loose_tests_agree_with_cells() {
    let mut random = Random(11);
    let (mut found, mut clashes) = (0, 0);
    for _ in 0..300 {
        let tests = any_tests(&mut random);
        let domain = Domain::split(&Type::of(Kind::Text), &tests, 1000).unwrap();
        let loose = Loose::new(&tests);
        for _ in 0..4 {
            let mut wanted: Vec<(usize, bool)> = Vec::new();
            for at in 0..tests.len() {
                if random.chance(8) {
                    wanted.push((at, random.chance(5)));
                }
            }
            let cells = |of: &[(usize, bool)]| {
                let fits = |cell: &u32| {
                    of.iter()
                        .all(|(at, yes)| domain.holds(*at).unwrap().contains(*cell) == *yes)
                };
                (0..domain.cells()).filter(fits).count()
            };
            match loose.find(&wanted, &[]) {
                Found::Text(text) => {
                    let value = Partial::Known(Value::Text(text));
                    for (at, yes) in &wanted {
                        assert_eq!(tests[*at].holds(&value), *yes, "{value:?} {:?}", tests[*at]);
                    }
                    assert!(cells(&wanted) > 0);
                    found += 1;
                }
                Found::Clash(core) => {
                    let core: Vec<(usize, bool)> = wanted
                        .iter()
                        .filter(|(at, _)| core.contains(at))
                        .copied()
                        .collect();
                    assert_eq!(cells(&core), 0, "{core:?} of {tests:?}");
                    clashes += 1;
                }
                Found::Undecided(limit) => panic!("{limit:?} on {tests:?}"),
            }
        }
    }
    assert!(found > 300 && clashes > 300, "{found} {clashes}");
}

#[test]
fn texts_that_are_taken_are_not_found_again() {
    let constant = |text| Test::Text(TextTest::Matches, Text::new(text));
    let loose = Loose::new(&[constant("a?b")]);
    let mut taken: Vec<Text> = Vec::new();
    for _ in 0..50 {
        let Found::Text(text) = loose.find(&[(0, true)], &taken) else {
            panic!("no text after {taken:?}");
        };
        assert!(!taken.contains(&text));
        taken.push(text);
    }
    let loose = Loose::new(&[constant("ab")]);
    let taken = [Text::new("AB")];
    assert!(matches!(
        loose.find(&[(0, true)], &taken),
        Found::Undecided(_)
    ));
}

#[test]
fn sixteen_infix_globs_are_decided_or_given_up_soon() {
    let words = [
        "error", "denied", "cert", "route", "pool", "gateway", "tunnel", "azure", "root", "client",
        "sstp", "ikev2", "openvpn", "radius", "dns", "mtu",
    ];
    let tests: Vec<Test> = words
        .iter()
        .map(|word| Test::Text(TextTest::Matches, Text::new(&format!("*{word}*"))))
        .collect();
    let refused = Domain::split(&Type::of(Kind::Text), &tests, 4096).unwrap_err();
    assert!(refused.limit > 0, "{refused:?}");
    let loose = Loose::new(&tests);
    let mut random = Random(12);
    for round in 0..10 {
        let wanted: Vec<(usize, bool)> = (0..words.len())
            .map(|at| (at, round == 0 || random.chance(5)))
            .collect();
        match loose.find(&wanted, &[]) {
            Found::Text(text) => {
                let value = Partial::Known(Value::Text(text));
                assert!(
                    wanted
                        .iter()
                        .all(|(at, yes)| tests[*at].holds(&value) == *yes)
                );
            }
            other => panic!("{other:?}"),
        }
    }
    // `sstp` in, and nothing with `s` in it out, clash whatever the others say.
    let mut tests = tests;
    tests.push(Test::Text(TextTest::Contains, Text::new("s")));
    let loose = Loose::new(&tests);
    let wanted: Vec<(usize, bool)> = (0..=words.len()).map(|at| (at, at < words.len())).collect();
    assert_eq!(loose.find(&wanted, &[]), Found::Clash(vec![10, 16]));
}

#[test]
fn what_fits_is_split_and_the_rest_is_named() {
    let contains = |word: &str| Test::Text(TextTest::Contains, Text::new(word));
    let words = ["error", "denied", "cert", "route", "pool", "gateway"];
    let mut tests: Vec<Test> = words.map(contains).to_vec();
    tests.push(Test::Compare(Order::Equal, Value::text("none")));
    tests.push(Test::Text(TextTest::StartsWith, Text::new("x")));
    let ty = Type::of(Kind::Text).optional();
    let (domain, left_out, limit) = Domain::split_most(&ty, &tests, 40);
    let domain = domain.unwrap();
    // Absent, one constant, and five tests that go together in every way.
    assert_eq!(left_out, [4, 5]);
    assert_eq!(limit.unwrap().limit, 40);
    assert_eq!(domain.cells(), 34);
    for (at, test) in tests.iter().enumerate() {
        assert_eq!(
            domain.holds(at).unwrap().is_empty(),
            left_out.contains(&at),
            "{test:?}"
        );
    }
    let (domain, left_out, limit) = Domain::split_most(&ty, &tests, 4096);
    assert_eq!((left_out.len(), limit), (0, None));
    assert_eq!(domain.unwrap().cells(), 130);
    let (domain, left_out, _) = Domain::split_most(&ty, &tests, 1);
    assert!(domain.is_none() && left_out.len() == tests.len());
}
