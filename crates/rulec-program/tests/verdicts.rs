//! Clauses V, N and U3 over small programs: each test names its clause.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use builder::*;
use rulec_facts::reason::Why;
use rulec_facts::truth::Truth::{self, False, True, Unknown};
use rulec_facts::value::Partial;
use rulec_program::decide::{Because, Decider, Scratch};
use rulec_program::needs::{Guarded, Needs};
use rulec_program::node::{NodeId, Op, SlotId};
use rulec_program::program::{RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;

mod builder;

/// Rules `a`, `b`, `c` of one symptom, each with a Boolean fact of its own as condition.
struct Three {
    b: Builder,
    facts: [SlotId; 3],
    rules: [RuleId; 3],
    symptom: SymptomId,
}

fn three() -> Three {
    let mut b = Builder::default();
    let facts = ["fa", "fb", "fc"].map(|it| b.fact(it, bool_type()));
    let symptom = b.symptom("s");
    let whens = facts.map(|it| b.get(it));
    let rules = [("a", whens[0]), ("b", whens[1]), ("c", whens[2])]
        .map(|(name, when)| b.rule(name, &[symptom], Some(when)));
    Three {
        b,
        facts,
        rules,
        symptom,
    }
}

fn judge(program: &Sealed, state: &State, rules: &[RuleId]) -> Vec<(Truth, Because)> {
    let mut scratch = Scratch::default();
    let mut decider = Decider::new(program, state, &mut scratch);
    let verdicts = rules.iter().map(|it| decider.judge(*it));
    verdicts.map(|it| (it.truth, it.because)).collect()
}

#[test]
fn v1_a_rule_wants_its_condition_and_a_present_symptom() {
    let it = three();
    let program = it.b.seal();
    let facts = [(it.facts[0], yes()), (it.facts[1], no())];
    let mut state = state(&program, &facts);
    assert_eq!(
        judge(&program, &state, &it.rules),
        [(False, Because::Symptom); 3]
    );
    state.report(it.symptom);
    assert_eq!(
        judge(&program, &state, &it.rules),
        [
            (True, Because::Condition),
            (False, Because::Condition),
            (Unknown, Because::Condition)
        ]
    );
}

#[test]
fn v1_a_latent_fault_needs_no_symptom_and_no_when_is_true() {
    let mut b = Builder::default();
    let f = b.fact("f", bool_type());
    let s = b.symptom("s");
    let when = b.get(f);
    let latent = b.rule("latent", &[], Some(when));
    let plain = b.rule("plain", &[s], None);
    let program = b.seal();
    let mut state = state(&program, &[(f, yes())]);
    let of = |state: &State| judge(&program, state, &[latent, plain]);
    assert_eq!(
        of(&state),
        [(True, Because::Condition), (False, Because::Symptom)]
    );
    state.report(s);
    assert_eq!(of(&state)[1], (True, Because::Condition));
}

#[test]
fn v1_several_symptoms_are_alternatives_and_symptom_any_stands_for_all() {
    let mut b = Builder::default();
    let s = b.symptom("s");
    let t = b.symptom("t");
    let any = b.rule("any", &[s, t], None);
    b.program.rules[0].any_symptom = true;
    let program = b.seal();
    let mut state = state(&program, &[]);
    assert_eq!(judge(&program, &state, &[any])[0].0, False);
    state.report(t);
    assert_eq!(judge(&program, &state, &[any])[0].0, True);
}

#[test]
fn v1_v2_an_overriding_rule_counts_through_its_whole_verdict_and_not_transitively() {
    // a overrides b, b overrides c.
    let case = |a: Partial| {
        let mut it = three();
        it.b.overrides(it.rules[0], it.rules[1]);
        it.b.overrides(it.rules[1], it.rules[2]);
        let program = it.b.seal();
        let facts = [(it.facts[0], a), (it.facts[1], yes()), (it.facts[2], yes())];
        let mut state = state(&program, &facts);
        state.report(it.symptom);
        judge(&program, &state, &it.rules)
    };
    // b is overridden, so it does not override c.
    assert_eq!(
        case(yes()),
        [
            (True, Because::Condition),
            (False, Because::Overridden),
            (True, Because::Condition)
        ]
    );
    assert_eq!(
        case(no()),
        [
            (False, Because::Condition),
            (True, Because::Condition),
            (False, Because::Overridden)
        ]
    );
    // Open is not "not confirmed".
    assert_eq!(
        case(unknown()),
        [
            (Unknown, Because::Condition),
            (Unknown, Because::Overridden),
            (Unknown, Because::Overridden)
        ]
    );
}

#[test]
fn v2_an_overriding_rule_without_its_symptom_does_not_override() {
    let mut b = Builder::default();
    let s = b.symptom("s");
    let t = b.symptom("t");
    let over = b.rule("over", &[t], None);
    let under = b.rule("under", &[s], None);
    b.overrides(over, under);
    let program = b.seal();
    let mut state = state(&program, &[]);
    state.report(s);
    assert_eq!(judge(&program, &state, &[under])[0].0, True);
    state.report(t);
    assert_eq!(
        judge(&program, &state, &[under]),
        [(False, Because::Overridden)]
    );
}

#[test]
fn v3_otherwise_is_confirmed_when_every_ordinary_rule_of_the_symptom_is_ruled_out() {
    let case = |a: Partial, b: Partial| {
        let mut it = three();
        it.b.otherwise(it.rules[2]);
        let program = it.b.seal();
        let facts = [(it.facts[0], a), (it.facts[1], b), (it.facts[2], yes())];
        let mut state = state(&program, &facts);
        state.report(it.symptom);
        judge(&program, &state, &it.rules[2..])[0]
    };
    assert_eq!(case(no(), no()), (True, Because::Condition));
    assert_eq!(case(yes(), no()), (False, Because::Otherwise));
    assert_eq!(case(yes(), unknown()), (False, Because::Otherwise));
    assert_eq!(case(no(), unknown()), (Unknown, Because::Otherwise));
}

#[test]
fn v3_two_rules_with_otherwise_do_not_hold_each_other_back() {
    let mut it = three();
    it.b.otherwise(it.rules[1]);
    it.b.otherwise(it.rules[2]);
    let program = it.b.seal();
    let facts = it.facts.map(|slot| (slot, yes()));
    let mut state = state(&program, &facts);
    state.set(it.facts[0], no());
    state.report(it.symptom);
    let verdicts = judge(&program, &state, &it.rules);
    assert_eq!(verdicts.map_truths(), [False, True, True]);
}

#[test]
fn v3_free_is_asked_symptom_by_symptom() {
    // `rest` of s and t: s is claimed by `ordinary`, t is not.
    let mut b = Builder::default();
    let s = b.symptom("s");
    let t = b.symptom("t");
    let ordinary = b.rule("ordinary", &[s], None);
    let rest = b.rule("rest", &[s, t], None);
    b.otherwise(rest);
    let program = b.seal();
    let mut state = state(&program, &[]);
    state.report(s);
    assert_eq!(
        judge(&program, &state, &[ordinary, rest]).map_truths(),
        [True, False]
    );
    state.report(t);
    assert_eq!(judge(&program, &state, &[rest]).map_truths(), [True]);
    let mut scratch = Scratch::default();
    let mut decider = Decider::new(&program, &state, &mut scratch);
    assert_eq!(decider.free(rest, s), False);
    assert_eq!(decider.free(rest, t), True);
    assert_eq!(decider.free(ordinary, s), True);
}

trait Truths {
    fn map_truths(&self) -> Vec<Truth>;
}

impl Truths for Vec<(Truth, Because)> {
    fn map_truths(&self) -> Vec<Truth> {
        self.iter().map(|it| it.0).collect()
    }
}

/// A symptom with a code, a question and a `seen when`.
struct Sighted {
    program: Sealed,
    symptom: SymptomId,
    seen: SlotId,
    codes: SlotId,
}

fn sighted() -> Sighted {
    use rulec_facts::types::{Kind, Type};
    let mut b = Builder::default();
    let codes = b.fact("codes", set_of(Type::of(Kind::Code)));
    b.program.slots[0].reports = Some(None);
    let seen = b.fact("seen", bool_type());
    let condition = b.get(seen);
    let symptom = b.symptom("s");
    let it = &mut b.program.symptoms[0];
    it.codes.push(code("ras", 798));
    it.asks.push("is it so?".to_owned());
    it.seen.push(condition);
    Sighted {
        program: b.seal(),
        symptom,
        seen,
        codes,
    }
}

#[test]
fn v4_a_symptom_is_present_by_complaint_code_answer_or_sight() {
    let it = sighted();
    let quiet = |it: &Sighted| {
        let mut state = state(&it.program, &[(it.seen, no()), (it.codes, set([]))]);
        state.answer(it.symptom, Some(false));
        state
    };
    let present = |state: &State| {
        let mut scratch = Scratch::default();
        Decider::new(&it.program, state, &mut scratch).present(it.symptom)
    };
    assert_eq!(present(&quiet(&it)), False);
    let mut by_complaint = quiet(&it);
    by_complaint.report(it.symptom);
    assert_eq!(present(&by_complaint), True);
    let mut by_code = quiet(&it);
    by_code.report_code(code("ras", 798));
    assert_eq!(present(&by_code), True);
    let mut by_fact = quiet(&it);
    let reported = Partial::Known(rulec_facts::value::Value::Code(code("ras", 798)));
    by_fact.set(it.codes, set([reported]));
    assert_eq!(present(&by_fact), True);
    let mut by_answer = quiet(&it);
    by_answer.answer(it.symptom, Some(true));
    assert_eq!(present(&by_answer), True);
    let mut by_sight = quiet(&it);
    by_sight.set(it.seen, yes());
    assert_eq!(present(&by_sight), True);
    for open in 0..3 {
        let mut state = quiet(&it);
        match open {
            0 => state.set(it.seen, unknown()),
            1 => state.set(it.codes, unknown()),
            _ => state.answer(it.symptom, None),
        }
        assert_eq!(present(&state), Unknown);
    }
}

#[test]
fn v4_a_symptom_without_any_mark_is_absent_until_reported() {
    let mut b = Builder::default();
    let s = b.symptom("s");
    let program = b.seal();
    let mut state = State::new(&program);
    let mut scratch = Scratch::default();
    assert_eq!(
        Decider::new(&program, &state, &mut scratch).present(s),
        False
    );
    state.report(s);
    assert_eq!(
        Decider::new(&program, &state, &mut scratch).present(s),
        True
    );
}

#[test]
fn n1_presence_needs_what_could_still_show_it() {
    let it = sighted();
    let state = State::new(&it.program);
    let mut scratch = Scratch::default();
    let mut decider = Decider::new(&it.program, &state, &mut scratch);
    let needs = decider.needs_of_presence(it.symptom);
    assert_eq!(
        needs,
        Needs {
            slots: vec![it.codes, it.seen],
            asks: vec![it.symptom],
            ..Needs::default()
        }
    );
}

#[test]
fn n1_needs_are_those_of_unknown_operands_only() {
    let mut b = Builder::default();
    let facts = ["p", "q", "r"].map(|it| b.fact(it, bool_type()));
    let [p, q, r] = facts.map(|it| b.get(it));
    let either = b.or(&[q, r]);
    let both = b.and(&[p, either]);
    b.derive(both);
    let program = b.seal();
    let needs = |known: &[(SlotId, Partial)]| {
        let state = state(&program, known);
        Decider::new(&program, &state, &mut Scratch::default()).needs_of(both)
    };
    assert_eq!(needs(&[]).slots, facts);
    assert_eq!(needs(&[(facts[1], yes())]).slots, [facts[0]]);
    assert_eq!(needs(&[(facts[1], no())]).slots, [facts[0], facts[2]]);
    assert!(needs(&[(facts[0], no())]).is_empty());
}

/// any x in xs where x < limit: x == y
fn quantified() -> (Sealed, NodeId, [SlotId; 3]) {
    let mut b = Builder::default();
    let limit = b.fact("limit", int_type());
    let xs = b.fact("xs", list_of(int_type()));
    let y = b.fact("y", int_type());
    let list = b.get(xs);
    let x = b.var(0);
    let limit_node = b.get(limit);
    let filter = b.less(x, limit_node);
    let yn = b.get(y);
    let body = b.equal(x, yn);
    let any = b.any(list, 0, Some(filter), body);
    b.derive(any);
    (b.seal(), any, [limit, xs, y])
}

#[test]
fn n1_n2_the_body_of_a_quantifier_is_guarded_while_its_list_is_unknown() {
    let (program, any, [limit, xs, y]) = quantified();
    let state = state(&program, &[(limit, int(5))]);
    let needs = Decider::new(&program, &state, &mut Scratch::default()).needs_of(any);
    let guarded = Guarded {
        by: vec![xs],
        slots: vec![y],
    };
    assert_eq!(needs.slots, [xs]);
    assert_eq!(needs.guarded, [guarded]);
    assert_eq!(needs.all(), [xs, y]);
    assert_eq!(needs.wanted(|_| true), [xs, y]);
    assert_eq!(needs.wanted(|it| it != xs), []);
}

#[test]
fn n1_a_known_list_needs_what_its_undecided_elements_need() {
    let (program, any, [limit, xs, y]) = quantified();
    let needs = |facts: &[(SlotId, Partial)]| {
        let state = state(&program, facts);
        let mut scratch = Scratch::default();
        Decider::new(&program, &state, &mut scratch).needs_of(any)
    };
    let known = needs(&[(xs, list([int(1), int(2)])), (limit, int(5))]);
    assert_eq!((known.slots.as_slice(), known.guarded.len()), (&[y][..], 0));
    let element = needs(&[
        (xs, list([int(1), unknown()])),
        (limit, int(5)),
        (y, int(2)),
    ]);
    assert_eq!(element.slots, [xs]);
    let filter = needs(&[(xs, list([int(1), int(2)])), (y, int(2))]);
    assert_eq!(filter.slots, [limit]);
    assert!(needs(&[(xs, list([])),]).is_empty());
}

#[test]
fn n1_a_match_guards_its_branches_while_its_value_is_unknown() {
    let mut b = Builder::default();
    let [e, p, q] = [("e", int_type()), ("p", bool_type()), ("q", bool_type())]
        .map(|(name, ty)| b.fact(name, ty));
    let [en, pn, qn] = [e, p, q].map(|it| b.get(it));
    let node = b.matching(en, &[(&[Some(int(1))], pn), (&[], qn)]);
    b.derive(node);
    let program = b.seal();
    let needs = |facts: &[(SlotId, Partial)]| {
        let state = state(&program, facts);
        Decider::new(&program, &state, &mut Scratch::default()).needs_of(node)
    };
    let unknown = needs(&[]);
    assert_eq!(unknown.slots, [e]);
    assert_eq!(
        unknown.guarded,
        [Guarded {
            by: vec![e],
            slots: vec![p, q]
        }]
    );
    assert_eq!(needs(&[(e, int(1))]).all(), [p]);
}

#[test]
fn n1_an_element_of_a_derived_list_needs_the_fact_behind_it() {
    let mut b = Builder::default();
    let item = record_type(&[("up", bool_type()), ("n", int_type())]);
    let flag = b.fact("flag", bool_type());
    let xs = b.fact("xs", list_of(item));
    let list_node = b.get(xs);
    let x = b.var(0);
    let up = b.field(x, 0);
    let flag_node = b.get(flag);
    let both = b.and(&[up, flag_node]);
    let each = b.each(list_node, 0, both);
    let derived = b.derive(each);
    let named = b.push(Op::Let(derived));
    let y = b.var(0);
    let n = b.field(y, 1);
    let one = b.int(1);
    let body = b.equal(n, one);
    let any = b.any(named, 0, None, body);
    b.derive(any);
    let program = b.seal();
    let needs = |facts: &[(SlotId, Partial)]| {
        let state = state(&program, facts);
        Decider::new(&program, &state, &mut Scratch::default()).needs_of(any)
    };
    let element = |up: Partial, n: Partial| list([record([up, n])]);
    assert_eq!(
        needs(&[(xs, element(yes(), unknown())), (flag, yes())]).all(),
        [xs]
    );
    assert_eq!(needs(&[(xs, element(yes(), int(1)))]).all(), [flag]);
    assert!(needs(&[(xs, element(no(), unknown()))]).is_empty());
}

#[test]
fn n1_a_rule_needs_what_the_rules_it_waits_for_need() {
    let mut it = three();
    it.b.overrides(it.rules[0], it.rules[1]);
    it.b.otherwise(it.rules[2]);
    let program = it.b.seal();
    let mut state = state(&program, &[(it.facts[1], yes()), (it.facts[2], yes())]);
    state.report(it.symptom);
    let mut scratch = Scratch::default();
    let mut decider = Decider::new(&program, &state, &mut scratch);
    let overridden = decider.needs_of_rule(it.rules[1]);
    assert_eq!(overridden.slots, [it.facts[0]]);
    assert_eq!(overridden.waits_for, [it.rules[0]]);
    let otherwise = decider.needs_of_rule(it.rules[2]);
    assert_eq!(otherwise.slots, [it.facts[0]]);
    assert_eq!(otherwise.waits_for, [it.rules[0], it.rules[1]]);
    state.set(it.facts[0], no());
    let mut decider = Decider::new(&program, &state, &mut scratch);
    assert!(decider.needs_of_rule(it.rules[2]).is_empty());
}

#[test]
fn u3_a_decided_or_is_told_by_its_first_deciding_operand_and_a_true_and_by_all() {
    let mut b = Builder::default();
    let facts = ["p", "q", "r"].map(|it| b.fact(it, bool_type()));
    let [p, q, r] = facts.map(|it| b.get(it));
    let either = b.or(&[q, r]);
    let both = b.and(&[p, either]);
    let rule = b.rule("rule", &[], Some(both));
    let program = b.seal();
    let told = |values: [Partial; 3]| {
        let known: Vec<_> = facts.into_iter().zip(values).collect();
        let state = state(&program, &known);
        let mut scratch = Scratch::default();
        let mut decider = Decider::new(&program, &state, &mut scratch);
        let why = decider.why(rule);
        let leaves = why.evidence.iter().map(|it| (it.seen[0].slot, it.truth));
        leaves.collect::<Vec<_>>()
    };
    let [p, q, r] = facts;
    assert_eq!(told([yes(), yes(), yes()]), [(p, True), (q, True)]);
    assert_eq!(told([yes(), unknown(), yes()]), [(p, True), (r, True)]);
    assert_eq!(told([yes(), no(), no()]), [(q, False), (r, False)]);
    assert_eq!(told([unknown(), no(), no()]), [(q, False), (r, False)]);
    assert_eq!(told([no(), no(), no()]), [(p, False)]);
}

#[test]
fn u3_a_quantifier_is_told_by_its_first_element_in_canonical_order() {
    let mut b = Builder::default();
    let item = record_type(&[("name", text_type()), ("up", bool_type())]);
    let xs = b.fact("xs", list_of(item));
    let list_node = b.get(xs);
    let x = b.var(0);
    let up = b.field(x, 1);
    let any = b.any(list_node, 0, None, up);
    let it = b.derive(any);
    let when = b.push(Op::Let(it));
    let rule = b.rule("rule", &[], Some(when));
    let program = b.seal();
    let item = |name: &str, up: Partial| record([text(name), up]);
    let facts = [(
        xs,
        list([item("c", yes()), item("b", yes()), item("a", no())]),
    )];
    let state = state(&program, &facts);
    let mut scratch = Scratch::default();
    let why = Decider::new(&program, &state, &mut scratch).why(rule);
    assert_eq!((why.truth, why.because), (True, Because::Condition));
    let paths: Vec<&str> = why
        .evidence
        .iter()
        .flat_map(|it| it.seen.iter().map(|it| it.path.as_str()))
        .collect();
    assert_eq!(paths, ["[1]", "[1].up"]);
    assert_eq!(why.evidence[0].seen[0].value, item("b", yes()));
    assert_eq!((why.evidence[0].node, why.evidence[1].node), (any, up));
}

#[test]
fn u3_a_refused_quantifier_shows_its_list_and_what_its_body_looks_at_besides() {
    let (program, any, [limit, xs, y]) = quantified();
    let facts = [(limit, int(5)), (xs, list([int(1)])), (y, int(2))];
    let state = state(&program, &facts);
    let mut scratch = Scratch::default();
    let told = Decider::new(&program, &state, &mut scratch).why_node(any);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].truth, False);
    let slots: Vec<SlotId> = told[0].seen.iter().map(|it| it.slot).collect();
    assert_eq!(slots, [xs, limit, y]);
}

