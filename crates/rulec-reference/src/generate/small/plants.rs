//! Rules over a few conditions, and what findings are about, planted in part of the packs.

use super::atoms::Atoms;
use crate::generate::random::Random;

/// A pack before it is written.
pub struct Draft {
    atoms: Atoms,
    symptoms: Vec<String>,
    rules: Vec<Rule>,
    fixes: Vec<String>,
    assumes: Vec<String>,
    tests: Vec<String>,
    /// A rule in its short form.
    short: Option<String>,
}

/// A rule before it is written. Rules override only later ones, and those with `otherwise` only each other, so
/// that precedence has no cycle.
#[derive(Clone, Default)]
struct Rule {
    /// None for a latent fault.
    symptoms: Vec<usize>,
    any: bool,
    when: Option<String>,
    otherwise: bool,
    overrides: Vec<usize>,
    all: bool,
    likelihood: Option<&'static str>,
    cause: Option<&'static str>,
    plan: String,
}

const PLANS: &[&str] = &[
    "fix mend",
    "fix mend",
    "fix swap",
    "fix wait",
    "no fix",
    "fix mend and fix swap",
    "fix mend or fix swap",
    "fix swap or fix mend",
    "fix swap else fix wait",
    "fix mend meanwhile fix wait",
    "fix \"Ask for help.\"",
];

impl Draft {
    pub fn new(atoms: Atoms, random: &mut Random) -> Draft {
        let mut draft = Draft {
            atoms,
            symptoms: Vec::new(),
            rules: Vec::new(),
            fixes: Vec::new(),
            assumes: Vec::new(),
            tests: Vec::new(),
            short: None,
        };
        let symptoms = 1 + random.below(2);
        for at in 0..symptoms {
            let text = draft.symptom(at, random);
            draft.symptoms.push(text);
        }
        for _ in 0..2 + random.below(2) {
            let rule = draft.rule(symptoms, random);
            draft.rules.push(rule);
        }
        for _ in 0..random.below(3) {
            draft.plant(random);
        }
        if random.chance(6) {
            let when = draft.condition(random);
            let text = format!("symptom \"0x800B0109\" when {when} => fix \"Try this.\"");
            draft.short = Some(text);
        }
        draft.precedence(random);
        draft.fixes(random);
        draft.assumptions(random);
        draft
    }

    /// One of the comparisons that come back.
    fn atom(&self, random: &mut Random) -> String {
        let all = self.atoms.said.iter().chain(&self.atoms.derived);
        let all: Vec<&String> = all.collect();
        random
            .pick(&all)
            .map_or_else(|| "1 == 1".to_owned(), |it| (*it).clone())
    }

    /// Without a let.
    fn plain(&self, random: &mut Random) -> String {
        let picked = random.pick(&self.atoms.said).cloned();
        picked.unwrap_or_else(|| "1 == 1".to_owned())
    }

    /// A literal.
    fn literal(&self, random: &mut Random) -> String {
        let atom = self.atom(random);
        match random.chance(25) {
            true => format!("not {atom}"),
            false => atom,
        }
    }

    fn condition(&self, random: &mut Random) -> String {
        let [a, b, c] = [0, 1, 2].map(|_| self.literal(random));
        match random.below(13) {
            0..3 => a,
            3..6 => format!("{a} and {b}"),
            6 | 7 => format!("{a} or {b}"),
            8 => format!("{a} and {b} and {c}"),
            9 => format!("{a} and ({b} or {c})"),
            10 => format!("{a} or ({b} and {c})"),
            11 => format!("not ({a} and {b})"),
            _ => format!("{a} and not ({b} or {c})"),
        }
    }

