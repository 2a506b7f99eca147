//! What is made of a machine's answers, on a machine of our own making: this runs everywhere. The calls themselves run under Wine (`.ci/windows`).

use std::collections::BTreeMap;
use std::net::IpAddr;

use rulec_windows::{Adapter, Data, Device, First, Held, Place, Power, Route, Service};
use serde_json::json;

use super::*;

const DENIED: u32 = 5;

/// A machine; what it is not told to have is not there, and what it is told to deny is denied.
#[derive(Default)]
struct Fake {
    keys: BTreeMap<String, Vec<Data>>,
    denied: Vec<&'static str>,
    stores: Vec<(Place, &'static str, Vec<Held>)>,
    /// Oldest first.
    events: Option<Vec<String>>,
    files: BTreeMap<&'static str, &'static str>,
    adapters: Vec<Adapter>,
    routes: Vec<Route>,
    services: Vec<&'static str>,
    dialled: Vec<String>,
    prints: BTreeMap<&'static str, &'static str>,
    hangs: bool,
}

impl Fake {
    fn key(mut self, key: &str, values: &[(&str, u32, &[u8])]) -> Fake {
        let values = values.iter().map(|(name, kind, bytes)| Data {
            name: (*name).to_owned(),
            kind: *kind,
            bytes: bytes.to_vec(),
        });
        self.keys.insert(key.to_lowercase(), values.collect());
        self
    }

    fn check(&self, place: &str) -> Result<(), Trouble> {
        match self.denied.iter().any(|it| place.eq_ignore_ascii_case(it)) {
            true => Err(Trouble::of("opening it", DENIED)),
            false => Ok(()),
        }
    }
}

fn text(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().chain([0]);
    units.flat_map(u16::to_le_bytes).collect()
}

impl System for Fake {
    fn values(&self, key: &str) -> Read<Vec<Data>> {
        self.check(key)?;
        Ok(self.keys.get(&key.to_lowercase()).cloned())
    }

    fn subkeys(&self, key: &str) -> Read<Vec<String>> {
        self.check(key)?;
        let below = format!("{}\\", key.to_lowercase());
        let names = self.keys.keys().filter_map(|it| it.strip_prefix(&below));
        let names: Vec<String> = names
            .filter(|it| !it.contains('\\'))
            .map(str::to_owned)
            .collect();
        let there = !names.is_empty() || self.keys.contains_key(&key.to_lowercase());
        Ok(there.then_some(names))
    }

    fn certificates(&self, place: Place, store: &str, _: Option<&str>) -> Read<Vec<Held>> {
        self.check(store)?;
        let mut all = self.stores.iter();
        let found = all.find(|it| it.0 == place && it.1.eq_ignore_ascii_case(store));
        Ok(found.map(|it| it.2.clone()))
    }

    fn events(
        &self,
        log: &str,
        query: &str,
        first: First,
        each: &mut dyn FnMut(&str) -> bool,
    ) -> Result<(), Trouble> {
        self.check(log)?;
        let all = self.events.as_ref();
        let all = all.ok_or_else(|| Trouble::of("asking the event log", 6))?;
        assert!(query == "*" || query.starts_with("*[System[("), "{query}");
        let mut all: Vec<&String> = all.iter().collect();
        if first == First::Newest {
            all.reverse();
        }
        all.into_iter().all(|it| each(it));
        Ok(())
    }

    fn service(&self, name: &str) -> Read<Service> {
        self.check(name)?;
        let service = Service { state: 4, start: 2 };
        Ok(self.services.contains(&name).then_some(service))
    }

    fn connections(&self) -> Result<Vec<String>, Trouble> {
        Ok(self.dialled.clone())
    }

    fn adapters(&self) -> Result<Vec<Adapter>, Trouble> {
        Ok(self.adapters.clone())
    }

    fn routes(&self) -> Result<Vec<Route>, Trouble> {
        Ok(self.routes.clone())
    }

