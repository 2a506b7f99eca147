//! The prover against enumeration: on random small packs every state that it finds is looked at again, and where it says that there
//! is none, none of all total states does what was asked.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

#[path = "proofs/packs.rs"]
mod packs;
mod support;
#[path = "proofs/texts.rs"]
mod texts;
#[path = "proofs/worlds.rs"]
mod worlds;

use packs::{Kind, Maker};
use rulec_facts::truth::Truth;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::encode::{Claim, Limits, Proof, Prover};
use rulec_program::program::{RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;
use support::check;

/// How often each answer came.
#[derive(Debug, Default)]
struct Tally {
    packs: usize,
    possible: usize,
    impossible: usize,
    undecided: usize,
    /// States that enumeration found where the prover said none: always none.
    enumerated: usize,
}

fn packs_wanted() -> u64 {
    let named = std::env::var("RULEC_PROOFS").ok();
    named.and_then(|it| it.parse().ok()).unwrap_or(40)
}

fn first_seed() -> u64 {
    let named = std::env::var("RULEC_SEED").ok();
    named.and_then(|it| it.parse().ok()).unwrap_or(0)
}

fn id(number: usize) -> u32 {
    u32::try_from(number).unwrap()
}

/// Claims about one program: each rule alone, pairs, gaps.
fn questions(program: &Sealed) -> Vec<Vec<Claim>> {
    let rules: Vec<RuleId> = (0..program.rules.len()).map(|it| RuleId(id(it))).collect();
    let mut all = vec![Vec::new()];
    for rule in &rules {
        all.push(vec![Claim::Confirmed(*rule, true)]);
        all.push(vec![Claim::Confirmed(*rule, false)]);
        if let Some(when) = program.rules[rule.0 as usize].when {
            all.push(vec![Claim::Condition(when, true)]);
            all.push(vec![Claim::Condition(when, false)]);
        }
        for other in rules.iter().filter(|it| *it > rule) {
            all.push(vec![
                Claim::Confirmed(*rule, true),
                Claim::Confirmed(*other, true),
            ]);
            all.push(vec![
                Claim::Confirmed(*rule, true),
                Claim::Confirmed(*other, false),
            ]);
        }
    }
    for number in 0..program.symptoms.len() {
        let symptom = SymptomId(id(number));
        let mut gap = vec![Claim::Present(symptom, true)];
        all.push(gap.clone());
        gap.extend(
            program.symptoms[number]
                .rules
                .iter()
                .map(|it| Claim::Confirmed(*it, false)),
        );
        all.push(gap);
        all.push(vec![Claim::Present(symptom, false)]);
    }
    for node in 0..program.nodes.ops.len() {
        use rulec_program::node::{NodeId, Op};
        let (Op::And(list) | Op::Or(list)) = program.nodes.ops[node] else {
            continue;
        };
        for rule in &rules {
            let when = program.rules[rule.0 as usize].when;
            // Some: those that stand directly under the root.
            if when == Some(NodeId(id(node))) {
                let first = program.nodes.list(list)[0];
                for truth in [true, false] {
                    all.push(vec![
                        Claim::ConfirmedWithout(*rule, first, truth),
                        Claim::Confirmed(*rule, !truth),
                    ]);
                }
            }
        }
    }
    all
}

/// The claims hold of the state; those about a rule without a literal are left to the prover's own replay.
fn holds(program: &Sealed, scratch: &mut Scratch, state: &State, claims: &[Claim]) -> bool {
    let mut decider = Decider::new(program, state, scratch);
    claims.iter().all(|claim| match *claim {
        Claim::Condition(node, truth) => decider.truth(node) == Truth::from(truth),
        Claim::Confirmed(rule, truth) => decider.verdict(rule) == Truth::from(truth),
        Claim::Present(symptom, truth) => decider.present(symptom) == Truth::from(truth),
        Claim::ConfirmedWithout(..) => true,
    })
}

fn is_admissible(program: &Sealed, scratch: &mut Scratch, state: &State) -> bool {
    let mut decider = Decider::new(program, state, scratch);
    let mut assumes = program.assumes.iter();
    assumes.all(|it| decider.truth(it.condition) == Truth::True)
}

fn compare(text: &str, seed: u64, exact: bool, tally: &mut Tally) {
    let checked = check(text);
    let Some(program) = checked.analysis.program.as_ref() else {
        return;
    };
    let states = match exact {
        true => match worlds::states(program, 0, 20_000) {
            Some(states) => states,
            None => return,
        },
        false => worlds::some_states(program, 3, 3_000, seed),
    };
    tally.packs += 1;
    let mut scratch = Scratch::default();
    let states: Vec<State> = states
        .into_iter()
        .filter(|it| is_admissible(program, &mut scratch, it))
        .collect();
    let mut prover = Prover::new(program, Limits::default());
    for claims in questions(program) {
        let told = |what: &str| format!("seed {seed}: {what}: {claims:?}\n{text}");
        match prover.possible(&claims) {
            Proof::Possible(witness) => {
                tally.possible += 1;
                let total = &witness.total;
                assert!(
                    is_admissible(program, &mut scratch, total),
                    "{}",
                    told("not admissible")
                );
                assert!(
                    holds(program, &mut scratch, total, &claims),
                    "{}",
                    told("total")
                );
                assert!(
                    holds(program, &mut scratch, &witness.state, &claims),
                    "{}",
                    told("state")
                );
                assert!(
                    total.slots().iter().all(|it| it.is_total()),
                    "{}",
                    told("open")
                );
            }
            Proof::Impossible(core) => {
                tally.impossible += 1;
                if claims
                    .iter()
                    .any(|it| matches!(it, Claim::ConfirmedWithout(..)))
                {
                    continue;
                }
                for state in &states {
                    tally.enumerated += 1;
                    assert!(
                        !holds(program, &mut scratch, state, &claims),
                        "{} {core:?} {state:?}",
                        told("said to be impossible")
                    );
                }
            }
            Proof::Undecided(why) => {
                tally.undecided += 1;
                assert!(!exact, "{} {why:?}", told("undecided"));
            }
        }
    }
}

#[test]
fn what_is_proved_of_finite_packs_is_so_in_all_states() {
    let mut tally = Tally::default();
    let kind = Kind {
        lists: false,
        wide: false,
    };
    for seed in first_seed()..first_seed() + packs_wanted() {
        let text = Maker::new(seed, kind).pack();
        compare(&text, seed, true, &mut tally);
    }
    println!("{tally:?}");
    assert!(tally.packs * 2 > packs_wanted() as usize, "{tally:?}");
    let packs = tally.packs;
    assert!(
        tally.possible > packs * 10 && tally.impossible > packs * 5,
        "{tally:?}"
    );
}

#[test]
fn what_is_proved_of_packs_with_lists_is_so_in_states_drawn_at_random() {
    let mut tally = Tally::default();
    let kind = Kind {
        lists: true,
        wide: true,
    };
    for seed in first_seed()..first_seed() + packs_wanted() {
        let text = Maker::new(seed, kind).pack();
        compare(&text, seed, false, &mut tally);
    }
    println!("{tally:?}");
    assert!(tally.packs * 3 > packs_wanted() as usize, "{tally:?}");
    let packs = tally.packs;
    assert!(
        tally.possible > packs * 10 && tally.impossible > packs * 3,
        "{tally:?}"
    );
    assert!(tally.undecided * 20 < tally.possible, "{tally:?}");
}
