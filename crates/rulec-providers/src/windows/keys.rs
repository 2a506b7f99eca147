//! What the registry tells: keys themselves, and what Windows keeps in some of them.

use rulec_artefacts::registry;
use rulec_facts::reason::Why;
use rulec_facts::untold;
use rulec_windows::{Read, Trouble};
use serde_json::{Map, Value as Json, json};

use super::system::System;

/// Where drivers of network cards are listed, each as `0000`, `0001`, …
const NETWORK_CLASS: &str =
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}";
/// Bit of `Characteristics`: a card that can be held in a hand.
const PHYSICAL: u64 = 4;
const INTERNET: &str = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
const INTERNET_POLICY: &str =
    "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
const PACKAGES: &str = "HKCU\\Software\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\Repository\\Packages";
const DNS_CLIENT: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Dnscache";
const NRPT: &str =
    "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Dnscache\\Parameters\\DnsPolicyConfig";
const NRPT_POLICY: &str =
    "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\DNSClient\\DnsPolicyConfig";
const PERSISTENT: &str =
    "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\PersistentRoutes";

/// Values of a key in the form of the reader of exports.
pub(super) fn values(system: &dyn System, key: &str) -> Read<Map<String, Json>> {
    let found = system.values(key)?;
    Ok(found.map(|all| {
        let all = all.into_iter();
        all.map(|it| {
            let value = registry::kept(&it.name, it.kind, &it.bytes);
            (it.name, value)
        })
        .collect()
    }))
}

/// `windows registry`: a key, or with `\*` each key below it as a record with `key`.
pub(super) fn key(system: &dyn System, locator: &str) -> Read<Json> {
    let locator = locator.trim();
    let Some(parent) = locator.strip_suffix("\\*") else {
        return Ok(values(system, locator)?.map(Json::Object));
    };
    Ok(below(system, parent)?.map(Json::Array))
}

/// Each key below one, in order of name. One that cannot be read is there all the same.
fn below(system: &dyn System, parent: &str) -> Read<Vec<Json>> {
    let Some(mut names) = system.subkeys(parent)? else {
        return Ok(None);
    };
    names.sort_by_key(|it| it.to_lowercase());
    let mut list = Vec::new();
    for name in names {
        let mut record = match values(system, &format!("{parent}\\{name}")) {
            Ok(Some(values)) => values,
            // It went away in between.
            Ok(None) => continue,
            Err(trouble) => {
                let mut unread = Map::new();
                untold::rest(&mut unread, trouble.why, &trouble.detail);
                unread
            }
        };
        record.insert("key".to_owned(), name.into());
        list.push(Json::Object(record));
    }
    Ok(Some(list))
}

fn text<'a>(record: &'a Json, name: &str) -> Option<&'a str> {
    record
        .get(name)?
        .as_str()
        .filter(|it| !it.trim().is_empty())
}

/// A driver of a network adapter.
pub(super) struct Driver {
    /// The adapter that it drives.
    pub(super) guid: Option<String>,
    device: String,
    provider: Option<String>,
    /// RFC 3339.
    pub(super) date: Option<String>,
    pub(super) version: Option<String>,
    physical: bool,
}

/// The drivers of network adapters, and the first trouble with one of them.
pub(super) fn drivers_of_adapters(
    system: &dyn System,
) -> Result<(Vec<Driver>, Option<Trouble>), Trouble> {
    let Some(names) = system.subkeys(NETWORK_CLASS)? else {
        let detail = "this system does not list the drivers of network cards";
        return Err(Trouble::new(Why::Unsupported, detail));
    };
    let (mut found, mut trouble) = (Vec::new(), None);
    let numbers = |it: &&String| it.len() == 4 && it.bytes().all(|byte| byte.is_ascii_digit());
    for name in names.iter().filter(numbers) {
        let values = match values(system, &format!("{NETWORK_CLASS}\\{name}")) {
            Ok(Some(values)) => Json::Object(values),
            Ok(None) => continue,
            Err(error) => {
                trouble.get_or_insert(error);
                continue;
            }
        };
        let Some(device) = text(&values, "DriverDesc") else {
            continue;
        };
        let owned = |name: &str| text(&values, name).map(str::to_owned);
        let characteristics = values.get("Characteristics").and_then(Json::as_u64);
        found.push(Driver {
            guid: owned("NetCfgInstanceId"),
            device: device.to_owned(),
            provider: owned("ProviderName"),
            date: text(&values, "DriverDate").and_then(date),
            version: owned("DriverVersion"),
            physical: characteristics.is_none_or(|it| it & PHYSICAL != 0),
        });
    }
    Ok((found, trouble))
}

/// `6-21-2006`: month, day and year in every language, because a driver says it so itself.
fn date(text: &str) -> Option<String> {
    let mut parts = text.trim().split(['-', '/']);
    let mut number = || parts.next()?.parse::<i16>().ok();
    let (month, day, year) = (number()?, number()?, number()?);
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    Some(format!("{date}T00:00:00Z"))
}

