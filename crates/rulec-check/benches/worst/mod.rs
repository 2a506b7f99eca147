//! Packs on which a search has to work hard: each a text, to be read and proved like any other.

use std::fmt::Write as _;

/// Numbers that look random, the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// All of them, with their names.
pub fn packs() -> Vec<(&'static str, String)> {
    vec![
        ("11 pigeons, 10 holes", pigeons(11)),
        (
            "850 rules of 3 literals over 200 Booleans",
            random_rules(200, 850, 1),
        ),
        ("parity of 20, from each side", parity(20)),
        ("16 infix patterns on one text", patterns(16)),
        (
            "300 rules of one symptom over 60 facts",
            random_rules(60, 300, 2),
        ),
    ]
}

fn booleans(text: &mut String, count: u64) {
    for number in 0..count {
        writeln!(text, "fact f{number}: bool\n    ask \"Is it {number}?\"\n").unwrap();
    }
}

fn symptom(text: &mut String) {
    text.push_str("symptom s =\n    | code ras 798\n\n");
}

fn rule(text: &mut String, name: u64, when: &str) {
    writeln!(
        text,
        "rule r{name}:\n    symptom s\n    when {when}\n    => fix \"Do {name}.\"\n"
    )
    .unwrap();
}

/// Each pigeon sits in a hole, and no two in one: a condition that is never true.
fn pigeons(pigeons: u64) -> String {
    let holes = pigeons - 1;
    let mut text = String::new();
    booleans(&mut text, pigeons * holes);
    symptom(&mut text);
    let sits = |pigeon: u64, hole: u64| format!("f{}", pigeon * holes + hole);
    let mut parts = Vec::new();
    for pigeon in 0..pigeons {
        let somewhere: Vec<String> = (0..holes).map(|hole| sits(pigeon, hole)).collect();
        parts.push(format!("({})", somewhere.join(" or ")));
    }
    for hole in 0..holes {
        for one in 0..pigeons {
            for two in one + 1..pigeons {
                parts.push(format!("not ({} and {})", sits(one, hole), sits(two, hole)));
            }
        }
    }
    rule(&mut text, 0, &parts.join("\n        and "));
    text
}

fn random_rules(facts: u64, rules: u64, seed: u64) -> String {
    let mut random = Random(seed);
    let mut text = String::new();
    booleans(&mut text, facts);
    symptom(&mut text);
    for number in 0..rules {
        let mut chosen: Vec<u64> = Vec::new();
        while chosen.len() < 3 {
            let fact = random.below(facts);
            if !chosen.contains(&fact) {
                chosen.push(fact);
            }
        }
        let literals: Vec<String> = chosen
            .iter()
            .map(|fact| match random.below(2) {
                0 => format!("f{fact}"),
                _ => format!("not f{fact}"),
            })
            .collect();
        rule(&mut text, number, &literals.join(" and "));
    }
    text
}

/// The parity of all facts, worked out from the first to the last and the other way round, is said to differ.
fn parity(facts: u64) -> String {
    let mut text = String::new();
    booleans(&mut text, facts);
    symptom(&mut text);
    for (side, order) in [
        ("a", (0..facts).collect::<Vec<u64>>()),
        ("b", (0..facts).rev().collect()),
    ] {
        let mut before = format!("f{}", order[0]);
        for (step, fact) in order.iter().enumerate().skip(1) {
            writeln!(
                text,
                "let {side}{step} = ({before} and not f{fact}) or (not {before} and f{fact})\n"
            )
            .unwrap();
            before = format!("{side}{step}");
        }
    }
    let last = facts - 1;
    rule(&mut text, 0, &format!("a{last} and not b{last}"));
    text
}

fn patterns(count: u64) -> String {
    let mut text = String::from("fact log: string\n    ask \"What does the log say?\"\n\n");
    symptom(&mut text);
    let words = [
        "refused", "expired", "timeout", "revoked", "missing", "denied", "reset", "closed",
        "unknown", "invalid", "blocked", "dropped", "policy", "proxy", "radius", "tunnel",
    ];
    for (number, word) in (0..count).zip(words) {
        rule(&mut text, number, &format!("log matches \"*{word}*\""));
    }
    text
}
