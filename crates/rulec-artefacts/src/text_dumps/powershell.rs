//! What PowerShell's `ConvertTo-Json` writes of services, updates, apps, NRPT rules and certificates; the names of members are not translated.

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json, json};

use crate::certificates;
use crate::events;

/// What a document tells, and of which place.
#[derive(Debug, Clone, PartialEq)]
pub enum Listing {
    /// `Get-Service`: all, or those that were asked for.
    Services(Vec<Map<String, Json>>),
    /// `Get-HotFix`.
    Updates(Vec<String>),
    /// `Get-AppxPackage`.
    Apps(Vec<Map<String, Json>>),
    /// `Get-DnsClientNrptPolicy` or `…NrptRule`.
    Nrpt(Json),
    /// `Get-ChildItem Cert:\…`: store and certificates.
    Store(String, Json),
    /// `Get-WinEvent`: log and records.
    Events(Option<String>, Vec<events::Record>),
}

/// Reads a document; none for one that is none of these. A single object stands for a list of one.
pub fn read(json: &Json) -> Option<Listing> {
    if let Some((log, records)) = events::from_json(json) {
        return Some(Listing::Events(log, records));
    }
    let one = std::slice::from_ref(json);
    let items = json.as_array().map_or(one, Vec::as_slice);
    if items.is_empty() {
        return None;
    }
    let all = |read: fn(&Json) -> Option<Map<String, Json>>| {
        items.iter().map(read).collect::<Option<Vec<_>>>()
    };
    if let Some(store) = store(items) {
        return Some(store);
    }
    if let Some(services) = all(service) {
        return Some(Listing::Services(services));
    }
    if let Some(apps) = all(app) {
        return Some(Listing::Apps(apps));
    }
    if let Some(rules) = items.iter().map(nrpt).collect::<Option<Vec<_>>>() {
        return Some(Listing::Nrpt(Json::Array(rules)));
    }
    let updates = items
        .iter()
        .map(|it| Some(it.get("HotFixID")?.as_str()?.to_owned()));
    updates.collect::<Option<Vec<_>>>().map(Listing::Updates)
}

/// `Status` and `StartType` are numbers, or words in PowerShell 7 with `-EnumsAsStrings`.
fn service(item: &Json) -> Option<Map<String, Json>> {
    let name = item.get("ServiceName")?.as_str()?;
    let start = item.get("StartType")?;
    let state = item.get("Status")?;
    let word = |value: &Json| match value.as_str() {
        Some(text) => json!(text.chars().fold(String::new(), |mut out, c| {
            // `StartPending` is the member `start_pending`.
            if c.is_ascii_uppercase() && !out.is_empty() {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
            out
        })),
        None => value.clone(),
    };
    let fields = [
        ("name", json!(name)),
        ("state", word(state)),
        ("start", word(start)),
    ];
    Some(
        fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

fn app(item: &Json) -> Option<Map<String, Json>> {
    item.get("PackageFamilyName")?;
    let fields = [
        ("name", item.get("Name")?.clone()),
        ("version", item.get("Version")?.clone()),
    ];
    Some(
        fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

/// `Namespace` is a text or a list of one, servers are a text, a list or null.
fn nrpt(item: &Json) -> Option<Json> {
    let namespace = item.get("Namespace")?;
    let first = namespace.as_array().and_then(|it| it.first());
    let namespace = first.unwrap_or(namespace).as_str()?;
    let servers = item.get("NameServers")?;
    let servers: Vec<Json> = match servers {
        Json::Array(all) => all
            .iter()
            .map(|it| it.get("IPAddressToString").unwrap_or(it).clone())
            .collect(),
        Json::String(one) => one.split([',', ';']).map(|it| json!(it.trim())).collect(),
        _ => Vec::new(),
    };
    Some(json!({ "namespace": namespace, "servers": servers }))
}

/// All certificates of one store, whose path and bytes stand in the objects.
fn store(items: &[Json]) -> Option<Listing> {
    let mut name: Option<String> = None;
    let mut list = Vec::new();
    for item in items {
        let path = item.get("PSParentPath")?.as_str()?;
        let (_, store) = path.split_once("::")?;
        match &name {
            Some(first) if first != store => return None,
            _ => name = Some(store.to_owned()),
        }
        let raw = item.get("RawData")?.as_array()?;
        let der: Vec<u8> = raw
            .iter()
            .map(|it| u8::try_from(it.as_u64()?).ok())
            .collect::<Option<_>>()?;
        let key = item.get("HasPrivateKey").and_then(Json::as_bool);
        let mut record = certificates::document(&der, key == Some(true))?;
        if key.is_none() {
            let mark = untold::value(Why::NotCollected, "the listing has no `HasPrivateKey`");
            record.insert("has_private_key".to_owned(), mark);
        }
        list.push(Json::Object(record));
    }
    Some(Listing::Store(name?, Json::Array(list)))
}