#[test]
fn u3_a_negated_leaf_is_shown_with_its_not() {
    let mut b = Builder::default();
    let n = b.fact("n", int_type());
    let nn = b.get(n);
    let one = b.int(1);
    let same = b.equal(nn, one);
    let other = b.not(same);
    let rule = b.rule("rule", &[], Some(other));
    let program = b.seal();
    let state = state(&program, &[(n, int(2))]);
    let mut scratch = Scratch::default();
    let why = Decider::new(&program, &state, &mut scratch).why(rule);
    assert_eq!(why.evidence.len(), 1);
    assert_eq!((why.evidence[0].node, why.evidence[0].truth), (other, True));
    assert_eq!(why.evidence[0].seen[0].value, int(2));
}

#[test]
fn a_secret_field_on_the_way_marks_what_was_seen_as_secret() {
    let mut b = Builder::default();
    let mut ty = record_type(&[("key", text_type()), ("name", text_type())]);
    if let rulec_facts::types::Kind::Record(record) = &mut ty.kind {
        let mut plain = rulec_facts::types::RecordType::clone(record);
        plain.fields[0].secret = true;
        *record = std::sync::Arc::new(plain);
    }
    let f = b.fact("f", ty);
    let fnode = b.get(f);
    let wanted = b.constant(text("k"));
    let key = b.field(fnode, 0);
    let name = b.field(fnode, 1);
    let by_key = b.equal(key, wanted);
    let by_name = b.equal(name, wanted);
    let both = b.and(&[by_key, by_name]);
    let rule = b.rule("rule", &[], Some(both));
    let program = b.seal();
    let state = state(&program, &[(f, record([text("k"), text("k")]))]);
    let mut scratch = Scratch::default();
    let why = Decider::new(&program, &state, &mut scratch).why(rule);
    let seen: Vec<(&str, bool)> = why
        .evidence
        .iter()
        .map(|it| (it.seen[0].path.as_str(), it.seen[0].secret))
        .collect();
    assert_eq!(seen, [("key", true), ("name", false)]);
}

