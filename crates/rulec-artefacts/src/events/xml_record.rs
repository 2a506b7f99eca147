//! A record as the event log itself renders it: one `<Event>` of XML, as `EvtRender` and `wevtutil qe /f:xml` give it.
//!
//! It is put into the form in which the reader of `.evtx` files takes records, so that both mean the same.

use roxmltree::{Document, Node};
use serde_json::{Map, Value as Json, json};

use super::Record;
use super::evtx_file::{self, Taken};

/// Deepest element that is looked into.
const DEEPEST: usize = 20;

/// The record; none for a text that is no such event.
pub fn from_xml(text: &str) -> Option<Record> {
    let document = Document::parse(text).ok()?;
    let event = document.root_element();
    if event.tag_name().name() != "Event" {
        return None;
    }
    let system = child(event, "System")?;
    let stamp = child(system, "TimeCreated")?.attribute("SystemTime")?;
    let stamp: jiff::Timestamp = stamp.parse().ok()?;
    let number = child(system, "EventRecordID").and_then(|it| it.text()?.trim().parse().ok());
    let data = Map::from_iter([("Event".to_owned(), whole(event))]);
    Some(evtx_file::read(Taken {
        data: Json::Object(data),
        number,
        stamp: stamp.to_string(),
        nanoseconds: stamp.as_nanosecond(),
    }))
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|it| it.tag_name().name() == name)
}

fn whole(event: Node<'_, '_>) -> Json {
    let parts = event.children().filter(Node::is_element);
    let told = parts.filter_map(|part| {
        let name = part.tag_name().name();
        let value = match name {
            "EventData" => event_data(part),
            "System" | "UserData" => element(part, 0),
            _ => return None,
        };
        Some((name.to_owned(), value))
    });
    Json::Object(told.collect())
}

/// `Data` without names as a list, data with names by these; of equal names the first counts.
fn event_data(node: Node<'_, '_>) -> Json {
    let mut object = Map::new();
    let mut unnamed = Vec::new();
    for part in node.children().filter(Node::is_element) {
        let text = json!(part.text().unwrap_or_default());
        match (part.tag_name().name(), part.attribute("Name")) {
            ("Data", Some(name)) => _ = object.entry(name).or_insert(text),
            ("Data", None) => unnamed.push(text),
            (name, _) => _ = object.entry(name).or_insert(text),
        }
    }
    if !unnamed.is_empty() {
        object.insert("Data".to_owned(), json!({ "#text": unnamed }));
    }
    Json::Object(object)
}

/// An element: its text, or an object of what is in it and of its attributes. Equal names are a list.
fn element(node: Node<'_, '_>, depth: usize) -> Json {
    let mut object = Map::new();
    let attributes: Map<String, Json> = node
        .attributes()
        .map(|it| (it.name().to_owned(), number_or_text(it.value())))
        .collect();
    if !attributes.is_empty() {
        object.insert("#attributes".to_owned(), Json::Object(attributes));
    }
    for part in node
        .children()
        .filter(|it| it.is_element() && depth < DEEPEST)
    {
        let value = element(part, depth + 1);
        let name = part.tag_name().name();
        match object.get_mut(name) {
            Some(Json::Array(all)) => all.push(value),
            Some(first) => *first = json!([first.take(), value]),
            None => _ = object.insert(name.to_owned(), value),
        }
    }
    let text = node.text().map(str::trim).filter(|it| !it.is_empty());
    match (text, object.is_empty()) {
        (text, true) => text.map_or(Json::Null, number_or_text),
        (Some(text), false) => {
            object.insert("#text".to_owned(), number_or_text(text));
            Json::Object(object)
        }
        (None, false) => Json::Object(object),
    }
}

/// Whole numbers are such in a saved log.
fn number_or_text(text: &str) -> Json {
    match text.parse::<i64>() {
        Ok(number) if number.to_string() == text => json!(number),
        _ => json!(text),
    }
}
