//! The engine beside z3 and CaDiCaL: all questions about generated packs and some hard ones, answer by answer.
//!
//! Each point is given to the other solver too, which has to find that it fulfils what was asked and all assumptions; of each *none* the roots
//! that are said to clash have to clash alone. `.ci/prove` installs both and runs this.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rulec_prove::{Answer, FormulaId, Formulas, Free, Limits, Point, Shape, Solver, Variable};

#[allow(dead_code, reason = "the bench uses the rest")]
#[path = "../benches/questions/mod.rs"]
mod questions;

use questions::{Pack, Size};

/// Questions that are given to the other solver together.
const TOGETHER: usize = 500;

const PACK: Size = Size {
    rules: 10_000,
    variables: 2_000,
    assumptions: 250,
    bucket: 25,
    bucket_variables: 60,
};
const BUCKET: Size = Size {
    rules: 300,
    variables: 60,
    assumptions: 8,
    bucket: 300,
    bucket_variables: 60,
};

/// What the other solver is asked.
struct Check {
    roots: Vec<FormulaId>,
    /// Cells that the point has to have.
    point: Option<Point>,
    /// A point is expected.
    possible: bool,
}

/// Checks that belong to one space, under assumptions.
struct Batch<'f> {
    formulas: &'f Formulas,
    assumed: &'f [FormulaId],
    checks: &'f [Check],
}

/// What comes of questions, as checks.
#[derive(Default)]
struct Asked {
    checks: Vec<Check>,
    points: usize,
    none: usize,
    undecided: usize,
    took: Duration,
}

impl Asked {
    fn add(&mut self, roots: &[FormulaId], answer: Answer) {
        let roots = roots.to_vec();
        match answer {
            Answer::Point(point) => {
                // Where the point fulfils the roots, some point does.
                self.points += 1;
                self.check(roots, Some(point), true);
            }
            Answer::None { core } => {
                self.none += 1;
                let core: Vec<FormulaId> = core.iter().map(|at| roots[*at]).collect();
                self.check(core, None, false);
            }
            Answer::Undecided(_) => self.undecided += 1,
        }
    }

    fn check(&mut self, roots: Vec<FormulaId>, point: Option<Point>, possible: bool) {
        self.checks.push(Check {
            roots,
            point,
            possible,
        });
    }
}

fn of_pack(pack: &mut Pack) -> Asked {
    let questions = pack.questions();
    let mut solver = Solver::new();
    let mut asked = Asked::default();
    let begun = Instant::now();
    let answers: Vec<(Vec<FormulaId>, Answer)> = questions
        .iter()
        .map(|(_, roots)| {
            let limits = Limits::default();
            let answer = solver.ask(&pack.formulas, roots, &mut pack.theory, &limits);
            (roots.to_vec(), answer)
        })
        .collect();
    asked.took = begun.elapsed();
    for (roots, answer) in answers {
        asked.add(&roots, answer);
    }
    asked
}

