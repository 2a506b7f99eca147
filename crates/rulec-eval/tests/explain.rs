//! Proofs, what would confirm a rule, and what to find out next, on small packs: each against trying everything.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

use rulec_check::{Input, PackInput, RuleFile, analyse};
use rulec_eval::explain::Way;
use rulec_eval::explain::text::{render_next, render_proof, render_why_not};
use rulec_eval::report::text::Style;
use rulec_eval::report::texts::Texts;
use rulec_eval::{Case, CaseInput, Given, Session, run_session};
use rulec_facts::show;
use rulec_facts::truth::Truth;
use rulec_facts::value::{Partial, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::program::RuleId;
use rulec_program::seal::Sealed;
use rulec_program::state::State;
use rulec_syntax::source::{SourceFile, Sources};
use serde_json::{Value as Json, json};

fn compile(text: &str) -> Sealed {
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("test.rules", text));
    let parsed = rulec_syntax::parse::parse(id, text);
    assert!(parsed.findings.is_empty(), "{:?}\n{text}", parsed.findings);
    let mut pack = PackInput::new("test.pack");
    pack.files.push(RuleFile {
        id,
        tree: parsed.file,
    });
    let input = Input {
        packs: vec![pack],
        roots: 1,
    };
    let analysis = analyse(&input, &sources);
    let findings: Vec<&String> = analysis.findings.iter().map(|it| &it.message).collect();
    let program = analysis.program;
    program.unwrap_or_else(|| panic!("{findings:?}\n{text}"))
}

fn session<'p>(program: &'p Sealed, symptoms: &[&str], facts: &[(&str, Json)]) -> Session<'p> {
    let input = CaseInput {
        symptoms: symptoms.iter().map(|it| (*it).to_owned()).collect(),
        given: facts
            .iter()
            .map(|(name, value)| Given::new(name, value.clone()))
            .collect(),
        ..CaseInput::default()
    };
    Session::new(program, Case::new(program, input).unwrap())
}

