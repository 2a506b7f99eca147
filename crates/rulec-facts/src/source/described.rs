//! Kinds of sources that a plug-in describes: rows beside the table, under a system word of their own.
//!
//! The description is what the plug-in answers to `describe` (book page "Plug-ins"); saved in a pack's folder it tells the checker what may
//! stand after `from`. Whatever is described is held within bounds, and nothing in it can take the place of a kind of this table.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value as Json;

use super::{Argument, ArgumentValue, Locator, Presence, SourceKind, Yields, systems};
use crate::path::PathLanguage;
use crate::provider::Request;
use crate::types::{FieldType, Kind, RecordType, Type};

/// The version of descriptions and of the protocol that is spoken with plug-ins.
pub const PROTOCOL: u64 = 1;

/// Longest description, bytes of JSON.
pub const LONGEST_DESCRIPTION: usize = 256 << 10;

/// Longest text in it, characters.
const LONGEST_TEXT: usize = 300;
/// Longest word, characters.
const LONGEST_WORD: usize = 40;
/// Most kinds, arguments of one, and fields of a record.
const MOST: usize = 64;
/// Deepest nesting of a result.
const DEEPEST: usize = 8;

/// Words that no system may have: those of provenances, and those that mean something in a pack.
const TAKEN: &[&str] = &[
    "given", "ask", "default", "case", "test", "and", "or", "not", "in", "is", "any", "all", "no",
    "each", "where", "match", "else", "contains", "overlaps", "starts", "ends", "matches", "true",
    "false", "now", "absent", "present", "empty", "reported",
];

/// Words that an argument may not have: they begin another clause, or mean something of their own in a clause.
const CLAUSES: &[&str] = &[
    "from", "default", "ask", "reports", "cost", "secret", "allow", "at", "on", "each", "as",
    "status", "newest", "since",
];

/// What a plug-in says of itself.
#[derive(Debug)]
pub struct Description {
    /// For people.
    pub name: String,
    /// Its own version, for people.
    pub version: String,
    /// The first word of all its kinds.
    pub system: String,
    /// Its kinds, in order of name.
    pub kinds: Vec<&'static SourceKind>,
    /// A request of each kind that can be tried, in the same order.
    pub examples: Vec<Request>,
}

/// Reads a description. Rows are kept as long as the process lives, each text once.
///
/// # Errors
/// What is wrong with it, and where: `kinds[0].title: …`.
pub fn describe(json: &Json) -> Result<Arc<Description>, String> {
    static KNOWN: Mutex<BTreeMap<String, Arc<Description>>> = Mutex::new(BTreeMap::new());
    let text = json.to_string();
    if text.len() > LONGEST_DESCRIPTION {
        let limit = LONGEST_DESCRIPTION >> 10;
        return Err(format!("the description is longer than {limit} KB"));
    }
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known.get(&text) {
        return Ok(Arc::clone(found));
    }
    let read = Arc::new(read(json)?);
    known.insert(text, Arc::clone(&read));
    Ok(read)
}

fn read(json: &Json) -> Result<Description, String> {
    match json.get("protocol").and_then(Json::as_u64) {
        Some(PROTOCOL) => {}
        Some(other) => {
            return Err(format!(
                "protocol: it speaks version {other}, and this rulec speaks {PROTOCOL}"
            ));
        }
        None => return Err(format!("protocol: the number {PROTOCOL} is wanted")),
    }
    let system = word(json, "system")?;
    if systems().contains(&system.as_str()) {
        return Err(format!(
            "system: `{system}` is one of rulec's own, which no plug-in can answer for"
        ));
    }
    if TAKEN.contains(&system.as_str()) {
        return Err(format!("system: `{system}` means something else"));
    }
    let kinds = json.get("kinds").and_then(Json::as_array);
    let kinds = kinds.filter(|it| !it.is_empty() && it.len() <= MOST);
    let kinds = kinds.ok_or_else(|| format!("kinds: a list of 1 to {MOST} is wanted"))?;
    let mut rows: BTreeMap<String, (SourceKind, Request)> = BTreeMap::new();
    for (number, kind) in kinds.iter().enumerate() {
        let row = row(&system, kind).map_err(|it| format!("kinds[{number}].{it}"))?;
        let name = row.0.kind.to_owned();
        if rows.insert(name.clone(), row).is_some() {
            return Err(format!("kinds[{number}].kind: `{name}` is described twice"));
        }
    }
    let (kinds, examples) = rows
        .into_values()
        .map(|(row, example)| (&*Box::leak(Box::new(row)), example))
        .unzip();
    Ok(Description {
        name: text(json, "name")?.unwrap_or_else(|| system.clone()),
        version: text(json, "version")?.unwrap_or_default(),
        system,
        kinds,
        examples,
    })
}