#[test]
fn a_scratch_remembers_nothing_of_another_state_or_program() {
    let it = three();
    let program = it.b.seal();
    let mut scratch = Scratch::default();
    for value in [yes(), no(), unknown(), yes()] {
        let mut state = state(&program, &[(it.facts[0], value.clone())]);
        state.report(it.symptom);
        let expected = match &value {
            Partial::Unknown(_) => Unknown,
            value => Truth::from(*value == yes()),
        };
        let mut decider = Decider::new(&program, &state, &mut scratch);
        assert_eq!(decider.verdict(it.rules[0]), expected);
        assert_eq!(decider.kept(it.rules[0]).len(), 1);
    }
    let (other, any, _) = quantified();
    let state = State::new(&other);
    assert_eq!(
        Decider::new(&other, &state, &mut scratch).truth(any),
        Unknown
    );
}

/// `match a { true => a, false => a }` on top of itself, and `a and a`: twice or thrice as many ways down each time.
#[test]
fn chains_of_derived_facts_are_explained_once() {
    let mut b = Builder::default();
    let fact = b.fact("b", bool_type());
    let mut matched = b.get(fact);
    let mut both = b.get(fact);
    for _ in 0..60 {
        let node = b.matching(
            matched,
            &[(&[Some(yes())], matched), (&[Some(no())], matched)],
        );
        let derived = b.derive(node);
        matched = b.push(Op::Let(derived));
        let node = b.and(&[both, both]);
        let derived = b.derive(node);
        both = b.push(Op::Let(derived));
    }
    let symptom = b.symptom("s");
    let first = b.rule("first", &[symptom], Some(matched));
    let second = b.rule("second", &[symptom], Some(both));
    let program = b.seal();
    let mut state = state(&program, &[(fact, yes())]);
    state.report(symptom);
    let mut scratch = Scratch::default();
    let mut decider = Decider::new(&program, &state, &mut scratch);
    for rule in [first, second] {
        let why = decider.why(rule);
        assert_eq!(why.truth, Truth::True);
        let slots: Vec<SlotId> = why
            .evidence
            .iter()
            .flat_map(|it| &it.seen)
            .map(|it| it.slot)
            .collect();
        assert_eq!(slots, [fact, fact][..slots.len()]);
        assert!(!slots.is_empty());
    }
}

