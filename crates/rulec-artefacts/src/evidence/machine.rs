//! What printed texts and listings tell of one machine.

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json};

use crate::registry::Registry;
use crate::text_dumps::Dump;
use crate::text_dumps::powershell::Listing;
use crate::text_dumps::systeminfo::System;

/// The key of which `systeminfo` tells two values.
const CURRENT_VERSION: &str = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";

/// Nothing in what PowerShell wrote tells whether it was asked for all.
pub(super) const SELECTION: &str = "a listing was saved, which may be a selection";

/// A document and the file that holds it.
pub(super) type Told = (Json, String);

/// Named things of a listing.
#[derive(Debug, Default)]
pub(super) struct Named {
    items: Vec<(String, Told)>,
}

/// What is known of the machine.
#[derive(Debug, Default)]
pub(super) struct Machine {
    adapters: Option<(u8, Told)>,
    routes: Option<Told>,
    system: Option<(System, String)>,
    updates: Option<Told>,
    pub(super) services: Named,
    pub(super) apps: Named,
    pub(super) nrpt: Option<Told>,
    commands: Vec<(&'static str, Told)>,
    stores: Vec<Store>,
    /// Stores to which a person assigned files.
    pub(super) assigned: Vec<(String, Vec<String>)>,
}

#[derive(Debug)]
struct Store {
    /// `currentuser\my`; none where the text does not say.
    name: Option<String>,
    certificates: Json,
    file: String,
}

impl Machine {
    pub(super) fn dump(&mut self, file: &str, dump: Dump, registry: &mut Registry) {
        match dump {
            Dump::Adapters(list, rank) => {
                if self.adapters.as_ref().is_none_or(|(old, _)| *old < rank) {
                    self.adapters = Some((rank, (list, file.to_owned())));
                }
            }
            Dump::Routes(list) => _ = self.routes.get_or_insert_with(|| (list, file.to_owned())),
            Dump::System(system) => {
                let by = "`systeminfo` tells only the build";
                registry.hint(file, CURRENT_VERSION, system.registry(), by);
                // It says how many there are, so that it counts more than a listing.
                if self.system.is_none() {
                    self.updates = Some((system.updates.clone(), file.to_owned()));
                }
                self.system.get_or_insert_with(|| (system, file.to_owned()));
            }
            Dump::Command(name, values) => self.commands.push((name, (values, file.to_owned()))),
            Dump::Store(name, certificates) => self.stores.push(Store {
                name: name.map(|it| it.to_lowercase()),
                certificates,
                file: file.to_owned(),
            }),
        }
    }

    pub(super) fn listing(&mut self, file: &str, listing: Listing) {
        match listing {
            Listing::Services(all) => self.services.add(file, all),
            Listing::Apps(all) => self.apps.add(file, all),
            Listing::Updates(all) => {
                let list = all.into_iter().map(Json::String).collect();
                self.updates
                    .get_or_insert_with(|| (part(list), file.to_owned()));
            }
            Listing::Nrpt(list) => {
                self.nrpt
                    .get_or_insert_with(|| (part(list), file.to_owned()));
            }
            Listing::Store(name, certificates) => self.stores.insert(
                0,
                Store {
                    name: Some(name.to_lowercase()),
                    certificates: part(certificates),
                    file: file.to_owned(),
                },
            ),
            // Those go to the logs.
            Listing::Events(..) => {}
        }
    }

    pub(super) fn assign_store(&mut self, store: &str, files: Vec<String>) {
        self.assigned.push((store.to_lowercase(), files));
    }

    pub(super) fn adapters(&self) -> Option<&Told> {
        self.adapters.as_ref().map(|(_, told)| told)
    }

    pub(super) fn has_routes(&self) -> bool {
        self.routes.is_some()
    }

    /// The routes, their interfaces by the names of adapters where these are told too: `route print` has an address or an index there.
    pub(super) fn routes(&self) -> Option<Told> {
        let (mut list, file) = self.routes.clone()?;
        let adapters = self.adapters().and_then(|(all, _)| all.as_array());
        if let (Some(routes), Some(adapters)) = (list.as_array_mut(), adapters) {
            for route in routes {
                let Some(interface) = route.get_mut("interface") else {
                    continue;
                };
                if let Some(name) = name_of(interface, adapters) {
                    *interface = Json::String(name);
                }
            }
        }
        Some((list, file))
    }

    pub(super) fn updates(&self) -> Option<&Told> {
        self.updates.as_ref()
    }

    pub(super) fn system(&self) -> Option<Told> {
        let (system, file) = self.system.as_ref()?;
        Some((system.document(), file.clone()))
    }

    /// What a command printed.
    pub(super) fn command(&self, name: &str) -> Option<Told> {
        let mut all = self.commands.iter();
        let found = all.find(|(it, _)| it.eq_ignore_ascii_case(name.trim()))?;
        Some(found.1.clone())
    }

    /// A printed store of that name, lower case.
    pub(super) fn store(&self, name: &str) -> Option<Told> {
        let mut all = self.stores.iter();
        let found = all.find(|it| it.name.as_deref() == Some(name))?;
        Some((found.certificates.clone(), found.file.clone()))
    }

    /// A store was printed, whichever.
    pub(super) fn has_stores(&self) -> bool {
        !self.stores.is_empty() || !self.assigned.is_empty()
    }

    /// All printed certificates.
    pub(super) fn printed(&self) -> impl Iterator<Item = &Json> {
        self.stores
            .iter()
            .filter_map(|it| it.certificates.as_array())
            .flatten()
    }
}

/// The name of the adapter that has this address or this index.
fn name_of(interface: &Json, adapters: &[Json]) -> Option<String> {
    let wanted = interface.as_str()?;
    let adapter = adapters.iter().find(|adapter| {
        let addresses = adapter.get("addresses").and_then(Json::as_array);
        let mut addresses = addresses.into_iter().flatten();
        let index = adapter.get("index").and_then(Json::as_u64);
        addresses.any(|it| it.as_str() == Some(wanted))
            || index.is_some_and(|it| it.to_string() == wanted)
    })?;
    Some(adapter.get("name")?.as_str()?.to_owned())
}

/// A list of which nothing says that it is whole.
fn part(mut list: Json) -> Json {
    if let Some(all) = list.as_array_mut() {
        all.push(untold::many(Why::NotCollected, SELECTION));
    }
    list
}

impl Named {
    fn add(&mut self, file: &str, all: Vec<Map<String, Json>>) {
        for item in all {
            let name = item
                .get("name")
                .and_then(Json::as_str)
                .unwrap_or("")
                .to_lowercase();
            self.items
                .push((name, (Json::Object(item), file.to_owned())));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn get(&self, name: &str) -> Option<&Told> {
        let name = name.to_lowercase();
        self.items
            .iter()
            .find(|(it, _)| *it == name)
            .map(|(_, told)| told)
    }
}
