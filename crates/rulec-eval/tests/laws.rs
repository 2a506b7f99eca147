//! Laws over generated programs and worlds: order of answers, end of rounds, laziness, monotonicity, total states (V6, L1, L2, N3, S6).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

mod world;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rulec_eval::report::json;
use rulec_eval::{Case, Report, Session};
use rulec_facts::provider::Request;
use rulec_facts::reason::Why;
use rulec_program::node::{NodeId, Op};
use rulec_program::seal::Sealed;
use serde_json::{Value as Json, json};
use world::*;

const FACTS: usize = 6;
const RULES: usize = 6;

/// A leaf of a condition.
#[derive(Debug, Clone)]
enum Leaf {
    Is(usize, i128),
    Absent(usize),
}

#[derive(Debug, Clone)]
enum Tree {
    Leaf(Leaf),
    Not(Box<Tree>),
    And(Vec<Tree>),
    Or(Vec<Tree>),
}

#[derive(Debug, Clone)]
struct FactPlan {
    optional: bool,
    default: Option<i128>,
    /// The locator names the fact of this number, if it is a smaller one.
    depends: usize,
    second: bool,
    /// What its places answer.
    first_answer: Place,
    second_answer: Place,
    /// Its value in the total state.
    value: Option<i128>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Value(i128),
    NotThere,
    Fails(Why),
    Malformed,
}

#[derive(Debug, Clone)]
struct RulePlan {
    symptoms: Vec<bool>,
    when: Tree,
    overridden_by: Vec<bool>,
}

#[derive(Debug, Clone)]
struct CasePlan {
    facts: Vec<FactPlan>,
    rules: Vec<RulePlan>,
    seen: Vec<Option<Leaf>>,
    complaint: bool,
    otherwise: bool,
    /// Which facts are given, and in which order answers come.
    given: Vec<bool>,
    order: Vec<usize>,
}

fn leaf() -> impl Strategy<Value = Leaf> {
    prop_oneof![
        4 => (0..FACTS, 0..2_i128).prop_map(|(fact, value)| Leaf::Is(fact, value)),
        1 => (0..FACTS).prop_map(Leaf::Absent),
    ]
}

fn tree() -> impl Strategy<Value = Tree> {
    leaf()
        .prop_map(Tree::Leaf)
        .prop_recursive(3, 8, 3, |inner| {
            let several = || prop::collection::vec(inner.clone(), 2..4);
            prop_oneof![
                several().prop_map(Tree::And),
                several().prop_map(Tree::Or),
                inner.clone().prop_map(|it| Tree::Not(Box::new(it))),
            ]
        })
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        4 => (0..2_i128).prop_map(Place::Value),
        1 => Just(Place::NotThere),
        1 => prop::sample::select(Why::ALL.to_vec()).prop_map(Place::Fails),
        1 => Just(Place::Malformed),
    ]
}

fn fact_plan() -> impl Strategy<Value = FactPlan> {
    (
        any::<bool>(),
        prop::option::weighted(0.3, 0..2_i128),
        0..2 * FACTS,
        any::<bool>(),
        (place(), place()),
        prop::option::weighted(0.8, 0..2_i128),
    )
        .prop_map(
            |(optional, default, depends, second, answers, value)| FactPlan {
                optional,
                default,
                depends,
                second,
                first_answer: answers.0,
                second_answer: answers.1,
                value,
            },
        )
}

fn rule_plan() -> impl Strategy<Value = RulePlan> {
    (
        prop::collection::vec(any::<bool>(), 2),
        tree(),
        prop::collection::vec(prop::bool::weighted(0.2), RULES),
    )
        .prop_map(|(symptoms, when, overridden_by)| RulePlan {
            symptoms,
            when,
            overridden_by,
        })
}

fn case_plan() -> impl Strategy<Value = CasePlan> {
    (
        prop::collection::vec(fact_plan(), FACTS),
        prop::collection::vec(rule_plan(), RULES),
        prop::collection::vec(prop::option::of(leaf()), 2),
        any::<bool>(),
        any::<bool>(),
        prop::collection::vec(prop::bool::weighted(0.3), FACTS),
        prop::collection::vec(0..1000_usize, 8),
    )
        .prop_map(
            |(facts, rules, seen, complaint, otherwise, given, order)| CasePlan {
                facts,
                rules,
                seen,
                complaint,
                otherwise,
                given,
                order,
            },
        )
}

