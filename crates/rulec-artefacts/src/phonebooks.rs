//! `windows phonebooks`, `windows phonebook` and `windows cm-profile` from `.pbk`, `.cms` and `.cmp` files.
//!
//! An entry is a tunnel, `Type=2`; dial-up and broadband are none. A case that has one phonebook says nothing of the others of the
//! machine: a connection that no saved phonebook has is unknown, never *not there*.

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json, json};

use crate::ini::{self, Ini};

/// Kind of entry that is a tunnel.
const VPN: &str = "2";
/// EAP-TLS.
const EAP_TLS: i64 = 13;
/// What the data of an EAP method begin with, `1DBC`.
const MAGIC: &[u8] = b"1DBC";
/// A SHA-1 thumbprint.
const HASH: usize = 20;

/// The phonebooks and profiles of a case.
#[derive(Debug, Clone, Default)]
pub struct Phonebooks {
    entries: Vec<Entry>,
    profiles: Vec<Profile>,
}

#[derive(Debug, Clone)]
struct Entry {
    name: String,
    file: String,
    record: Map<String, Json>,
}

/// A Connection Manager profile (`.cms`).
#[derive(Debug, Clone)]
struct Profile {
    /// The connection's name.
    name: String,
    /// Names that its entry may have in its phonebook.
    entries: Vec<String>,
    /// Its folder below `Cm`.
    folder: Option<String>,
    file: String,
}

impl Phonebooks {
    /// No phonebook was saved.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// No profile of Connection Manager was saved.
    pub fn has_no_profile(&self) -> bool {
        self.profiles.is_empty()
    }

    /// Takes a file; says whether it was one of these.
    pub fn add(&mut self, file: &str, ini: &Ini) -> bool {
        if let Some(profile) = profile(file, ini) {
            self.profiles.push(profile);
            return true;
        }
        let mut phonebook = false;
        for (name, keys) in &ini.sections {
            if ini::value(keys, "VpnStrategy").is_none()
                && ini::value(keys, "DialParamsUID").is_none()
            {
                continue;
            }
            phonebook = true;
            if ini::value(keys, "Type") == Some(VPN) {
                let record = record(name, file, keys);
                self.entries.push(Entry {
                    name: name.clone(),
                    file: file.to_owned(),
                    record,
                });
            }
        }
        phonebook
    }

    /// All entries, and the files that hold them.
    pub fn all(&self) -> (Json, Vec<&str>) {
        let detail =
            "further phonebooks of the machine were not saved, or have no mark of being all";
        self.with(vec![untold::many(Why::NotCollected, detail)])
    }

    /// All entries, with marks for what could not be read; none of these says that there is no other. And the files that hold them.
    pub fn with(&self, marks: Vec<Json>) -> (Json, Vec<&str>) {
        let mut list: Vec<Json> = self
            .entries
            .iter()
            .map(|it| Json::Object(it.record.clone()))
            .collect();
        list.extend(marks);
        let mut files: Vec<&str> = self.entries.iter().map(|it| it.file.as_str()).collect();
        files.dedup();
        (Json::Array(list), files)
    }

    /// The entry of that name, or the one that a profile of that name dials.
    pub fn entry(&self, name: &str) -> Option<(Json, &str)> {
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        let own = self.entries.iter().find(|it| same(&it.name, name));
        let found = own.or_else(|| {
            let profile = self.profiles.iter().find(|it| same(&it.name, name))?;
            let mut all = self.entries.iter();
            all.find(|entry| profile.entries.iter().any(|it| same(it, &entry.name)))
        })?;
        let mut record = found.record.clone();
        if own.is_none() {
            record.insert("name".to_owned(), name.into());
        }
        Some((Json::Object(record), &found.file))
    }

    /// `folder` of the profile of that name; when it was installed no file tells.
    pub fn cm_profile(&self, name: &str) -> Option<(Json, &str)> {
        let mut all = self.profiles.iter();
        let profile = all.find(|it| it.name.to_lowercase() == name.to_lowercase())?;
        let folder = match &profile.folder {
            Some(folder) => json!(format!(
                "%APPDATA%\\Microsoft\\Network\\Connections\\Cm\\{folder}"
            )),
            None => untold::value(Why::NotCollected, "the profile names no folder"),
        };
        let mut document = Map::from_iter([("folder".to_owned(), folder)]);
        untold::rest(
            &mut document,
            Why::NotCollected,
            "a saved profile does not tell when it was installed",
        );
        Some((Json::Object(document), &profile.file))
    }
}

fn profile(file: &str, ini: &Ini) -> Option<Profile> {
    let section = "Connection Manager";
    let name = ini.value(section, "ServiceName")?;
    let folder = ["Logo", "Icon"]
        .iter()
        .filter_map(|key| ini.value(section, key))
        .chain(ini.value("ISP", "PBFile"))
        .filter_map(|path| path.rsplit_once('\\').map(|(folder, _)| folder))
        .next();
    let dials = ["TunnelDUN", "DUN"]
        .iter()
        .filter_map(|key| ini.value(section, key));
    Some(Profile {
        name: name.to_owned(),
        entries: dials.chain(folder).map(str::to_owned).collect(),
        folder: folder.map(str::to_owned),
        file: file.to_owned(),
    })
}

