//! Values in the words of the locale: whole, or in few words for lines that a person reads, where long texts are cut and long lists
//! counted. JSON has them whole, in the words of the language.

use rulec_facts::code::Code;
use rulec_facts::show;
use rulec_facts::types::{FieldType, Type};
use rulec_facts::value::{Element, Partial, Value};

use super::fill::{Fill, owner_of_field};
use super::grounds;
use super::texts::Texts;
use crate::recognise::Spelled;

/// Characters of one text.
const TEXT: usize = 60;
/// Longest text that is taken for a name; encoded data are longer.
const NAME: usize = 300;
/// What `-----BEGIN` becomes if a PEM file is taken for data and encoded once more.
const PEM_ENCODED_TWICE: &str = "LS0tLS1CRUdJTi";
/// Members of a list.
const MEMBERS: usize = 4;
/// Fields of a record that have a value, where nothing says which of them count.
const FIELDS: usize = 4;

/// Characters of a text, and members of a list, where nothing is shortened for the eye: a value of a megabyte is no text to read.
const LONGEST: usize = 1000;
/// See [`LONGEST`].
const MOST: usize = 100;

/// Shows values by the words of a locale.
pub(crate) struct Brief<'f, 't, 'p> {
    pub(crate) fill: &'f Fill<'t, 'p>,
    /// Long texts, lists and records are shortened.
    pub(crate) short: bool,
}

/// What is known of the place of a value.
#[derive(Clone, Default)]
pub(crate) struct At<'r> {
    /// The message of what declares an enum that has no name of its own.
    pub(crate) owner: Option<String>,
    /// Fields that a condition read, as paths from the value, in the condition's order; empty if it read the whole.
    pub(crate) reads: Vec<&'r str>,
}

impl<'r> At<'r> {
    /// The place of that field, and which of its own fields were read.
    pub(crate) fn field(&self, record: Option<&str>, field: &str) -> At<'r> {
        let owner = match (record, &self.owner) {
            (None, None) => None,
            (record, owner) => Some(owner_of_field(
                record,
                owner.as_deref().unwrap_or_default(),
                field,
            )),
        };
        let below = |path: &&'r str| path.strip_prefix(field)?.strip_prefix('.');
        At {
            owner,
            reads: self.reads.iter().filter_map(below).collect(),
        }
    }
}

