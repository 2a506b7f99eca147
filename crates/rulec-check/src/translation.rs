//! What can be translated in a pack, and what its Fluent files say about it. Only reads; the checks on
//! translations report.
//!
//! Keys, attributes and hashes are those of the page on names and translations in the book.

mod english;
mod read;

use rulec_syntax::ast::Statement;
use rulec_syntax::source::Span;
use rustc_hash::FxHashMap;

use crate::analysed::Analysed;
pub(crate) use english::to_fluent;
pub(crate) use read::{Attribute, Hash, Message, Translation};

/// The texts of one pack and their translations.
#[derive(Debug, Default)]
pub struct Translations<'a> {
    /// Statements, fields and members with texts, in the order of the files.
    pub(crate) wanted: Vec<Wanted<'a>>,
    /// One a file.
    pub(crate) files: Vec<Translation<'a>>,
    /// Where each key stands in `wanted`.
    by_key: FxHashMap<String, usize>,
}

/// A statement, field or member with its texts.
#[derive(Debug)]
pub(crate) struct Wanted<'a> {
    /// `rule-gateway-subnet-default-route`.
    pub(crate) key: String,
    /// Its name.
    pub(crate) span: Span,
    /// The statement that it is, or stands in.
    pub(crate) statement: &'a Statement,
    /// In the order of attributes.
    pub(crate) texts: Vec<English>,
}

/// An English text.
#[derive(Debug)]
pub(crate) struct English {
    /// `cause`, `step-1`.
    pub(crate) attribute: String,
    /// As cooked: braces as written.
    pub(crate) text: String,
    /// Braces in it are names.
    pub(crate) template: bool,
    /// The text; for a description the name that it describes.
    pub(crate) span: Span,
}

impl<'a> Translations<'a> {
    /// Those of the pack, of the locales that are wanted; nothing is looked at where it has none of them.
    pub(crate) fn of_pack(
        analysed: &Analysed<'a>,
        number: u32,
        wanted: impl Fn(&str) -> bool,
    ) -> Translations<'a> {
        let Some(pack) = analysed.pack(number) else {
            return Translations::default();
        };
        let sources = analysed.sources;
        let files = pack.input.locales.iter().filter(|it| wanted(&it.locale));
        let files: Vec<_> = files
            .filter_map(|it| Some(read::read(it, &sources.get(it.id)?.text)))
            .collect();
        if files.is_empty() {
            return Translations::default();
        }
        let wanted = english::of_pack(analysed, number);
        let keys = wanted.iter().enumerate();
        Translations {
            by_key: keys.map(|(at, it)| (it.key.clone(), at)).collect(),
            wanted,
            files,
        }
    }

    /// What has that key.
    pub(crate) fn of_key(&self, key: &str) -> Option<&Wanted<'a>> {
        self.wanted.get(*self.by_key.get(key)?)
    }
}

impl Wanted<'_> {
    /// The text of that attribute.
    pub(crate) fn text(&self, attribute: &str) -> Option<&English> {
        self.texts.iter().find(|it| it.attribute == attribute)
    }

    /// Its statement accepts this finding.
    pub(crate) fn allows(&self, code: &str) -> bool {
        self.statement.allows.iter().any(|it| it.code.text == code)
    }
}

impl Hash<'_> {
    /// It is spelt like one.
    pub(crate) fn is_hash(&self) -> bool {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        self.hash.len() == 6 && self.hash.bytes().all(digit)
    }
}

impl English {
    /// The first six hexadecimal digits of BLAKE3 over the cooked text.
    pub(crate) fn hash(&self) -> String {
        let hash = blake3::hash(self.text.as_bytes()).to_hex();
        hash.chars().take(6).collect()
    }
}

/// `of title 3fa9c1, cause 77ab02`.
pub(crate) fn hash_comment<'e>(texts: impl IntoIterator<Item = &'e English>) -> String {
    let entries = texts.into_iter();
    let entries: Vec<String> = entries
        .map(|it| format!("{} {}", it.attribute, it.hash()))
        .collect();
    format!("of {}", entries.join(", "))
}

/// The lines of an attribute with the English text as what to start from.
pub(crate) fn line(english: &English) -> String {
    format!("    .{} = {}", english.attribute, to_fluent(english))
}
