//! Members of a set: of equal ones the first in canonical order stays (F2).

use rustc_hash::FxHashMap;

use crate::show;
use crate::types::Type;
use crate::value::{Element, Partial, Value};

/// Leaves one of each group of equal members that are known whole. Members with something unknown inside all stay, because they may
/// differ; members of which nothing is known say nothing but that there may be one more.
pub(super) fn distinct(elements: Vec<Element>, member: &Type) -> Vec<Element> {
    let mut kept: Vec<Element> = Vec::with_capacity(elements.len());
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for element in elements {
        let mut key = String::new();
        if !total_key(&element.value, &mut key) {
            kept.push(element);
            continue;
        }
        match seen.get(&key).and_then(|at| kept.get_mut(*at)) {
            None => {
                seen.insert(key, kept.len());
                kept.push(element);
            }
            Some(first) => {
                if canonical(&element.value, member) < canonical(&first.value, member) {
                    *first = element;
                }
            }
        }
    }
    kept
}

fn canonical(value: &Partial, member: &Type) -> String {
    show::json(value, member).to_string()
}

/// Writes a text that is the same for equal values; false if something inside is unknown.
fn total_key(value: &Partial, out: &mut String) -> bool {
    match value {
        Partial::Unknown(_) => false,
        Partial::Absent => {
            out.push('-');
            true
        }
        Partial::Known(value) => value_key(value, out),
    }
}

fn value_key(value: &Value, out: &mut String) -> bool {
    match value {
        Value::Text(text) => {
            // Length first, so that no text can imitate what follows it.
            out.push_str(&format!("t{}:", text.folded().len()));
            out.push_str(text.folded());
            true
        }
        Value::Record(fields) => {
            out.push('(');
            let whole = fields.iter().all(|field| {
                out.push(',');
                total_key(field, out)
            });
            out.push(')');
            whole
        }
        Value::List(elements) | Value::Set(elements) => {
            let mut keys = Vec::with_capacity(elements.len());
            for element in elements.iter() {
                let mut key = String::new();
                if !element.certain || !total_key(&element.value, &mut key) {
                    return false;
                }
                keys.push(key);
            }
            keys.sort();
            out.push_str(&format!("[{}", keys.len()));
            for key in keys {
                out.push(',');
                out.push_str(&key);
            }
            out.push(']');
            true
        }
        scalar => {
            out.push_str(&format!("{scalar:?}"));
            true
        }
    }
}