/// Another solver: how it is started, how it is installed, and what it is told of a batch. It prints a line a check.
struct Other {
    command: fn() -> Command,
    how: &'static str,
    write: fn(&Batch<'_>, &mut String),
    is_point: fn(&str) -> bool,
}

fn compare(name: &str, formulas: &Formulas, assumed: &[FormulaId], asked: Asked, other: &Other) {
    let (points, none, undecided) = (asked.points, asked.none, asked.undecided);
    let (took, begun) = (asked.took, Instant::now());
    let mut text = String::new();
    for checks in asked.checks.chunks(TOGETHER) {
        let batch = Batch {
            formulas,
            assumed,
            checks,
        };
        (other.write)(&batch, &mut text);
    }
    let told = run(&mut (other.command)(), other.how, text);
    let told: Vec<bool> = told.lines().map(other.is_point).collect();
    assert_eq!(told.len(), asked.checks.len(), "{name}: an answer a check");
    for (check, told) in asked.checks.iter().zip(told) {
        assert_eq!(
            told, check.possible,
            "{name}: {:?} at {:?}",
            check.roots, check.point
        );
    }
    println!(
        "{name}: {points} points, {none} without, {undecided} undecided in {took:.2?}; {} checks agree, in {:.1?}",
        asked.checks.len(),
        begun.elapsed()
    );
    assert!(points + none > 0 && undecided == 0);
}

fn all(other: &Other) {
    for (name, size) in [("300 rules of one symptom", BUCKET), ("10,000 rules", PACK)] {
        let mut pack = Pack::new(size);
        let asked = of_pack(&mut pack);
        compare(name, &pack.formulas, &pack.assumptions, asked, other);
    }
    let mut hard = vec![
        ("8 pigeons into 7 holes".to_owned(), questions::pigeons(8)),
        ("parity of 16".to_owned(), questions::parity(16)),
    ];
    for seed in 0..6 {
        let name = format!("480 rules of 3 literals over 115, {seed}");
        hard.push((name, questions::three_literals(115, 480, seed)));
    }
    for (name, (formulas, roots)) in hard {
        let begun = Instant::now();
        let answer = Solver::new().ask(&formulas, &roots, &mut Free, &Limits::default());
        let mut asked = Asked {
            took: begun.elapsed(),
            ..Asked::default()
        };
        asked.add(&roots, answer);
        compare(&name, &formulas, &[], asked, other);
    }
}

#[test]
#[ignore = "needs z3 (apt-get install z3); `.ci/prove` runs it"]
fn z3_gives_the_same_answers() {
    all(&Other {
        command: || {
            let mut command = Command::new("z3");
            command.arg("-in");
            command
        },
        how: "install z3 with `apt-get install z3`",
        write: z3,
        is_point: |line| match line {
            "sat" => true,
            "unsat" => false,
            other => panic!("z3 says {other}"),
        },
    });
}

#[test]
#[ignore = "needs CaDiCaL (pip install python-sat); `.ci/prove` runs it"]
fn cadical_gives_the_same_answers() {
    all(&Other {
        command: || {
            let mut command = Command::new("python3");
            command.args(["-c", include_str!("other_solvers/cadical.py")]);
            command
        },
        how: "install CaDiCaL with `pip install python-sat`",
        write: cadical,
        is_point: |line| line == "True",
    });
}

/// The formulas that these are made of, parts first.
fn below(formulas: &Formulas, roots: impl Iterator<Item = FormulaId>) -> BTreeSet<FormulaId> {
    let mut waiting: Vec<FormulaId> = roots.collect();
    let mut found = BTreeSet::new();
    while let Some(now) = waiting.pop() {
        if found.insert(now)
            && let Shape::And(parts) | Shape::Or(parts) = formulas.shape(now)
        {
            waiting.extend(parts);
        }
    }
    found
}

impl Batch<'_> {
    fn formulas(&self) -> BTreeSet<FormulaId> {
        let roots = self.checks.iter().flat_map(|it| &it.roots);
        below(self.formulas, roots.chain(self.assumed).copied())
    }

    fn variables(&self) -> BTreeSet<Variable> {
        let literals = self.formulas().into_iter();
        let literals = literals.filter_map(|it| match self.formulas.shape(it) {
            Shape::Literal(variable, _) => Some(variable),
            _ => None,
        });
        let points = self.checks.iter().filter_map(|it| it.point.as_ref());
        let points = points.flat_map(|it| it.iter().map(|(variable, _)| variable));
        literals.chain(points).collect()
    }
}