/// The value fits the schema of that name in the book.
fn fits(name: &str, value: &impl serde::Serialize) {
    let path = format!(
        "{}/../../book/src/reference/{name}.schema.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let value = serde_json::to_value(value).unwrap();
    let wrong: Vec<String> = validator
        .iter_errors(&value)
        .map(|it| it.to_string())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}\n{value:#}");
}

const PACK: &str = r#"pack test.pack 1.0.0
    language 1

/// Whether it is on.
fact on: bool
    ask "Is it on?"

/// Build number.
fact build: int in 0..30000
    from windows registry "HKLM\SOFTWARE\X" at "Build"
    cost 1s

/// Addresses.
type Adapter = { name: string, up: bool }
fact adapters: list of Adapter
    from windows registry "HKLM\SOFTWARE\Y" at "Adapters"

/// Its owner.
type Owner = { name: string, active: bool }
fact owner: Owner?

let old = build < 19041

/// It is broken.
symptom broken =
    | ask "Is it broken?"

symptom slow =
    | text "It is slow."

/// It was switched off.
rule off:
    symptom broken
    when not on
    likelihood common
    cause "It is off."
    => no fix

rule old-build:
    symptom broken
    when old and (any a in adapters: a.up and a.name == "vpn")
    overrides off
    => no fix

rule two-ways:
    symptom broken, slow
    when on or old or owner is present
    => no fix

rule nothing-else:
    symptom broken
    otherwise
    => no fix
"#;

fn rule(program: &Sealed, name: &str) -> RuleId {
    program.rule_named(name).unwrap()
}

fn english(program: &Sealed) -> Texts {
    Texts::new(program, None)
}

#[test]
fn a_proof_stands_on_the_fewest_facts_and_keeps_all_alternatives_in_full() {
    let program = compile(PACK);
    let adapters = json!([{ "name": "lan", "up": true }, { "name": "vpn", "up": true }]);
    let facts = [
        ("on", json!(true)),
        ("build", json!(18000)),
        ("adapters", adapters),
        ("owner", json!({ "name": "Anna", "active": true })),
    ];
    let session = session(&program, &["broken"], &facts);
    let proof = session.why(rule(&program, "two-ways"), false).unwrap();
    fits("proof", &proof);
    let forced = proof.forced.as_ref().unwrap();
    assert!(forced.smallest);
    assert_eq!(forced.facts.len(), 1, "{:?}", forced.facts);
    let full = session.why(rule(&program, "two-ways"), true).unwrap();
    fits("proof", &full);
    assert_eq!(full.forced, None);
    let whole = serde_json::to_string(&full.proof).unwrap();
    for alternative in ["owner is present", "build < 19041", "\"text\":\"on\""] {
        assert!(whole.contains(alternative), "{whole}");
    }
    let proof = session.why(rule(&program, "old-build"), false).unwrap();
    insta::assert_snapshot!(render_proof(&proof, &english(&program), 80, Style::plain()));
    let proof = session.why(rule(&program, "off"), false).unwrap();
    fits("proof", &proof);
    assert_eq!(proof.forced.as_ref().unwrap().facts.len(), 1);
    // What holds otherwise needs that all others do not.
    let proof = session.why(rule(&program, "nothing-else"), false).unwrap();
    insta::assert_snapshot!(render_proof(&proof, &english(&program), 80, Style::plain()));
}

#[test]
fn an_open_verdict_shows_what_is_open_and_is_forced_by_nothing() {
    let program = compile(PACK);
    let session = session(&program, &["broken"], &[("build", json!(18000))]);
    let proof = session.why(rule(&program, "old-build"), false).unwrap();
    fits("proof", &proof);
    assert_eq!(proof.forced, None);
    let chinese = Texts::new(&program, Some("zh-TW"));
    insta::assert_snapshot!(render_proof(&proof, &chinese, 80, Style::plain()));
}

#[test]
fn a_secret_is_in_no_explanation() {
    let text = "pack p 1.0.0\n    language 1\n\nfact key: string\n    ask \"Key?\"\n    secret\n\nsymptom s =\n    | text \"S.\"\n\nrule r:\n    symptom s\n    when key starts with \"abc\"\n    => no fix\n";
    let program = compile(text);
    let session = session(&program, &["s"], &[("key", json!("abcSECRET"))]);
    let id = rule(&program, "r");
    let shown = serde_json::to_string(&session.why(id, false).unwrap()).unwrap()
        + &serde_json::to_string(&session.why(id, true).unwrap()).unwrap()
        + &serde_json::to_string(&session.why_not(id).unwrap()).unwrap()
        + &serde_json::to_string(&session.next()).unwrap();
    assert!(
        shown.contains("[secret]") && !shown.contains("SECRET"),
        "{shown}"
    );
}

#[test]
fn what_is_next_says_where_what_and_what_hangs_on_it() {
    let program = compile(PACK);
    let session = session(&program, &["broken"], &[]);
    let next = session.next();
    fits("next", &next);
    assert_eq!(next.open.len(), 4);
    insta::assert_snapshot!(render_next(
        &next,
        &english(&program),
        80,
        Style::plain(),
        9
    ));
}

#[test]
fn what_assumptions_foretell_comes_last_and_is_not_left_out() {
    let text = "pack p 1.0.0\n    language 1\n\nfact a: bool\n    cost 1s\n    ask \"A?\"\n\nfact b: bool\n    cost 90s\n    ask \"B?\"\n\nassume a\n\nsymptom s =\n    | text \"S.\"\n\nrule x:\n    symptom s\n    when a and b\n    => no fix\n\nrule y:\n    symptom s\n    when not a and not b\n    => no fix\n";
    let program = compile(text);
    let session = session(&program, &["s"], &[]);
    let next = session.next();
    let names: Vec<(&str, bool)> = next
        .facts
        .iter()
        .map(|it| (it.name.as_str(), it.foretold))
        .collect();
    assert_eq!(names, [("b", false), ("a", true)]);
    // It is no evidence: both rules stay open although `a` is assumed.
    assert_eq!(next.open, ["x", "y"]);
}

#[test]
fn a_way_to_confirm_a_rule_is_short_and_respects_what_overrides_it() {
    let program = compile(PACK);
    let facts = [
        ("on", json!(true)),
        ("build", json!(18000)),
        ("adapters", json!([{ "name": "vpn", "up": true }])),
        ("owner", Json::Null),
    ];
    let session = session(&program, &["slow"], &facts);
    // Its symptom, its condition, and that the other rule does not override it.
    let why_not = session.why_not(rule(&program, "off")).unwrap();
    fits("why-not", &why_not);
    assert_eq!(why_not.ways[0].changes.len(), 3);
    insta::assert_snapshot!(render_why_not(
        &why_not,
        &english(&program),
        80,
        Style::plain()
    ));
    let confirmed = session.why_not(rule(&program, "two-ways")).unwrap();
    fits("why-not", &confirmed);
    assert!(confirmed.ways.is_empty());
}

/// Facts of the random packs below, each with all its values.
const FACTS: &[(&str, &str, &[&str])] = &[
    ("a", "bool", &["false", "true"]),
    ("b", "bool", &["false", "true"]),
    ("c", "enum { x, y, z }", &["x", "y", "z"]),
    ("n", "int in 0..3", &["0", "1", "2", "3"]),
    ("m", "int in 0..2?", &["0", "1", "2", "absent"]),
    ("o", "bool", &["false", "true"]),
];

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

fn condition(random: &mut Random, depth: usize) -> String {
    if depth > 0 && random.below(2) == 0 {
        let word = random.of(&["and", "or"]);
        let parts = [condition(random, depth - 1), condition(random, depth - 1)];
        return format!("({} {word} {})", parts[0], parts[1]);
    }
    let leaf = random.of(&[
        "a",
        "b",
        "o",
        "c == x",
        "c != y",
        "c in [y, z]",
        "n < 2",
        "n == 3",
        "n >= 1",
        "m == 1",
        "m < 2",
        "m is absent",
        "n > m",
    ]);
    match random.below(3) {
        0 => format!("not ({leaf})"),
        _ => leaf.to_owned(),
    }
}

fn random_pack(random: &mut Random) -> String {
    let mut text = "pack p 1.0.0\n    language 1\n\nsymptom s =\n    | text \"S.\"\n".to_owned();
    for (name, ty, _) in FACTS {
        text.push_str(&format!("\nfact {name}: {ty}\n    ask \"{name}?\"\n"));
    }
    for number in 0..random.below(3) {
        let _ = number;
        text.push_str(&format!(
            "\nassume {} or {}\n",
            condition(random, 0),
            condition(random, 0)
        ));
    }
    for number in 0..3 {
        text.push_str(&format!(
            "\nrule r{number}:\n    symptom s\n    when {}\n",
            condition(random, 2)
        ));
        if number > 0 && random.below(2) == 0 {
            text.push_str("    overrides r0\n");
        }
        text.push_str("    => no fix\n");
    }
    text
}

/// Every total state of the facts, as numbers of values.
fn states() -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for (_, _, values) in FACTS {
        let more = all
            .iter()
            .flat_map(|state| (0..values.len()).map(move |at| [state.as_slice(), &[at]].concat()));
        all = more.collect();
    }
    all
}