fn name(fact: usize) -> String {
    format!("f{fact}")
}

fn push_leaf(world: &mut World, it: &Leaf) -> NodeId {
    match it {
        Leaf::Is(fact, value) => world.is_int(&name(*fact), *value),
        Leaf::Absent(fact) => {
            let fact = world.name(&name(*fact));
            world.push(Op::IsAbsent(fact))
        }
    }
}

fn push_tree(world: &mut World, it: &Tree) -> NodeId {
    match it {
        Tree::Leaf(leaf) => push_leaf(world, leaf),
        Tree::Not(inner) => {
            let inner = push_tree(world, inner);
            world.not(inner)
        }
        Tree::And(all) | Tree::Or(all) => {
            let all_nodes: Vec<NodeId> = all.iter().map(|it| push_tree(world, it)).collect();
            match it {
                Tree::And(_) => world.and(&all_nodes),
                _ => world.or(&all_nodes),
            }
        }
    }
}

fn program(plan: &CasePlan) -> Sealed {
    let slots = plan.facts.iter().enumerate().map(|(at, it)| {
        let mut slot = fact(&name(at), int());
        slot.ty.optional = it.optional;
        slot.default = it
            .default
            .map(|it| rulec_facts::value::Partial::Known(rulec_facts::value::Value::Int(it)));
        slot
    });
    let mut world = World::new(slots.collect());
    for (at, it) in plan.facts.iter().enumerate() {
        let locator = match it.depends {
            on if on < at => format!("/first{at}/{{f{on}}}"),
            _ => format!("/first{at}"),
        };
        world.from(&name(at), &locator, "$.v");
        if it.second {
            world.from(&name(at), &format!("/second{at}"), "$.v");
        }
    }
    for (at, seen) in plan.seen.iter().enumerate() {
        let seen: Vec<NodeId> = seen.iter().map(|it| push_leaf(&mut world, it)).collect();
        world.symptom(&format!("s{at}")).seen = seen;
    }
    let rule_names: Vec<String> = (0..RULES).map(|at| format!("r{at}")).collect();
    for (at, it) in plan.rules.iter().enumerate() {
        let when = push_tree(&mut world, &it.when);
        let symptoms: Vec<&str> = ["s0", "s1"]
            .into_iter()
            .zip(&it.symptoms)
            .filter(|(_, has)| **has)
            .map(|(name, _)| name)
            .collect();
        // Only by rules before it: no circle.
        let by: Vec<&str> = rule_names
            .iter()
            .take(at)
            .zip(&it.overridden_by)
            .filter(|(_, has)| **has)
            .map(|(name, _)| name.as_str())
            .collect();
        let last = at + 1 == RULES && plan.otherwise && !symptoms.is_empty();
        let rule = world.rule_with(&rule_names[at], &symptoms, Some(when), &by, &[]);
        rule.otherwise = last;
    }
    world.seal()
}

fn places(plan: &CasePlan) -> Places {
    let mut places = Places::default();
    for (at, it) in plan.facts.iter().enumerate() {
        for (prefix, answer) in [("first", it.first_answer), ("second", it.second_answer)] {
            for locator in [
                format!("/{prefix}{at}"),
                format!("/{prefix}{at}/0"),
                format!("/{prefix}{at}/1"),
            ] {
                match answer {
                    Place::Value(value) => places
                        .documents
                        .insert(locator, json!({ "v": value as i64 })),
                    Place::NotThere => places.documents.insert(locator, Json::Null),
                    Place::Malformed => places.documents.insert(locator, json!({ "v": ["?"] })),
                    Place::Fails(why) => {
                        places.failures.insert(locator, why);
                        None
                    }
                };
            }
        }
    }
    places
}

/// The value of a fact in the total state, as given.
fn total(plan: &FactPlan) -> Json {
    match plan.value {
        Some(value) => json!(value as i64),
        None if plan.optional || plan.default.is_some() => Json::Null,
        None => json!(0),
    }
}

fn open<'p>(program: &'p Sealed, plan: &CasePlan, given: &BTreeSet<usize>) -> Session<'p> {
    let texts: &[&str] = if plan.complaint { &["s0"] } else { &[] };
    let names: BTreeMap<usize, String> = given.iter().map(|at| (*at, name(*at))).collect();
    let facts: Vec<(&str, Json)> = names
        .iter()
        .map(|(at, name)| (name.as_str(), total(&plan.facts[*at])))
        .collect();
    let case = Case::new(program, input(texts, &facts)).unwrap();
    Session::new(program, case)
}

