//! The gates of a model that can still come out either way. A ranking asks for them thousands of times, and most gates of a case are
//! settled by what is known.

use rulec_facts::truth::Truth;

use super::worlds::{Gate, Model};

/// What is settled, and how the rest follows from rows.
pub(crate) struct Moving<'m> {
    model: &'m Model,
    /// Truths where no row is known; what is decided there is so whatever the rows are.
    base: Vec<Truth>,
    /// Gates that are open there, with their numbers, in order.
    open: Vec<(usize, Step)>,
    /// Open operands of all of them.
    operands: Vec<usize>,
    /// Those of the rows that were looked at last.
    truths: Vec<Truth>,
}

enum Step {
    Test(usize, usize),
    Not(usize),
    /// Up to this place in the operands; the truth that decides alone.
    Each(usize, Truth),
}

impl<'m> Moving<'m> {
    pub(crate) fn new(model: &'m Model) -> Moving<'m> {
        let mut base: Vec<Truth> = Vec::with_capacity(model.gates.len());
        let mut open = Vec::new();
        let mut operands = Vec::new();
        for (number, gate) in model.gates.iter().enumerate() {
            let of = |at: usize| base.get(at).copied().unwrap_or(Truth::Unknown);
            let each = |all: &[usize], deciding| until(deciding, all.iter().map(|at| of(*at)));
            let truth = match gate {
                Gate::Known(truth) => *truth,
                Gate::Test(..) => Truth::Unknown,
                Gate::Not(at) => !of(*at),
                Gate::All(all) => each(all, Truth::False),
                Gate::Any(all) => each(all, Truth::True),
            };
            if truth.is_unknown() {
                // Those that are decided do not decide here, else the gate were decided.
                let mut step = |all: &[usize], deciding| {
                    operands.extend(all.iter().copied().filter(|at| of(*at).is_unknown()));
                    Some(Step::Each(operands.len(), deciding))
                };
                let step = match gate {
                    Gate::Known(_) => None,
                    Gate::Test(group, test) => Some(Step::Test(*group, *test)),
                    Gate::Not(at) => Some(Step::Not(*at)),
                    Gate::All(all) => step(all, Truth::False),
                    Gate::Any(all) => step(all, Truth::True),
                };
                open.extend(step.map(|it| (number, it)));
            }
            base.push(truth);
        }
        Moving {
            model,
            base,
            open,
            operands,
            truths: Vec::new(),
        }
    }

    /// The truth of each gate where these rows are known.
    pub(crate) fn truths(&mut self, rows: &[Option<usize>]) -> &[Truth] {
        let truths = &mut self.truths;
        truths.clone_from(&self.base);
        let mut from = 0;
        for (number, step) in &self.open {
            let of = |at: &usize| truths.get(*at).copied().unwrap_or(Truth::Unknown);
            let truth = match step {
                Step::Test(group, test) => self.model.test(*group, *test, rows),
                Step::Not(at) => !of(at),
                Step::Each(to, deciding) => {
                    let all = self.operands.get(from..*to).unwrap_or_default();
                    from = *to;
                    until(*deciding, all.iter().map(of))
                }
            };
            if let Some(place) = truths.get_mut(*number) {
                *place = truth;
            }
        }
        truths
    }

    /// Verdicts that are settled there.
    pub(crate) fn settled(&mut self, rows: &[Option<usize>]) -> f64 {
        let model = self.model;
        let truths = self.truths(rows);
        let decided = |it: &&usize| truths.get(**it).is_some_and(|it| !it.is_unknown());
        model.goals.iter().filter(decided).count() as f64
    }
}

/// All of them together, or any: the first that is `deciding` decides, else one that is unknown.
fn until(deciding: Truth, truths: impl Iterator<Item = Truth>) -> Truth {
    let mut all = !deciding;
    for truth in truths {
        if truth == deciding {
            return deciding;
        }
        if truth.is_unknown() {
            all = truth;
        }
    }
    all
}
