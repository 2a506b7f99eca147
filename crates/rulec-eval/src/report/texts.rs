//! Texts in the locale of the case: those of the pack from its Fluent files, the report's own from this crate.
//!
//! Each text falls back to English by itself. A broken Fluent file costs the texts that are broken, no more.

use std::sync::{Mutex, OnceLock};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use rulec_program::program::{Program, Symptom};
use rustc_hash::FxHashMap;
use unic_langid::LanguageIdentifier;

/// The report's own words, per locale; with the titles of the fields of built-in records, `field-RECORD-FIELD`, where they are not
/// English, and with what the members of their enums are called, `label-RECORD-FIELD-MEMBER`.
const WORDS: [(&str, &[&str]); 2] = [
    (
        "en",
        &[
            include_str!("../../locales/en.ftl"),
            include_str!("../../locales/en-explain.ftl"),
            include_str!("../../locales/en-fields.ftl"),
        ],
    ),
    (
        "zh-TW",
        &[
            include_str!("../../locales/zh-TW.ftl"),
            include_str!("../../locales/zh-TW-fields.ftl"),
            include_str!("../../locales/zh-TW-explain.ftl"),
        ],
    ),
];

/// All texts that a report may need.
pub struct Texts {
    locale: String,
    words: Words,
    english: Words,
    pack: Option<FluentBundle<FluentResource>>,
    /// Words without variables that were asked for: `yes`, commas and the like stand in every line.
    said: Mutex<FxHashMap<Box<str>, String>>,
}

impl Texts {
    /// Texts for that locale; the nearest that is there: the same, else the same language, else English.
    pub fn new(program: &Program, locale: Option<&str>) -> Texts {
        let wanted = locale.unwrap_or("en");
        let own = nearest(wanted, WORDS.iter().map(|(name, _)| *name));
        let of_pack = nearest(wanted, program.locales.iter().map(|it| it.name.as_str()));
        let words = own.and_then(|at| WORDS.get(at)).unwrap_or(&WORDS[0]);
        let pack = of_pack.and_then(|at| program.locales.get(at));
        Texts {
            locale: pack.map_or_else(|| words.0.to_owned(), |it| it.name.to_string()),
            words: Words::new(*words),
            english: Words::new(WORDS[0]),
            pack: pack.map(|it| bundle(&it.name, it.resources.iter().map(String::as_str))),
            said: Mutex::default(),
        }
    }

    /// The locale that was found.
    pub fn locale(&self) -> &str {
        &self.locale
    }

    /// One of the report's own texts.
    pub fn word(&self, key: &str) -> String {
        let said = self.said.lock().ok();
        if let Some(text) = said.as_ref().and_then(|it| it.get(key)) {
            return text.clone();
        }
        let text = self.word_with(key, &[]);
        if let Some(mut said) = said {
            said.insert(key.into(), text.clone());
        }
        text
    }

    /// One of the report's own texts, with its variables.
    pub fn word_with(&self, key: &str, variables: &[(&str, &str)]) -> String {
        let args = arguments(variables.iter().map(|(name, value)| (*name, *value)));
        message(self.words.bundle(), key, None, &args)
            .or_else(|| message(self.english.bundle(), key, None, &args))
            .unwrap_or_else(|| key.to_owned())
    }

    /// One of the report's own texts, if the locale itself has it.
    pub(crate) fn own(&self, key: &str) -> Option<String> {
        message(self.words.bundle(), key, None, &FluentArgs::new())
    }

    /// The pack has texts for the locale.
    pub(crate) fn translates(&self) -> bool {
        self.pack.is_some()
    }

    /// A text of a statement in the locale; none where it is not translated.
    pub(crate) fn of_statement(
        &self,
        (kind, name): (&str, &str),
        attribute: &str,
        variables: &[(String, String)],
    ) -> Option<String> {
        // Most cases speak English, for which no message need be looked up.
        self.pack.as_ref()?;
        self.of_pack(&key(kind, name), attribute, variables)
    }

