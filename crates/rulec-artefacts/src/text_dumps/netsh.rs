//! `windows routes` from `netsh interface ipv4 show route` (and `ipv6`): a table whose columns a row of dashes marks.

use std::net::IpAddr;

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Value as Json, json};

/// The routes; none for a text without such a table.
pub fn routes(text: &str) -> Option<Json> {
    let mut list: Vec<Json> = text.lines().filter_map(row).collect();
    if list.len() < 2 {
        return None;
    }
    let six = text.lines().filter_map(prefix).any(|it| it.contains(':'));
    let other = if six { "IPv4" } else { "IPv6" };
    let detail = format!("`netsh` printed no {other} routes");
    list.push(untold::many(Why::NotCollected, &detail));
    Some(Json::Array(list))
}

fn prefix(line: &str) -> Option<&str> {
    let word = line.split_whitespace().nth(3)?;
    let (address, length) = word.split_once('/')?;
    let fits = address.parse::<IpAddr>().is_ok() && length.parse::<u8>().is_ok_and(|it| it <= 128);
    fits.then_some(word)
}

/// Published, type, metric, prefix, index, then the gateway, or the name of the interface where there is none.
fn row(line: &str) -> Option<Json> {
    let prefix = prefix(line)?;
    let mut words = line.split_whitespace();
    let metric: u32 = words.by_ref().nth(2)?.parse().ok()?;
    let index: u32 = words.nth(1)?.parse().ok()?;
    let rest: Vec<&str> = words.collect();
    let hop: Option<IpAddr> = rest.first().and_then(|it| it.parse().ok());
    let interface = match hop {
        Some(_) => index.to_string(),
        None => rest.join(" "),
    };
    Some(json!({
        "prefix": prefix,
        "next_hop": hop,
        "interface": interface,
        "metric": metric,
        "persistent": untold::value(Why::NotCollected, "`netsh` does not tell whether a route is persistent"),
    }))
}