fn given(state: &[usize]) -> Vec<(&'static str, Json)> {
    let both = FACTS.iter().zip(state);
    both.map(|((name, _, values), at)| match values[*at] {
        "absent" => (*name, Json::Null),
        value => (*name, json!(value)),
    })
    .collect()
}

/// The rule is confirmed in the state, and no assumption is false; or what of these holds.
fn outcome(program: &Sealed, state: &State, rule: RuleId) -> (bool, bool) {
    let mut scratch = Scratch::default();
    let mut look = Decider::new(program, state, &mut scratch);
    let broken = program
        .assumes
        .iter()
        .any(|it| look.truth(it.condition) == Truth::False);
    (look.verdict(rule) == Truth::True, broken)
}

/// The facts with the changes of that way.
fn changed(mut facts: Vec<(&'static str, Json)>, way: &Way) -> Vec<(&'static str, Json)> {
    for change in &way.changes {
        let mut all = facts.iter_mut();
        let place = all.find(|(name, _)| *name == change.path).unwrap();
        place.1 = change.wanted.clone();
    }
    facts
}

#[test]
fn ways_to_confirm_a_rule_are_the_shortest_and_do_confirm_it() {
    let mut random = Random(0x1234_5678_9abc);
    let all = states();
    let (mut none, mut found, mut longest) = (0, 0, 0);
    for _ in 0..60 {
        let text = random_pack(&mut random);
        let program = compile(&text);
        let now = &all[random.below(all.len())];
        let session = session(&program, &["s"], &given(now));
        let id = rule(&program, "r0");
        let (confirmed, broken) = outcome(&program, session.state(), id);
        if confirmed || broken {
            continue;
        }
        // Everything tried: how few facts must change.
        let least = all
            .iter()
            .filter(|it| {
                let there = self::session(&program, &["s"], &given(it));
                outcome(&program, there.state(), id) == (true, false)
            })
            .map(|it| it.iter().zip(now).filter(|(a, b)| a != b).count())
            .min();
        let why_not = session.why_not(id).unwrap();
        fits("why-not", &why_not);
        assert!(why_not.complete, "{text}");
        let Some(least) = least else {
            assert!(why_not.ways.is_empty(), "{text}");
            // Not only tried: proved.
            assert!(why_not.impossible, "{text}\n{now:?}");
            none += 1;
            continue;
        };
        assert_eq!(
            why_not.ways[0].changes.len(),
            least,
            "{text}\n{now:?}\n{why_not:#?}"
        );
        assert!(why_not.ways[0].smallest, "{text}\n{now:?}\n{why_not:#?}");
        assert_eq!(
            (why_not.at_least as usize, why_not.impossible),
            (least, false)
        );
        for way in &why_not.ways {
            let facts = changed(given(now), way);
            let then = self::session(&program, &["s"], &facts);
            assert_eq!(
                outcome(&program, then.state(), id),
                (true, false),
                "{text}\n{way:?}"
            );
        }
        found += 1;
        longest = longest.max(least);
    }
    println!("{found} with a way, up to {longest} changes; {none} with none");
    assert!(
        found >= 20 && longest >= 2 && none >= 3,
        "{found} {longest} {none}"
    );
}

const LISTS: &str = r#"pack p 1.0.0
    language 1

type Item = { name: string, size: int }
fact items: list of Item
    from windows registry "HKLM\SOFTWARE\X" at "Items"
fact limit: int
    from windows registry "HKLM\SOFTWARE\X" at "Limit"
fact text: string
    ask "Text?"

symptom s =
    | text "S."

/// Two tests on a list that no list fulfils.
rule never:
    symptom s
    when (any x in items: x.size > 5) and (all x in items: x.size < 3)
    => no fix

/// Only with the other fact.
rule beyond:
    symptom s
    when (any x in items: x.size > limit) and limit > 100
    => no fix

/// Three tests on a text, which the values that are tried do not fulfil.
rule spelled:
    symptom s
    when text starts with "ab" and text ends with "yz" and text contains "mn"
    => no fix
"#;

#[test]
fn that_nothing_confirms_a_rule_is_proved_or_said_to_be_undecided() {
    let program = compile(LISTS);
    let facts = [
        ("items", json!([{ "name": "a", "size": 1 }])),
        ("limit", json!(1)),
        ("text", json!("x")),
    ];
    let session = session(&program, &["s"], &facts);
    let of = |name: &str| session.why_not(rule(&program, name)).unwrap();
    let never = of("never");
    fits("why-not", &never);
    assert!(never.impossible && never.ways.is_empty());
    let page = render_why_not(&never, &english(&program), 80, Style::plain());
    assert!(page.contains("Nothing confirms it"), "{page}");
    let beyond = of("beyond");
    assert_eq!(
        (beyond.ways[0].changes.len(), beyond.ways[0].smallest),
        (2, true),
        "{beyond:#?}"
    );
    let page = render_why_not(&beyond, &english(&program), 80, Style::plain());
    assert!(page.contains("no fewer changes do: proved"), "{page}");
    // There is such a text: nobody tried it, and nothing is claimed.
    let spelled = of("spelled");
    assert!(!spelled.impossible, "{spelled:#?}");
    if spelled.ways.is_empty() {
        let page = render_why_not(&spelled, &english(&program), 80, Style::plain());
        assert!(page.contains("Undecided"), "{page}");
    }
}

#[test]
fn minimal_proofs_of_random_packs_are_the_smallest() {
    let mut random = Random(0x0f0f_1234);
    let all = states();
    let mut sizes = [0u32; 7];
    for _ in 0..60 {
        let text = random_pack(&mut random);
        let program = compile(&text);
        let session = session(&program, &["s"], &given(&all[random.below(all.len())]));
        for name in ["r0", "r1"] {
            let id = rule(&program, name);
            let proof = session.why(id, false).unwrap();
            fits("proof", &proof);
            let forced = proof.forced.unwrap();
            assert!(forced.smallest);
            let wanted =
                Decider::new(&program, session.state(), &mut Scratch::default()).verdict(id);
            let forces = |kept: u32| {
                let mut state = State::new(&program);
                state.report(program.symptom_named("s").unwrap());
                for (at, (fact, _, _)) in FACTS.iter().enumerate() {
                    let slot = program.slot_named(fact).unwrap();
                    if kept & (1 << at) != 0 {
                        state.set(slot, session.state().get(slot).unwrap().clone());
                    }
                }
                Decider::new(&program, &state, &mut Scratch::default()).verdict(id) == wanted
            };
            let sets = 0..1u32 << FACTS.len();
            let least = sets
                .filter(|it| forces(*it))
                .map(u32::count_ones)
                .min()
                .unwrap();
            assert_eq!(forced.facts.len() as u32, least, "{text}");
            sizes[least as usize] += 1;
        }
    }
    assert!(sizes[1] > 0 && sizes[2] > 0 && sizes[3] > 0, "{sizes:?}");
}

#[test]
fn the_next_question_is_the_one_worth_most_and_ends_when_nothing_can_change() {
    let program = compile(PACK);
    let mut session = session(&program, &["slow"], &[]);
    run_session(&mut session, &[], std::time::Duration::ZERO);
    // `two-ways` hangs on three facts: `on` alone can be asked for, and a yes settles it.
    let question = session.next_question().unwrap();
    assert_eq!(question.name, "on");
    let yes = rulec_eval::Reply::Value(Json::Bool(true));
    session.reply(&question, &yes).unwrap();
    assert_eq!(session.next_question(), None);
    let value = session
        .state()
        .get(program.slot_named("on").unwrap())
        .unwrap();
    assert_eq!(*value, Partial::Known(Value::Bool(true)));
    let ty = &program.slots[program.slot_named("on").unwrap().0 as usize].ty;
    assert_eq!(show::source(value, ty), "true");
}

const WAITING: &str = r#"pack test.pack 1.0.0
    language 1

/// Its identifier.
param id: string
    ask "What is its identifier?"

/// When it ends.
fact end: time
    from windows registry "HKLM\SOFTWARE\{id}" at "End"

/// Its lamps.
fact lamps: set of enum { red, green, blue }
    ask "Which lamps are lit?"

/// Who uses it.
type User = { name: string, away: bool }
fact users: list of User
    from windows registry "HKLM\SOFTWARE\X" at "Users"

symptom broken =
    | text "It is broken."

symptom full =
    | text "It is full."

/// It has ended.
rule ended:
    symptom broken
    when end < now
    => no fix

/// Red is out.
rule red-out:
    symptom full
    when not (red in lamps)
    => no fix

/// Too many users.
rule many:
    symptom full
    when count(each u in users where u.away) > 5
    => no fix
"#;

#[test]
fn what_others_wait_for_decides_what_they_decide_and_each_says_how_it_is_given() {
    let program = compile(WAITING);
    let session = session(&program, &["broken"], &[]);
    let next = session.next();
    fits("next", &next);
    let of = |name: &str| next.facts.iter().find(|it| it.name == name).unwrap();
    for name in ["id", "end", "now"] {
        assert_eq!(of(name).rules, ["ended"], "{name}");
    }
    assert_eq!(of("now").title.as_deref(), Some("When it happened"));
    let page = render_next(&next, &english(&program), 100, Style::plain(), 9);
    for text in [
        "When it happened [now]",
        "where from: --now 2026-01-31T08:00:00Z, or \"now\" in case.yaml",
        "where from: --param id=VALUE, or under \"params\" in case.yaml",
    ] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    assert!(!page.contains("decides about\n"), "{page}");
}

#[test]
fn many_rules_are_counted_until_all_are_asked_for() {
    let rules = (0..9).map(|at| {
        format!("\nfact f{at}: bool\n    ask \"{at}?\"\n\nrule r{at}:\n    symptom s\n    when f{at} and f0\n    => no fix\n")
    });
    let rules: String = rules.collect();
    let program = compile(&format!(
        "pack p 1.0.0\n    language 1\n\nsymptom s =\n    | text \"S.\"\n{rules}"
    ));
    let session = session(&program, &["s"], &[]);
    let next = session.next();
    let page = |most| render_next(&next, &english(&program), 80, Style::plain(), most);
    let short = page(2);
    assert!(
        short.contains("9 rules are open; --full names them"),
        "{short}"
    );
    let whole = page(usize::MAX);
    assert!(whole.contains("Open: r0, r1, r2"), "{whole}");
    assert!(!whole.contains("rules are open"), "{whole}");
}

#[test]
fn the_nearest_value_is_told_and_many_alike_are_told_once() {
    let program = compile(WAITING);
    let user = |at: usize| json!({ "name": format!("u{at}"), "away": false });
    let users: Vec<Json> = (0..6).map(user).collect();
    let facts = [
        ("lamps", json!(["red", "green"])),
        ("users", Json::Array(users)),
    ];
    let session = session(&program, &["full"], &facts);
    let red = session.why_not(rule(&program, "red-out")).unwrap();
    // Without red, not without any.
    assert_eq!(red.ways[0].changes[0].wanted, json!(["green"]));
    let many = session.why_not(rule(&program, "many")).unwrap();
    fits("why-not", &many);
    let change = &many.ways[0].changes[0];
    assert_eq!(change.now_shown, "6 entries");
    assert!(
        change.wanted_shown.starts_with("6 entries, each { "),
        "{change:?}"
    );
    let proof = session.why(rule(&program, "many"), true).unwrap();
    let page = render_proof(&proof, &english(&program), 80, Style::plain());
    assert!(page.contains("users = 6 entries"), "{page}");
}
