//! A `test` for each finding, in the language itself: checked and run in its pack before it is written.

use std::collections::BTreeSet;

use rulec_check::Analysis;
use rulec_check::input::RuleFile;
use rulec_check::shown::Shown;
use rulec_check::tests::TestCase;
use rulec_facts::{show, written};
use rulec_program::program::{Origin, SymptomId};
use rulec_program::seal::Sealed;
use rulec_syntax::diagnostic::{Diagnostic, Level};
use rulec_syntax::format::format_text;
use rulec_syntax::parse::parse;
use rulec_syntax::source::{FileId, SourceFile};

use super::{Expected, LeftOut, folders, of_findings};
use crate::load::Loaded;
use crate::ready::Ready;
use crate::trial;

/// First line of a file of such tests; one that begins otherwise is not written over.
pub const HEAD: &str = "// Written by `rulec check --as-tests`: each test is a case that shows a finding, and passes as long as the finding stands.";

/// What was written.
pub struct Statements {
    /// The file's text.
    pub text: String,
    /// How many tests it holds.
    pub count: usize,
    /// Findings without one.
    pub left_out: Vec<LeftOut>,
}

/// A test that is being tried.
struct Draft<'a> {
    shown: &'a Shown,
    name: String,
    text: String,
    file: FileId,
}

/// The cases of these findings as tests.
pub fn statements(
    (analysis, program): (&Analysis, &Sealed),
    findings: &[Diagnostic],
    mut loaded: Loaded,
) -> Statements {
    let mut left_out = Vec::new();
    let mut drafts = Vec::new();
    for (name, shown) in of_findings(analysis, program, findings, BTreeSet::new()) {
        let text = match statement(program, shown, &name) {
            Ok(text) => text,
            Err(why) => {
                left_out.push(LeftOut::new(shown, &loaded.sources, why));
                continue;
            }
        };
        let file = loaded.sources.add(SourceFile::new("test", text.as_str()));
        drafts.push(Draft {
            shown,
            name,
            text,
            file,
        });
    }
    let kept = tried(drafts, loaded, &mut left_out);
    let count = kept.len();
    let mut text = format!("{HEAD}\n");
    for it in kept {
        text.push('\n');
        text.push_str(&it);
    }
    Statements {
        text,
        count,
        left_out,
    }
}

/// The texts of those tests that mean what they should, in their order.
fn tried(
    mut drafts: Vec<Draft<'_>>,
    mut loaded: Loaded,
    left_out: &mut Vec<LeftOut>,
) -> Vec<String> {
    let places = loaded.places();
    let packs: Vec<usize> = drafts
        .iter()
        .map(|it| loaded.root_of(it.shown.span.file))
        .collect();
    let files: Vec<FileId> = drafts.iter().map(|it| it.file).collect();
    let mut faults: Vec<(FileId, String)> = Vec::new();
    for (draft, pack) in drafts.iter().zip(packs) {
        let parsed = parse(draft.file, &draft.text);
        match parsed.findings.first() {
            Some(finding) => faults.push((draft.file, finding.message.clone())),
            None => loaded.add_file(
                pack,
                RuleFile {
                    id: draft.file,
                    tree: parsed.file,
                },
            ),
        }
    }
    // What is wrong in one test hides nothing of the others, but what is left out may be named by none.
    let analysis = loop {
        let analysis = loaded.analyse();
        let wrong = |it: &&Diagnostic| files.contains(&it.span.file) && it.level > Level::Off;
        let found: Vec<(FileId, String)> = analysis
            .findings
            .iter()
            .filter(wrong)
            .map(|it| (it.span.file, it.message.clone()))
            .collect();
        if found.is_empty() {
            break analysis;
        }
        for (file, _) in &found {
            loaded.remove_file(*file);
        }
        faults.extend(found);
    };
    faults.extend(failed(analysis, &drafts, &loaded, places));
    drafts.retain(|draft| {
        let fault = faults.iter().find(|(file, _)| *file == draft.file);
        if let Some((_, why)) = fault {
            left_out.push(LeftOut::new(draft.shown, &loaded.sources, why.clone()));
        }
        fault.is_none()
    });
    drafts.into_iter().map(|it| it.text).collect()
}

