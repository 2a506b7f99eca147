//! Texts of which more is asked than can be cells: what is proved with few cells and what with many must be the same.

use rulec_program::encode::{Claim, Limits, Proof, Prover};
use rulec_program::program::RuleId;
use rulec_program::seal::Sealed;

use crate::support::check;

const HEAD: &str = "pack test 1.0.0\n    language 1\n\nfact s: string\n    ask \"s?\"\nfact t: string?\n    ask \"t?\"\n";

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn condition(&mut self, depth: usize) -> String {
        if depth > 0 && self.below(3) > 0 {
            let operator = self.one(&[" and ", " or "]);
            let parts: Vec<String> = (0..2 + self.below(2))
                .map(|_| self.condition(depth - 1))
                .collect();
            return format!("({})", parts.join(operator));
        }
        let place = self.one(&["s", "s", "t"]);
        let not = self.one(&["", "not "]);
        let word = self.one(&["a", "b", "ab", "ba", "abb", "bab", "c"]);
        let test = match self.below(8) {
            0 => format!("{place} == \"{word}\""),
            1 => format!("{place} starts with \"{word}\""),
            2 => format!("{place} ends with \"{word}\""),
            3 => format!("{place} matches \"*{word}?\""),
            4 => format!("{place} is empty"),
            _ => format!("{place} contains \"{word}\""),
        };
        format!("{not}({test})")
    }
}

fn rules(conditions: &[String]) -> String {
    let mut text = HEAD.to_owned();
    for (number, condition) in conditions.iter().enumerate() {
        text.push_str(&format!(
            "rule r{number}:\n    when {condition}\n    => fix \"repair {number}\"\n"
        ));
    }
    text
}

/// Whether each rule can be confirmed, and whether it can be not; none: undecided.
fn answers(program: &Sealed, cells: u32) -> Vec<Option<bool>> {
    let limits = Limits {
        cells,
        ..Limits::default()
    };
    let mut prover = Prover::new(program, limits);
    let mut answers = Vec::new();
    for number in 0..program.rules.len() {
        for truth in [true, false] {
            let rule = RuleId(u32::try_from(number).unwrap());
            answers.push(match prover.possible(&[Claim::Confirmed(rule, truth)]) {
                Proof::Possible(_) => Some(true),
                Proof::Impossible(_) => Some(false),
                Proof::Undecided(_) => None,
            });
        }
    }
    answers
}

#[test]
fn tests_that_are_too_many_for_cells_are_decided_all_the_same() {
    let mut random = Random(7);
    let (mut same, mut impossible, mut undecided) = (0, 0, 0);
    for _ in 0..60 {
        let conditions: Vec<String> = (0..3).map(|_| random.condition(2)).collect();
        let mut text = rules(&conditions);
        if random.below(3) == 0 {
            text.push_str(&format!("assume {}\n", random.condition(1)));
        }
        let checked = check(&text);
        let Some(program) = checked.analysis.program.as_ref() else {
            panic!("{text}\n{:?}", checked.analysis.findings);
        };
        let exact = answers(program, 4096);
        let loose = answers(program, 7);
        for (exact, loose) in exact.iter().zip(&loose) {
            assert!(exact.is_some(), "undecided with many cells: {text}");
            match loose {
                None => undecided += 1,
                Some(_) => {
                    assert_eq!(exact, loose, "{text}");
                    same += 1;
                    impossible += usize::from(*loose == Some(false));
                }
            }
        }
    }
    println!("{same} the same, {impossible} of them impossible, {undecided} undecided");
    assert!(same > 300 && impossible > 15 && undecided < 20);
}

#[test]
fn sixteen_infix_globs_on_one_text_are_decided() {
    let words = [
        "error", "denied", "cert", "route", "pool", "gateway", "tunnel", "azure", "root", "client",
        "sstp", "ikev2", "openvpn", "radius", "dns", "mtu",
    ];
    let all = |not: &str| {
        let tests = words.map(|word| format!("{not}(s matches \"*{word}*\")"));
        tests.join(" and ")
    };
    let conditions = [
        all(""),
        all("not "),
        format!("{} and not (s matches \"*t*p*\")", all("")),
        "s matches \"*sstp*\" and s matches \"*dns*\" and not (s contains \"s\")".to_owned(),
    ];
    let text = rules(&conditions);
    let checked = check(&text);
    let program = checked.analysis.program.as_ref().unwrap();
    let expected = [
        Some(true),
        Some(true),
        Some(true),
        Some(true),
        // `sstp` alone has both.
        Some(false),
        Some(true),
        Some(false),
        Some(true),
    ];
    assert_eq!(answers(program, Limits::default().cells), expected);
}
