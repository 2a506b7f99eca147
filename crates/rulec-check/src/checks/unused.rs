//! Statements of the root packs that nothing uses, one code a kind: `unused-fact`, `unused-fix`, `unused-let`,
//! `unused-param`, `unused-symptom`, `unused-type`.
//!
//! A test is no use. A pack without rules is made for other packs, so nothing in it is unused. Where a pack has errors
//! nothing is said: a use may be hidden in what could not be read.

use super::{Check, Run, Subject};
use crate::index::{Declaration, DeclarationId, Kind};
use crate::repairs;
use rulec_syntax::ast::Item;
use rulec_syntax::diagnostic::{Applies, Code, Diagnostic, Level};

macro_rules! unused {
    ($($code:ident, $check:ident, $name:literal, $kind:ident;)*) => {
        $(
            static $code: Code = Code {
                name: $name,
                level: Level::Warning,
                page: include_str!(concat!("../../../../book/src/diagnostics/", $name, ".md")),
            };
            pub(super) const $check: Check = Check {
                code: &$code,
                run: Run::Reads(|subject, findings| report(subject, Kind::$kind, &$code, findings)),
            };
        )*
    };
}

unused! {
    UNUSED_FACT, FACT, "unused-fact", Fact;
    UNUSED_FIX, FIX, "unused-fix", Fix;
    UNUSED_LET, LET, "unused-let", Let;
    UNUSED_PARAM, PARAM, "unused-param", Param;
    UNUSED_SYMPTOM, SYMPTOM, "unused-symptom", Symptom;
    UNUSED_TYPE, TYPE, "unused-type", Type;
}

fn report(
    subject: &Subject<'_, '_>,
    kind: Kind,
    code: &'static Code,
    findings: &mut Vec<Diagnostic>,
) {
    let analysed = subject.analysed;
    if !subject.sound {
        return;
    }
    let used = used(subject, kind);
    let is_used = |id: DeclarationId| used.get(id.0 as usize).copied().unwrap_or_default();
    let any_symptom = subject.program.rules.iter().any(|rule| rule.any_symptom);
    for (id, declared) in analysed.of_kind(kind) {
        let root = declared.pack < subject.roots && subject.has_rules(declared.pack);
        let everywhere = kind == Kind::Symptom && any_symptom;
        if root && !declared.unnamed && !is_used(id) && !everywhere && !reports(subject, id) {
            findings.push(
                code.at(
                    declared.name_span,
                    format!("nothing uses the {} `{}`", kind.name(), declared.name),
                )
                .help(advice(declared, kind))
                // Packs that are not here may use it, and a case may give it.
                .repaired(repairs::without_unused(subject, id, Applies::Unsafe)),
            );
        }
    }
}

/// Per declaration, of those of one kind: whether something other than a test, and other than itself, names it; a fix counts only where a
/// rule offers it.
fn used(subject: &Subject<'_, '_>, wanted: Kind) -> Vec<bool> {
    let index = &subject.analysed.index;
    let kind = |id: DeclarationId| index.get(id).map(|it| it.kind);
    let mut used = vec![false; index.declarations.len()];
    for reference in &index.references {
        let Some(slot) = used.get_mut(reference.to.0 as usize) else {
            continue;
        };
        if *slot || kind(reference.to) != Some(wanted) {
            continue;
        }
        let from = reference.from.and_then(kind);
        let excluded = wanted == Kind::Fix && from == Some(Kind::Fix);
        *slot = from != Some(Kind::Test) && reference.from != Some(reference.to) && !excluded;
    }
    used
}

/// Its codes count as reported, which every symptom with a code uses.
fn reports(subject: &Subject<'_, '_>, id: DeclarationId) -> bool {
    matches!(subject.analysed.item(id), Some(Item::Fact(fact)) if fact.reports.is_some())
}

fn advice(declared: &Declaration, kind: Kind) -> String {
    let name = &declared.name;
    match kind {
        Kind::Symptom => format!("write a rule with `symptom {name}`, or remove it"),
        Kind::Fix => format!("offer it in a rule: `=> fix {name}`, or remove it"),
        _ => "remove it, or say why it stays: `allow CODE \"reason\"`"
            .replace("CODE", &format!("unused-{}", kind.keyword())),
    }
}
