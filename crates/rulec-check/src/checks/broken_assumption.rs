//! A test whose case the assumptions do not admit: what it shows says nothing about the pack.
//!
//! A recorded case folder is not read here: what a run finds broken there its report says (A1).

use rulec_facts::truth::Truth;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::encode::{Fits, Limits, fits};
use rulec_program::seal::Sealed;
use rulec_program::state::State;
use rulec_syntax::diagnostic::{Code, Level};

use super::proving::Proving;
use super::written_cases::give;
use super::{Check, Run, undecided};
use crate::tests::TestCase;

static BROKEN_ASSUMPTION: Code = Code {
    name: "broken-assumption",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/broken-assumption.md"),
};

pub(super) const CHECK: Check = Check {
    code: &BROKEN_ASSUMPTION,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if proving.is_contradictory() || proving.program.assumes.is_empty() {
        return;
    }
    let (program, tests) = (proving.program, proving.subject.tests);
    let mut looked = Looked {
        program,
        scratch: Scratch::default(),
        usual: proving.usual(),
        known: Vec::new(),
    };
    for test in tests.iter().filter(|it| it.pack.0 < proving.subject.roots) {
        let given = |state: &mut State| give(program, tests, test, state, (tests.len(), None));
        match looked.at(given) {
            Fits::Yes => {}
            Fits::No(assumes) => report(proving, test, &assumes),
            Fits::Undecided(why) => {
                let finding = undecided::of_test(proving, &BROKEN_ASSUMPTION, test, &why);
                proving.report(finding);
            }
        }
    }
}

fn report(proving: &mut Proving<'_, '_>, test: &TestCase, assumes: &[u32]) {
    let assumes = assumes
        .iter()
        .filter_map(|it| proving.program.assumes.get(*it as usize));
    let message = match assumes.clone().collect::<Vec<_>>().as_slice() {
        [assume] => format!(
            "the case of `{}` breaks the assumption `{}`",
            test.name, assume.text
        ),
        all => format!(
            "the case of `{}` breaks {} assumptions together",
            test.name,
            all.len()
        ),
    };
    let finding = BROKEN_ASSUMPTION.at(test.place, message);
    let finding = assumes.fold(finding, |finding, assume| {
        finding.also(proving.subject.span(assume.place), "this assumption")
    });
    proving.report(finding.help("mend the case, or take back the assumption"));
}

/// Cases that were looked at.
struct Looked<'s> {
    program: &'s Sealed,
    scratch: Scratch,
    usual: Option<State>,
    known: Vec<(State, Fits)>,
}

impl Looked<'_> {
    fn at(&mut self, give: impl Fn(&mut State)) -> Fits {
        let mut state = State::new(self.program);
        give(&mut state);
        let mut truth = Truth::True;
        let mut decider = Decider::new(self.program, &state, &mut self.scratch);
        for (number, assume) in (0..).zip(&self.program.assumes) {
            match decider.truth(assume.condition) {
                Truth::False => return Fits::No(vec![number]),
                it => truth = truth.and(it),
            }
        }
        if truth == Truth::True {
            return Fits::Yes;
        }
        if let Some(mut whole) = self.usual.clone() {
            give(&mut whole);
            let mut decider = Decider::new(self.program, &whole, &mut self.scratch);
            let mut assumes = self.program.assumes.iter();
            if assumes.all(|it| decider.truth(it.condition) == Truth::True) {
                return Fits::Yes;
            }
        }
        if let Some((_, found)) = self
            .known
            .iter()
            .find(|(it, _)| it.slots() == state.slots())
        {
            return found.clone();
        }
        let found = fits(self.program, &state, &Limits::default());
        self.known.push((state, found.clone()));
        found
    }
}
