//! Marks in a document for what its artefact does not tell, so that this is unknown and never absent.
//!
//! A saved text holds a part of what its place has: `systeminfo` knows two values of a registry key, `ipconfig` no metric. A reader puts
//! a mark where a value, the other members of an object or further members of a list would stand. A mark is an object with a member
//! whose name begins with NUL, which no service, file or registry has; a hostile text that has one makes a value unknown, no more.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use crate::reason::{Reason, Why};

/// Stands for a value.
const VALUE: &str = "\0untold";
/// Stands in an object for every member that it does not have.
const REST: &str = "\0rest";
/// Stands for a member of a list that may be there, or beside the members of one that is known.
const PERHAPS: &str = "\0perhaps";

/// Holds a value beside [`PERHAPS`] that is no record.
const HELD: &str = "\0held";
/// Ends the reason of a mark that stands for any number of members, so that it travels with their reasons and a count has no upper bound.
const MANY: &str = "; how many there are is not told";

/// A value that is not told.
pub fn value(why: Why, detail: &str) -> Json {
    Json::Object(Map::from_iter([(VALUE.to_owned(), reason(why, detail))]))
}

/// Says of an object that members which it does not have are not told.
pub fn rest(object: &mut Map<String, Json>, why: Why, detail: &str) {
    object.insert(REST.to_owned(), value(why, detail));
}

/// One further member that the list may have.
pub fn more(why: Why, detail: &str) -> Json {
    Json::Object(Map::from_iter([(PERHAPS.to_owned(), reason(why, detail))]))
}

/// Further members that the list may have, any number of them.
pub fn many(why: Why, detail: &str) -> Json {
    more(why, &format!("{detail}{MANY}"))
}

/// Whether reasons are those of such a mark.
pub(crate) fn is_many(reasons: &[Reason]) -> bool {
    reasons.iter().any(|it| it.detail.ends_with(MANY))
}

/// A record of which it is not told whether it belongs to the list.
pub fn perhaps(mut record: Map<String, Json>, why: Why, detail: &str) -> Json {
    record.insert(PERHAPS.to_owned(), reason(why, detail));
    Json::Object(record)
}

/// Why a node is not told, if it is such a mark.
pub(crate) fn of(node: &Json) -> Option<(Why, &str)> {
    read(node, VALUE)
}

/// What was selected of a record, with the doubt whether that record belongs to its list.
pub(crate) fn carry<'d>(record: &Json, selected: Cow<'d, Json>) -> Cow<'d, Json> {
    let doubt = record.as_object().and_then(|it| it.get(PERHAPS));
    let Some(doubt) = doubt.filter(|_| !selected.is_null()) else {
        return selected;
    };
    let mark = [
        (PERHAPS.to_owned(), doubt.clone()),
        (HELD.to_owned(), selected.into_owned()),
    ];
    Cow::Owned(Json::Object(Map::from_iter(mark)))
}

/// What a mark of [`carry`] holds; any other node itself.
pub(crate) fn held(node: &Json) -> &Json {
    let object = node.as_object().filter(|it| it.contains_key(PERHAPS));
    object.and_then(|it| it.get(HELD)).unwrap_or(node)
}

/// What stands for a member that an object does not have.
pub(crate) fn rest_of(object: &Map<String, Json>) -> Option<&Json> {
    object.get(REST)
}

/// Why it is not told whether a node belongs to its list, and whether more than that is known of it.
pub(crate) fn membership(node: &Json) -> Option<(Why, &str, bool)> {
    let (why, detail) = read(node, PERHAPS)?;
    let known = node.as_object().is_some_and(|object| object.len() > 1);
    Some((why, detail, known))
}

fn reason(why: Why, detail: &str) -> Json {
    Json::Array(vec![why.name().into(), detail.into()])
}

fn read<'d>(node: &'d Json, mark: &str) -> Option<(Why, &'d str)> {
    let [why, detail] = node.as_object()?.get(mark)?.as_array()?.as_slice() else {
        return None;
    };
    Some((Why::from_name(why.as_str()?)?, detail.as_str()?))
}
