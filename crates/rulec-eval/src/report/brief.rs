//! Values in few words, for lines that a person reads: long texts are cut, long lists counted. JSON has them whole.

use rulec_facts::show;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Element, Partial, Value};

/// Characters of one text.
const TEXT: usize = 60;
/// Longest text that is taken for a name; encoded data are longer.
const NAME: usize = 300;
/// Of these, before the cut in the middle of a name.
const HEAD: usize = 16;
/// Members of a list.
const MEMBERS: usize = 4;
/// Fields of a record that have a value.
const FIELDS: usize = 4;

/// The value in few words; absent and unknown are the caller's, who knows the locale.
pub(crate) fn brief(value: &Value, ty: &Type) -> String {
    match value {
        Value::Record(fields) => {
            let types = ty.record().map_or(&[][..], |it| it.fields.as_slice());
            let known: Vec<String> = types
                .iter()
                .zip(fields.iter())
                .filter_map(|(field, value)| match value {
                    Partial::Known(_) if field.secret => {
                        Some(format!("{}: {}", field.name, show::SECRET))
                    }
                    Partial::Known(value) => {
                        Some(format!("{}: {}", field.name, brief(value, &field.ty)))
                    }
                    _ => None,
                })
                .collect();
            let more = if known.len() > FIELDS { ", …" } else { "" };
            let shown: Vec<String> = known.into_iter().take(FIELDS).collect();
            format!("{{ {}{more} }}", shown.join(", "))
        }
        Value::List(elements) | Value::Set(elements) => list(elements, ty),
        scalar => cut(&show::value_text(scalar, ty)),
    }
}

fn list(elements: &[Element], ty: &Type) -> String {
    let Some(member) = ty.member() else {
        return String::new();
    };
    if elements.is_empty() {
        return show::NONE.to_owned();
    }
    let mut sorted = elements.to_vec();
    show::sort(&mut sorted, member);
    let mut parts: Vec<String> = sorted
        .iter()
        .take(MEMBERS)
        .map(|it| {
            let text = match &it.value {
                Partial::Known(value) => brief(value, member),
                other => show::text(other, member),
            };
            if it.certain {
                text
            } else {
                format!("perhaps {text}")
            }
        })
        .collect();
    if sorted.len() > MEMBERS {
        parts.push(format!("… ({})", sorted.len()));
    }
    let records = matches!(member.kind, Kind::Record(_));
    parts.join(if records { "; " } else { ", " })
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