fn given(plan: &CasePlan) -> BTreeSet<usize> {
    (0..FACTS).filter(|at| plan.given[*at]).collect()
}

/// Runs with answers in an order that `pick` chooses; returns the requests in the order sent.
fn drive(
    session: &mut Session<'_>,
    places: &Places,
    mut pick: impl FnMut(usize) -> usize,
) -> Vec<Request> {
    let mut sent = Vec::new();
    let limit = 4 * FACTS;
    while !session.finished() {
        let waiting = session.requests();
        let (id, request) = waiting[pick(waiting.len()) % waiting.len()].clone();
        let answer = places.answer(&request);
        sent.push(request);
        session.answer(id, answer);
        assert!(sent.len() <= limit, "it does not end");
    }
    sent
}

fn words(report: &Report) -> BTreeMap<String, String> {
    report
        .verdicts
        .iter()
        .map(|it| {
            (
                it.rule.clone(),
                json!(it.verdict).as_str().unwrap().to_owned(),
            )
        })
        .collect()
}

fn check(cases: u32, law: impl Fn(CasePlan) -> Result<(), TestCaseError>) {
    let mut runner = TestRunner::new(Config {
        cases: cases
            * std::env::var("RULEC_CASES")
                .ok()
                .and_then(|it| it.parse().ok())
                .unwrap_or(1),
        failure_persistence: None,
        ..Config::default()
    });
    if let Err(error) = runner.run(&case_plan(), law) {
        panic!("{error}");
    }
}

#[test]
fn v6_the_report_does_not_depend_on_the_order_of_answers_and_rounds_end() {
    let several = Cell::new(0);
    let outcomes = Cell::new((0, 0, 0));
    check(400, |plan| {
        let (program, places) = (program(&plan), places(&plan));
        let given = given(&plan);
        let mut first = open(&program, &plan, &given);
        let in_order = drive(&mut first, &places, |_| 0);
        let mut turn = 0;
        let mut second = open(&program, &plan, &given);
        let shuffled = drive(&mut second, &places, |_| {
            turn += 1;
            plan.order[turn % plan.order.len()]
        });
        prop_assert_eq!(json::line(&first.report()), json::line(&second.report()));
        let set = |all: &[Request]| {
            all.iter()
                .map(|it| format!("{it:?}"))
                .collect::<BTreeSet<_>>()
        };
        prop_assert_eq!(set(&in_order), set(&shuffled));
        prop_assert_eq!(
            set(&in_order).len(),
            in_order.len(),
            "a place is read once (S6)"
        );
        prop_assert!(first.rounds() as usize <= 2 * FACTS + 1);
        several.set(several.get() + usize::from(in_order.len() > 3));
        let words = words(&first.report());
        let (confirmed, out, left_open) = outcomes.get();
        let has = |word: &str| usize::from(words.values().any(|it| it == word));
        outcomes.set((
            confirmed + has("confirmed"),
            out + has("ruled-out"),
            left_open + has("open"),
        ));
        Ok(())
    });
    let (confirmed, out, left_open) = outcomes.get();
    assert!(several.get() > 100, "{several:?}");
    assert!(
        confirmed > 100 && out > 100 && left_open > 60,
        "{outcomes:?}"
    );
}

#[test]
fn n3_a_finished_session_leaves_nothing_that_a_place_could_tell() {
    let open_ones = Cell::new(0);
    check(300, |plan| {
        let (program, places) = (program(&plan), places(&plan));
        let mut session = open(&program, &plan, &given(&plan));
        drive(&mut session, &places, |_| 0);
        let report = session.report();
        for fact in &report.open {
            prop_assert!(!fact.obtainable, "{}", fact.name);
            open_ones.set(open_ones.get() + 1);
        }
        Ok(())
    });
    assert!(open_ones.get() > 60, "{open_ones:?}");
}

