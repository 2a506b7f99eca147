//! Laws over random programs and random states: more knowledge never takes back a truth (V6, T1), nothing is open on a total state,
//! the decision code and the arena agree, needs are enough (N1), a part of a pack file decides like the whole,
//! and a scratch remembers nothing.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::cell::Cell;

use proptest::test_runner::{Config, RngSeed, TestRunner};
use random::{Chooser, Made, blur, made, total};
use rulec_facts::truth::Truth;
use rulec_facts::value::Partial;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::SlotId;
use rulec_program::pack_file::{self, Needed, PackFile, Part};
use rulec_program::program::{RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;

mod builder;
mod random;

/// Runs a property over programs made of random choices; the same ones on every run.
fn over_programs(cases: u32, property: impl Fn(&mut Chooser)) {
    let config = Config {
        cases,
        rng_seed: RngSeed::Fixed(20_261_124),
        failure_persistence: None,
        ..Config::default()
    };
    let choices = proptest::collection::vec(0u32..1 << 20, 900);
    TestRunner::new(config)
        .run(&choices, |choices| {
            property(&mut Chooser::new(choices));
            Ok(())
        })
        .unwrap();
}

/// Truths of all conditions, values of all terms, presences and verdicts.
#[derive(Debug, PartialEq)]
struct Decided {
    conditions: Vec<Truth>,
    terms: Vec<Partial>,
    present: Vec<Truth>,
    verdicts: Vec<Truth>,
}

fn decide(program: &Sealed, made: &Made, state: &State, scratch: &mut Scratch) -> Decided {
    let mut decider = Decider::new(program, state, scratch);
    Decided {
        conditions: made
            .conditions
            .iter()
            .map(|it| decider.truth(*it))
            .collect(),
        terms: made.terms.iter().map(|it| decider.term(*it)).collect(),
        present: symptoms(program).map(|it| decider.present(it)).collect(),
        verdicts: rules(program).map(|it| decider.verdict(it)).collect(),
    }
}

fn symptoms(program: &Sealed) -> impl Iterator<Item = SymptomId> + use<> {
    (0..program.symptoms.len()).map(|it| SymptomId(it as u32))
}

fn rules(program: &Sealed) -> impl Iterator<Item = RuleId> + use<> {
    (0..program.rules.len()).map(|it| RuleId(it as u32))
}

#[derive(Default)]
struct Count {
    t: Cell<u32>,
    f: Cell<u32>,
    u: Cell<u32>,
}

impl Count {
    fn add(&self, truths: &[Truth]) {
        for truth in truths {
            let cell = match truth {
                Truth::True => &self.t,
                Truth::False => &self.f,
                Truth::Unknown => &self.u,
            };
            cell.set(cell.get() + 1);
        }
    }

    /// Each outcome has a share of at least that many in a hundred.
    fn demand(&self, share: u32) {
        let all = self.t.get() + self.f.get() + self.u.get();
        for part in [&self.t, &self.f, &self.u] {
            let part = part.get();
            assert!(part * 100 >= all * share, "{part} of {all}");
        }
    }
}

#[test]
fn v6_more_knowledge_takes_back_nothing_and_a_total_state_leaves_nothing_open() {
    let (conditions, verdicts) = (Count::default(), Count::default());
    over_programs(1500, |choose| {
        let made = made(choose);
        let program = &made.program;
        let total = total(program, choose);
        let more = blur(program, &total, choose);
        let less = blur(program, &more, choose);
        let mut scratch = Scratch::default();
        let on_less = decide(program, &made, &less, &mut scratch);
        let on_more = decide(program, &made, &more, &mut scratch);
        let on_total = decide(program, &made, &total, &mut scratch);
        for (weak, strong) in [(&on_less, &on_more), (&on_more, &on_total)] {
            kept(&weak.conditions, &strong.conditions);
            kept(&weak.present, &strong.present);
            kept(&weak.verdicts, &strong.verdicts);
            for (weak, strong) in weak.terms.iter().zip(&strong.terms) {
                assert!(
                    !weak.is_total() || weak == strong,
                    "{weak:?} became {strong:?}"
                );
            }
        }
        for truths in [&on_total.conditions, &on_total.present, &on_total.verdicts] {
            assert!(!truths.contains(&Truth::Unknown), "open on a total state");
        }
        assert!(on_total.terms.iter().all(Partial::is_total));
        conditions.add(&on_more.conditions);
        verdicts.add(&on_more.verdicts);
    });
    conditions.demand(10);
    verdicts.demand(5);
}

fn kept(weak: &[Truth], strong: &[Truth]) {
    for (at, (weak, strong)) in weak.iter().zip(strong).enumerate() {
        assert!(
            *weak == Truth::Unknown || weak == strong,
            "{at}: {weak:?} became {strong:?}"
        );
    }
}

#[test]
fn the_decision_code_says_and_keeps_what_the_arena_says() {
    let (truths, leaves) = (Count::default(), Cell::new(0));
    over_programs(1500, |choose| {
        let made = made(choose);
        let program = &made.program;
        let total = total(program, choose);
        let state = blur(program, &total, choose);
        let mut scratch = Scratch::default();
        let mut decider = Decider::new(program, &state, &mut scratch);
        for (at, rule) in program.rules.iter().enumerate() {
            let id = RuleId(at as u32);
            let Some(when) = rule.when else { continue };
            let fast = decider.condition(id);
            assert_eq!(fast, decider.truth(when));
            let by_code = decider.why(id).evidence;
            assert_eq!(by_code, decider.why_node(when));
            truths.add(&[fast]);
            leaves.set(leaves.get() + by_code.len());
        }
    });
    truths.demand(10);
    assert!(leaves.get() > 5000, "{}", leaves.get());
}

#[test]
fn n1_needs_are_unknown_and_knowing_them_decides() {
    let (open, guarded) = (Cell::new(0), Cell::new(0));
    over_programs(1500, |choose| {
        let made = made(choose);
        let program = &made.program;
        let total = total(program, choose);
        let state = blur(program, &total, choose);
        let mut scratch = Scratch::default();
        for rule in rules(program) {
            let mut decider = Decider::new(program, &state, &mut scratch);
            let verdict = decider.verdict(rule);
            let needs = decider.needs_of_rule(rule);
            if verdict != Truth::Unknown {
                assert!(needs.is_empty());
                continue;
            }
            open.set(open.get() + 1);
            guarded.set(guarded.get() + needs.guarded.len());
            let mut told = state.clone();
            for slot in needs.all() {
                assert!(!state.get(slot).unwrap().is_total(), "a need that is known");
                told.set(slot, total.get(slot).unwrap().clone());
            }
            for symptom in &needs.asks {
                assert_eq!(state.answered(*symptom), None);
                told.answer(*symptom, total.answered(*symptom));
            }
            let mut decider = Decider::new(program, &told, &mut scratch);
            assert_ne!(
                decider.verdict(rule),
                Truth::Unknown,
                "the needs were not all"
            );
        }
    });
    assert!(
        open.get() > 500 && guarded.get() > 100,
        "{} {}",
        open.get(),
        guarded.get()
    );
}

#[test]
fn a_used_scratch_decides_like_a_new_one() {
    let mut used = Scratch::default();
    let used = &std::cell::RefCell::new(&mut used);
    over_programs(300, |choose| {
        let made = made(choose);
        let program = &made.program;
        let total = total(program, choose);
        for _ in 0..3 {
            let state = blur(program, &total, choose);
            let again = decide(program, &made, &state, &mut used.borrow_mut());
            let afresh = decide(program, &made, &state, &mut Scratch::default());
            assert_eq!(again, afresh);
        }
    });
}

/// The state of a part, with what is known in the whole.
fn handed_over(whole: &Sealed, state: &State, part: &Part) -> State {
    let mut here = State::new(&part.program);
    for (at, slot) in part.program.slots.iter().enumerate() {
        let of_whole = whole.slot_named(&slot.named.name).unwrap();
        here.set(SlotId(at as u32), state.get(of_whole).unwrap().clone());
    }
    for symptom in symptoms(whole) {
        if let Some(new) = part.symptom(symptom) {
            here.set_reported(new, state.is_reported(symptom));
            here.answer(new, state.answered(symptom));
        }
    }
    state
        .codes()
        .iter()
        .for_each(|it| here.report_code(it.clone()));
    here
}

/// Names of what a rule needs, whoever can tell it.
fn needs(program: &Sealed, decider: &mut Decider<'_>, rule: RuleId) -> [Vec<String>; 3] {
    let needs = decider.needs_of_rule(rule);
    let slots = needs.all().into_iter();
    let symptoms = needs.asks.iter();
    let rules = needs.waits_for.iter();
    [
        slots
            .map(|it| program.slots[it.0 as usize].named.name.to_string())
            .collect(),
        symptoms
            .map(|it| program.symptoms[it.0 as usize].named.name.to_string())
            .collect(),
        rules
            .map(|it| program.rules[it.0 as usize].named.name.to_string())
            .collect(),
    ]
}

#[test]
fn a_part_of_a_pack_file_decides_like_the_whole() {
    let (verdicts, smaller) = (Count::default(), Cell::new(0));
    over_programs(600, |choose| {
        let made = made(choose);
        let whole = &made.program;
        let bytes = pack_file::write(whole).unwrap();
        let file = PackFile::open(&bytes).unwrap();
        let questioned: Vec<SymptomId> = symptoms(whole).filter(|_| choose.below(2) == 0).collect();
        let needed = Needed {
            questioned: &questioned,
            ..Needed::default()
        };
        let part = file.part(&needed, |_| true).unwrap();
        if part.program.rules.len() < whole.rules.len() {
            smaller.set(smaller.get() + 1);
        }
        let total = total(whole, choose);
        let state = blur(whole, &total, choose);
        let here = handed_over(whole, &state, &part);
        let (mut one, mut other) = (Scratch::default(), Scratch::default());
        let mut of_whole = Decider::new(whole, &state, &mut one);
        let mut of_part = Decider::new(&part.program, &here, &mut other);
        for id in rules(whole) {
            let rule = &whole.rules[id.0 as usize];
            let asked = rule.symptoms.iter().any(|it| questioned.contains(it));
            if !asked && !rule.symptoms.is_empty() {
                continue;
            }
            let new = part.program.rule_named(&rule.named.name).unwrap();
            let verdict = of_whole.judge(id);
            assert_eq!(of_part.judge(new), verdict, "{}", rule.named.name);
            verdicts.add(&[verdict.truth]);
            assert_eq!(
                needs(&part.program, &mut of_part, new),
                needs(whole, &mut of_whole, id),
                "{}",
                rule.named.name
            );
        }
    });
    verdicts.demand(10);
    assert!(smaller.get() > 100, "{} parts were smaller", smaller.get());
}