fn run(command: &mut Command, how: &str, text: String) -> String {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{how}: {error}"));
    let mut input = child.stdin.take().unwrap();
    let writing =
        std::thread::spawn(move || std::io::Write::write_all(&mut input, text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    assert!(output.status.success(), "{how}: {}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

/// Variables as numbers of a few bits, formulas by name.
fn z3(batch: &Batch<'_>, text: &mut String) {
    let formulas = batch.formulas;
    let bits = |variable| u32::BITS - (formulas.cells(variable) - 1).max(1).leading_zeros();
    let cell = |variable: Variable, cell: u32| {
        let width = bits(variable) as usize;
        format!("(= v{} #b{cell:0width$b})", variable.number())
    };
    text.push_str("(reset)\n(set-logic QF_FD)\n");
    for variable in batch.variables() {
        let (number, cells) = (variable.number(), formulas.cells(variable));
        let _ = writeln!(
            text,
            "(declare-const v{number} (_ BitVec {}))",
            bits(variable)
        );
        let one_of: Vec<String> = (0..cells).map(|it| cell(variable, it)).collect();
        let _ = writeln!(text, "(assert (or {}))", one_of.join(" "));
    }
    for formula in batch.formulas() {
        let name = |it: &FormulaId| format!(" f{}", it.number());
        let means = match formulas.shape(formula) {
            Shape::Constant(truth) => truth.to_string(),
            Shape::Literal(variable, mask) => {
                let cells: Vec<String> = mask.iter().map(|it| cell(variable, it)).collect();
                format!("(or {})", cells.join(" "))
            }
            Shape::And(parts) => format!("(and{})", parts.iter().map(name).collect::<String>()),
            Shape::Or(parts) => format!("(or{})", parts.iter().map(name).collect::<String>()),
        };
        let _ = writeln!(text, "(define-fun f{} () Bool {means})", formula.number());
    }
    for it in batch.assumed {
        let _ = writeln!(text, "(assert f{})", it.number());
    }
    for (check, number) in batch.checks.iter().zip(0..) {
        let mut parts = vec!["true".to_owned()];
        parts.extend(check.roots.iter().map(|it| format!("f{}", it.number())));
        let point = check.point.iter().flat_map(Point::iter);
        parts.extend(point.map(|(variable, it)| cell(variable, it)));
        let _ = writeln!(text, "(declare-const q{number} Bool)");
        let _ = writeln!(text, "(assert (=> q{number} (and {})))", parts.join(" "));
        let _ = writeln!(text, "(check-sat-assuming (q{number}))");
    }
}

/// One truth a cell and one a formula.
fn cadical(batch: &Batch<'_>, text: &mut String) {
    let formulas = batch.formulas;
    let mut count = 0;
    let mut clauses: Vec<Vec<i32>> = Vec::new();
    let mut cells: BTreeMap<Variable, Vec<i32>> = BTreeMap::new();
    for variable in batch.variables() {
        let own: Vec<i32> = (0..formulas.cells(variable))
            .map(|it| count + 1 + it as i32)
            .collect();
        count += own.len() as i32;
        for (at, one) in own.iter().enumerate() {
            clauses.extend(own[at + 1..].iter().map(|other| vec![-one, -other]));
        }
        clauses.push(own.clone());
        cells.insert(variable, own);
    }
    let mut names: BTreeMap<FormulaId, i32> = BTreeMap::new();
    for formula in batch.formulas() {
        count += 1;
        names.insert(formula, count);
        // What a true formula demands; nothing is said of a false one.
        match formulas.shape(formula) {
            Shape::Constant(true) => {}
            Shape::Constant(false) => clauses.push(vec![-count]),
            Shape::Literal(variable, mask) => {
                let some = mask.iter().map(|it| cells[&variable][it as usize]);
                clauses.push([-count].into_iter().chain(some).collect());
            }
            Shape::And(parts) => clauses.extend(parts.iter().map(|it| vec![-count, names[it]])),
            Shape::Or(parts) => {
                let some = parts.iter().map(|it| names[it]);
                clauses.push([-count].into_iter().chain(some).collect());
            }
        }
    }
    clauses.extend(batch.assumed.iter().map(|it| vec![names[it]]));
    text.push_str("new\n");
    for clause in &clauses {
        let _ = writeln!(text, "clause {}", joined(clause));
    }
    for check in batch.checks {
        let mut wanted: Vec<i32> = check.roots.iter().map(|it| names[it]).collect();
        let point = check.point.iter().flat_map(Point::iter);
        wanted.extend(point.map(|(variable, it)| cells[&variable][it as usize]));
        let _ = writeln!(text, "check {}", joined(&wanted));
    }
}

fn joined(literals: &[i32]) -> String {
    let texts: Vec<String> = literals.iter().map(i32::to_string).collect();
    texts.join(" ")
}
