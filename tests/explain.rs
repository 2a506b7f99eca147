//! Proofs of the pack's own cases, verified by who did not make them: each step by the reference, and that no smaller set of facts
//! forces the verdict by trying all smaller sets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rulec_eval::report::VerdictWord;
use rulec_eval::{Case, CaseInput, Given, Pack, Resource, Session, run_session};
use rulec_facts::show;
use rulec_facts::source::built_in_types;
use rulec_facts::truth::Truth;
use rulec_facts::types::{Kind, RecordType, Type};
use rulec_facts::value::{Partial, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::SlotId;
use rulec_program::program::RuleId;
use rulec_program::seal::Sealed;
use rulec_program::state::State;
use rulec_providers::case_folder::CaseFolder;
use rulec_reference::proof::verify;
use rulec_syntax::ast;
use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;

/// What the build script wrote.
static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/built-in.rulepack"));

/// The pack, and those that it uses.
const PACKS: [&str; 3] = ["azure-p2s", "azure-base", "windows-base"];
/// Sets of facts that are tried of one proof, at most.
const MOST_SETS: u64 = 4_000;

fn at_root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// The rule files of the packs, without their tests.
fn trees() -> Vec<ast::File> {
    let mut trees = Vec::new();
    for pack in PACKS {
        let entries = fs::read_dir(at_root("rules").join(pack)).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
        paths.retain(|it| it.extension().is_some_and(|it| it == "rules"));
        paths.retain(|it| !it.to_string_lossy().ends_with("-tests.rules"));
        paths.sort();
        for path in paths {
            trees.push(parse(FileId(0), &fs::read_to_string(path).unwrap()).file);
        }
    }
    assert!(trees.len() > 40, "{}", trees.len());
    let built_in: Vec<String> = built_in_types()
        .iter()
        .map(|record| {
            let name = record.name.as_deref().unwrap_or_default();
            format!("type {name} = {}\n", fields_text(record))
        })
        .collect();
    let parsed = parse(FileId(0), &built_in.join("\n"));
    assert!(parsed.findings.is_empty(), "{:?}", parsed.findings);
    trees.push(parsed.file);
    trees
}

/// The types that need no declaration, as a declaration.
fn fields_text(record: &RecordType) -> String {
    let fields = record.fields.iter();
    let fields: Vec<String> = fields
        .map(|it| format!("    {}: {}\n", it.name, type_text(&it.ty)))
        .collect();
    format!("{{\n{}}}", fields.concat())
}

fn type_text(ty: &Type) -> String {
    let text = match &ty.kind {
        Kind::Bool => "bool".to_owned(),
        Kind::Int(_) => "int".to_owned(),
        Kind::Text => "string".to_owned(),
        Kind::Enum(of) => {
            let names = of.members.iter().map(|it| it.name.to_string());
            let mut names: Vec<String> = names.collect();
            if let (true, Some(last)) = (of.open, names.last_mut()) {
                *last = format!("else {last}");
            }
            format!("enum {{ {} }}", names.join(", "))
        }
        Kind::Version => "version".to_owned(),
        Kind::Time => "time".to_owned(),
        Kind::Duration(_) => "duration".to_owned(),
        Kind::Ip => "ip".to_owned(),
        Kind::Cidr => "cidr".to_owned(),
        Kind::Code => "code".to_owned(),
        Kind::List(of) => format!("list of {}", type_text(of)),
        Kind::Set(of) => format!("set of {}", type_text(of)),
        Kind::Record(of) => match &of.name {
            Some(name) => name.to_string(),
            None => fields_text(of),
        },
    };
    match ty.optional {
        true => format!("{text}?"),
        false => text,
    }
}

fn opened(case: &str) -> (CaseFolder, CaseInput) {
    let folder = CaseFolder::open(&at_root("rules/azure-p2s/cases").join(case)).unwrap();
    let file = &folder.case;
    let given = file.params.iter().chain(file.facts.iter());
    let input = CaseInput {
        texts: file.symptoms.clone(),
        now: file.now.clone(),
        given: given
            .map(|(name, value)| Given::new(name, value.value.clone()))
            .collect(),
        resources: folder
            .resources()
            .into_iter()
            .map(|it| Resource {
                kind: it.kind,
                id: it.id,
                file: Some(it.file),
            })
            .collect(),
        ..CaseInput::default()
    };
    (folder, input)
}

fn session<'p>(program: &'p Sealed, case: &str) -> Session<'p> {
    let (folder, input) = opened(case);
    let mut session = Session::new(program, Case::new(program, input).unwrap());
    run_session(&mut session, &[&folder], Duration::from_secs(60));
    session
}