impl Brief<'_, '_, '_> {
    /// The value; absent and unknown ones too.
    pub(crate) fn partial(&self, value: &Partial, ty: Option<&Type>, at: &At<'_>) -> String {
        match value {
            Partial::Absent => self.fill.texts.word("value-absent"),
            Partial::Unknown(reasons) => {
                let reason = show::main_reason(reasons).name();
                let reason = self.fill.texts.word(&format!("reason-{reason}"));
                let reason = [("reason", reason.as_str())];
                self.fill.texts.word_with("value-unknown", &reason)
            }
            Partial::Known(value) => self.known(value, ty, at),
        }
    }

    fn known(&self, value: &Value, ty: Option<&Type>, at: &At<'_>) -> String {
        match (value, ty) {
            (Value::Bool(it), _) => {
                let key = if *it { "value-yes" } else { "value-no" };
                self.fill.texts.word(key)
            }
            (Value::List(all) | Value::Set(all), _) if all.is_empty() => {
                self.fill.texts.word("value-none")
            }
            (Value::Duration(it), _) => duration_words(self.fill.texts, &show::duration_text(*it)),
            (Value::Code(it), _) => code(it),
            (Value::Text(it), _) if it.raw().is_empty() && self.short => "\"\"".to_owned(),
            (it, None) => show::scalar_text(it, None),
            (Value::Record(fields), Some(ty)) => self.record(fields, ty, at),
            (Value::List(all) | Value::Set(all), Some(ty)) => self.list(all, ty, at),
            (scalar, Some(ty)) => {
                let label = self.fill.label(ty, scalar, || at.owner.clone());
                let text = label.unwrap_or_else(|| show::value_text(scalar, ty));
                if self.short {
                    self.cut(&text)
                } else {
                    bounded(&text)
                }
            }
        }
    }

    /// Paths, resources and servers stay whole, so that two that are the same are seen to be; other texts lose their end. Of a
    /// certificate it is said which it is.
    fn cut(&self, text: &str) -> String {
        if text.chars().count() <= TEXT || is_name(text) {
            return text.to_owned();
        }
        let head: String = text.chars().take(TEXT).collect();
        let head = format!("{head}…");
        let thumbprint = match self.fill.program.certificate(text) {
            Partial::Known(Value::Record(fields)) => fields.first().cloned(),
            _ => None,
        };
        match thumbprint.as_ref().and_then(Partial::known) {
            Some(thumbprint) => {
                let thumbprint = show::scalar_text(thumbprint, None);
                let both = [("text", head.as_str()), ("thumbprint", thumbprint.as_str())];
                let key = match text.starts_with(PEM_ENCODED_TWICE) {
                    true => "value-pem-encoded-twice",
                    false => "value-certificate",
                };
                self.fill.texts.word_with(key, &both)
            }
            None => head,
        }
    }

    /// The field that tells it from others, and those that a condition read; where it read none, the first that have a value.
    fn record(&self, fields: &[Partial], ty: &Type, at: &At<'_>) -> String {
        let Some(record) = ty.record() else {
            return String::new();
        };
        let pairs: Vec<(&FieldType, &Partial)> = record.fields.iter().zip(fields).collect();
        let known = |(_, value): &&(&FieldType, &Partial)| value.known().is_some();
        let first = grounds::identifying(ty, fields).and_then(|at| pairs.get(at));
        let mut shown: Vec<(&FieldType, &Partial)> = first.copied().into_iter().collect();
        let whole =
            at.reads.is_empty() || shown.is_empty() && at.reads.iter().all(|it| it.is_empty());
        let mut add = |it: (&'_ FieldType, &'_ Partial)| {
            let new = !shown.iter().any(|(old, _)| old.name == it.0.name);
            shown.extend(
                pairs
                    .iter()
                    .find(|(field, _)| new && field.name == it.0.name),
            );
        };
        let mut more = false;
        if whole {
            let all = pairs.iter().filter(known).copied();
            let most = if self.short { FIELDS } else { MOST };
            all.clone().take(most).for_each(&mut add);
            more = all.count() > most;
        } else {
            for path in &at.reads {
                let first = path.split('.').next().unwrap_or(path);
                let of_name = pairs.iter().find(|(field, _)| field.name == *first);
                of_name.copied().into_iter().for_each(&mut add);
            }
        }
        let shown = shown.into_iter();
        let shown = shown.map(|it| self.field(it, record.name.as_deref(), at));
        let mut shown: Vec<String> = shown.collect();
        if more {
            shown.push("…".to_owned());
        }
        format!("{{ {} }}", shown.join(&self.fill.texts.word("field-comma")))
    }

    /// `Title: value`; a list stands in brackets, so that its commas are told from those of the record.
    fn field(
        &self,
        (field, value): (&FieldType, &Partial),
        record: Option<&str>,
        at: &At<'_>,
    ) -> String {
        let text = match value {
            Partial::Known(_) if field.secret => secret(self.fill.texts),
            value => {
                let at = at.field(record, &field.name);
                let text = self.partial(value, Some(&field.ty), &at);
                match value {
                    Partial::Known(Value::List(all) | Value::Set(all)) if !all.is_empty() => {
                        format!("[{text}]")
                    }
                    _ => text,
                }
            }
        };
        let name = self.fill.field_name(record, field);
        format!("{name}{}{text}", self.fill.texts.word("colon"))
    }

    fn list(&self, elements: &[Element], ty: &Type, at: &At<'_>) -> String {
        let Some(member) = ty.member() else {
            return String::new();
        };
        let mut sorted = elements.to_vec();
        show::sort(&mut sorted, member);
        let most = if self.short { MEMBERS } else { MOST };
        let parts = sorted.iter().take(most).map(|it| {
            let text = self.partial(&it.value, Some(member), at);
            match it.certain {
                true => text,
                false => {
                    let value = [("value", text.as_str())];
                    self.fill.texts.word_with("value-perhaps", &value)
                }
            }
        });
        let mut parts: Vec<String> = parts.collect();
        if sorted.len() > most {
            parts.push(format!("… ({})", sorted.len()));
        }
        joined(self.fill.texts, &parts)
    }
}

