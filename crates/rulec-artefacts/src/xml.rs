//! XML as the documents of `file xml`: elements by local name, `nil` elements without a text, secrets marked.

use roxmltree::{Document, Node, ParsingOptions};
use rulec_facts::fold::fold;
use serde_json::{Map, Value as Json, json};

use crate::{Finding, secrets};

/// Most nodes of a tree.
const MOST_NODES: u32 = 200_000;
/// Most attributes of an element: the parser compares each with each, and has no limit of its own.
const MOST_ATTRIBUTES: usize = 1000;
/// Deepest element.
const DEEPEST: usize = 64;

/// Whether a text begins as XML, and not as a page of HTML.
pub fn is_xml(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(64).collect();
    let start = fold(&start).unwrap_or(start);
    let mut after = start.chars().skip(1);
    start.starts_with('<')
        && after
            .next()
            .is_some_and(|c| c.is_alphabetic() || matches!(c, '?' | '!' | '_'))
        && !start.starts_with("<!doctype html")
        && !start.starts_with("<html")
}

/// The root element: `{"name", "attributes", "text", "children"}`.
///
/// # Errors
/// Text that is no XML, with its place; a tree that is too large or too deep; any DTD, which could grow without end.
pub fn read(text: &str) -> Result<Json, Finding> {
    if has_too_many_attributes(text) {
        return Err(Finding::whole(format!(
            "an element has more than {MOST_ATTRIBUTES} attributes"
        )));
    }
    let options = ParsingOptions {
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    // A mark at the start of a text that was cut out of a file is no XML.
    let document =
        Document::parse_with_options(text.trim_start_matches('\u{FEFF}').trim_start(), options)
            .map_err(|error| {
                let at = error.pos();
                Finding {
                    place: Some((at.row, at.col)),
                    message: format!("not XML: {error}"),
                }
            })?;
    element(document.root_element(), 0, false)
}

/// Counts the `=` outside of quotes of each tag. What is no tag, as a remark or a text in `CDATA`, is counted like one up to its first `>`.
fn has_too_many_attributes(text: &str) -> bool {
    let mut quote = None;
    let (mut inside, mut count) = (false, 0);
    for byte in text.bytes() {
        match (quote, byte) {
            (Some(end), _) if byte == end => quote = None,
            (Some(_), _) => {}
            // After `<!` quotes need not be in pairs, so that a `<` begins a tag anew wherever it stands.
            (None, b'<') => (inside, count) = (true, 0),
            (None, b'>') => inside = false,
            (None, b'"' | b'\'') if inside && count > 0 => quote = Some(byte),
            (None, b'=') if inside => count += 1,
            _ => {}
        }
        if count > MOST_ATTRIBUTES {
            return true;
        }
    }
    false
}

/// `secret`: an element around it is one, or an element beside it says so.
fn element(node: Node<'_, '_>, depth: usize, secret: bool) -> Result<Json, Finding> {
    if depth > DEEPEST {
        return Err(Finding::whole(format!(
            "elements are nested deeper than {DEEPEST}"
        )));
    }
    let name = node.tag_name().name();
    let nil = node
        .attributes()
        .any(|it| it.name() == "nil" && matches!(it.value(), "true" | "1"));
    let secret = secret || secrets::is_secret(name);
    let labelled = node
        .attributes()
        .any(|it| is_label(it.name()) && secrets::names_secret(it.value()));
    let attributes: Map<String, Json> = node
        .attributes()
        .map(|it| {
            let held = labelled && !is_label(it.name());
            let value = match secret || held || secrets::is_secret(it.name()) {
                true => secrets::hidden(),
                false => told(it.value()),
            };
            (it.name().to_owned(), value)
        })
        .collect();
    let children = || node.children().filter(Node::is_element);
    let named = labelled
        || children().any(|it| {
            is_label(it.tag_name().name()) && it.text().is_some_and(secrets::names_secret)
        });
    let children: Vec<Json> = children()
        .map(|it| {
            let held = named && !is_label(it.tag_name().name());
            element(it, depth + 1, secret || held)
        })
        .collect::<Result<_, _>>()?;
    let content: String = node
        .children()
        .filter(Node::is_text)
        .filter_map(|it| it.text())
        .collect();
    let text = match () {
        () if nil || !children.is_empty() => Json::Null,
        () if (secret || labelled) && !content.is_empty() => secrets::hidden(),
        () => told(&content),
    };
    Ok(json!({ "name": name, "attributes": attributes, "text": text, "children": children }))
}

/// It names what stands beside it.
fn is_label(name: &str) -> bool {
    ["name", "key", "id"]
        .iter()
        .any(|it| name.eq_ignore_ascii_case(it))
}

fn told(text: &str) -> Json {
    Json::String(secrets::clean(text).unwrap_or_else(|| text.to_owned()))
}

/// The text of the first element at a path below another, as it is written.
pub fn text<'a>(root: &'a Json, path: &[&str]) -> Option<&'a str> {
    let mut at = root;
    for name in path {
        at = children(at).find(|it| it.get("name").and_then(Json::as_str) == Some(name))?;
    }
    at.get("text")?.as_str()
}