/// `windows drivers`: those of cards, not of what only looks like one.
pub(super) fn drivers(system: &dyn System) -> Read<Json> {
    let (all, trouble) = drivers_of_adapters(system)?;
    let cards = all.into_iter().filter(|it| it.physical);
    let mut list: Vec<Json> = cards
        .map(|it| {
            json!({
                "device": it.device,
                "provider": it.provider,
                "date": it.date,
                "version": it.version,
            })
        })
        .collect();
    list.extend(trouble.map(|it| untold::many(it.why, &it.detail)));
    Ok(Some(Json::Array(list)))
}

/// `windows proxy`: `machine`, `user`, `user-script`; nothing where none of them is set.
pub(super) fn proxy(system: &dyn System) -> Read<Json> {
    let policy = values(system, INTERNET_POLICY)?.unwrap_or_default();
    let per_machine = policy.get("ProxySettingsPerUser").and_then(Json::as_u64) == Some(0);
    let root = if per_machine { "HKLM" } else { "HKCU" };
    let user = values(system, &format!("{root}\\{INTERNET}"))?.unwrap_or_default();
    let user = Json::Object(user);
    let on = user.get("ProxyEnable").and_then(Json::as_u64) == Some(1);
    let connections = values(system, &format!("HKLM\\{INTERNET}\\Connections"))?;
    let machine = connections
        .and_then(|it| Some(it.get("WinHttpSettings")?.as_str()?.to_owned()))
        .map(|it| winhttp(&it))
        .transpose()?
        .flatten();
    let user_proxy = text(&user, "ProxyServer").filter(|_| on);
    let script = text(&user, "AutoConfigURL");
    let any = machine.is_some() || user_proxy.is_some() || script.is_some();
    let told = json!({ "machine": machine, "user": user_proxy, "user-script": script });
    Ok(any.then_some(told))
}

/// The proxy of WinHTTP: two numbers, flags, length and name of the proxy, length and names that go past it.
fn winhttp(hex: &str) -> Read<String> {
    /// A proxy is named.
    const NAMED: u32 = 2;
    let unread = || Trouble::new(Why::Malformed, "the proxy of the machine cannot be read");
    let bytes = registry::bytes(hex).ok_or_else(unread)?;
    let number = |at: usize| {
        let four = bytes.get(at..at + 4)?;
        Some(u32::from_le_bytes(four.try_into().ok()?))
    };
    let (flags, length) = (number(8), number(12));
    let (Some(flags), Some(length)) = (flags, length) else {
        return Err(unread());
    };
    let end = usize::try_from(length)
        .ok()
        .and_then(|it| it.checked_add(16));
    let name = end.and_then(|end| bytes.get(16..end)).ok_or_else(unread)?;
    let name = String::from_utf8_lossy(name).into_owned();
    Ok((flags & NAMED != 0 && !name.is_empty()).then_some(name))
}

/// `windows appx`: by the full names of the user's packages, `Microsoft.AzureVpn_2.1.0.0_x64__8wekyb3d8bbwe`.
pub(super) fn app(system: &dyn System, name: &str) -> Read<Json> {
    let Some(packages) = system.subkeys(PACKAGES)? else {
        let detail = "this system does not list the packages of its user";
        return Err(Trouble::new(Why::Unsupported, detail));
    };
    let mut versions: Vec<(Vec<u64>, &str, &str)> = packages
        .iter()
        .filter_map(|package| {
            let mut parts = package.split('_');
            let (own, version) = (parts.next()?, parts.next()?);
            let numbers = version.split('.').map(|it| it.parse().ok());
            own.eq_ignore_ascii_case(name).then_some((
                numbers.collect::<Option<_>>()?,
                own,
                version,
            ))
        })
        .collect();
    versions.sort();
    let newest = versions.last();
    Ok(newest.map(|(_, name, version)| json!({ "name": name, "version": version })))
}

/// `windows nrpt`: the rules that are in force. Those of a policy put those of the machine out of force.
pub(super) fn nrpt(system: &dyn System) -> Read<Json> {
    if system.values(DNS_CLIENT)?.is_none() {
        let detail = "this system has no table of rules for names";
        return Err(Trouble::new(Why::Unsupported, detail));
    }
    let policy = below(system, NRPT_POLICY)?.unwrap_or_default();
    let keys = match policy.is_empty() {
        true => below(system, NRPT)?.unwrap_or_default(),
        false => policy,
    };
    let mut list = Vec::new();
    for key in &keys {
        let names = key.get("Name").and_then(Json::as_array);
        let Some(names) = names else {
            let detail = "a rule for names cannot be read";
            list.push(untold::many(Why::Malformed, detail));
            continue;
        };
        let servers = text(key, "GenericDNSServers").or(text(key, "DirectAccessDNSServers"));
        let servers: Vec<&str> = servers
            .into_iter()
            .flat_map(|it| it.split([';', ',', ' ']))
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .collect();
        list.extend(
            names
                .iter()
                .map(|name| json!({ "namespace": name, "servers": servers })),
        );
    }
    Ok(Some(Json::Array(list)))
}

/// Routes of IPv4 that survive a restart: destination, mask, gateway, metric.
pub(super) fn persistent_routes(system: &dyn System) -> Result<Vec<String>, Trouble> {
    let found = values(system, PERSISTENT)?.unwrap_or_default();
    Ok(found.into_iter().map(|(name, _)| name).collect())
}
