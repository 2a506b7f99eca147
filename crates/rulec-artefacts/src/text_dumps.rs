//! What commands printed, in any language of Windows: `ipconfig`, `route print`, `netsh`, `systeminfo`, `certutil -store`, `dsregcmd`.
//!
//! A text is known by its shape. Labels are translated, so they count only where they hold what no language translates (`DNS`, `DHCP`,
//! `IPv6`), and where the shape of values and their order do not tell.

pub mod certutil;
pub mod dsregcmd;
pub mod ipconfig;
pub mod netsh;
pub mod powershell;
pub mod route;
pub mod systeminfo;

use std::net::{IpAddr, Ipv4Addr};

use serde_json::Value as Json;

/// What one text tells, and of which place.
#[derive(Debug, Clone, PartialEq)]
pub enum Dump {
    /// `windows adapters`; the rank says how much of them, more is better.
    Adapters(Json, u8),
    /// `windows routes`.
    Routes(Json),
    /// `systeminfo`.
    System(systeminfo::System),
    /// `windows certificates`: the store, if the text names it, and its certificates.
    Store(Option<String>, Json),
    /// `windows command`: the command and its values by label.
    Command(&'static str, Json),
}

/// What a text is; none for a text that is none of these. One text may hold several.
pub fn read(text: &str) -> Vec<Dump> {
    let mut found = Vec::new();
    if let Some(adapters) = ipconfig::read(text) {
        found.push(Dump::Adapters(adapters, 2));
    }
    if let Some(routes) = route::read(text) {
        found.push(Dump::Routes(routes));
        found.extend(route::adapters(text).map(|it| Dump::Adapters(it, 1)));
    } else if let Some(routes) = netsh::routes(text) {
        found.push(Dump::Routes(routes));
    }
    if let Some(system) = systeminfo::read(text) {
        found.push(Dump::System(system));
    }
    found.extend(dsregcmd::read(text).map(|it| Dump::Command(dsregcmd::COMMAND, it)));
    for (store, certificates) in certutil::read(text) {
        found.push(Dump::Store(store, certificates));
    }
    found
}

/// An address, without the zone behind `%` and the remark in brackets that follow it.
fn address(text: &str) -> Option<IpAddr> {
    text.split(['(', '%', ' ']).next()?.trim().parse().ok()
}

/// `10.0.0.0/8`, with the bits of the host cut off; none for a mask with holes.
fn network(address: Ipv4Addr, mask: Ipv4Addr) -> Option<String> {
    let bits = u32::from(mask);
    if bits.count_ones() != bits.leading_ones() {
        return None;
    }
    let network = Ipv4Addr::from(u32::from(address) & bits);
    Some(format!("{network}/{}", bits.leading_ones()))
}

/// Where a text goes on behind another with which it begins. Letters outside of ASCII may have been lost to a blank or a question mark.
fn begins(text: &str, start: &str) -> Option<usize> {
    let mut signs = text.char_indices();
    for wanted in start.chars() {
        let (_, found) = signs.next()?;
        let same = found == wanted || found.to_lowercase().eq(wanted.to_lowercase());
        let lost = !wanted.is_ascii() && matches!(found, ' ' | '?' | char::REPLACEMENT_CHARACTER);
        if !same && !lost {
            return None;
        }
    }
    Some(signs.next().map_or(text.len(), |(at, _)| at))
}

#[cfg(test)]
mod tests;
