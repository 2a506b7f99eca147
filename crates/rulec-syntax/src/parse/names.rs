//! Which characters a declared name may have, and which words it may not be.

use super::build::{Builder, Built};
use super::codes::{BAD_NAME, RESERVED_NAME};
use crate::ast::Name;

/// Never the first word of a name.
pub(crate) const RESERVED: [&str; 24] = [
    "and", "or", "not", "in", "is", "any", "all", "no", "each", "where", "match", "else",
    "contains", "overlaps", "starts", "ends", "matches", "true", "false", "now", "absent",
    "present", "empty", "reported",
];

/// Words with which a clause begins; no fact, param or let begins with one.
pub(crate) const CLAUSE_WORDS: [&str; 27] = [
    "allow",
    "ask",
    "at",
    "cause",
    "cost",
    "default",
    "docs",
    "excludes",
    "expect",
    "fix",
    "from",
    "given",
    "likelihood",
    "meanwhile",
    "needs",
    "otherwise",
    "overrides",
    "pasted",
    "reports",
    "risk",
    "secret",
    "step",
    "symptom",
    "undo",
    "verify",
    "when",
    "each",
];

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    Fact,
    Param,
    Let,
    Field,
    Variable,
    Type,
    Member,
    Pack,
    Rule,
    Symptom,
    Fix,
}

impl Naming {
    fn noun(self) -> &'static str {
        match self {
            Naming::Fact => "a fact",
            Naming::Param => "a param",
            Naming::Let => "a let",
            Naming::Field => "a field",
            Naming::Variable => "a variable",
            Naming::Type => "a type",
            Naming::Member => "an enum member",
            Naming::Pack => "a pack",
            Naming::Rule => "a rule",
            Naming::Symptom => "a symptom",
            Naming::Fix => "a fix",
        }
    }

    fn manner(self) -> &'static str {
        match self {
            Naming::Fact | Naming::Param | Naming::Let => {
                "words of lower-case letters and digits, joined by `_` and `.`: `gateway.p2s.roots`"
            }
            Naming::Field | Naming::Variable => {
                "one word of lower-case letters and digits, joined by `_`: `next_hop`"
            }
            Naming::Type => "one word that begins with an upper-case letter: `RouteEntry`",
            Naming::Member => "one word of letters, digits and `_`: `IkeV2`",
            Naming::Pack => {
                "words of lower-case letters and digits, joined by `-` and `.`: `azure.p2s`"
            }
            Naming::Rule | Naming::Symptom | Naming::Fix => {
                "words of lower-case letters and digits, joined by `-`: `route-missing`"
            }
        }
    }

    /// Whether a name has the form that is usual for what it names.
    fn fits(self, name: &str) -> bool {
        let bytes = name.as_bytes();
        match self {
            Naming::Fact | Naming::Param | Naming::Let => words(bytes, |byte| byte == b'.', b'_'),
            Naming::Field | Naming::Variable => words(bytes, |_| false, b'_'),
            Naming::Pack => words(bytes, |byte| byte == b'.', b'-'),
            Naming::Rule | Naming::Symptom | Naming::Fix => words(bytes, |_| false, b'-'),
            Naming::Type => bytes.first().is_some_and(u8::is_ascii_uppercase) && one_word(bytes),
            Naming::Member => one_word(bytes),
        }
    }

    /// The nearest name of that form.
    fn mended(self, name: &str) -> String {
        let (from, to) = match self {
            Naming::Fact | Naming::Param | Naming::Let | Naming::Field | Naming::Variable => {
                ("-", "_")
            }
            Naming::Type | Naming::Member => return name.replace(['-', '.', '/'], "_"),
            Naming::Pack | Naming::Rule | Naming::Symptom | Naming::Fix => ("_", "-"),
        };
        let mut mended = String::with_capacity(name.len() + 4);
        let mut after_small = false;
        for sign in name.chars() {
            if sign.is_ascii_uppercase() && after_small {
                mended.push_str(to);
            }
            after_small = sign.is_ascii_lowercase() || sign.is_ascii_digit();
            mended.push(sign.to_ascii_lowercase());
        }
        let mended = mended.replace(from, to);
        match self {
            Naming::Field | Naming::Variable => mended.replace(['.', '/'], "_"),
            Naming::Rule | Naming::Symptom | Naming::Fix => mended.replace(['.', '/'], "-"),
            _ => mended.replace('/', "."),
        }
    }

    fn is_reserved(self, name: &str) -> bool {
        let first = name.split('.').next().unwrap_or(name);
        // A clause word before a dot or colon would be read as its clause.
        let clause = matches!(self, Naming::Fact | Naming::Param | Naming::Let);
        let bound = !matches!(self, Naming::Field | Naming::Type | Naming::Pack);
        (bound && RESERVED.contains(&first)) || (clause && CLAUSE_WORDS.contains(&first))
    }
}

impl Builder<'_> {
    /// The next part as the name of something that is declared here.
    pub(super) fn declared(&mut self, naming: Naming) -> Built<Name> {
        let name = self.name()?;
        self.check_name(naming, &name);
        Ok(name)
    }

    pub(super) fn check_name(&mut self, naming: Naming, name: &Name) {
        let text = name.text.as_str();
        if naming.is_reserved(text) {
            let word = text.split('.').next().unwrap_or(text);
            let message = format!(
                "`{word}` is a word of the language and cannot begin the name of {}",
                naming.noun()
            );
            self.find(
                RESERVED_NAME
                    .at(name.place.0, message)
                    .help("choose another name, or put a word before it"),
            );
            return;
        }
        if naming.fits(text) {
            return;
        }
        let message = format!("`{text}` is no name for {}", naming.noun());
        let mut finding = BAD_NAME
            .at(name.place.0, message)
            .help(format!("write {}", naming.manner()));
        let mended = naming.mended(text);
        if naming.fits(&mended) && !naming.is_reserved(&mended) {
            finding = finding.repair(format!("rename to `{mended}`"), name.place.0, mended);
        }
        self.find(finding);
    }
}

/// Words of lower-case letters and digits, each begun by a letter after a `dot`, joined by `joint`.
fn words(bytes: &[u8], dot: impl Fn(u8) -> bool, joint: u8) -> bool {
    // What the byte before was: nothing yet or a dot, a joint, or a letter or digit.
    let mut begun = false;
    let mut joined = false;
    for &byte in bytes {
        match byte {
            b'a'..=b'z' => (begun, joined) = (true, false),
            b'0'..=b'9' if begun => joined = false,
            _ if byte == joint && begun && !joined => joined = true,
            _ if dot(byte) && begun && !joined => begun = false,
            _ => return false,
        }
    }
    begun && !joined
}

fn one_word(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}
