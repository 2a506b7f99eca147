//! Random edits of a pack's text, of the kinds that authors make: a rule more or less, other conditions, other clauses, other order. Facts
//! and symptoms stay as they are.

/// Small and seeded, so that a failure can be run again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap()
    }
}

/// The text with one to three edits; sometimes with one that means nothing.
pub fn edited(text: &str, seed: u64) -> String {
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut statements: Vec<String> = text.split("\n\n").map(str::to_owned).collect();
    for _ in 0..=random.below(3) {
        edit(&mut statements, &mut random);
    }
    let mut text = statements.join("\n\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn rules(statements: &[String]) -> Vec<usize> {
    let all = statements.iter().enumerate();
    all.filter(|(_, it)| it.starts_with("rule "))
        .map(|(at, _)| at)
        .collect()
}

fn when(statement: &str) -> Option<&str> {
    let mut lines = statement.lines();
    lines.find_map(|it| it.trim().strip_prefix("when "))
}

fn edit(statements: &mut Vec<String>, random: &mut Random) {
    let rules = rules(statements);
    let Some(at) = rules.get(random.below(rules.len())).copied() else {
        return;
    };
    let conditions: Vec<String> = rules
        .iter()
        .filter_map(|it| when(&statements[*it]))
        .map(str::to_owned)
        .collect();
    let own = when(&statements[at]).map(str::to_owned);
    let some = conditions.get(random.below(conditions.len())).cloned();
    match (random.below(10), own, some) {
        // A condition becomes that of another rule, its contrary, or stronger or weaker by it.
        (0, Some(own), Some(other)) => condition(statements, at, &own, &other),
        (1, Some(own), _) => condition(statements, at, &own, &format!("not ({own})")),
        (2, Some(own), Some(other)) => {
            condition(statements, at, &own, &format!("({own}) and ({other})"));
        }
        (3, Some(own), Some(other)) => {
            condition(statements, at, &own, &format!("({own}) or ({other})"));
        }
        // What means the same.
        (4, Some(own), _) => condition(statements, at, &own, &format!("not (not ({own}))")),
        (5, ..) => statements.rotate_right(1),
        // A rule less, a rule more.
        (6, ..) if named_by_none(statements, at) => {
            statements.remove(at);
        }
        (7, ..) => {
            let copy = statements[at].replacen("rule ", "rule more-", 1);
            if !statements.iter().any(|it| it.starts_with("rule more-")) {
                statements.push(copy.trim_end().to_owned());
            }
        }
        (8, ..) => clause(statements, at, "    otherwise\n"),
        _ => {
            let other = rules.get(random.below(rules.len())).copied().unwrap_or(at);
            let name = name(&statements[other]).to_owned();
            if other > at {
                clause(statements, at, &format!("    overrides {name}\n"));
            }
        }
    }
}

fn name(statement: &str) -> &str {
    let rest = statement.strip_prefix("rule ").unwrap_or_default();
    rest.split(':').next().unwrap_or_default()
}

fn named_by_none(statements: &[String], at: usize) -> bool {
    let name = name(&statements[at]);
    let line = |it: &str| it.trim().strip_prefix("overrides ").map(str::to_owned);
    let named = |it: &String| {
        let mut lines = it.lines().filter_map(line);
        lines.any(|it| it.split(", ").any(|it| it == name))
    };
    !statements.iter().any(named)
}

fn condition(statements: &mut [String], at: usize, own: &str, new: &str) {
    statements[at] = statements[at].replacen(&format!("when {own}"), &format!("when {new}"), 1);
}

/// Adds a clause, or takes it away.
fn clause(statements: &mut [String], at: usize, line: &str) {
    let statement = &mut statements[at];
    let word = line.split_whitespace().next().unwrap_or_default();
    let has = |it: &str| it.trim().split(' ').next() == Some(word);
    if statement.lines().any(has) {
        let kept: Vec<&str> = statement.lines().filter(|it| !has(it)).collect();
        *statement = kept.join("\n");
    } else if statement.contains("    symptom ") {
        *statement = statement.replacen("    =>", &format!("{line}    =>"), 1);
    }
}