    fn symptom(&self, at: usize, random: &mut Random) -> String {
        let mut signs = Vec::new();
        if random.chance(25) {
            let code = ["ras 691", "sspi 0x80090326"].get(at).copied();
            signs.extend(code.map(|code| format!("code {code}")));
        }
        if random.chance(25) {
            signs.push(format!("seen when {}", self.plain(random)));
        }
        if random.chance(15) {
            signs.push(format!("ask \"Is it {at}?\""));
        }
        if signs.is_empty() {
            signs.push(format!("text \"It says number {at} failed.\""));
        }
        let signs: Vec<String> = signs.iter().map(|sign| format!("\n    | {sign}")).collect();
        format!("symptom sign-{at} ={}", signs.concat())
    }

    fn rule(&self, symptoms: usize, random: &mut Random) -> Rule {
        let own = match random.below(10) {
            0 => Vec::new(),
            1..7 => vec![random.below(symptoms)],
            _ => (0..symptoms).collect(),
        };
        let otherwise = !own.is_empty() && random.chance(20);
        let bare = !own.is_empty() && random.chance(if otherwise { 60 } else { 8 });
        Rule {
            any: !own.is_empty() && random.chance(8),
            symptoms: own,
            when: (!bare).then(|| self.condition(random)),
            otherwise,
            likelihood: random.chance(15).then(|| random.word(&["common", "rare"])),
            cause: random
                .chance(15)
                .then(|| random.word(&["It is so.", "It was so."])),
            plan: random.word(PLANS).to_owned(),
            ..Rule::default()
        }
    }

    /// What a finding is about.
    fn plant(&mut self, random: &mut Random) {
        let at = random.below(self.rules.len());
        let Some(rule) = self.rules.get(at).cloned() else {
            return;
        };
        let when = rule.when.clone().unwrap_or_else(|| self.atom(random));
        let joined = match when.contains(" or ") || when.contains(" and ") {
            true => format!("({when})"),
            false => when.clone(),
        };
        let atom = self.atom(random);
        let other = Rule {
            overrides: Vec::new(),
            all: false,
            ..rule.clone()
        };
        let with = |when: String| Rule {
            when: Some(when),
            ..other.clone()
        };
        let implied = random.pick(&self.atoms.implied).cloned();
        match (random.below(9), implied) {
            // The same twice.
            (0, _) => self.rules.push(other),
            (1, _) => self.rules.push(with(format!("{atom} and {joined}"))),
            // One implies another, in one rule or two.
            (2, Some((first, second))) => self.rules.push(with(format!("{first} and {second}"))),
            (3, Some((first, second))) => self.rules.push(with(format!("{second} or {first}"))),
            (4, Some((first, second))) => {
                self.rules.push(with(first));
                self.rules.push(with(second));
            }
            (5, _) => self.rules.push(with(format!("{atom} or not {atom}"))),
            (6, Some((first, second))) => {
                self.rules.push(with(format!("{first} and not {second}")));
            }
            // Two that leave nothing to a third.
            (7, _) => {
                let first = with(atom.clone());
                let second = with(format!("not {atom}"));
                self.cover(at, first, second);
            }
            _ => self
                .rules
                .push(with(format!("{joined} and ({atom} or {joined})"))),
        }
    }

    fn cover(&mut self, at: usize, first: Rule, second: Rule) {
        let Some(mut rule) = self.rules.get(at).cloned() else {
            return;
        };
        rule.overrides.clear();
        let last = self.rules.len();
        self.rules.push(first);
        self.rules.push(second);
        self.rules.push(rule);
        for at in [last, last + 1] {
            if let Some(rule) = self.rules.get_mut(at) {
                rule.overrides = vec![last + 2];
            }
        }
    }

    fn precedence(&mut self, random: &mut Random) {
        for at in 0..self.rules.len() {
            let later = self.rules.len() - at - 1;
            let other = at + 1 + random.below(later);
            let [own, theirs] = [at, other].map(|at| self.rules.get(at).map(|it| it.otherwise));
            let first = at == 0 && own == Some(false);
            let any = self.rules.iter().any(|rule| rule.any);
            if let Some(rule) = self.rules.get_mut(at) {
                rule.overrides.retain(|_| own == Some(false));
                if first && !any && !rule.symptoms.is_empty() && random.chance(8) {
                    rule.all = true;
                    rule.overrides.clear();
                } else if later > 0 && random.chance(30) && (own == theirs || own == Some(false)) {
                    rule.overrides.push(other);
                    rule.overrides.dedup();
                }
            }
        }
    }