    /// A text of the pack: message `KIND-NAME`, attribute; none where it is not translated.
    pub fn of_pack(
        &self,
        key: &str,
        attribute: &str,
        variables: &[(String, String)],
    ) -> Option<String> {
        let pack = self.pack.as_ref()?;
        let args = arguments(
            variables
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        message(pack, key, Some(attribute), &args)
    }
}

/// The report's own words of one locale, read when the first is asked for: a report as JSON needs few or none.
struct Words {
    source: (&'static str, &'static [&'static str]),
    bundle: OnceLock<FluentBundle<FluentResource>>,
}

impl Words {
    fn new(source: (&'static str, &'static [&'static str])) -> Words {
        Words {
            source,
            bundle: OnceLock::new(),
        }
    }

    fn bundle(&self) -> &FluentBundle<FluentResource> {
        let (locale, words) = self.source;
        self.bundle
            .get_or_init(|| bundle(locale, words.iter().copied()))
    }
}

/// What a symptom asks, by the number of its `ask`; none where it has no such.
pub(crate) fn question(texts: &Texts, symptom: &Symptom, number: usize) -> Option<String> {
    let english = symptom.asks.get(number)?;
    let attribute = match number {
        0 => "question".to_owned(),
        more => format!("question-{}", more + 1),
    };
    let key = key("symptom", &symptom.named.name);
    let translated = texts.of_pack(&key, &attribute, &[]);
    Some(translated.unwrap_or_else(|| english.clone()))
}

/// The message of a statement: `KIND-NAME`, dots as hyphens, a slash as two.
pub fn key(kind: &str, name: &str) -> String {
    let mut key = String::with_capacity(kind.len() + name.len() + 2);
    key.push_str(kind);
    key.push('-');
    push_variable(&mut key, name);
    key
}

/// A name in braces as a Fluent variable: like the name of a message.
pub fn variable(name: &str) -> String {
    let mut variable = String::with_capacity(name.len() + 1);
    push_variable(&mut variable, name);
    variable
}

fn push_variable(out: &mut String, name: &str) {
    for character in name.chars() {
        match character {
            '/' => out.push_str("--"),
            '.' => out.push('-'),
            other => out.push(other),
        }
    }
}

/// The locale in which a report speaks, of those that there are: the same, else the same language.
pub fn nearest<'a>(wanted: &str, all: impl Iterator<Item = &'a str> + Clone) -> Option<usize> {
    let wanted = wanted.replace('_', "-");
    let language = |name: &str| name.split('-').next().unwrap_or("").to_ascii_lowercase();
    all.clone()
        .position(|name| name.eq_ignore_ascii_case(&wanted))
        .or_else(|| {
            all.clone()
                .position(|name| language(name) == language(&wanted))
        })
}

fn bundle<'a>(
    locale: &str,
    resources: impl IntoIterator<Item = &'a str>,
) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = locale.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    for source in resources {
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn arguments<'a>(variables: impl Iterator<Item = (&'a str, &'a str)>) -> FluentArgs<'a> {
    let mut args = FluentArgs::new();
    for (name, value) in variables {
        // Plural forms are chosen by number; everything else is text.
        match value.parse::<usize>() {
            Ok(number) if name == "count" => args.set(name, number),
            _ => args.set(name, value),
        }
    }
    args
}

fn message(
    bundle: &FluentBundle<FluentResource>,
    key: &str,
    attribute: Option<&str>,
    args: &FluentArgs<'_>,
) -> Option<String> {
    let found = bundle.get_message(key)?;
    let pattern = match attribute {
        Some(attribute) => found.get_attribute(attribute)?.value(),
        None => found.value()?,
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors);
    // A text that names a variable which is not there would show its bare name: English is better.
    errors.is_empty().then(|| text.into_owned())
}
