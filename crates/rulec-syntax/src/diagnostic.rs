//! Findings as data: one plain struct for everything that is said about a text.
//!
//! A code is a word with a page in the book; it is never renamed. The message is made where the fault
//! is found. Rendering (colour, frames, JSON) is not done here.

use crate::source::Span;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Off,
    /// Worth knowing.
    Note,
    /// Probably a mistake.
    Warning,
    /// The pack cannot be used as it is.
    Error,
}

impl Level {
    /// `off`, `note`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    /// The level of that name.
    pub fn from_name(name: &str) -> Option<Level> {
        [Level::Off, Level::Note, Level::Warning, Level::Error]
            .into_iter()
            .find(|level| level.name() == name)
    }
}

/// A kind of finding: its name in words, its usual level and its page.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable name, kebab-case; also the name of the page in the book.
    pub name: &'static str,
    /// Level unless the pack says otherwise.
    pub level: Level,
    /// The page, Markdown.
    pub page: &'static str,
}

impl Code {
    /// A finding of this code at a place.
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: self,
            level: self.level,
            span,
            message: message.into(),
            help: None,
            related: Vec::new(),
            witness: None,
            repairs: Vec::new(),
        }
    }
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is there: lower case, no full stop.
    pub message: String,
}

/// Who may carry out a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Applies {
    /// A person: it may not be what was meant.
    ByHand,
    /// A program that was told to (`--unsafe`): it settles the finding by changing what the pack means.
    Unsafe,
    /// A program: the pack means the same after it.
    Safe,
}

impl Applies {
    /// `by-hand`, `unsafe` or `safe`.
    pub fn name(self) -> &'static str {
        match self {
            Applies::ByHand => "by-hand",
            Applies::Unsafe => "unsafe",
            Applies::Safe => "safe",
        }
    }
}

/// A change of text that repairs a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Who may carry it out.
    pub applies: Applies,
    /// What it does.
    pub title: String,
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// By what; the result must parse.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind.
    pub code: &'static Code,
    /// Level after the pack's own settings.
    pub level: Level,
    /// The place of the fault.
    pub span: Span,
    /// What is wrong at this place: lower case, no full stop, names in backticks.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
    /// Other places.
    pub related: Vec<Related>,
    /// A concrete case that shows it, one line a fact.
    pub witness: Option<String>,
    /// Repairs that can be applied.
    pub repairs: Vec<Repair>,
}

impl Diagnostic {
    /// Adds what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related {
            span,
            message: message.into(),
        });
        self
    }

    /// Adds a repair for a person to choose.
    #[must_use]
    pub fn repair(self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.repaired([Repair {
            applies: Applies::ByHand,
            title: title.into(),
            span,
            text: text.into(),
        }])
    }

    /// Adds repairs.
    #[must_use]
    pub fn repaired(mut self, repairs: impl IntoIterator<Item = Repair>) -> Self {
        self.repairs.extend(repairs);
        self
    }
}
