//! `windows routes` from `route print`, by columns: five in an active row, four in a persistent one. Headings and `On-link` are translated.

use std::net::{IpAddr, Ipv4Addr};

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json, json};

use super::network;

/// Rows from which on a text is a routing table.
const FEWEST: usize = 2;

/// Rows of the table.
#[derive(Default)]
struct Table {
    active: Vec<Row>,
    persistent: Vec<(String, Option<IpAddr>)>,
    /// Some row of each family.
    four: bool,
    six: bool,
    /// The part for persistent routes was printed: rules between the parts stand around it.
    whole: bool,
}

struct Row {
    prefix: String,
    next_hop: Option<IpAddr>,
    interface: String,
    metric: u32,
}

/// The routes; none for a text without a table.
pub fn read(text: &str) -> Option<Json> {
    let table = table(text);
    if table.active.len() < FEWEST {
        return None;
    }
    let told = table.whole || !table.persistent.is_empty();
    let mut list: Vec<Json> = table
        .active
        .iter()
        .map(|row| table.route(row, told))
        .collect();
    for (family, there) in [("IPv4", table.four), ("IPv6", table.six)] {
        if !there {
            let detail = format!("the {family} routes were not saved");
            list.push(untold::many(Why::NotCollected, &detail));
        }
    }
    Some(Json::Array(list))
}

fn table(text: &str) -> Table {
    let mut table = Table::default();
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        table.whole |= line.trim().len() > 20 && line.trim().chars().all(|c| c == '=');
        if let Some(row) = four(&words) {
            table.four = true;
            table.active.push(row);
        } else if let Some(row) = persistent(&words) {
            table.persistent.push(row);
        } else if let Some((index, row)) = six(&words, lines.get(at + 1).copied()) {
            table.six = true;
            match index {
                0 => table.persistent.push((row.prefix, row.next_hop)),
                _ => table.active.push(row),
            }
        }
    }
    table
}

impl Table {
    fn route(&self, row: &Row, told: bool) -> Json {
        let persistent = match told {
            true => json!(
                self.persistent
                    .iter()
                    .any(|(prefix, hop)| *prefix == row.prefix && *hop == row.next_hop)
            ),
            false => untold::value(Why::NotCollected, "the persistent routes were not saved"),
        };
        json!({
            "prefix": row.prefix,
            "next_hop": row.next_hop,
            "interface": row.interface,
            "metric": row.metric,
            "persistent": persistent,
        })
    }
}

/// Destination, mask, gateway or some words for *on the link*, address of the interface, metric.
fn four(words: &[&str]) -> Option<Row> {
    let (destination, rest) = words.split_first()?;
    let (mask, rest) = rest.split_first()?;
    let (metric, rest) = rest.split_last()?;
    let (interface, gateway) = rest.split_last()?;
    let prefix = network(destination.parse().ok()?, mask.parse().ok()?)?;
    let interface: Ipv4Addr = interface.parse().ok()?;
    let metric = metric.parse().ok()?;
    let first = gateway.first()?;
    Some(Row {
        prefix,
        next_hop: first.parse().ok(),
        interface: interface.to_string(),
        metric,
    })
}

/// Destination, mask, gateway, and a metric that may be a word.
fn persistent(words: &[&str]) -> Option<(String, Option<IpAddr>)> {
    let [destination, mask, gateway, _, ..] = words else {
        return None;
    };
    let prefix = network(destination.parse().ok()?, mask.parse().ok()?)?;
    Some((prefix, Some(IpAddr::V4(gateway.parse().ok()?))))
}

/// Interface, metric, network, and the gateway here or in the next line.
fn six(words: &[&str], next: Option<&str>) -> Option<(u32, Row)> {
    let [index, metric, prefix, gateway @ ..] = words else {
        return None;
    };
    let index: u32 = index.parse().ok()?;
    let (address, length) = prefix.split_once('/')?;
    let address: std::net::Ipv6Addr = address.parse().ok()?;
    let length: u8 = length.parse().ok().filter(|it| *it <= 128)?;
    let hop = match gateway.first() {
        Some(word) => word.parse().ok(),
        None => next.and_then(|line| line.trim().parse().ok()),
    };
    Some((
        index,
        Row {
            prefix: format!("{address}/{length}"),
            next_hop: hop,
            interface: index.to_string(),
            metric: metric.parse().ok()?,
        },
    ))
}

/// The list of interfaces above the tables: index and description of each.
pub fn adapters(text: &str) -> Option<Json> {
    let list: Vec<Json> = text.lines().filter_map(interface).collect();
    (!list.is_empty()).then_some(Json::Array(list))
}

/// ` 11...00 50 56 c0 00 08 ......VMware Virtual Ethernet Adapter`.
fn interface(line: &str) -> Option<Json> {
    let (index, rest) = line.trim().split_once("...")?;
    let index: u32 = index.parse().ok()?;
    let rest = rest.trim_start_matches('.');
    let description = match rest.split_once("...") {
        Some((_, description)) => description.trim_start_matches('.'),
        None => rest,
    };
    let mut record = Map::from_iter([
        ("index".to_owned(), json!(index)),
        ("description".to_owned(), json!(description.trim())),
    ]);
    if description.contains("Loopback") {
        record.insert("kind".to_owned(), json!("loopback"));
    }
    untold::rest(
        &mut record,
        Why::NotCollected,
        "`route print` does not tell",
    );
    Some(Json::Object(record))
}