    fn fixes(&mut self, random: &mut Random) {
        let mut left = vec!["mend", "swap", "wait"];
        random.shuffle(&mut left);
        let atom = self.plain(random);
        for (at, name) in ["mend", "swap", "wait"].into_iter().enumerate() {
            let mut text = format!("fix {name}:\n    step \"Do {name}.\"");
            let other = left.iter().find(|other| **other != name);
            if at < 2
                && random.chance(25)
                && let Some(other) = other
            {
                text.push_str(&format!("\n    excludes {other}"));
            }
            if random.chance(50) {
                let verify = match random.below(5) {
                    0 | 1 => atom.clone(),
                    2 | 3 => format!("not {atom}"),
                    _ => self.condition(random),
                };
                text.push_str(&format!("\n    verify {verify}"));
            }
            self.fixes.push(text);
        }
    }

    fn assumptions(&mut self, random: &mut Random) {
        if !random.chance(45) {
            return;
        }
        let [a, b] = [0, 1].map(|_| self.plain(random));
        let assumed = match random.below(12) {
            0..4 => vec![a],
            4 => vec![format!("not {a}")],
            5 | 6 => vec![format!("{a} or {b}")],
            7 | 8 => vec![format!("not {a} or {b}")],
            9 => vec![format!("{a} and {b}")],
            10 => vec![a, format!("not {b}")],
            _ => vec![a.clone(), format!("not {a}")],
        };
        self.assumes = assumed;
        for at in 0..1 + random.below(2) {
            let mut lines = vec![format!("test \"case {at}\":")];
            for (name, values) in &self.atoms.settings {
                if let Some(value) = random.pick(values)
                    && random.chance(70)
                {
                    lines.push(format!("    {name} = {value}"));
                }
            }
            lines.push("    expect others".to_owned());
            self.tests.push(lines.join("\n"));
        }
    }

    /// All statements.
    pub fn written(&self) -> Vec<String> {
        let mut all = self.atoms.declarations.clone();
        all.extend(self.symptoms.iter().cloned());
        all.extend(self.assumes.iter().map(|assume| format!("assume {assume}")));
        let rules = self.rules.iter().enumerate();
        all.extend(rules.map(|(at, rule)| rule.written(at)));
        all.extend(self.short.clone());
        all.extend(self.fixes.iter().cloned());
        all.extend(self.tests.iter().cloned());
        all
    }
}

impl Rule {
    fn written(&self, at: usize) -> String {
        let mut lines = vec![format!("rule r{at}:")];
        if self.any {
            lines.push("    symptom any".to_owned());
        } else if !self.symptoms.is_empty() {
            let names = self.symptoms.iter().map(|at| format!("sign-{at}"));
            let names: Vec<String> = names.collect();
            lines.push(format!("    symptom {}", names.join(", ")));
        }
        lines.extend(self.when.as_ref().map(|when| format!("    when {when}")));
        if self.otherwise {
            lines.push("    otherwise".to_owned());
        }
        if self.all {
            lines.push("    overrides all".to_owned());
        } else if !self.overrides.is_empty() {
            let names = self.overrides.iter().map(|at| format!("r{at}"));
            let names: Vec<String> = names.collect();
            lines.push(format!("    overrides {}", names.join(", ")));
        }
        lines.extend(self.likelihood.map(|it| format!("    likelihood {it}")));
        lines.extend(self.cause.map(|it| format!("    cause \"{it}\"")));
        lines.push(format!("    => {}", self.plan));
        lines.join("\n")
    }
}