/// What is known in the session, as a test of the language.
fn as_test(program: &Sealed, session: &Session<'_>) -> String {
    let mut text = "test \"t\":\n".to_owned();
    let state = session.state();
    for (at, symptom) in (0..).zip(&program.symptoms) {
        if state.is_reported(rulec_program::program::SymptomId(at)) {
            text.push_str(&format!("    symptom {}\n", symptom.named.name));
        }
    }
    for (slot, value) in program.slots.iter().zip(state.slots()) {
        if !value.is_unknown() {
            let value = show::source(value, &slot.ty);
            text.push_str(&format!("    {} = {value}\n", slot.named.name));
        }
    }
    text.push_str("    expect nothing else confirmed\n");
    text
}

fn verdict(program: &Sealed, state: &State, rule: RuleId, scratch: &mut Scratch) -> Truth {
    Decider::new(program, state, scratch).verdict(rule)
}

/// A part of what is known: a value at a path of fields, or that a record is there.
type Part = (SlotId, Vec<u32>);

/// What the rule can read of what is known, by whole fields.
fn parts(program: &Sealed, state: &State, rule: RuleId) -> Vec<(Part, Partial)> {
    let mut scratch = Scratch::default();
    let reads = Decider::new(program, state, &mut scratch).reads(rule);
    let mut found: BTreeMap<Part, Partial> = BTreeMap::new();
    for (slot, path) in &reads.parts {
        let value = state.get(*slot).unwrap();
        let ty = &program.slots[slot.0 as usize].ty;
        flatten(*slot, value, ty, path, &mut Vec::new(), &mut found);
    }
    found.into_iter().collect()
}

fn flatten(
    slot: SlotId,
    value: &Partial,
    ty: &Type,
    wanted: &[u32],
    at: &mut Vec<u32>,
    found: &mut BTreeMap<Part, Partial>,
) {
    match (value, ty.record()) {
        (Partial::Unknown(_), _) => {}
        (Partial::Known(Value::Record(fields)), Some(record)) => {
            // That the record is there, without its fields.
            let empty = fields.iter().map(|_| Partial::Unknown([].into()));
            let there = Partial::Known(Value::Record(empty.collect()));
            found.insert((slot, at.clone()), there);
            for (number, (inner, field)) in fields.iter().zip(&record.fields).enumerate() {
                if wanted.first().is_none_or(|it| *it as usize == number) {
                    at.push(number as u32);
                    let rest = wanted.get(1..).unwrap_or_default();
                    flatten(slot, inner, &field.ty, rest, at, found);
                    at.pop();
                }
            }
        }
        _ => {
            found.insert((slot, at.clone()), value.clone());
        }
    }
}

fn laid(before: &Partial, ty: &Type, path: &[u32], value: &Partial) -> Partial {
    let Some((first, rest)) = path.split_first() else {
        // A field that was laid before says more than that the record is there.
        return match before.is_unknown() {
            true => value.clone(),
            false => before.clone(),
        };
    };
    let record = ty.record().unwrap();
    let mut fields: Vec<Partial> = match before {
        Partial::Known(Value::Record(fields)) => fields.to_vec(),
        _ => vec![Partial::Unknown([].into()); record.fields.len()],
    };
    let at = *first as usize;
    fields[at] = laid(&fields[at], &record.fields[at].ty, rest, value);
    Partial::Known(Value::Record(fields.into()))
}

/// The complaint of the session, and of what is known these parts alone.
fn with(program: &Sealed, session: &Session<'_>, parts: &[&(Part, Partial)]) -> State {
    let mut state = State::new(program);
    for at in 0..program.symptoms.len() as u32 {
        let symptom = rulec_program::program::SymptomId(at);
        state.set_reported(symptom, session.state().is_reported(symptom));
    }
    for code in session.state().codes() {
        state.report_code(code.clone());
    }
    for ((slot, path), value) in parts {
        let ty = &program.slots[slot.0 as usize].ty;
        let value = laid(state.get(*slot).unwrap(), ty, path, value);
        state.set(*slot, value);
    }
    state
}

