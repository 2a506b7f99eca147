//! `certutil -store`: the certificates of a store, by what no language translates: the rules between them, hexadecimal numbers, and the
//! order serial number, issuer, two dates, subject.
//!
//! Dates are in the user's locale, without zone: they are not told, only quoted. The text names a store but not whose, so the store is
//! known only where the command stands above.

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json, json};

/// The stores of a text, each with its name if the command stands above, and its certificates.
pub fn read(text: &str) -> Vec<(Option<String>, Json)> {
    let mut stores: Vec<(Option<String>, Vec<Json>)> = Vec::new();
    let mut store = None;
    let mut new_store = true;
    let mut block: Vec<&str> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let is_rule = is_rule(line);
        let named = command(line);
        if (is_rule || named.is_some()) && inside {
            add(&mut stores, &store, &mut new_store, &block);
            inside = false;
        }
        if is_rule {
            block.clear();
            inside = true;
        } else if let Some(named) = named {
            store = named;
            new_store = true;
        } else if new_store && !inside && is_done(line) && store.is_some() {
            stores.push((store.take(), Vec::new()));
        } else if inside {
            block.push(line);
        }
    }
    if inside {
        add(&mut stores, &store, &mut new_store, &block);
    }
    stores
        .into_iter()
        .map(|(store, list)| (store, Json::Array(list)))
        .collect()
}

fn add(
    stores: &mut Vec<(Option<String>, Vec<Json>)>,
    store: &Option<String>,
    new_store: &mut bool,
    block: &[&str],
) {
    let Some(record) = certificate(block) else {
        return;
    };
    match stores.last_mut().filter(|_| !*new_store) {
        Some((_, list)) => list.push(record),
        None => stores.push((store.clone(), vec![record])),
    }
    *new_store = false;
}

/// `CertUtil: -store command completed successfully.`, in any language; an error has its number there.
fn is_done(line: &str) -> bool {
    line.trim().to_lowercase().starts_with("certutil: -store") && !line.contains("0x")
}

/// `================ Certificate 0 ================`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let inner = line.trim_matches('=');
    line.starts_with("====") && line.ends_with("====") && inner.chars().any(|c| c.is_ascii_digit())
}

/// `certutil [-user] -store NAME` at a prompt or alone: the store's name as sources write it; none inside where it names none.
fn command(line: &str) -> Option<Option<String>> {
    let lower = line.to_lowercase();
    let start = lower
        .find("certutil ")
        .or_else(|| lower.find("certutil.exe "))?;
    let words: Vec<&str> = line.get(start..)?.split_whitespace().skip(1).collect();
    if !words.iter().any(|it| it.eq_ignore_ascii_case("-store")) {
        return None;
    }
    let user = words.iter().any(|it| it.eq_ignore_ascii_case("-user"));
    let name = words
        .iter()
        .find(|it| !it.starts_with('-'))
        .map(|it| it.trim_matches('"'));
    let place = if user { "CurrentUser" } else { "LocalMachine" };
    Some(name.map(|name| format!("{place}\\{name}")))
}

fn certificate(block: &[&str]) -> Option<Json> {
    let values: Vec<(&str, &str)> = block.iter().filter_map(|line| labelled(line)).collect();
    let thumbprint = values
        .iter()
        .rev()
        .map(|(_, value)| value.replace(' ', ""))
        .find(|it| it.len() == 40 && is_hex(it))?;
    let value = |at: usize| values.get(at).map(|(_, value)| *value);
    let serial = value(0)
        .map(|it| it.replace(' ', "").to_uppercase())
        .filter(|it| is_hex(it));
    let date = |at: usize| {
        let detail = format!(
            "`certutil` prints it in the user's own way and without a zone: `{}`",
            value(at).unwrap_or("")
        );
        untold::value(Why::Malformed, &detail)
    };
    let missing = || untold::value(Why::Malformed, "it cannot be told from the text");
    let text = |at: usize| {
        value(at)
            .filter(|it| it.contains('='))
            .map_or_else(missing, |it| json!(it))
    };
    let (issuer, subject) = (value(1), value(4));
    let fields = [
        ("thumbprint", json!(thumbprint.to_uppercase())),
        (
            "serial",
            serial.map_or_else(missing, |it| json!(it.trim_start_matches("00"))),
        ),
        ("issuer", text(1)),
        ("not_before", date(2)),
        ("not_after", date(3)),
        ("subject", text(4)),
        ("self_signed", json!(issuer.is_some() && issuer == subject)),
        ("has_private_key", private_key(block)),
    ];
    let mut record: Map<String, Json> = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    untold::rest(
        &mut record,
        Why::NotCollected,
        "`certutil -store` does not tell",
    );
    Some(Json::Object(record))
}

/// `Label: value` with anything before; a label has no `=`.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':').or_else(|| line.split_once('：'))?;
    (!label.contains('=')).then(|| (label.trim(), value.trim()))
}

/// A container of the key is named, or the key was tried.
fn private_key(block: &[&str]) -> Json {
    let container = block.iter().any(|line| {
        let equals = line.split_once(" = ");
        equals.is_some_and(|(label, value)| !label.trim().is_empty() && !value.trim().is_empty())
    });
    let missing = block
        .iter()
        .any(|line| line.contains("Cannot find the certificate and private key"));
    match (container, missing) {
        (_, true) => json!(false),
        (true, false) => json!(true),
        (false, false) => untold::value(Why::NotCollected, "`certutil` names no key here"),
    }
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