/// Every rule of a chain of overriding rules is asked about; each is looked at once.
#[test]
fn needs_of_a_long_chain_take_one_pass() {
    let mut b = Builder::default();
    let fact = b.fact("b", bool_type());
    let symptom = b.symptom("s");
    let mut rules = Vec::new();
    for at in 0..20_000 {
        let when = b.get(fact);
        rules.push(b.rule(&format!("r{at:05}"), &[symptom], Some(when)));
    }
    for pair in rules.windows(2) {
        b.overrides(pair[1], pair[0]);
    }
    let program = b.seal();
    let mut state = state(&program, &[]);
    state.report(symptom);
    let mut scratch = Scratch::default();
    let mut decider = Decider::new(&program, &state, &mut scratch);
    let start = std::time::Instant::now();
    for rule in &rules {
        let needs = decider.needs_of_rule(*rule);
        assert_eq!(needs.slots, [fact]);
    }
    assert_eq!(decider.needs_of_rule(rules[0]).waits_for, [rules[1]]);
    // Two hundred million steps, one rule after the other, took minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

/// The filtered list does not mention the element of the outer quantifier: it is filtered once.
#[test]
fn what_does_not_mention_the_element_is_computed_once() {
    let mut b = Builder::default();
    let inner = b.fact("inner", list_of(int_type()));
    let outer = b.fact("outer", list_of(int_type()));
    let (over, of) = (b.get(outer), b.get(inner));
    let (variable, least) = (b.var(1), b.int(1_000_000));
    let filter = b.less(least, variable);
    let kept = b.each(of, 1, filter);
    let element = b.var(0);
    let body = b.push(Op::Member(element, kept));
    let any = b.any(over, 0, None, body);
    let numbers = || list((0..5_000).map(int));
    let start = std::time::Instant::now();
    let truth = b.truth(any, &[(outer, numbers()), (inner, numbers())]);
    assert_eq!(truth, Truth::False);
    // Twenty-five million filters take minutes here.
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

/// Only `ready` is read: that nobody asked for `age` decides nothing.
#[test]
fn reasons_are_those_of_the_parts_that_were_read() {
    let mut b = Builder::default();
    let node = record_type(&[("ready", bool_type()), ("age", int_type())]);
    let nodes = b.fact("nodes", list_of(node));
    let get = b.get(nodes);
    let variable = b.var(0);
    let ready = b.field(variable, 0);
    let not = b.not(ready);
    let any = b.any(get, 0, None, not);
    let age = unknown_of("nodes", Why::NotCollected);
    let denied = unknown_of("nodes", Why::Denied);
    let known = list([record([yes(), age.clone()]), record([denied.clone(), age])]);
    assert_eq!(b.term(any, &[(nodes, known)]), denied);
}
