//! `rulec` beside Cedar, CEL and Rego (regorus) and beside the same rules written in Rust, in one run: time to find the rules whose
//! condition is certainly true, for all rules and for those of one symptom.
//!
//! Every contestant gets its input in its own form and ready made; only deciding is timed. Before that its answers are compared
//! with plain Kleene logic. Overrides and `otherwise` are left out, because the peers have no such thing.

mod atoms;
mod cedar;
mod cel_rules;
mod hand_written;
mod kleene;
#[allow(dead_code, reason = "the build script writes the rules as Rust")]
#[path = "../../rulec-program/benches/decide/made.rs"]
mod made;
#[allow(dead_code, reason = "shared with the bench of rulec-program")]
#[path = "../../rulec-program/benches/decide/pack.rs"]
mod pack;
mod rego;
mod rulec;
mod workload;

use std::hint::black_box;
use std::time::{Duration, Instant};

use made::{Fact, MadeRule, SYMPTOMS};
use workload::{RULES, SEEDS};

/// Cases of each seed.
const CASES: u64 = 16;
/// How long one contestant is timed at one task.
const TIME: Duration = Duration::from_millis(400);

/// Numbers of the rules whose condition is certainly true, ascending.
type Fired = Vec<usize>;

/// Something that can decide the rules.
trait Contestant {
    /// As the table shows it.
    fn name(&self) -> &'static str;
    /// Decides all rules on a case.
    fn all(&mut self, case: usize) -> Fired;
    /// Decides the rules of one symptom.
    fn one(&mut self, case: usize, symptom: usize) -> Fired;
}

fn main() {
    let mut rows: Vec<(&'static str, Vec<[f64; 2]>)> = Vec::new();
    for seed in SEEDS {
        let mut rules = made::rules(seed, RULES);
        for rule in &mut rules {
            rule.otherwise = false;
            rule.overridden_by = None;
        }
        let cases: Vec<Vec<Fact>> = (0..CASES).map(|at| made::case(seed * 1_000 + at)).collect();
        let contestants: [Box<dyn Contestant>; 6] = [
            Box::new(hand_written::HandWritten::new(seed, &cases)),
            Box::new(rulec::Rulec::new(&rules, &cases, false)),
            Box::new(rulec::Rulec::new(&rules, &cases, true)),
            Box::new(cel_rules::Cel::new(&rules, &cases)),
            Box::new(rego::Rego::new(&rules, &cases)),
            Box::new(cedar::Cedar::new(&rules, &cases)),
        ];
        for (at, mut contestant) in contestants.into_iter().enumerate() {
            compare(contestant.as_mut(), &rules, &cases);
            let figures = measure(contestant.as_mut());
            if rows.len() <= at {
                rows.push((contestant.name(), Vec::new()));
            }
            rows[at].1.push(figures);
        }
    }
    print(&rows);
}

/// Every answer of a contestant, beside plain Kleene logic.
fn compare(contestant: &mut dyn Contestant, rules: &[MadeRule], cases: &[Vec<Fact>]) {
    for (at, case) in cases.iter().enumerate() {
        let expected: Fired = (0..rules.len())
            .filter(|rule| kleene::truth(&rules[*rule].when, case) == Some(true))
            .collect();
        assert!(!expected.is_empty() && expected.len() < rules.len());
        assert_eq!(
            contestant.all(at),
            expected,
            "{}, case {at}",
            contestant.name()
        );
        let symptom = at % SYMPTOMS;
        let few: Fired = expected
            .into_iter()
            .filter(|rule| rules[*rule].symptom == symptom)
            .collect();
        assert_eq!(
            contestant.one(at, symptom),
            few,
            "{}, case {at}",
            contestant.name()
        );
    }
}

/// Microseconds a case, the best round: all rules, one symptom.
fn measure(contestant: &mut dyn Contestant) -> [f64; 2] {
    let all = best(|case| contestant.all(case));
    let mut turn = 0;
    let one = best(|case| {
        turn = (turn + 1) % SYMPTOMS;
        contestant.one(case, turn)
    });
    [all, one]
}

fn best(mut decide: impl FnMut(usize) -> Fired) -> f64 {
    let (start, mut best) = (Instant::now(), f64::MAX);
    while start.elapsed() < TIME || best == f64::MAX {
        let round = Instant::now();
        for case in 0..CASES as usize {
            black_box(decide(case));
        }
        best = best.min(round.elapsed().as_secs_f64() * 1e6 / CASES as f64);
    }
    best
}

fn print(rows: &[(&'static str, Vec<[f64; 2]>)]) {
    println!(
        "{RULES} rules, {} facts, seeds {SEEDS:?}; µs a case, best round of each seed",
        made::FACTS
    );
    println!(
        "{:<26}{:>30}{:>9}{:>34}{:>9}",
        "", "all rules", "ratio", "one symptom", "ratio"
    );
    let mean = |figures: &[[f64; 2]], at: usize| {
        figures.iter().map(|it| it[at]).sum::<f64>() / figures.len() as f64
    };
    let Some((_, yardstick)) = rows.first() else {
        return;
    };
    for (name, figures) in rows {
        let list = |at: usize, digits: usize| {
            let each: Vec<String> = figures
                .iter()
                .map(|it| format!("{:.digits$}", it[at]))
                .collect();
            each.join(" / ")
        };
        println!(
            "{name:<26}{:>30}{:>9.2}{:>34}{:>9.2}",
            list(0, 1),
            mean(figures, 0) / mean(yardstick, 0),
            list(1, 3),
            mean(figures, 1) / mean(yardstick, 1),
        );
    }
}