/// Runs the tests of these drafts; those that do not pass.
fn failed(
    mut analysis: Analysis,
    drafts: &[Draft<'_>],
    loaded: &Loaded,
    places: crate::places::Places,
) -> Vec<(FileId, String)> {
    let Some(program) = analysis.program.take() else {
        let why = "the pack with its tests has errors";
        return drafts.iter().map(|it| (it.file, why.to_owned())).collect();
    };
    let ready = Ready {
        sources: loaded.sources.clone(),
        places,
        analysis,
        program,
        warnings: 0,
    };
    let mut faults = Vec::new();
    for draft in drafts {
        let test = ready
            .analysis
            .tests
            .iter()
            .find(|it| it.place.file == draft.file);
        let Some(test) = test else {
            faults.push((draft.file, format!("`{}` was lost", draft.name)));
            continue;
        };
        if let Some(name) = other_value(&ready, test, draft.shown) {
            let why = format!("the value of `{name}` would be read as another one");
            faults.push((draft.file, why));
        } else if !trial::run(&ready, test).failures.is_empty() {
            faults.push((draft.file, why_not(&ready.program, draft.shown)));
        }
    }
    faults
}

/// A fact that the test gives another value than the case has.
fn other_value<'r>(ready: &'r Ready, test: &TestCase, shown: &Shown) -> Option<&'r str> {
    let state = &shown.witness.state;
    let other = test.sets.iter().find(|set| {
        let wanted = state.get(set.slot).filter(|_| set.path.is_empty());
        !wanted.is_some_and(|it| written::is_same(it, &set.value))
    })?;
    let slot = ready.program.slots.get(other.slot.0 as usize)?;
    Some(&slot.named.name)
}

fn why_not(program: &Sealed, shown: &Shown) -> String {
    for (number, symptom) in (0u32..).zip(&program.symptoms) {
        if shown.witness.state.answered(SymptomId(number)) == Some(false) {
            return format!(
                "a test cannot say no to the question of `{}`; `--save-witnesses` can",
                symptom.named.name
            );
        }
    }
    folders::why_not(shown)
}

/// The statement, in the one layout.
fn statement(program: &Sealed, shown: &Shown, name: &str) -> Result<String, String> {
    let message = shown.message.replace(char::is_control, " ");
    let mut text = format!("// {message}\ntest \"{name}\":\n");
    let mut line = |it: String| {
        text.push_str("    ");
        text.push_str(&it);
        text.push('\n');
    };
    let state = &shown.witness.state;
    for (number, symptom) in (0u32..).zip(&program.symptoms) {
        let id = SymptomId(number);
        // Who says yes to its question reports it; for verdicts it is the same.
        if state.is_reported(id) || state.answered(id) == Some(true) {
            let ambiguous = program.symptom_named(&symptom.named.name).is_none();
            line(format!(
                "symptom {}",
                program.shown_name(&symptom.named, ambiguous)
            ));
        }
    }
    for code in state.codes() {
        line(format!(
            "symptom \"{}\"",
            show::code(code).replace('"', "\"\"")
        ));
    }
    for (slot, value) in program.slots.iter().zip(state.slots()) {
        if value.is_unknown() {
            continue;
        }
        let ambiguous = program.slot_named(&slot.named.name).is_none();
        let name = match slot.origin {
            Origin::Now => "now".to_owned(),
            _ => program.shown_name(&slot.named, ambiguous),
        };
        let source = written::source(value, &slot.ty);
        let source = source.ok_or_else(|| {
            format!("the language cannot write the value of `{name}`; `--save-witnesses` can")
        })?;
        line(format!("{name} = {source}"));
    }
    let expected = Expected::of(program, shown);
    let lists = [
        ("confirmed", expected.confirmed),
        ("ruled out", expected.ruled_out),
        ("open", expected.open),
    ];
    for (word, rules) in lists {
        if !rules.is_empty() {
            line(format!("expect {word} {}", rules.join(", ")));
        }
    }
    Ok(format_text(FileId(0), &text).text)
}