/// Parts of a list, joined as the locale does; by what separates more where a part has commas itself.
pub(super) fn joined(texts: &Texts, parts: &[String]) -> String {
    let comma = texts.word("comma");
    let inside = |it: &String| it.contains(comma.trim()) || it.contains(", ");
    match parts.len() > 1 && parts.iter().any(inside) {
        true => parts.join(&texts.word("semicolon")),
        false => parts.join(&comma),
    }
}

/// What stands in place of a secret value.
pub(crate) fn secret(texts: &Texts) -> String {
    texts.word("value-secret")
}

/// A code for people: `RAS 798 (ERROR_NO_EAPTLS_CERTIFICATE)`.
pub(super) fn code(code: &Code) -> String {
    let (written, described) = (code.to_string(), code.described());
    let rest = described.strip_prefix(written.as_str()).unwrap_or_default();
    format!("{}{rest}", code_words(&written))
}

/// What was pasted, and the code that it is: `-2146893018 (HRESULT 0x80090326, SEC_E_ILLEGAL_MESSAGE)`.
pub(super) fn spelled(it: &Spelled) -> String {
    let words = code_words(&it.code.to_string());
    if words.to_lowercase().contains(&it.text.to_lowercase()) {
        return code(&it.code);
    }
    match it.code.name() {
        Some(name) => format!("{} ({words}, {name})", it.text),
        None => format!("{} ({words})", it.text),
    }
}

/// A code as it is written, its kind as people write it: `HRESULT 0x80090326`.
pub(super) fn code_words(written: &str) -> String {
    match written.split_once(' ') {
        Some(("win32", rest)) => format!("Win32 {rest}"),
        Some((kind, rest)) => format!("{} {rest}", kind.to_uppercase()),
        None => written.to_owned(),
    }
}

/// `2h 30min` in the words of the locale; a text that is no duration stays as it is.
pub(super) fn duration_words(texts: &Texts, text: &str) -> String {
    let piece = |piece: &str| {
        let (sign, rest) = match piece.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", piece),
        };
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = rest.split_at_checked(end)?;
        let known = ["d", "h", "min", "s", "ms"].contains(&unit) && !number.is_empty();
        let count = [("count", number)];
        known.then(|| {
            format!(
                "{sign}{}",
                texts.word_with(&format!("duration-{unit}"), &count)
            )
        })
    };
    let pieces: Option<Vec<String>> = text.split(' ').map(piece).collect();
    pieces.map_or_else(|| text.to_owned(), |it| it.join(" "))
}

/// A long text, around the first place where it differs from another; none if it is short, or does not differ.
pub(super) fn at_difference(text: &str, other: &str) -> Option<String> {
    let same = text.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let at = same.count();
    let long = text.chars().count() > TEXT || other.chars().count() > TEXT;
    (text != other && long).then(|| around(text, at))
}

/// A long text, around what was found in it; none if it is short, or that is not there as it is written.
pub(super) fn at_match(text: &str, found: &str) -> Option<String> {
    let at = text.find(found)?;
    let at = text.get(..at)?.chars().count() + found.chars().count().min(FOCUS);
    (text.chars().count() > TEXT).then(|| around(text, at))
}

/// The beginning of a long text; none if it is short.
pub(super) fn at_start(text: &str) -> Option<String> {
    (text.chars().count() > TEXT).then(|| around(text, 0))
}

/// A long text, around the first such character.
pub(super) fn at_first(text: &str, is: impl Fn(char) -> bool) -> Option<String> {
    let at = text.chars().position(is)?;
    (text.chars().count() > TEXT).then(|| around(text, at))
}

/// Characters before what matters.
const FOCUS: usize = 30;

fn around(text: &str, at: usize) -> String {
    let from = at.saturating_sub(FOCUS);
    let length = text.chars().count();
    let shown = text.chars().skip(from).take(TEXT);
    let shown: String = shown.map(show::visible).collect();
    let head = if from > 0 { "…" } else { "" };
    let tail = if from + TEXT < length { "…" } else { "" };
    format!("{head}{shown}{tail}")
}

/// A text of which a line shows only the beginning.
pub(super) fn is_cut_at_its_end(text: &str) -> bool {
    text.chars().count() > TEXT && !is_name(text)
}

fn is_name(text: &str) -> bool {
    text.chars().count() <= NAME
        && !text.contains(char::is_whitespace)
        && text.contains(['/', '\\', '.'])
}

/// A text that is not too long for a report.
pub(super) fn bounded(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