/// The elements directly below one.
pub fn children(element: &Json) -> impl Iterator<Item = &Json> {
    element
        .get("children")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nil_is_no_text_an_empty_element_is_one_and_secrets_stay() {
        let text = "\u{FEFF}<?xml version=\"1.0\"?><a xmlns=\"urn:x\" xmlns:i=\"urn:i\"><b i:nil=\"true\"/><c/><serversecret>hunter2</serversecret><d> x </d></a>";
        assert!(is_xml(text.trim_start_matches('\u{FEFF}')));
        let root = read(text).unwrap();
        assert_eq!(root["children"][0]["text"], Json::Null);
        assert_eq!(root["children"][1]["text"], "");
        assert_eq!(super::text(&root, &["d"]), Some(" x "));
        assert!(!root.to_string().contains("hunter2"));
    }

    #[test]
    fn what_stands_in_or_beside_the_name_of_a_secret_stays() {
        for text in [
            "<a><serversecret><v>hunter2</v></serversecret></a>",
            "<a><sharedKey><keyMaterial>hunter2</keyMaterial></sharedKey></a>",
            "<a><serversecret v=\"hunter2\"/></a>",
            "<a><add key=\"vpn.password\" value=\"hunter2\"/></a>",
            "<a><p name=\"sharedKey\">hunter2</p></a>",
            "<a><p><name>sharedKey</name><value>hunter2</value></p></a>",
        ] {
            let root = read(text).unwrap();
            assert!(!root.to_string().contains("hunter2"), "{text}: {root}");
        }
    }

    #[test]
    fn an_element_with_very_many_attributes_is_told_before_it_is_read() {
        let many: String = (0..5000).map(|it| format!(" a{it}='>'")).collect();
        let error = read(&format!("<a><b{many}/></a>")).unwrap_err();
        assert!(error.message.contains("attributes"), "{error:?}");
        let fair: String = (0..100).map(|it| format!(" a{it}='x=\"y\"'")).collect();
        assert!(read(&format!("<a><b{fair}>{}</b></a>", "= ".repeat(9000))).is_ok());
    }

    #[test]
    fn what_is_cut_bombed_or_deep_is_told_with_its_place() {
        assert!(read("<a>\n<b>").unwrap_err().place.is_some());
        let bomb = "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>";
        assert!(read(bomb).is_err());
        assert!(read(&"<a>".repeat(500)).is_err());
        let deep = "<a>".repeat(200) + &"</a>".repeat(200);
        assert!(read(&deep).unwrap_err().message.contains("deeper"));
        assert!(!is_xml("<!DOCTYPE html><p>") && !is_xml("< 5 ms"));
    }
}
