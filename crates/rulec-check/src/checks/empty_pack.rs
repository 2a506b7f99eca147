//! A pack that says nothing: most likely the wrong folder or file. A pack of facts for others is no such pack.

use rulec_syntax::ast::Item;
use rulec_syntax::diagnostic::{Code, Diagnostic, Level};
use rulec_syntax::source::Span;

use super::{Check, Run, Subject};

static EMPTY_PACK: Code = Code {
    name: "empty-pack",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/empty-pack.md"),
};

pub(super) const CHECK: Check = Check {
    code: &EMPTY_PACK,
    run: Run::Reads(run),
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    // Where something could not be read, or a used pack has rules, nothing is the wrong path.
    if !subject.sound || !subject.program.rules.is_empty() {
        return;
    }
    let roots = subject.analysed.packs.iter().take(subject.roots as usize);
    for pack in roots {
        let files = &pack.input.files;
        let mut statements = files.iter().flat_map(|file| &file.tree.statements);
        if !statements.all(|it| matches!(it.item, Item::Pack(_))) {
            continue;
        }
        let place = match (pack.statement, files.first()) {
            (Some(statement), _) => statement.place.0,
            (None, Some(file)) => Span::new(file.id, 0, 0),
            (None, None) => continue,
        };
        findings.push(
            EMPTY_PACK
                .at(place, "this pack has no rule, symptom or fact")
                .help("write a rule, or make a pack to begin with by `rulec new DIR`"),
        );
    }
}