fn row(system: &str, json: &Json) -> Result<(SourceKind, Request), String> {
    let kind = word(json, "kind")?;
    let result = match json.get("result") {
        None => Yields::Declared,
        Some(Json::String(any)) if any == "any" => Yields::Declared,
        Some(other) => Yields::Described(leak_type(other)?),
    };
    let locator = match text(json, "locator")? {
        Some(what) => Locator::Required(kept(what)),
        None => Locator::None,
    };
    let mut arguments = Vec::new();
    for (word, value) in object(json, "arguments")?.into_iter().flatten() {
        let argument = argument(word, value).map_err(|it| format!("arguments.{word}: {it}"))?;
        arguments.push(argument);
    }
    arguments.sort_by_key(|it| it.word);
    if arguments.len() > MOST {
        return Err(format!("arguments: at most {MOST} are taken"));
    }
    let cost = match json.get("cost_ms") {
        None => 1000,
        Some(it) => it
            .as_u64()
            .filter(|it| *it <= 600_000)
            .ok_or("cost_ms: milliseconds up to 600000 are wanted")?,
    };
    let example = example(system, &kind, json, locator, &arguments)?;
    let title = text(json, "title")?.ok_or("title: a sentence is wanted")?;
    let or = |found: Option<String>, other: &'static str| found.map_or(other, kept);
    let row = SourceKind {
        system: kept(system.to_owned()),
        kind: kept(kind),
        title: kept(title),
        locator,
        arguments: Vec::leak(arguments),
        each: !matches!(result, Yields::Described(it) if it.member().is_some()),
        path: PathLanguage::Json,
        at: Presence::Optional,
        result,
        privilege: or(text(json, "privilege")?, "none"),
        permission: or(text(json, "permission")?, "none"),
        not_there: or(text(json, "not_there")?, "never"),
        cost: Duration::from_millis(cost),
        consent: json.get("consent").and_then(Json::as_bool).unwrap_or(true),
        example: kept(clause(&example)),
    };
    Ok((row, example))
}

fn argument(word: &str, json: &Json) -> Result<Argument, String> {
    if !is_word(word) || CLAUSES.contains(&word) {
        return Err("it is no word that an argument can have".to_owned());
    }
    let value = match json.get("value") {
        Some(Json::Array(words)) => {
            let mut all: Vec<&'static str> = Vec::new();
            for it in words.iter().take(MOST) {
                let it = it.as_str().filter(|it| is_word(it));
                all.push(kept(it.ok_or("value: words are wanted")?.to_owned()));
            }
            ArgumentValue::OneOf(Vec::leak(all))
        }
        Some(Json::String(name)) => match name.as_str() {
            "flag" => ArgumentValue::Flag,
            "text" => ArgumentValue::Text,
            "number" => ArgumentValue::Number,
            "numbers" => ArgumentValue::Numbers,
            "duration" => ArgumentValue::Duration,
            _ => return Err(VALUES.to_owned()),
        },
        _ => return Err(VALUES.to_owned()),
    };
    Ok(Argument {
        word: kept(word.to_owned()),
        value,
        required: json.get("required").and_then(Json::as_bool) == Some(true),
        about: text(json, "about")?.map_or("", kept),
    })
}

const VALUES: &str =
    "value: `flag`, `text`, `number`, `numbers`, `duration` or a list of words is wanted";

/// The request that may be tried.
fn example(
    system: &str,
    kind: &str,
    json: &Json,
    locator: Locator,
    arguments: &[Argument],
) -> Result<Request, String> {
    let given = json.get("example").filter(|it| it.is_object());
    let given = given.ok_or("example: an object with a request that can be tried is wanted")?;
    let mut request = Request {
        system: system.to_owned(),
        kind: kind.to_owned(),
        locator: text(given, "locator").map_err(|it| format!("example.{it}"))?,
        arguments: Vec::new(),
        on: None,
        secret: false,
    };
    if request.locator.is_some() != (locator != Locator::None) {
        return Err("example.locator: it stands where the kind has one, and only there".to_owned());
    }
    for (word, values) in object(given, "arguments")?.into_iter().flatten() {
        let values = values.as_array().map(Vec::as_slice).unwrap_or_default();
        let texts = values.iter().map(|it| it.as_str().map(str::to_owned));
        let texts = texts.collect::<Option<Vec<String>>>();
        let texts = texts.ok_or("example.arguments: lists of texts are wanted")?;
        if !arguments.iter().any(|it| it.word == word) {
            return Err(format!("example.arguments: `{word}` is not described"));
        }
        request.arguments.push((word.clone(), texts));
    }
    request.arguments.sort();
    let missing = arguments
        .iter()
        .find(|it| it.required && !request.arguments.iter().any(|(word, _)| word == it.word));
    match missing {
        Some(it) => Err(format!("example.arguments: `{}` is required", it.word)),
        None => Ok(request),
    }
}