    fn power(&self) -> Result<Power, Trouble> {
        Ok(Power {
            standby_ac: 1800,
            standby_dc: 0,
            hibernate_ac: 0,
            hibernate_dc: 0,
        })
    }

    fn device(&self, id: &str) -> Read<Device> {
        self.check(id)?;
        Ok(None)
    }

    fn version(&self) -> Result<(u32, u32, u32), Trouble> {
        Ok((10, 0, 19045))
    }

    fn variable(&self, name: &str) -> Option<String> {
        match name.to_lowercase().as_str() {
            "appdata" => Some("C:\\me".to_owned()),
            "programdata" => Some("C:\\all".to_owned()),
            _ => None,
        }
    }

    fn folder(&self, path: &str) -> Read<Vec<Entry>> {
        self.check(path)?;
        let below = format!("{path}\\");
        let inside = self.files.keys().filter_map(|it| it.strip_prefix(&below));
        let mut names: Vec<Entry> = inside
            .map(|it| Entry {
                name: it.split('\\').next().unwrap().to_owned(),
                folder: it.contains('\\'),
                changed: Some(1_700_000_000),
            })
            .collect();
        names.dedup();
        Ok((!names.is_empty()).then_some(names))
    }

    fn file(&self, path: &str) -> Read<Vec<u8>> {
        self.check(path)?;
        Ok(self.files.get(path).map(|it| it.as_bytes().to_vec()))
    }

