//! Symptoms, rules and fixes over given facts.

use std::fmt::Write as _;

use crate::facts::{Fact, Kind, MEMBERS, STATES, TEXTS};
use crate::{RULES_PER_FIX, RULES_PER_SYMPTOM, Random};

/// The statements of rules `first` to `last` - 1, with the symptoms and fixes that begin among them.
pub(crate) fn statements(random: &mut Random, facts: &[Fact], first: usize, last: usize) -> String {
    let mut text = String::new();
    for at in first..last {
        if at > first {
            text.push('\n');
        }
        if at % RULES_PER_SYMPTOM == 0 {
            let number = at / RULES_PER_SYMPTOM;
            let _ = writeln!(
                text,
                "symptom trouble-{number} =\n    | code app {}",
                1_000 + number
            );
            let _ = writeln!(
                text,
                "    | text \"The connection ended with trouble {number}.\"\n"
            );
        }
        rule(&mut text, random, facts, at);
        if at % RULES_PER_FIX == 0 {
            fix(&mut text, random, at / RULES_PER_FIX);
        }
    }
    text
}

/// The same rules in few words: a symptom is its code, a repair is a sentence of its rule.
pub(crate) fn terse(random: &mut Random, facts: &[Fact], rules: usize) -> String {
    let mut text = String::new();
    for at in 0..rules {
        let number = at / RULES_PER_SYMPTOM;
        if at % RULES_PER_SYMPTOM == 0 {
            let code = 1_000 + number;
            let _ = writeln!(text, "symptom trouble-{number} = | code app {code}");
        }
        let _ = write!(text, "rule cause-{at}:\n    symptom trouble-{number}");
        let asked = asked(random, facts);
        if !asked.is_empty() {
            let _ = write!(text, "\n    when {}", condition(random, &asked));
        }
        let repair = at / RULES_PER_FIX;
        let _ = writeln!(text, "\n    => fix repair-{repair}");
        if at % RULES_PER_FIX == 0 {
            let _ = writeln!(
                text,
                "fix repair-{repair}:\n    step \"Set part {repair} back.\""
            );
        }
    }
    text
}

fn rule(text: &mut String, random: &mut Random, facts: &[Fact], at: usize) {
    let _ = writeln!(text, "rule cause-{at}:");
    let _ = writeln!(text, "    symptom trouble-{}", at / RULES_PER_SYMPTOM);
    let asked = asked(random, facts);
    if !asked.is_empty() {
        let _ = writeln!(text, "    when {}", condition(random, &asked));
    }
    match random.below(4) {
        0 => text.push_str("    likelihood rare\n"),
        1 => text.push_str("    likelihood common\n"),
        _ => {}
    }
    let named = asked.iter().find(|fact| fact.kind != Kind::Entries);
    match named {
        Some(fact) => {
            let _ = writeln!(
                text,
                "    cause \"It is {{{}}} that breaks it.\"",
                fact.name
            );
        }
        None => text.push_str("    cause \"The setting breaks it.\"\n"),
    }
    let _ = writeln!(text, "    => fix repair-{}", at / RULES_PER_FIX);
}

/// What always holds of the facts: one of two or three literals, of facts that are no lists.
pub(crate) fn assumptions(random: &mut Random, facts: &[Fact], count: usize) -> String {
    let single: Vec<Fact> = facts
        .iter()
        .filter(|it| it.kind != Kind::Entries)
        .cloned()
        .collect();
    let mut text = String::new();
    for _ in 0..count {
        let mut asked = asked(random, &single);
        asked.truncate(2 + random.below(2) as usize);
        let literals: Vec<String> = asked.iter().map(|fact| literal(random, fact)).collect();
        let _ = writeln!(text, "assume {}", literals.join(" or "));
    }
    text
}

/// Two to eight facts, mostly few, each once.
fn asked<'f>(random: &mut Random, facts: &'f [Fact]) -> Vec<&'f Fact> {
    let wanted = 2 + random.below(3) + random.below(3) * random.below(3) / 2 + random.below(2);
    let mut asked: Vec<&Fact> = Vec::new();
    for _ in 0..wanted.min(8) {
        let at = random.below(facts.len() as u64) as usize;
        if let Some(fact) = facts.get(at)
            && !asked.contains(&fact)
        {
            asked.push(fact);
        }
    }
    asked
}

/// Literals joined by `and`; now and then two of them stand as a choice in parentheses.
fn condition(random: &mut Random, asked: &[&Fact]) -> String {
    let mut literals: Vec<String> = asked.iter().map(|fact| literal(random, fact)).collect();
    if literals.len() > 3
        && random.below(3) == 0
        && let (Some(one), Some(other)) = (literals.pop(), literals.pop())
    {
        literals.push(format!("({other} or {one})"));
    }
    literals.join(" and ")
}

fn literal(random: &mut Random, fact: &Fact) -> String {
    let name = &fact.name;
    match (fact.kind, random.below(4)) {
        (Kind::Bool, 0 | 1) => name.clone(),
        (Kind::Bool, _) => format!("not {name}"),
        (Kind::Int, 0) => format!("{name} == {}", random.below(100)),
        (Kind::Int, 1) => format!("{name} < {}", 1 + random.below(99)),
        (Kind::Int, _) => format!("{name} >= {}", 1 + random.below(99)),
        (Kind::Enum, 0) => format!("{name} != {}", random.choose(&MEMBERS)),
        (Kind::Enum, _) => format!("{name} == {}", random.choose(&MEMBERS)),
        (Kind::String, 0) => format!("{name} starts with \"{}\"", random.choose(&TEXTS)),
        (Kind::String, _) => format!("{name} == \"{}\"", random.choose(&TEXTS)),
        (Kind::MaybeString, 0) => format!("{name} == \"{}\"", random.choose(&TEXTS)),
        (Kind::MaybeString, 1) => format!("{name} is present"),
        (Kind::MaybeString, _) => format!("{name} is absent"),
        (Kind::Version, 0) => format!("{name} < {}.{}", 2 + random.below(18), random.below(1_000)),
        (Kind::Version, _) => format!("{name} >= {}.{}", 1 + random.below(18), random.below(1_000)),
        (Kind::Entries, 0) => format!("{name} is empty"),
        (Kind::Entries, 1) => format!(
            "(any e in {name}: e.active and e.weight > {})",
            random.below(90)
        ),
        (Kind::Entries, 2) => format!("(no e in {name}: e.state == {})", random.choose(&STATES)),
        (Kind::Entries, _) => format!("\"{}\" in {name}.label", random.choose(&TEXTS)),
    }
}

fn fix(text: &mut String, random: &mut Random, number: usize) {
    let whom = random.choose(&["user", "machine", "gateway", "all-clients"]);
    let _ = writeln!(text, "\n/// Repair number {number}.\nfix repair-{number}:");
    let _ = writeln!(text, "    step \"Open the settings of part {number}.\"");
    let _ = writeln!(
        text,
        "    step \"Set it back to what it was and dial again.\""
    );
    let _ = writeln!(text, "    risk restart for {whom}");
}