/// Some set of that many parts forces the verdict; none if there are too many sets to try.
fn some_forces(
    program: &Sealed,
    session: &Session<'_>,
    rule: RuleId,
    wanted: Truth,
    size: usize,
) -> Option<bool> {
    let parts = parts(program, session.state(), rule);
    let mut sets = 1u64;
    for at in 0..size as u64 {
        sets = sets * (parts.len() as u64).saturating_sub(at) / (at + 1);
    }
    if sets > MOST_SETS {
        return None;
    }
    let mut scratch = Scratch::default();
    let mut chosen: Vec<usize> = (0..size).collect();
    if size > parts.len() {
        return Some(false);
    }
    loop {
        let some: Vec<&(Part, Partial)> = chosen.iter().map(|at| &parts[*at]).collect();
        let state = with(program, session, &some);
        if verdict(program, &state, rule, &mut scratch) == wanted {
            return Some(true);
        }
        // The next set in order.
        let Some(at) = (0..size)
            .rev()
            .find(|at| chosen[*at] < parts.len() - size + at)
        else {
            return Some(false);
        };
        chosen[at] += 1;
        for later in at + 1..size {
            chosen[later] = chosen[later - 1] + 1;
        }
    }
}

/// What came of the proofs.
#[derive(Default)]
struct Tally {
    confirmed: u32,
    ruled_out: u32,
    /// Proofs of which all smaller sets were tried.
    brute: u32,
    steps: usize,
    tests: usize,
    facts: usize,
    failed: Vec<String>,
}

/// Verifies one proof; false if it takes what the reference leaves out.
fn proved(
    program: &Sealed,
    session: &Session<'_>,
    files: &[&ast::File],
    rule: RuleId,
    wanted: Truth,
    tally: &mut Tally,
) -> bool {
    let proof = session.why(rule, false).unwrap();
    let name = &proof.rule;
    let json = serde_json::to_value(&proof).unwrap();
    let codes: Vec<String> = session.state().codes().iter().map(show::code).collect();
    // The reference leaves certificates out, and codes in wrappers of other kinds.
    let shown = json.to_string();
    if shown.contains("certificate(") || shown.contains(" in reported") {
        return false;
    }
    let verified = match verify(files, "t", &codes, &json) {
        Ok(verified) => verified,
        Err(why) if why.contains("certificate") => return false,
        Err(why) => {
            tally.failed.push(format!("{name}: {why}"));
            return false;
        }
    };
    assert!(verified.steps > 0);
    tally.steps += verified.steps;
    tally.tests += verified.tests;
    let forced = proof.forced.as_ref().unwrap();
    assert!(forced.smallest && forced.answers.is_empty(), "{name}");
    tally.facts += forced.facts.len();
    match wanted {
        Truth::True => tally.confirmed += 1,
        _ => tally.ruled_out += 1,
    }
    if let Some(size) = forced.facts.len().checked_sub(1)
        && let Some(some) = some_forces(program, session, rule, wanted, size)
    {
        assert!(!some, "{name}: {size} facts are enough");
        let forces = some_forces(program, session, rule, wanted, size + 1);
        assert!(forces.unwrap_or(true), "{name}");
        tally.brute += 1;
    }
    true
}

#[test]
fn minimal_proofs_of_the_pack_are_verified_and_no_smaller_set_forces_the_verdict() {
    let pack = Pack::open(BUILT_IN).unwrap();
    let program = pack.program().unwrap();
    let trees = trees();
    let mut tally = Tally::default();
    for case in [
        "s01-key-left-behind",
        "s02-hotel-blocks-udp",
        "s03-default-route",
        "s03-route-halves",
        "s04-root-update-off",
        "s05-no-pool",
        "s07-applocker",
        "s11-root-migrated",
        "s16-peering-after-package",
        "s24-slept",
        "s12-split-pool",
        "s13-vpn-credentials",
        "s17-proxy-user-only",
        "s22-policy-based",
        "s28-blanks-in-xml",
    ] {
        let session = session(&program, case);
        let test = as_test(&program, &session);
        let parsed = parse(FileId(0), &test);
        assert!(parsed.findings.is_empty(), "{case}: {:?}", parsed.findings);
        let mut files: Vec<&ast::File> = trees.iter().collect();
        files.push(&parsed.file);
        let mut of_case = 0;
        for line in &session.report().verdicts {
            let wanted = match line.verdict {
                VerdictWord::Confirmed => Truth::True,
                VerdictWord::RuledOut if of_case < 3 => Truth::False,
                _ => continue,
            };
            let rule = program.rule_named(&line.rule).unwrap();
            of_case += u32::from(proved(&program, &session, &files, rule, wanted, &mut tally));
        }
        println!("{case}: {of_case} proofs");
    }
    let Tally {
        confirmed,
        ruled_out,
        brute,
        steps,
        tests,
        facts,
        failed,
    } = tally;
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    println!(
        "{confirmed} confirmed, {ruled_out} ruled out by {facts} facts; {steps} steps and {tests} tests verified; \
         all smaller sets tried of {brute}"
    );
    assert!(confirmed >= 10 && brute >= 20, "{confirmed} {brute}");
}