#[test]
fn l1_no_place_is_read_that_no_rule_in_question_names() {
    let spared = Cell::new(0);
    check(300, |plan| {
        let (program, places) = (program(&plan), places(&plan));
        let given = given(&plan);
        let mut session = open(&program, &plan, &given);
        let sent = drive(&mut session, &places, |_| 0);
        let wanted = named(&plan, &session.report());
        let mut known = given.clone();
        for request in &sent {
            let locator = request.locator.clone().unwrap();
            let fact: usize = locator
                .trim_start_matches("/first")
                .trim_start_matches("/second")
                .split('/')
                .next()
                .and_then(|it| it.parse().ok())
                .unwrap();
            prop_assert!(wanted.contains(&fact), "{locator} of {wanted:?}");
            prop_assert!(!given.contains(&fact), "{locator} was given");
            known.insert(fact);
        }
        spared.set(spared.get() + usize::from(known.len() < FACTS));
        Ok(())
    });
    assert!(spared.get() > 60, "{spared:?}");
}

/// Facts that conditions in question name, through locators.
fn named(plan: &CasePlan, report: &Report) -> BTreeSet<usize> {
    fn leaf(it: &Leaf, found: &mut BTreeSet<usize>) {
        match it {
            Leaf::Is(fact, _) | Leaf::Absent(fact) => found.insert(*fact),
        };
    }
    fn walk(it: &Tree, found: &mut BTreeSet<usize>) {
        match it {
            Tree::Leaf(it) => leaf(it, found),
            Tree::Not(inner) => walk(inner, found),
            Tree::And(all) | Tree::Or(all) => all.iter().for_each(|it| walk(it, found)),
        }
    }
    let mut found = BTreeSet::new();
    plan.seen
        .iter()
        .flatten()
        .for_each(|it| leaf(it, &mut found));
    for (at, rule) in plan.rules.iter().enumerate() {
        if report.verdicts.iter().any(|it| it.rule == format!("r{at}")) {
            walk(&rule.when, &mut found);
        }
    }
    for at in (0..FACTS).rev() {
        if found.contains(&at) && plan.facts[at].depends < at {
            found.insert(plan.facts[at].depends);
        }
    }
    found
}

#[test]
fn v6_one_more_fact_reverses_no_verdict_and_a_total_state_leaves_none_open() {
    let settled = Cell::new(0);
    check(300, |mut plan| {
        // A locator with an absent name says that its fact is absent (S5), which a value given for that fact would deny.
        plan.facts.iter_mut().for_each(|it| it.depends = FACTS);
        let program = program(&plan);
        let given = given(&plan);
        let before = words(&open(&program, &plan, &given).report());
        for at in (0..FACTS).filter(|at| !given.contains(at)) {
            let mut more = given.clone();
            more.insert(at);
            let after = words(&open(&program, &plan, &more).report());
            for (rule, word) in &before {
                if word != "open" {
                    prop_assert_eq!(word, &after[rule], "{} with {}", rule, name(at));
                } else if after[rule] != "open" {
                    settled.set(settled.get() + 1);
                }
            }
        }
        let all: BTreeSet<usize> = (0..FACTS).collect();
        let total = open(&program, &plan, &all);
        prop_assert!(total.finished());
        for (rule, word) in words(&total.report()) {
            prop_assert_ne!(word, "open", "{}", rule);
        }
        Ok(())
    });
    assert!(settled.get() > 100, "{settled:?}");
}

#[test]
fn s1_what_was_fetched_and_what_was_given_decide_alike() {
    let decided = Cell::new(0);
    check(300, |plan| {
        let (program, places) = (program(&plan), places(&plan));
        let mut fetched = open(&program, &plan, &BTreeSet::new());
        drive(&mut fetched, &places, |_| 0);
        let report = fetched.report();
        // Everything that was learnt, given at once: the same verdicts, nothing to fetch for what is decided.
        let facts: Vec<(&str, Json)> = report
            .facts
            .iter()
            .map(|it| {
                let line = json!(it);
                let value = line.get("value").cloned();
                (
                    it.name.as_str(),
                    value.unwrap_or_else(|| json!({ "unknown": line["unknown"] })),
                )
            })
            .collect();
        // A null that is given means *not there*: where that has a default the fetched value was not null.
        let texts: &[&str] = if plan.complaint { &["s0"] } else { &[] };
        let case = Case::new(&program, input(texts, &facts)).unwrap();
        let again = words(&Session::new(&program, case).report());
        prop_assert_eq!(words(&report), again);
        decided.set(decided.get() + usize::from(!facts.is_empty()));
        Ok(())
    });
    assert!(decided.get() > 200, "{decided:?}");
}
