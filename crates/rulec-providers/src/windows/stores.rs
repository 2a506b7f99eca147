//! `windows certificates`: what the system itself shows in a store, or in one of its parts.

use std::collections::HashSet;

use rulec_artefacts::certificates;
use rulec_facts::reason::Why;
use rulec_windows::{Held, Place, Read, Trouble};
use serde_json::Value as Json;

use super::system::System;

/// Stores that every Windows has, if only in name: one that nobody has used is empty. Of others, nothing says whether the name is right.
const KNOWN: &[&str] = &[
    "addressbook",
    "authroot",
    "ca",
    "clientauthissuer",
    "disallowed",
    "my",
    "remote desktop",
    "request",
    "root",
    "smartcardroot",
    "trust",
    "trusteddevices",
    "trustedpeople",
    "trustedpublisher",
    "userds",
    "webhosting",
];

/// Where the issuers of certificates are looked for.
const ISSUERS: &[(Place, &str)] = &[
    (Place::LocalMachine, "Root"),
    (Place::LocalMachine, "CA"),
    (Place::CurrentUser, "Root"),
    (Place::CurrentUser, "CA"),
];

/// The certificates of `CurrentUser\My`, or of a part of a store, `CurrentUser\Root\.Default`.
pub(super) fn certificates(system: &dyn System, locator: &str) -> Read<Json> {
    let mut words = locator.trim().splitn(3, '\\');
    let place = words.next().unwrap_or("");
    let place = match place.to_ascii_lowercase().as_str() {
        "currentuser" => Place::CurrentUser,
        "localmachine" => Place::LocalMachine,
        _ => {
            let detail = "a store is one of `CurrentUser` or of `LocalMachine`";
            return Err(Trouble::new(Why::Unsupported, detail));
        }
    };
    let store = words.next().unwrap_or("");
    let part = words.next();
    if let Some(part) = part {
        return part_of(system, place, store, part);
    }
    let held = match system.certificates(place, store, None)? {
        Some(held) => held,
        None if KNOWN.contains(&store.to_ascii_lowercase().as_str()) => Vec::new(),
        None => {
            let detail = "this machine has no store of that name";
            return Err(Trouble::new(Why::Missing, detail));
        }
    };
    complete(system, documents(&held))
}

fn complete(system: &dyn System, mut list: Vec<Json>) -> Read<Json> {
    let mut pool = list.clone();
    for (place, store) in ISSUERS {
        // A store that cannot be read hides issuers; they are not told then, as if they were nowhere.
        if let Ok(Some(held)) = system.certificates(*place, store, None) {
            pool.extend(documents(&held));
        }
    }
    certificates::complete(&mut list, &pool);
    Ok(Some(Json::Array(list)))
}

/// One part of a store, where it lies: in the registry, but for a user's own personal certificates, which are files behind a call.
fn part_of(system: &dyn System, place: Place, store: &str, part: &str) -> Read<Json> {
    let (store, part) = (store.to_lowercase(), part.to_lowercase());
    let of = match place {
        Place::CurrentUser => "currentuser",
        Place::LocalMachine => "localmachine",
    };
    let parts = certificates::parts(of, &store);
    if !parts.iter().any(|(it, _)| *it == part) {
        let names: Vec<&str> = parts.iter().map(|(it, _)| *it).collect();
        let detail = format!("the parts of this store are {}", names.join(", "));
        return Err(Trouble::new(Why::Missing, detail));
    }
    if of == "currentuser" && store == "my" && part == ".default" {
        let held = system.certificates(place, &store, Some(".Default"))?;
        return complete(system, documents(&held.unwrap_or_default()));
    }
    let mut list = Vec::new();
    for (_, key) in parts.iter().filter(|(it, _)| *it == part) {
        for name in system.subkeys(key)?.unwrap_or_default() {
            let kept = system
                .values(&format!("{key}\\{name}"))?
                .unwrap_or_default();
            let blob = kept.iter().find(|it| it.name.eq_ignore_ascii_case("Blob"));
            let der = blob.and_then(|it| certificates::of_blob(&it.bytes));
            let (der, has_key) = der.unwrap_or_default();
            list.push(certificates::held(der, has_key));
        }
    }
    complete(system, list)
}

/// A store shows a certificate once, in however many of its parts it lies.
fn documents(held: &[Held]) -> Vec<Json> {
    let mut seen = HashSet::new();
    let new = held.iter().filter(|it| seen.insert((&it.der, it.key)));
    new.map(|it| certificates::held(&it.der, it.key)).collect()
}