fn record(name: &str, file: &str, keys: &[(String, String)]) -> Map<String, Json> {
    let text = |key: &str| ini::value(keys, key).filter(|it| !it.is_empty());
    let number = |key: &str| text(key).and_then(|it| it.parse::<i64>().ok());
    let missing = |key: &str| {
        untold::value(
            Why::Malformed,
            &format!("the entry has no `{key}` that can be read"),
        )
    };
    let told = |key: &str, value: Option<Json>| value.unwrap_or_else(|| missing(key));
    // Every entry has this key; without it the entry is cut.
    let key = number("CustomAuthKey");
    let method = key.filter(|it| *it > 0);
    let (roots, issuers) = match key {
        Some(_) => eap(method, keys),
        None => (missing("CustomAuthKey"), missing("CustomAuthKey")),
    };
    let fields = [
        ("name", json!(name)),
        ("file", json!(place(file))),
        ("all_users", all_users(file)),
        (
            "server",
            told("PhoneNumber", text("PhoneNumber").map(Json::from)),
        ),
        (
            "vpn_strategy",
            told("VpnStrategy", number("VpnStrategy").map(Json::from)),
        ),
        (
            "split_tunnel",
            told(
                "IpPrioritizeRemote",
                number("IpPrioritizeRemote").map(|it| json!(it == 0)),
            ),
        ),
        (
            "use_ras_credentials",
            told(
                "UseRasCredentials",
                number("UseRasCredentials").map(|it| json!(it != 0)),
            ),
        ),
        (
            "eap_type",
            told("CustomAuthKey", key.map(|_| json!(method))),
        ),
        ("eap_roots", roots),
        ("eap_issuers", issuers),
    ];
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Where the phonebook lies on the machine, if its place in the case tells; else its place in the case.
fn place(file: &str) -> String {
    const BELOW: &str = "microsoft/network/connections/";
    let path = file.replace('\\', "/");
    let variable = match all_users(file) {
        Json::Bool(true) => "%ProgramData%",
        Json::Bool(false) => "%APPDATA%",
        _ => return file.to_owned(),
    };
    // Lower case of ASCII alone keeps every place in the text.
    let below = path.to_ascii_lowercase().rfind(BELOW);
    match below.and_then(|at| path.get(at..)) {
        Some(rest) => format!("{variable}\\{}", rest.replace('/', "\\")),
        None => file.to_owned(),
    }
}

/// The place of a phonebook tells whose it is, where it was kept.
fn all_users(file: &str) -> Json {
    let path = file.to_lowercase();
    if path.contains("programdata") || path.contains("all users") {
        json!(true)
    } else if path.contains("appdata") || path.contains("application data") {
        json!(false)
    } else {
        untold::value(
            Why::NotCollected,
            "the file does not say whose phonebook it is",
        )
    }
}

/// Thumbprints of trusted roots, and of issuers of client certificates.
fn eap(method: Option<i64>, keys: &[(String, String)]) -> (Json, Json) {
    let digits: String = keys
        .iter()
        .filter(|(key, _)| key.eq_ignore_ascii_case("CustomAuthData"))
        .map(|(_, value)| value.as_str())
        .collect();
    let unread = |detail: &str| {
        let mark = untold::value(Why::Unsupported, detail);
        (mark.clone(), mark)
    };
    match method {
        None => (json!([]), json!([])),
        Some(EAP_TLS) if digits.is_empty() => (json!([]), json!([])),
        Some(EAP_TLS) => match bytes(&digits).as_deref().and_then(thumbprints) {
            Some((roots, issuers, whole)) => {
                let mut issuers: Vec<Json> = issuers.into_iter().map(Json::from).collect();
                if !whole {
                    let detail = "`CustomAuthData` has a list of issuers that is read in part";
                    issuers.push(untold::many(Why::Unsupported, detail));
                }
                (json!(roots), Json::Array(issuers))
            }
            None => unread("`CustomAuthData` cannot be read"),
        },
        Some(26) => (json!([]), json!([])),
        Some(_) => unread("the data of this EAP method are not read"),
    }
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}

/// The properties of an EAP-TLS connection: version, size, flags, then either one hash with its length or a number of hashes; server names;
/// behind them, in parts with a number and a length, which certificates of the client fit: 0xFD is a list of their issuers.
///
/// Told besides: whether that list is known whole.
fn thumbprints(bytes: &[u8]) -> Option<(Vec<String>, Vec<String>, bool)> {
    let wrapped = bytes.strip_prefix(MAGIC);
    let properties = match wrapped {
        Some(rest) => rest.get(8..)?,
        None => bytes,
    };
    let count = usize::try_from(u32_at(properties, 12)?).ok()?;
    let mut at = 16;
    let mut roots = Vec::new();
    // The length of one hash is 20; a list of 20 roots would be as long, and is not seen in practice.
    let mut whole = true;
    let (number, with_length) = if count == HASH {
        (1, false)
    } else {
        (count.min(64), true)
    };
    for _ in 0..number {
        if with_length && u32_at(properties, at) == Some(20) {
            at += 4;
        }
        roots.push(hex(properties.get(at..at + HASH)?));
        at += HASH;
    }
    let mut issuers = Vec::new();
    let mut rest = properties.get(at..)?;
    while let Some(found) = rest
        .windows(4)
        .position(|it| matches!(it, [0xFD, 0, size, high] if *size >= 20 || *high > 0))
    {
        let size = rest.get(found + 2..found + 4)?;
        // One hash, with four bytes behind it.
        whole &= matches!(size, [20 | 24, 0]);
        let list = rest.get(found + 4..)?;
        issuers.extend(list.get(..HASH).filter(|_| size.ends_with(&[0])).map(hex));
        rest = list.get(HASH..).unwrap_or(&[]);
    }
    Some((roots, issuers, whole))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests;
