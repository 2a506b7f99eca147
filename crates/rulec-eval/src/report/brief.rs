//! Values in the words of the locale: whole, or in few words for lines that a person reads, where long texts are cut and long lists
//! counted. JSON has them whole, in the words of the language.

use rulec_facts::show;
use rulec_facts::types::{FieldType, Kind, Type};
use rulec_facts::value::{Element, Partial, Value};

use super::fill::{Fill, owner_of_field};

/// Characters of one text.
const TEXT: usize = 60;
/// Longest text that is taken for a name; encoded data are longer.
const NAME: usize = 300;
/// Of these, before the cut in the middle of a name.
const HEAD: usize = 16;
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
            (it, None) => show::scalar_text(it, None),
            (Value::Record(fields), Some(ty)) => self.record(fields, ty, at),
            (Value::List(all) | Value::Set(all), Some(ty)) => self.list(all, ty, at),
            (scalar, Some(ty)) => {
                let label = self.fill.label(ty, scalar, || at.owner.clone());
                let text = label.unwrap_or_else(|| show::value_text(scalar, ty));
                if self.short {
                    cut(&text)
                } else {
                    bounded(&text)
                }
            }
        }
    }

    /// The first field, which mostly is the name, and those that a condition read; where it read none, the first that have a value.
    fn record(&self, fields: &[Partial], ty: &Type, at: &At<'_>) -> String {
        let Some(record) = ty.record() else {
            return String::new();
        };
        let pairs: Vec<(&FieldType, &Partial)> = record.fields.iter().zip(fields).collect();
        let known = |(_, value): &&(&FieldType, &Partial)| value.known().is_some();
        let mut shown: Vec<(&FieldType, &Partial)> = Vec::new();
        let mut more = "";
        if at.reads.is_empty() {
            let all = pairs.iter().filter(known).copied();
            let most = if self.short { FIELDS } else { MOST };
            shown.extend(all.clone().take(most));
            more = if all.count() > most { ", …" } else { "" };
        } else {
            shown.extend(pairs.first().filter(known).copied());
            for path in &at.reads {
                let first = path.split('.').next().unwrap_or(path);
                let of_name = pairs.iter().find(|(field, _)| field.name == *first);
                let new =
                    of_name.filter(|(it, _)| !shown.iter().any(|(old, _)| old.name == it.name));
                shown.extend(new.copied());
            }
        }
        let shown: Vec<String> = shown
            .into_iter()
            .map(|(field, value)| {
                let text = match value {
                    Partial::Known(_) if field.secret => show::SECRET.to_owned(),
                    value => {
                        let at = at.field(record.name.as_deref(), &field.name);
                        self.partial(value, Some(&field.ty), &at)
                    }
                };
                format!("{}: {text}", field.name)
            })
            .collect();
        format!("{{ {}{more} }}", shown.join(", "))
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
        let records = matches!(member.kind, Kind::Record(_));
        parts.join(if records { "; " } else { ", " })
    }
}

/// A text that is not too long for a report.
pub(super) fn bounded(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// What tells one path, resource or server from another stands at the end of its name, so that a name is cut in the middle; other
/// texts lose their end.
fn cut(text: &str) -> String {
    let length = text.chars().count();
    if length <= TEXT {
        return text.to_owned();
    }
    let name =
        length <= NAME && !text.contains(char::is_whitespace) && text.contains(['/', '\\', '.']);
    let (head, tail) = if name { (HEAD, TEXT - HEAD) } else { (TEXT, 0) };
    let head: String = text.chars().take(head).collect();
    let tail: String = text.chars().skip(length - tail).collect();
    format!("{head}…{tail}")
}
