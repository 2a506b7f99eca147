//! Tests that were written, tried in their packs before anybody sees them.

use rulec_check::Analysis;
use rulec_check::input::RuleFile;
use rulec_check::tests::TestCase;
use rulec_syntax::diagnostic::{Diagnostic, Level};
use rulec_syntax::parse::parse;
use rulec_syntax::source::{FileId, SourceFile};

use crate::load::Loaded;
use crate::ready::Ready;

/// A test that is being tried: a file of its own in a pack.
pub struct Draft {
    /// Its statement.
    pub text: String,
    /// Its file.
    pub file: FileId,
    /// Number of its pack among those that were loaded.
    pub pack: usize,
}

impl Draft {
    /// A statement as a file of that path, which need not exist: what the statement names beside it is looked for from there.
    pub fn new(text: String, path: &str, pack: usize, loaded: &mut Loaded) -> Draft {
        let file = loaded.sources.add(SourceFile::new(path, text.as_str()));
        Draft { text, file, pack }
    }
}

/// What is wrong with these drafts, by their file: they do not fit their pack, or `judge` has something to say of the test of that number.
pub fn faults(
    drafts: &[Draft],
    mut loaded: Loaded,
    judge: impl Fn(&Ready, &TestCase, usize) -> Option<String>,
) -> Vec<(FileId, String)> {
    let places = loaded.places();
    let mut faults: Vec<(FileId, String)> = Vec::new();
    for draft in drafts {
        let parsed = parse(draft.file, &draft.text);
        match parsed.findings.first() {
            Some(finding) => faults.push((draft.file, finding.message.clone())),
            None => loaded.add_file(
                draft.pack,
                RuleFile {
                    id: draft.file,
                    tree: parsed.file,
                },
            ),
        }
    }
    // What is wrong in one test hides nothing of the others, but what is left out may be named by none.
    let mut analysis = loop {
        let analysis = loaded.analyse();
        let found = wrong(&analysis, drafts);
        if found.is_empty() {
            break analysis;
        }
        for (file, _) in &found {
            loaded.remove_file(*file);
        }
        faults.extend(found);
    };
    let Some(program) = analysis.program.take() else {
        let why = "the pack with its tests has errors";
        return drafts.iter().map(|it| (it.file, why.to_owned())).collect();
    };
    let ready = Ready {
        sources: loaded.sources,
        places,
        analysis,
        program,
        warnings: 0,
    };
    for (number, draft) in drafts.iter().enumerate() {
        let mut tests = ready.analysis.tests.iter();
        let fault = match tests.find(|it| it.place.file == draft.file) {
            Some(test) => judge(&ready, test, number),
            None => Some("its statement was lost".to_owned()),
        };
        faults.extend(fault.map(|it| (draft.file, it)));
    }
    faults
}

/// What the checker says of these drafts.
fn wrong(analysis: &Analysis, drafts: &[Draft]) -> Vec<(FileId, String)> {
    let of_drafts = |it: &&Diagnostic| {
        let file = it.span.file;
        it.level > Level::Off && drafts.iter().any(|draft| draft.file == file)
    };
    let found = analysis.findings.iter().filter(of_drafts);
    found.map(|it| (it.span.file, it.message.clone())).collect()
}