#[test]
fn a_wrong_proof_is_refused() {
    let pack = Pack::open(BUILT_IN).unwrap();
    let program = pack.program().unwrap();
    let trees = trees();
    let session = session(&program, "s03-default-route");
    let test = as_test(&program, &session);
    let parsed = parse(FileId(0), &test);
    let mut files: Vec<&ast::File> = trees.iter().collect();
    files.push(&parsed.file);
    let codes: Vec<String> = session.state().codes().iter().map(show::code).collect();
    let rule = program.rule_named("gateway-subnet-default-route").unwrap();
    let proof = serde_json::to_value(session.why(rule, false).unwrap()).unwrap();
    verify(&files, "t", &codes, &proof).unwrap();
    // A fact less, a step less, another verdict.
    let mut less = proof.clone();
    less["forced"]["facts"].as_array_mut().unwrap().remove(0);
    assert!(verify(&files, "t", &codes, &less).is_err());
    let mut shorter = proof.clone();
    shorter["proof"]["parts"].as_array_mut().unwrap().pop();
    assert!(verify(&files, "t", &codes, &shorter).is_err());
    let mut other = proof.clone();
    other["verdict"] = "ruled-out".into();
    assert!(verify(&files, "t", &codes, &other).is_err());
    let mut turned = proof;
    turned["proof"]["truth"] = "false".into();
    assert!(verify(&files, "t", &codes, &turned).is_err());
}

/// How many facts are looked at until nothing is open that a fact of the case could settle, asked for in that order.
fn facts_to_settle(
    program: &Sealed,
    whole: &Session<'_>,
    input: &CaseInput,
    order: &dyn Fn(&Session<'_>) -> Vec<String>,
) -> usize {
    let mut asked: Vec<String> = Vec::new();
    loop {
        let bare = CaseInput {
            given: Vec::new(),
            resources: Vec::new(),
            now: None,
            ..input.clone()
        };
        let mut case = Case::new(program, bare).unwrap();
        for name in &asked {
            let slot = program.slot_named(name).unwrap();
            let value = whole.state().get(slot).unwrap().clone();
            if !value.is_unknown() {
                case.give(slot, Vec::new(), value, rulec_eval::Provenance::default());
            }
        }
        let session = Session::new(program, case);
        let names = order(&session);
        let next = names.into_iter().find(|it| !asked.contains(it));
        match next.filter(|it| program.slot_named(it).is_some()) {
            // In every order a fact is looked at after those that its place names: nobody could before.
            Some(next) => asked.push(waits_for(&session, &next, &asked).unwrap_or(next)),
            None => return asked.len(),
        }
    }
}

/// A fact that was not looked at yet and without which the place of this one is not known.
fn waits_for(session: &Session<'_>, name: &str, asked: &[String]) -> Option<String> {
    let slot = session.program().slot_named(name)?;
    let Some(Partial::Unknown(reasons)) = session.state().get(slot) else {
        return None;
    };
    let mut before = reasons.iter().map(|it| it.fact.to_string());
    before.find(|it| it != name && !asked.contains(it))
}

/// More than a few cases with `RULEC_CASES=all`.
#[test]
fn cases_of_the_pack_are_settled_by_fewer_facts_than_in_the_order_of_names() {
    let pack = Pack::open(BUILT_IN).unwrap();
    let program = pack.program().unwrap();
    let entries = fs::read_dir(at_root("rules/azure-p2s/cases")).unwrap();
    let mut cases: Vec<String> = entries
        .map(|it| it.unwrap())
        .filter(|it| it.path().is_dir())
        .map(|it| it.file_name().to_string_lossy().into_owned())
        .collect();
    cases.sort();
    if std::env::var("RULEC_CASES").as_deref() != Ok("all") {
        cases.retain(|it| it.starts_with("s03") || it.starts_with("s17"));
    }
    let (mut used, mut fixed) = (0, 0);
    for case in &cases {
        let whole = session(&program, case);
        let (_, input) = opened(case);
        let by_worth = |session: &Session<'_>| -> Vec<String> {
            session.next().facts.into_iter().map(|it| it.name).collect()
        };
        let by_name = |session: &Session<'_>| -> Vec<String> {
            let report = session.report();
            report.open.into_iter().map(|it| it.name).collect()
        };
        let worth = facts_to_settle(&program, &whole, &input, &by_worth);
        let name = facts_to_settle(&program, &whole, &input, &by_name);
        println!("{case}: {worth} facts, by name {name}");
        used += worth;
        fixed += name;
    }
    println!("{} cases: {used} facts, by name {fixed}", cases.len());
    assert!(used <= fixed, "{used} {fixed}");
}