/// A request as a clause of a pack.
fn clause(request: &Request) -> String {
    let mut text = format!("from {}", request.shown());
    for (word, values) in &request.arguments {
        text.push_str(&format!(" {word} {}", values.join(", ")));
    }
    text.trim_end().to_owned()
}

fn leak_type(json: &Json) -> Result<&'static Type, String> {
    let ty = result(json, 0).map_err(|it| format!("result: {it}"))?;
    Ok(Box::leak(Box::new(ty)))
}

fn result(json: &Json, depth: usize) -> Result<Type, String> {
    if depth > DEEPEST {
        return Err(format!("it nests deeper than {DEEPEST}"));
    }
    if let Some(name) = json.as_str() {
        let kind = match name {
            "bool" => Kind::Bool,
            "int" => Kind::Int(None),
            "string" => Kind::Text,
            "version" => Kind::Version,
            "time" => Kind::Time,
            "duration" => Kind::Duration(None),
            "ip" => Kind::Ip,
            "cidr" => Kind::Cidr,
            "code" => Kind::Code,
            _ => return Err(format!("`{name}` is no type")),
        };
        return Ok(Type::of(kind));
    }
    let wanted = "`any`, the name of a type, or an object with one of `list`, `optional`, `record` is wanted";
    let object = json.as_object().filter(|it| it.len() == 1).ok_or(wanted)?;
    let (form, of) = object.iter().next().ok_or(wanted)?;
    match form.as_str() {
        "list" => Ok(Type::of(Kind::List(Arc::new(member(of, depth)?)))),
        "optional" => Ok(member(of, depth)?.optional()),
        "record" => {
            let fields = of.as_object().filter(|it| it.len() <= MOST).ok_or(wanted)?;
            let mut all = Vec::new();
            for (name, ty) in fields {
                if !is_word(name) {
                    return Err(format!("`{name}` is no name of a field"));
                }
                all.push(FieldType {
                    name: name.as_str().into(),
                    ty: result(ty, depth + 1)?,
                    at: None,
                    default: None,
                    ask: None,
                    secret: false,
                    title: None,
                });
            }
            Ok(Type::of(Kind::Record(Arc::new(RecordType {
                name: None,
                fields: all,
            }))))
        }
        _ => Err(wanted.to_owned()),
    }
}

fn member(json: &Json, depth: usize) -> Result<Type, String> {
    let ty = result(json, depth + 1)?;
    match ty.optional {
        true => Err("`optional` stands neither in a list nor in another".to_owned()),
        false => Ok(ty),
    }
}

/// What is described can be decoded as the declared type: lists as lists or sets, records with their fields, and one scalar as another.
pub(super) fn can_be(described: &Type, declared: &Type) -> bool {
    match (&described.kind, &declared.kind) {
        (Kind::List(a), Kind::List(b) | Kind::Set(b)) => can_be(a, b),
        (Kind::Record(a), Kind::Record(b)) => b.fields.iter().all(|field| {
            let known = a.field(&field.name);
            field.at.is_some() || known.is_some_and(|(_, it)| can_be(&it.ty, &field.ty))
        }),
        (Kind::List(_) | Kind::Record(_), _) => false,
        (_, Kind::List(_) | Kind::Set(_)) => false,
        // A certificate is decoded from a text.
        (Kind::Text, Kind::Record(record)) => record.name.as_deref() == Some("Certificate"),
        (_, Kind::Record(_)) => false,
        _ => true,
    }
}

fn object<'j>(
    json: &'j Json,
    name: &str,
) -> Result<Option<&'j serde_json::Map<String, Json>>, String> {
    match json.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Object(it)) => Ok(Some(it)),
        Some(_) => Err(format!("{name}: an object is wanted")),
    }
}

/// A text on one line.
fn text(json: &Json, name: &str) -> Result<Option<String>, String> {
    let it = match json.get(name) {
        None | Some(Json::Null) => return Ok(None),
        Some(it) => it.as_str(),
    };
    let plain = |it: &&str| {
        let short = it.chars().count() <= LONGEST_TEXT;
        short && !it.trim().is_empty() && !it.contains(|c: char| c.is_control() || c == '"')
    };
    match it.filter(plain) {
        Some(it) => Ok(Some(it.to_owned())),
        None => Err(format!(
            "{name}: a text of one line without quotes is wanted, of at most {LONGEST_TEXT} characters"
        )),
    }
}