    fn run(&self, program: &str, _: &[&str], _: Duration) -> Read<Vec<u8>> {
        if self.hangs {
            thread::sleep(Duration::from_secs(600));
        }
        Ok(self.prints.get(program).map(|it| it.as_bytes().to_vec()))
    }
}

fn request(kind: &str, locator: &str) -> Request {
    let (system, kind) = kind.split_once(' ').unwrap_or(("windows", kind));
    Request {
        system: system.to_owned(),
        kind: kind.to_owned(),
        locator: Some(locator.to_owned()).filter(|it| !it.is_empty()),
        arguments: Vec::new(),
        on: None,
        secret: false,
    }
}

fn ask(fake: Fake, request: &Request) -> Answer {
    let windows = Windows::with(Arc::new(fake));
    assert!(windows.answers(request));
    windows.fetch(request, Duration::from_secs(5))
}

fn found(fake: Fake, kind: &str, locator: &str) -> Json {
    match ask(fake, &request(kind, locator)) {
        Answer::Found(document, from) => {
            assert_eq!(from.file, None);
            Json::clone(&document)
        }
        other => panic!("{other:?}"),
    }
}

fn why(fake: Fake, kind: &str, locator: &str) -> Why {
    match ask(fake, &request(kind, locator)) {
        Answer::Unknown(why, _, _) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_kind_of_the_table_has_a_provider_or_is_named_here() {
    let windows = Windows::with(Arc::new(Fake::default()));
    let rows = rulec_facts::source::all();
    let unanswered: Vec<String> = rows
        .filter(|it| matches!(it.system, "windows" | "file"))
        .map(|it| it.name())
        .filter(|it| !windows.answers(&request(it, "x")))
        .collect();
    assert_eq!(unanswered, Vec::<String>::new());
}

#[test]
fn a_key_is_the_document_that_its_export_is() {
    let numbers = [7_u8, 0, 0, 0];
    let values: &[(&str, u32, &[u8])] = &[
        ("", 1, &text("default")),
        ("Text", 1, &text("a \\ é")),
        ("Path", 2, &text("%SystemRoot%")),
        ("Bytes", 3, &[0, 255]),
        ("Number", 4, &numbers),
        ("Odd", 4, &[7]),
        ("Large", 11, &[1, 0, 0, 0, 1, 0, 0, 0]),
        ("Several", 7, &text("one\0two\0")),
        ("Password", 1, &text("must not be told")),
        ("None", 0, &[]),
    ];
    let export = "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\K]\r\n@=\"default\"\r\n\"Text\"=\"a \\\\ é\"\r\n\
\"Path\"=hex(2):25,00,53,00,79,00,73,00,74,00,65,00,6d,00,52,00,6f,00,6f,00,74,00,25,00,00,00\r\n\"Bytes\"=hex:00,ff\r\n\
\"Number\"=dword:00000007\r\n\"Odd\"=hex(4):07\r\n\"Large\"=hex(b):01,00,00,00,01,00,00,00\r\n\
\"Several\"=hex(7):6f,00,6e,00,65,00,00,00,74,00,77,00,6f,00,00,00,00,00\r\n\"Password\"=\"must not be told\"\r\n\"None\"=hex(0):\r\n";
    let mut evidence = rulec_artefacts::evidence::Evidence::default();
    assert_eq!(evidence.take("k.reg", export.as_bytes().to_vec()), []);
    let (saved, _) = evidence.answer(&request("registry", "HKCU\\K"));
    let Answer::Found(saved, _) = saved else {
        panic!("{saved:?}")
    };
    let live = found(
        Fake::default().key("HKCU\\K", values),
        "registry",
        "HKCU\\K",
    );
    assert_eq!(live, *saved);
    assert!(!live.to_string().contains("must not be told"));
}

#[test]
fn keys_below_a_key_are_records_and_one_that_is_denied_is_there_all_the_same() {
    let mut fake = Fake::default()
        .key("HKLM\\P\\b", &[("N", 4, &[2, 0, 0, 0])])
        .key("HKLM\\P\\a", &[("N", 4, &[1, 0, 0, 0])])
        .key("HKLM\\P\\a\\deeper", &[]);
    fake.denied = vec!["HKLM\\P\\b"];
    let list = found(fake, "registry", "HKLM\\P\\*");
    assert_eq!(list[0], json!({ "N": 1, "key": "a" }));
    assert_eq!(list[1]["key"], "b");
    assert!(list[1].to_string().contains("denied"), "{list}");
    assert_eq!(list.as_array().unwrap().len(), 2);
}

#[test]
fn what_is_denied_is_unknown_and_what_is_not_there_is_not() {
    let denied = || Fake {
        denied: vec!["HKLM\\SAM\\x", "My", "Security", "EventLog", "D"],
        ..Fake::default()
    };
    assert_eq!(why(denied(), "registry", "HKLM\\SAM\\x"), Why::Denied);
    assert_eq!(why(denied(), "registry", "HKLM\\SAM\\x\\*"), Why::Denied);
    assert_eq!(
        why(denied(), "certificates", "CurrentUser\\My"),
        Why::Denied
    );
    assert_eq!(why(denied(), "service", "EventLog"), Why::Denied);
    assert_eq!(why(denied(), "events", "Security"), Why::Denied);
    for (kind, locator) in [
        ("registry", "HKLM\\No"),
        ("service", "No"),
        ("device", "No"),
    ] {
        let answer = ask(Fake::default(), &request(kind, locator));
        assert!(matches!(answer, Answer::NotThere(_)), "{kind}: {answer:?}");
    }
}

#[test]
fn a_store_that_nobody_has_used_is_empty_and_one_that_nobody_knows_is_not_told() {
    let empty = found(Fake::default(), "certificates", "LocalMachine\\Disallowed");
    assert_eq!(empty, json!([]));
    let missing = |locator| why(Fake::default(), "certificates", locator);
    assert_eq!(missing("LocalMachine\\Disalowed"), Why::Missing);
    assert_eq!(missing("Elsewhere\\My"), Why::Unsupported);
    assert_eq!(missing("LocalMachine\\Root\\.Nonsense"), Why::Missing);
}

#[test]
fn a_certificate_that_cannot_be_read_is_there_and_a_part_of_a_store_is_that_of_the_registry() {
    let held = Held {
        der: vec![1, 2, 3],
        key: false,
    };
    let fake = Fake {
        stores: vec![(Place::LocalMachine, "Root", vec![held.clone(), held])],
        ..Fake::default()
    };
    let list = found(fake, "certificates", "LocalMachine\\Root");
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert!(list.to_string().contains("cannot be read"), "{list}");
    let key = "HKLM\\SOFTWARE\\Microsoft\\EnterpriseCertificates\\root\\Certificates\\AA";
    let fake = Fake::default().key(key, &[("Blob", 3, &[1])]);
    let list = found(fake, "certificates", "LocalMachine\\Root\\.Enterprise");
    assert_eq!(list.as_array().unwrap().len(), 1);
}

fn event(number: u32, id: u32, provider: &str, time: &str) -> String {
    format!(
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='{provider}'/><EventID Qualifiers='0'>{id}</EventID>\
<Level>2</Level><TimeCreated SystemTime='{time}'/><EventRecordID>{number}</EventRecordID><Channel>Application</Channel></System>\
<EventData><Data>{{ACT}}</Data><Data>M\\me</Data><Data>VNet1</Data><Data>812</Data></EventData></Event>"
    )
}

fn dials(events: Option<Vec<String>>, newest: Option<u32>) -> Answer {
    let mut request = request("events", "Application");
    let mut argument = |word: &str, value: &str| {
        request
            .arguments
            .push((word.to_owned(), vec![value.to_owned()]));
    };
    argument("provider", "RasClient");
    argument("id", "20227");
    argument("since", "7d");
    argument("now", "2026-11-29T00:00:00Z");
    if let Some(newest) = newest {
        argument("newest", &newest.to_string());
    }
    let fake = Fake {
        events,
        ..Fake::default()
    };
    ask(fake, &request)
}

#[test]
fn records_of_a_log_are_picked_by_their_source_in_any_case_and_by_time() {
    let log = vec![
        event(1, 20227, "RasClient", "2026-11-01T10:00:00Z"),
        event(2, 20227, "RASCLIENT", "2026-11-28T10:00:00.5Z"),
        event(3, 20227, "Other", "2026-11-28T11:00:00Z"),
        event(4, 20226, "RasClient", "2026-11-28T12:00:00Z"),
        event(5, 20227, "RasClient", "2026-11-28T13:00:00Z"),
    ];
    let Answer::Found(list, from) = dials(Some(log.clone()), None) else {
        panic!()
    };
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 2, "{list:?}");
    assert_eq!(list[0]["connection"], "VNet1");
    assert_eq!(list[0]["code"], "812");
    assert_eq!(list[0]["time"], "2026-11-28T13:00:00Z");
    assert_eq!(from.time.as_deref(), Some("2026-11-28T13:00:00Z"));
    let Answer::Found(one, _) = dials(Some(log), Some(1)) else {
        panic!()
    };
    assert_eq!(one["level"], 2);
    assert_eq!(one["time"], "2026-11-28T13:00:00Z");
}

#[test]
fn a_log_that_begins_too_late_may_have_had_more_and_one_that_does_not_answer_is_unknown() {
    let late = vec![event(900, 20227, "RasClient", "2026-11-28T10:00:00Z")];
    let Answer::Found(list, _) = dials(Some(late.clone()), None) else {
        panic!()
    };
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert!(list[1].to_string().contains("begins later"), "{list}");
    // The newest is the newest, whatever was before it.
    assert!(matches!(dials(Some(late), Some(1)), Answer::Found(..)));
    let other = vec![event(900, 1, "RasClient", "2026-11-28T10:00:00Z")];
    let answer = dials(Some(other), Some(1));
    assert!(matches!(answer, Answer::Unknown(Why::NotCollected, ..)));
    let whole = vec![event(1, 1, "RasClient", "2026-11-28T10:00:00Z")];
    assert!(matches!(dials(Some(whole), Some(1)), Answer::NotThere(_)));
    for newest in [None, Some(1)] {
        let answer = dials(None, newest);
        assert!(matches!(answer, Answer::Unknown(Why::Unsupported, ..)));
        let broken = dials(Some(vec!["<Event>".to_owned()]), newest);
        match broken {
            Answer::Found(list, _) => assert!(list[0].to_string().contains("damaged")),
            Answer::Unknown(Why::Malformed, ..) => {}
            other => panic!("{other:?}"),
        }
    }
}

const PHONEBOOK: &str = "[VNet1]\r\nType=2\r\nVpnStrategy=5\r\nDialParamsUID=1\r\nIpPrioritizeRemote=0\r\nUseRasCredentials=0\r\nCustomAuthKey=-1\r\nPhoneNumber=vpn.example\r\n";

fn phonebooks() -> Fake {
    Fake {
        files: BTreeMap::from([(
            "C:\\me\\Microsoft\\Network\\Connections\\Pbk\\rasphone.pbk",
            PHONEBOOK,
        )]),
        services: vec!["RasMan"],
        ..Fake::default()
    }
}

#[test]
fn a_connection_is_absent_only_where_every_phonebook_was_read() {
    let list = found(phonebooks(), "phonebooks", "");
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["server"], "vpn.example");
    assert_eq!(
        list[0]["file"],
        "%APPDATA%\\Microsoft\\Network\\Connections\\Pbk\\rasphone.pbk"
    );
    assert_eq!(list[0]["all_users"], false);
    let one = found(phonebooks(), "phonebook", "vnet1");
    assert_eq!(one["name"], "VNet1");
    let gone = ask(phonebooks(), &request("phonebook", "other"));
    assert!(matches!(gone, Answer::NotThere(_)));
    let mut denied = phonebooks();
    denied.denied = vec!["C:\\all\\Microsoft\\Network\\Connections\\Pbk"];
    assert_eq!(why(denied, "phonebook", "other"), Why::Denied);
}

#[test]
fn without_the_service_of_ras_nothing_is_absent() {
    let none = || Fake {
        services: Vec::new(),
        ..phonebooks()
    };
    assert_eq!(why(none(), "phonebook", "other"), Why::Unsupported);
    assert_eq!(why(none(), "connection", "VNet1"), Why::Unsupported);
    assert_eq!(why(none(), "cm-profile", "VNet1"), Why::Unsupported);
    let list = found(none(), "phonebooks", "");
    assert!(list[1].to_string().contains("RasMan"), "{list}");
    let up = Fake {
        dialled: vec!["VNET1".to_owned()],
        ..phonebooks()
    };
    assert_eq!(
        found(up, "connection", "VNet1"),
        json!({ "connected": true })
    );
    let down = found(phonebooks(), "connection", "VNet1");
    assert_eq!(down, json!({ "connected": false }));
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn card() -> Fake {
    let class =
        "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}";
    let mut fake = Fake::default()
        .key(
            &format!("{class}\\0001"),
            &[
                ("DriverDesc", 1, &text("A Card")),
                ("ProviderName", 1, &text("Maker")),
                ("DriverDate", 1, &text("6-21-2006")),
                ("DriverVersion", 1, &text("10.0.1.2")),
                ("NetCfgInstanceId", 1, &text("{A}")),
                ("Characteristics", 4, &[0x84, 0, 0, 0]),
            ],
        )
        .key(
            &format!("{class}\\0002"),
            &[
                ("DriverDesc", 1, &text("WAN Miniport (IP)")),
                ("Characteristics", 4, &[0x29, 0, 0, 0]),
            ],
        )
        .key(
            "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\PersistentRoutes",
            &[("172.16.0.0,255.240.0.0,10.0.0.9,1", 1, &text(""))],
        );
    fake.adapters = vec![Adapter {
        guid: "{a}".to_owned(),
        name: "WLAN".to_owned(),
        description: "A Card".to_owned(),
        index: 7,
        kind: 71,
        up: true,
        addresses: vec![(ip("10.0.0.5"), 24), (ip("fe80::1"), 64)],
        gateways: vec![ip("10.0.0.1")],
        dns_servers: vec![ip("10.0.0.1")],
        dns_suffix: String::new(),
        metric_v4: Some(25),
        metric_v6: None,
        mtu: 1500,
    }];
    let route = |prefix: &str, bits: u8, hop: Option<&str>| Route {
        prefix: (ip(prefix), bits),
        next_hop: hop.map(ip),
        index: 7,
        metric: 1,
    };
    fake.routes = vec![
        route("0.0.0.0", 0, Some("10.0.0.1")),
        route("172.16.0.0", 12, Some("10.0.0.9")),
        route("fe80::", 64, None),
    ];
    fake
}

#[test]
fn an_adapter_has_its_networks_and_the_date_of_its_driver() {
    let adapter = &found(card(), "adapters", "")[0];
    assert_eq!(adapter["kind"], "wifi");
    assert_eq!(adapter["prefixes"], json!(["10.0.0.0/24", "fe80::/64"]));
    assert_eq!(adapter["driver_date"], "2006-06-21T00:00:00Z");
    assert_eq!(adapter["driver_version"], "10.0.1.2");
    assert_eq!(adapter["dns_suffix"], Json::Null);
    let drivers = found(card(), "drivers", "");
    assert_eq!(drivers.as_array().unwrap().len(), 1);
    assert_eq!(drivers[0]["provider"], "Maker");
    // Without the list of drivers there is none that is known to be missing.
    let mut bare = card();
    bare.keys.clear();
    let adapter = &found(bare, "adapters", "")[0];
    assert!(adapter["driver_date"].is_object());
}

#[test]
fn a_route_counts_with_the_metric_of_its_interface() {
    let routes = found(card(), "routes", "");
    assert_eq!(
        routes[0],
        json!({ "prefix": "0.0.0.0/0", "next_hop": "10.0.0.1", "interface": "WLAN", "metric": 26, "persistent": false })
    );
    assert_eq!(routes[1]["persistent"], true);
    assert_eq!(routes[2]["next_hop"], Json::Null);
    assert!(routes[2]["metric"].is_object() && routes[2]["persistent"].is_object());
}

#[test]
fn a_proxy_is_told_for_the_machine_and_for_the_user() {
    let answer = ask(Fake::default(), &request("proxy", ""));
    assert!(matches!(answer, Answer::NotThere(_)));
    let settings = "Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
    let blob = [
        &[0x28, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 6, 0, 0, 0][..],
        b"p:8080",
        &[0, 0, 0, 0],
    ]
    .concat();
    let fake = Fake::default()
        .key(
            &format!("HKLM\\{settings}\\Connections"),
            &[("WinHttpSettings", 3, &blob)],
        )
        .key(
            &format!("HKCU\\{settings}"),
            &[
                ("ProxyEnable", 4, &[0, 0, 0, 0]),
                ("ProxyServer", 1, &text("off")),
                ("AutoConfigURL", 1, &text("http://pac")),
            ],
        );
    assert_eq!(
        found(fake, "proxy", ""),
        json!({ "machine": "p:8080", "user": null, "user-script": "http://pac" })
    );
    let cut = Fake::default().key(
        &format!("HKLM\\{settings}\\Connections"),
        &[("WinHttpSettings", 3, &blob[..18])],
    );
    assert_eq!(why(cut, "proxy", ""), Why::Malformed);
}

#[test]
fn rules_for_names_are_those_in_force_and_apps_are_known_by_their_full_names() {
    assert_eq!(why(Fake::default(), "nrpt", ""), Why::Unsupported);
    let client = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Dnscache";
    let rule = |fake: Fake, key: &str, name: &str| {
        fake.key(
            key,
            &[
                ("Name", 7, &text(&format!("{name}\0"))),
                ("GenericDNSServers", 1, &text("10.0.0.4;10.0.0.5")),
            ],
        )
    };
    let local = rule(
        Fake::default().key(client, &[]),
        &format!("{client}\\Parameters\\DnsPolicyConfig\\{{1}}"),
        ".local.example",
    );
    let own = found(local, "nrpt", "");
    assert_eq!(
        own,
        json!([{ "namespace": ".local.example", "servers": ["10.0.0.4", "10.0.0.5"] }])
    );
    assert_eq!(why(Fake::default(), "appx", "A.B"), Why::Unsupported);
    let packages = "HKCU\\Software\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\Repository\\Packages";
    let apps = || {
        Fake::default()
            .key(&format!("{packages}\\A.B_1.10.0.0_x64__p"), &[])
            .key(&format!("{packages}\\A.B_1.9.0.0_x64__p"), &[])
    };
    assert_eq!(found(apps(), "appx", "a.b")["version"], "1.10.0.0");
    let gone = ask(apps(), &request("appx", "A"));
    assert!(matches!(gone, Answer::NotThere(_)));
}

#[test]
fn what_a_command_prints_is_read_and_what_has_no_reader_is_not_run() {
    let printed = Fake {
        prints: BTreeMap::from([(
            "dsregcmd",
            "  AzureAdJoined : YES\r\n  DomainJoined : NO\r\n",
        )]),
        ..Fake::default()
    };
    let values = found(printed, "command", "dsregcmd /status");
    assert_eq!(
        values,
        json!({ "AzureAdJoined": "YES", "DomainJoined": "NO" })
    );
    let none = |locator| why(Fake::default(), "command", locator);
    assert_eq!(none("dsregcmd /status"), Why::Unsupported);
    assert_eq!(none("powercfg /availablesleepstates"), Why::Unsupported);
    // The version is known without `systeminfo`, the name is not.
    let system = found(Fake::default(), "system", "");
    assert_eq!(
        (&system["version"], &system["build"]),
        (&json!("10.0.19045"), &json!("19045"))
    );
    assert!(system["name"].is_object());
    assert_eq!(why(Fake::default(), "updates", ""), Why::Unsupported);
}

#[test]
fn a_call_that_hangs_is_left_behind_at_its_deadline() {
    let fake = Fake {
        hangs: true,
        ..Fake::default()
    };
    let windows = Windows::with(Arc::new(fake));
    let request = request("updates", "");
    let before = std::time::Instant::now();
    let answer = windows.fetch(&request, Duration::from_millis(200));
    assert!(matches!(answer, Answer::Unknown(Why::TimedOut, ..)));
    assert!(before.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_file_is_read_where_the_path_leads_and_another_machine_is_not_asked() {
    let fake = || Fake {
        files: BTreeMap::from([
            ("C:\\me\\a.ini", "[S]\r\nK=v\r\n"),
            ("C:\\me\\b.xml", "no xml"),
        ]),
        ..Fake::default()
    };
    let document = found(fake(), "file ini", "%APPDATA%/a.ini");
    assert!(document.to_string().contains("\"v\""), "{document}");
    let gone = ask(fake(), &request("file ini", "%APPDATA%\\gone.ini"));
    assert!(matches!(gone, Answer::NotThere(_)));
    assert_eq!(why(fake(), "file ini", "C:\\nowhere\\a.ini"), Why::Missing);
    assert_eq!(why(fake(), "file ini", "%NOTHING%\\a.ini"), Why::Missing);
    assert_eq!(why(fake(), "file xml", "C:\\me\\b.xml"), Why::Malformed);
    assert_eq!(why(fake(), "file crl", "C:\\me\\gone.crl"), Why::Missing);
    let mut elsewhere = request("service", "RasMan");
    elsewhere.on = Some("another".to_owned());
    let answer = ask(fake(), &elsewhere);
    assert!(matches!(answer, Answer::Unknown(Why::Unsupported, ..)));
}
