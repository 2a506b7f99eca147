//! What a pack says about findings: `level` in its `pack` statement, `allow` at a statement.
//!
//! Errors that leave a pack without meaning cannot be allowed away.

use rulec_syntax::ast::{Allow, Item, Name, Statement};
use rulec_syntax::diagnostic::{Code, Diagnostic, Level};
use rulec_syntax::source::FileId;
use rustc_hash::FxHashMap;

use crate::analysed::{Analysed, span_of};
use crate::checks::CHECKS;
use crate::codes::{self, CODES};
use crate::names::{nearest, suggest};

/// Applies all settings to the findings, and adds those about the settings themselves.
pub(crate) fn apply(analysed: &Analysed<'_>, findings: &mut Vec<Diagnostic>) {
    let settings = Settings::read(analysed, findings);
    findings.retain_mut(|finding| {
        if is_settled(finding.code) {
            return true;
        }
        if let Some(level) = settings.level(finding) {
            finding.level = level;
        }
        finding.level != Level::Off && !settings.allows(finding)
    });
}

/// Some pack changes the level of a code.
pub(crate) fn are_there(analysed: &Analysed<'_>) -> bool {
    let statements = analysed.packs.iter().filter_map(|it| it.statement);
    let mut levels = statements.filter_map(|it| match &it.item {
        Item::Pack(pack) => Some(&pack.levels),
        _ => None,
    });
    levels.any(|it| !it.is_empty())
}

/// A code whose level nobody can change: without it the program has no meaning.
fn is_settled(code: &Code) -> bool {
    code.level == Level::Error && CODES.iter().any(|it| it.name == code.name)
}

struct Settings<'a> {
    /// By pack.
    levels: Vec<Vec<(&'a str, Level)>>,
    /// The pack of each file.
    packs: FxHashMap<FileId, u32>,
    /// Statements with `allow`.
    allowing: Vec<&'a Statement>,
}

impl<'a> Settings<'a> {
    fn read(analysed: &Analysed<'a>, findings: &mut Vec<Diagnostic>) -> Settings<'a> {
        let mut settings = Settings {
            levels: Vec::new(),
            packs: FxHashMap::default(),
            allowing: Vec::new(),
        };
        for (number, pack) in (0u32..).zip(&analysed.packs) {
            for file in pack
                .input
                .files
                .iter()
                .map(|it| it.id)
                .chain(pack.input.locales.iter().map(|it| it.id))
                .chain(pack.input.texts.iter().map(|it| it.id))
            {
                settings.packs.insert(file, number);
            }
            settings.levels.push(levels(pack.statement, findings));
        }
        for (_, statement) in analysed.all_statements() {
            if statement.allows.is_empty() {
                continue;
            }
            for Allow { code, .. } in &statement.allows {
                check_code(code, findings);
            }
            settings.allowing.push(statement);
        }
        settings
    }

    fn level(&self, finding: &Diagnostic) -> Option<Level> {
        let pack = self.packs.get(&finding.span.file)?;
        let levels = self.levels.get(*pack as usize)?;
        levels
            .iter()
            .find(|(code, _)| *code == finding.code.name)
            .map(|(_, level)| *level)
    }

    fn allows(&self, finding: &Diagnostic) -> bool {
        self.allowing.iter().any(|statement| {
            let place = statement.place.0;
            place.file == finding.span.file
                && place.start <= finding.span.start
                && finding.span.start <= place.end
                && statement
                    .allows
                    .iter()
                    .any(|it| it.code.text == finding.code.name)
        })
    }
}

fn levels<'a>(
    statement: Option<&'a Statement>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<(&'a str, Level)> {
    let Some(Item::Pack(pack)) = statement.map(|it| &it.item) else {
        return Vec::new();
    };
    let mut levels = Vec::new();
    for clause in &pack.levels {
        check_code(&clause.code, findings);
        match Level::from_name(&clause.level.text) {
            Some(level) => levels.push((clause.code.text.as_str(), level)),
            None => {
                let message = format!("`{}` is no level", clause.level.text);
                findings.push(
                    codes::UNKNOWN_WORD
                        .at(span_of(&clause.level), message)
                        .help("levels are `off`, `note`, `warning` and `error`"),
                );
            }
        }
    }
    levels
}

/// The code exists and can be allowed.
fn check_code(name: &Name, findings: &mut Vec<Diagnostic>) {
    let known = || {
        let core = CODES.iter().map(|it| it.name);
        core.chain(CHECKS.iter().map(|it| it.code.name))
            .chain(rulec_syntax::CODES.iter().map(|it| it.name))
    };
    let text = name.text.as_str();
    let free = CHECKS.iter().any(|it| it.code.name == text)
        || CODES
            .iter()
            .any(|it| it.name == text && it.level != Level::Error);
    if free {
        return;
    }
    let finding = if known().any(|it| it == text) {
        codes::BAD_ALLOW
            .at(
                span_of(name),
                format!("`{text}` cannot be allowed: what has it has no meaning"),
            )
            .help("repair what it is about")
    } else {
        let finding = codes::BAD_ALLOW.at(span_of(name), format!("there is no finding `{text}`"));
        suggest(finding, nearest(text, known()), span_of(name))
    };
    findings.push(finding);
}