fn word(json: &Json, name: &str) -> Result<String, String> {
    let it = json.get(name).and_then(Json::as_str);
    it.filter(|it| is_word(it)).map(str::to_owned).ok_or_else(|| {
        format!("{name}: a word of at most {LONGEST_WORD} lower-case letters, digits and `_` is wanted")
    })
}

fn is_word(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    text.len() <= LONGEST_WORD
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(plain)
}

fn kept(text: String) -> &'static str {
    String::leak(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn good() -> Json {
        json!({
            "protocol": 1, "name": "Acme switches", "version": "2.1", "system": "acme",
            "kinds": [{
                "kind": "port", "title": "A port of a switch", "locator": "name of the switch",
                "arguments": { "number": { "value": "number", "required": true, "about": "which port" } },
                "result": { "optional": { "record": { "up": "bool", "speed": "int" } } },
                "privilege": "none", "not_there": "the switch has no such port",
                "example": { "locator": "core-1", "arguments": { "number": ["3"] } },
            }],
        })
    }

    #[test]
    fn a_description_is_rows_beside_the_table() {
        let read = describe(&good()).unwrap();
        assert!(Arc::ptr_eq(&read, &describe(&good()).unwrap()));
        let row = read.kinds[0];
        assert_eq!(row.name(), "acme port");
        assert_eq!(row.example, "from acme port \"core-1\" number 3");
        let Yields::Described(result) = row.result else {
            panic!("{:?}", row.result);
        };
        assert!(result.optional);
        assert!(super::super::find("acme", "port").is_none());
    }

    type Change = fn(&mut Json);

    const CHANGES: &[(Change, &str)] = &[
        (
            |it| it["protocol"] = json!(2),
            "protocol: it speaks version 2",
        ),
        (|it| it["protocol"] = Json::Null, "protocol: the number 1"),
        (
            |it| it["system"] = json!("azure"),
            "system: `azure` is one of rulec's own",
        ),
        (
            |it| it["system"] = json!("windows"),
            "system: `windows` is one of rulec's own",
        ),
        (
            |it| it["system"] = json!("given"),
            "system: `given` means something else",
        ),
        (|it| it["system"] = json!("Acme"), "system: a word"),
        (|it| it["system"] = json!("acme\u{1b}[0m"), "system: a word"),
        (|it| it["kinds"] = json!([]), "kinds: a list"),
        (
            |it| it["kinds"][0]["title"] = json!("a\nb"),
            "kinds[0].title: a text of one line",
        ),
        (
            |it| it["kinds"][0]["title"] = json!("x".repeat(301)),
            "kinds[0].title: a text of one line",
        ),
        (
            |it| it["kinds"][0]["result"] = json!({ "list": { "optional": "int" } }),
            "kinds[0].result: `optional`",
        ),
        (
            |it| it["kinds"][0]["result"] = json!("text"),
            "kinds[0].result: `text` is no type",
        ),
        (
            |it| it["kinds"][0]["arguments"]["from"] = json!({ "value": "flag" }),
            "kinds[0].arguments.from: it is no word",
        ),
        (
            |it| it["kinds"][0]["arguments"]["number"]["value"] = json!("x"),
            "kinds[0].arguments.number: value:",
        ),
        (
            |it| it["kinds"][0]["example"] = Json::Null,
            "kinds[0].example: an object",
        ),
        (
            |it| it["kinds"][0]["example"]["arguments"] = Json::Null,
            "kinds[0].example.arguments: `number` is required",
        ),
        (
            |it| it["kinds"][0]["cost_ms"] = json!(-1),
            "kinds[0].cost_ms:",
        ),
        (
            |it| {
                let kind = it["kinds"][0].clone();
                it["kinds"] = json!([kind, kind])
            },
            "kinds[1].kind: `port` is described twice",
        ),
        (
            |it| it["more"] = json!("x".repeat(300 << 10)),
            "the description is longer",
        ),
    ];

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (change, wanted) in CHANGES {
            let mut json = good();
            change(&mut json);
            let error = describe(&json).expect_err(wanted);
            assert!(error.starts_with(wanted), "{error}");
        }
        let mut deep = json!("int");
        (0..20).for_each(|_| deep = json!({ "list": deep }));
        let mut json = good();
        json["kinds"][0]["result"] = deep;
        assert!(describe(&json).is_err_and(|it| it.contains("nests deeper")));
    }
}
