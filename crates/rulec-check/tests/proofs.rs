//! The prover against enumeration: on random small packs every state that it finds is looked at again, and where it says that there
//! is none, none of all total states does what was asked.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

#[path = "proofs/mixed.rs"]
mod mixed;
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
use rulec_program::encode::{Claim, Limits, Proof, Prover, Split, Subject};
use rulec_program::node::{NodeId, Op, SlotId};
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
        let (Op::And(list) | Op::Or(list)) = program.nodes.ops[node] else {
            continue;
        };
        for rule in &rules {
            let when = program.rules[rule.0 as usize].when;
            // Some: those that stand directly under the root.
            if when == Some(NodeId(id(node))) {
                let first = program.nodes.list(list)[0];
                all.push(vec![Claim::Matters(*rule, first)]);
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

/// The claims hold of the state.
fn holds(program: &Sealed, scratch: &mut Scratch, state: &State, claims: &[Claim]) -> bool {
    let mut decider = Decider::new(program, state, scratch);
    claims.iter().all(|claim| match *claim {
        Claim::Condition(node, truth) => decider.truth(node) == Truth::from(truth),
        Claim::Confirmed(rule, truth) => decider.verdict(rule) == Truth::from(truth),
        Claim::Present(symptom, truth) => decider.present(symptom) == Truth::from(truth),
        Claim::ConfirmedWithout(rule, node, truth) => {
            verdict_without(&mut decider, rule, node) == Truth::from(truth)
        }
        Claim::Matters(rule, node) => {
            let without = verdict_without(&mut decider, rule, node);
            without == !decider.verdict(rule) && without != Truth::Unknown
        }
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
    compare_with(program, states, text, seed, exact, tally);
}

/// Asks all questions of a program; the states, and those that the prover finds on the way, must not do what it says none does.
fn compare_with(
    program: &Sealed,
    states: Vec<State>,
    text: &str,
    seed: u64,
    exact: bool,
    tally: &mut Tally,
) {
    tally.packs += 1;
    let mut scratch = Scratch::default();
    let mut states: Vec<State> = states
        .into_iter()
        .filter(|it| is_admissible(program, &mut scratch, it))
        .collect();
    let mut prover = Prover::new(program, Limits::default());
    let mut none = Vec::new();
    for claims in questions(program) {
        let told = |what: &str| format!("seed {seed}: {what}: {claims:?}\n{text}");
        match prover.possible(&claims) {
            Proof::Possible(found) => {
                tally.possible += 1;
                let witness = prover.witness(&found).unwrap();
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
                states.push(total.clone());
            }
            Proof::Impossible(core) => {
                tally.impossible += 1;
                none.push((claims, core));
            }
            Proof::Undecided(why) => {
                tally.undecided += 1;
                assert!(!exact, "{} {why:?}", told("undecided"));
            }
        }
    }
    for (claims, core) in none {
        for state in &states {
            tally.enumerated += 1;
            assert!(
                !holds(program, &mut scratch, state, &claims),
                "seed {seed}: said to be impossible: {claims:?} {core:?}\n{state:?}\n{text}"
            );
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

#[test]
fn what_is_proved_of_endless_types_is_so_in_states_near_the_constants() {
    let mut tally = Tally::default();
    for seed in first_seed()..first_seed() + packs_wanted() {
        let mut mixed = mixed::Mixed::new(seed);
        let text = mixed.pack();
        let checked = check(&text);
        let Some(program) = checked.analysis.program.as_ref() else {
            continue;
        };
        let states = (0..500).map(|_| mixed.state(program)).collect();
        compare_with(program, states, &text, seed, false, &mut tally);
    }
    println!("{tally:?}");
    assert!(tally.packs * 2 > packs_wanted() as usize, "{tally:?}");
    let packs = tally.packs;
    assert!(
        tally.possible > packs * 10 && tally.impossible > packs,
        "{tally:?}"
    );
    assert!(tally.undecided * 4 < tally.possible, "{tally:?}");
}

/// Operands of the `and` or `or` at the root of a rule's condition.
fn literals(program: &Sealed, rule: RuleId) -> Vec<NodeId> {
    let Some(when) = program.rules[rule.0 as usize].when else {
        return Vec::new();
    };
    match program.nodes.op(when) {
        Some(Op::And(list) | Op::Or(list)) => program.nodes.list(list).to_vec(),
        _ => Vec::new(),
    }
}

/// V1 by hand, without a literal at the root of the condition.
fn verdict_without(decider: &mut Decider<'_>, rule: RuleId, without: NodeId) -> Truth {
    let program = decider.program();
    let it = &program.rules[rule.0 as usize];
    let when = it.when.unwrap();
    let and = matches!(program.nodes.op(when), Some(Op::And(_)));
    let mut verdict = Truth::from(and);
    for literal in literals(program, rule)
        .into_iter()
        .filter(|it| *it != without)
    {
        let truth = decider.truth(literal);
        verdict = if and {
            verdict.and(truth)
        } else {
            verdict.or(truth)
        };
    }
    let mut under = Truth::from(it.symptoms.is_empty());
    for symptom in &it.symptoms {
        under = under.or(decider.present(*symptom).and(decider.free(rule, *symptom)));
    }
    verdict = verdict.and(under);
    for other in &it.overridden_by {
        verdict = verdict.and(!decider.verdict(*other));
    }
    verdict
}

fn outcome(program: &Sealed, scratch: &mut Scratch, state: &State, subject: Subject) -> Truth {
    let mut decider = Decider::new(program, state, scratch);
    match subject {
        Subject::Rule(rule) => decider.verdict(rule),
        Subject::Without(rule, node) => verdict_without(&mut decider, rule, node),
        Subject::Condition(node) => decider.truth(node),
        Subject::Present(symptom) => decider.present(symptom),
    }
}

fn pairs(program: &Sealed) -> Vec<(Subject, Subject)> {
    let rules: Vec<RuleId> = (0..program.rules.len()).map(|it| RuleId(id(it))).collect();
    let mut all = Vec::new();
    for rule in &rules {
        for literal in literals(program, *rule) {
            all.push((Subject::Without(*rule, literal), Subject::Rule(*rule)));
        }
        for other in rules.iter().filter(|it| *it > rule) {
            all.push((Subject::Rule(*rule), Subject::Rule(*other)));
        }
    }
    all
}

fn fits(how: Split, a: Truth, b: Truth) -> bool {
    let open = Truth::Unknown;
    match how {
        Split::Any => a != b,
        Split::Earlier => a != open && b == open,
        Split::Later => a == open && b != open,
        Split::Opposite => a != open && b != open && a != b,
        Split::NotFollowed => a == Truth::True && b != Truth::True,
    }
}

/// Partial states of which an admissible total state is a refinement: each with some of its slots and answers left out.
fn masked(
    program: &Sealed,
    states: &[State],
    all: bool,
    random: &mut rulec_generate::Random,
) -> Vec<State> {
    let unknown = State::new(program);
    let named: Vec<SlotId> = (0..program.slots.len())
        .map(|it| SlotId(id(it)))
        .filter(|it| program.nodes.ops.contains(&Op::Slot(*it)))
        .collect();
    let asked: Vec<SymptomId> = (0..program.symptoms.len())
        .filter(|it| !program.symptoms[*it].asks.is_empty())
        .map(|it| SymptomId(id(it)))
        .collect();
    let bits = named.len() + asked.len();
    let mut found = Vec::new();
    for state in states {
        let masks: Vec<u64> = match all {
            true => (0..2).map(|_| random.below(1 << bits)).collect(),
            false => (0..4).map(|_| random.below(1 << bits)).collect(),
        };
        for mask in masks {
            let mut partial = state.clone();
            for (bit, slot) in named.iter().enumerate() {
                if mask >> bit & 1 == 1 {
                    partial.set(*slot, unknown.get(*slot).unwrap().clone());
                } else if !all {
                    let value = worn(state.get(*slot).unwrap(), random);
                    partial.set(*slot, value);
                }
            }
            for (bit, symptom) in asked.iter().enumerate() {
                if mask >> (named.len() + bit) & 1 == 1 {
                    partial.answer(*symptom, None);
                }
            }
            found.push(partial);
        }
    }
    found
}

/// Fields and elements left out here and there.
fn worn(
    value: &rulec_facts::value::Partial,
    random: &mut rulec_generate::Random,
) -> rulec_facts::value::Partial {
    use rulec_facts::value::{Element, Partial, Value};
    let unknown = || Partial::Unknown(rulec_facts::reason::Reasons::default());
    let mut inner = |it: &Partial| match random.below(3) {
        0 => unknown(),
        1 => worn(it, random),
        _ => it.clone(),
    };
    match value {
        Partial::Known(Value::Record(fields)) => {
            Partial::Known(Value::Record(fields.iter().map(&mut inner).collect()))
        }
        Partial::Known(Value::List(all)) => Partial::Known(Value::List(
            all.iter()
                .map(|it| Element::certain(inner(&it.value)))
                .collect(),
        )),
        other => other.clone(),
    }
}

#[allow(clippy::too_many_lines, reason = "one question and its three answers")]
fn compare_partial(text: &str, seed: u64, exact: bool, tally: &mut Tally) {
    let checked = check(text);
    let Some(program) = checked.analysis.program.as_ref() else {
        return;
    };
    let states = match exact {
        true => match worlds::states(program, 0, 1_500) {
            Some(states) => states,
            None => return,
        },
        false => worlds::some_states(program, 2, 200, seed),
    };
    tally.packs += 1;
    let mut scratch = Scratch::default();
    let states: Vec<State> = states
        .into_iter()
        .filter(|it| is_admissible(program, &mut scratch, it))
        .collect();
    let mut random = rulec_generate::Random::new(seed);
    let partial = masked(program, &states, exact, &mut random);
    let mut prover = Prover::new(program, Limits::default());
    for (a, b) in pairs(program) {
        let outcomes: Vec<(Truth, Truth)> = partial
            .iter()
            .map(|it| {
                (
                    outcome(program, &mut scratch, it, a),
                    outcome(program, &mut scratch, it, b),
                )
            })
            .collect();
        for how in [Split::Any, Split::Earlier, Split::Later, Split::Opposite] {
            let told = |what: &str| format!("seed {seed}: {what}: {a:?} {b:?} {how:?}\n{text}");
            match prover.differs(a, b, how) {
                Proof::Possible(found) => {
                    tally.possible += 1;
                    let witness = prover.witness(&found).unwrap();
                    let state = &witness.state;
                    let one = outcome(program, &mut scratch, state, a);
                    let other = outcome(program, &mut scratch, state, b);
                    assert!(
                        fits(how, one, other),
                        "{} {one:?} {other:?}",
                        told("not so")
                    );
                    assert!(
                        is_admissible(program, &mut scratch, &witness.total),
                        "{}",
                        told("not admissible")
                    );
                }
                Proof::Impossible(_) => {
                    tally.impossible += 1;
                    for (at, (one, other)) in outcomes.iter().enumerate() {
                        tally.enumerated += 1;
                        assert!(
                            !fits(how, *one, *other),
                            "{} {one:?} {other:?} {:?}",
                            told("said to be impossible"),
                            partial[at]
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
}

#[test]
fn partial_states_of_finite_packs_are_told_apart_exactly() {
    let mut tally = Tally::default();
    let kind = Kind {
        lists: false,
        wide: false,
    };
    for seed in first_seed()..first_seed() + packs_wanted() {
        let text = Maker::new(seed, kind).pack();
        compare_partial(&text, seed, true, &mut tally);
    }
    println!("{tally:?}");
    let packs = tally.packs;
    assert!(packs * 10 > packs_wanted() as usize, "{tally:?}");
    assert!(
        tally.possible > packs * 4 && tally.impossible > packs * 2,
        "{tally:?}"
    );
}

#[test]
fn partial_states_with_lists_are_told_apart_in_states_drawn_at_random() {
    let mut tally = Tally::default();
    let kind = Kind {
        lists: true,
        wide: true,
    };
    for seed in first_seed()..first_seed() + packs_wanted() / 8 {
        let text = Maker::new(seed, kind).pack();
        compare_partial(&text, seed, false, &mut tally);
    }
    println!("{tally:?}");
    let packs = tally.packs;
    assert!(packs * 16 > packs_wanted() as usize, "{tally:?}");
    assert!(
        tally.possible > packs * 4 && tally.impossible > 0,
        "{tally:?}"
    );
}

/// Whether the only rule of a pack over these two lists can be confirmed.
fn of_counts(when: &str) -> Proof {
    possible(&format!(
        "type E = {{\n    id: int\n    of: int\n}}\n\nfact xs: set of int\n    ask \"Which?\"\n\nfact ys: list of E\n    ask \"Which?\"\n\nrule r:\n    when {when}\n    => no fix\n"
    ))
}

/// Whether the only rule of a pack can be confirmed.
fn possible(text: &str) -> Proof {
    let checked = check(text);
    let program = checked.analysis.program.as_ref().unwrap();
    let mut prover = Prover::new(program, Limits::default());
    prover.possible(&[Claim::Confirmed(RuleId(0), true)])
}

#[test]
fn each_element_that_is_counted_has_what_it_needs_of_another_list() {
    // X1: a count is of both kinds. One element of `ys` is not enough for three different ones of `xs`.
    let three = of_counts("count(each x in xs where any y in ys: y.of == x) >= 3");
    assert!(matches!(three, Proof::Possible(_)), "{three:?}");
    let least = of_counts("min(each x in xs where any y in ys: y.of == x) > 5 and count(xs) > 3");
    assert!(!matches!(least, Proof::Impossible(_)), "{least:?}");
}

#[test]
fn members_of_a_set_that_other_things_are_said_of_are_never_the_fault_of_a_proof() {
    let apart = of_counts("count(each x in xs where any y in ys: y.of == x and y.id > x) >= 3");
    assert!(!matches!(apart, Proof::Impossible(_)), "{apart:?}");
}

#[test]
fn a_written_list_of_enum_members_is_a_list() {
    // Its nodes do not tell its type; `overlaps` was taken for one of a single value, about which nothing is known.
    let of_colours = |kind: &str, when: &str| {
        possible(&format!(
            "fact f: {kind} of enum {{ red, green, blue }}\n    ask \"Which?\"\n\nrule r:\n    when {when}\n    => no fix\n"
        ))
    };
    for kind in ["set", "list"] {
        let both = of_colours(
            kind,
            "f overlaps [red, blue] and not (f overlaps [red, blue])",
        );
        assert!(matches!(both, Proof::Impossible(_)), "{both:?}");
        let apart = of_colours(
            kind,
            "f overlaps [red, blue] and not (f contains red) and not (f contains blue)",
        );
        assert!(matches!(apart, Proof::Impossible(_)), "{apart:?}");
        let one = of_colours(kind, "f overlaps [red, blue] and not (f contains red)");
        assert!(matches!(one, Proof::Possible(_)), "{one:?}");
    }
}

/// The pack of this project: every question that can be asked of one rule, and of two rules of one symptom.
#[test]
fn questions_about_the_azure_pack_are_decided() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let (windows, azure) = (root.join("windows-base"), root.join("azure-base"));
    let checked = support::check_folder(&root.join("azure-p2s"), &[&windows, &azure]);
    let program = checked.analysis.program.as_ref().unwrap();
    let mut prover = Prover::new(program, Limits::default());
    let mut tally = Tally::default();
    let started = std::time::Instant::now();
    for number in 0..program.rules.len() {
        let rule = RuleId(id(number));
        let mut all = vec![
            vec![Claim::Confirmed(rule, true)],
            vec![Claim::Confirmed(rule, false)],
        ];
        if let Some(when) = program.rules[number].when {
            all.push(vec![Claim::Condition(when, false)]);
        }
        for other in number + 1..program.rules.len() {
            let shared = program.rules[number]
                .symptoms
                .iter()
                .any(|it| program.rules[other].symptoms.contains(it));
            if shared {
                all.push(vec![
                    Claim::Confirmed(rule, true),
                    Claim::Confirmed(RuleId(id(other)), true),
                ]);
            }
        }
        for claims in all {
            match prover.possible(&claims) {
                Proof::Possible(_) => tally.possible += 1,
                Proof::Impossible(_) => tally.impossible += 1,
                Proof::Undecided(why) => {
                    tally.undecided += 1;
                    let text = why.place.and_then(|it| {
                        program.files.get(it.file as usize).map(|file| {
                            let source = std::fs::read_to_string(root.join("azure-p2s").join(file))
                                .unwrap_or_default();
                            format!(
                                "{file}: {}",
                                source.get(it.start as usize..it.end as usize).unwrap_or("")
                            )
                        })
                    });
                    println!(
                        "{} {claims:?} {:?} {text:?}",
                        program.rules[number].named.name, why.reason
                    );
                }
            }
        }
    }
    println!("{tally:?} {:?}", started.elapsed());
    assert!(tally.possible > 800 && tally.impossible > 200, "{tally:?}");
    assert!(tally.undecided < 60, "{tally:?}");
}
