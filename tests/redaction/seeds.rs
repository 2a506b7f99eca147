//! A case with secrets and identities in every form that a reader knows, and a pack that asks for all of them.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

/// What is personal: eight sorts of it, each twice in every form.
const SORTS: [&str; 16] = [
    "user", "host", "mail", "guid", "sid", "mac", "ip", "name", "user", "host", "mail", "guid",
    "sid", "mac", "ip", "name",
];

/// Everything that was put into the case.
#[derive(Default)]
pub struct Seeds {
    pub identities: Vec<(&'static str, String)>,
    pub secrets: Vec<String>,
    count: u32,
}

/// A word that no list has, another for each number.
fn word(number: u32) -> String {
    let syllables = [
        "ba", "ke", "wi", "zo", "nu", "ty", "gre", "fli", "dro", "schu",
    ];
    let digits = format!("{number:03}");
    let middle = digits.bytes().map(|it| syllables[usize::from(it - b'0')]);
    format!("qu{}k", middle.collect::<String>())
}

impl Seeds {
    fn identity(&mut self, sort: &'static str) -> String {
        self.count += 1;
        let (n, word) = (self.count, word(self.count));
        let seed = match sort {
            "user" | "name" => word,
            "host" => format!("PC-{}", word.to_uppercase()),
            "mail" => format!("{word}.{}@{word}.example", self::word(n + 400)),
            "guid" => format!(
                "{:08x}-{:04x}-4a{:02x}-b{:03x}-{:012x}",
                n * 7_654_321,
                n * 31,
                n % 256,
                n,
                u64::from(n) * 98_765_432_101
            ),
            "sid" => format!(
                "S-1-5-21-{}-{}-{}-{}",
                1_000_000_007 + n * 7919,
                2_000_000_011 + n * 17,
                3_000_000_019_u32 + n,
                1000 + n
            ),
            "mac" => format!("8C-16-45-{:02X}-{:02X}-A7", n / 256, n % 256),
            "ip" => format!("51.{}.{}.{}", 100 + n % 50, n % 250, 1 + n % 200),
            other => panic!("{other}"),
        };
        self.identities.push((sort, seed.clone()));
        seed
    }

    pub fn secret(&mut self) -> String {
        self.count += 1;
        let secret = format!("Ge7{}Heim{}", word(self.count), self.count * 37);
        self.secrets.push(secret.clone());
        secret
    }

    /// `v0` to `v15`: two of each sort.
    fn several(&mut self) -> Json {
        let all = (0..)
            .zip(SORTS)
            .map(|(at, sort)| (format!("v{at}"), json!(self.identity(sort))));
        Json::Object(all.collect())
    }

    /// The same, a line each.
    fn lines(&mut self, line: impl Fn(&str, &str) -> String) -> String {
        let several = self.several();
        let all = several.as_object().unwrap().iter();
        all.map(|(name, value)| line(name, value.as_str().unwrap()))
            .collect()
    }
}

const ARM: &str = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g/providers/Microsoft.Network/virtualNetworkGateways/gw";

/// An exchange as `rulec` records it.
fn exchange(method: &str, uri: &str, request: Json, body: &Json) -> String {
    let request = match request {
        Json::Null => json!({ "method": method, "uri": uri }),
        body => json!({ "method": method, "uri": uri, "body": body }),
    };
    json!({ "recorder": "rulec", "request": request, "response": { "status": 200, "headers": {}, "body": body } }).to_string()
}

/// Writes a case with seeds in every form.
pub fn seed(folder: &Path) -> Seeds {
    let mut seeds = Seeds::default();
    let put = |name: &str, text: String| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    plain_files(&mut seeds, &put);
    azure(&mut seeds, &put);
    windows(&mut seeds, &put);
    certificates_and_profiles(&mut seeds, &put);
    binary_files(&mut seeds, folder);
    said(&mut seeds, &put);
    seeds
}

/// Writes a file of the case.
type Put<'p> = &'p dyn Fn(&str, String);

fn plain_files(s: &mut Seeds, put: Put<'_>) {
    let lines = s.lines(|name, value| format!("{name}: {value}\r\n"));
    put(
        "notes.txt",
        format!(
            "{lines}Pre-shared key: {}\r\nhttps://x.example/p?sv=1&sig={}\r\npassword = {}\r\n",
            s.secret(),
            s.secret(),
            s.secret()
        ),
    );
    let lines = s.lines(|name, value| format!("\"{name}\"=\"{value}\"\r\n"));
    put(
        "1.reg",
        format!(
            "REGEDIT4\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Leak]\r\n{lines}\"DefaultPassword\"=\"{}\"\r\n\"PresharedKey\"=\"{}\"\r\n",
            s.secret(),
            s.secret()
        ),
    );
    let lines = s.lines(|name, value| format!("<{name}>{value}</{name}>\n"));
    put(
        "leak.xml",
        format!(
            "<leak>\n{lines}<serversecret>{}</serversecret><keyMaterial>{}</keyMaterial>\n</leak>",
            s.secret(),
            s.secret()
        ),
    );
    let mut several = s.several();
    several["sharedKey"] = json!(s.secret());
    several["clientSecret"] = json!({ "value": s.secret() });
    put("leak.json", several.to_string());
    let lines = s.lines(|name, value| format!("{name}={value}\r\n"));
    put(
        "leak.ini",
        format!("[leak]\r\n{lines}PreSharedKey={}\r\n", s.secret()),
    );
}

fn azure(s: &mut Seeds, put: Put<'_>) {
    let mut several = s.several();
    several["radiusServerSecret"] = json!(s.secret());
    several["sas"] = json!(format!("https://x.example/p?sv=1&sig={}&se=2", s.secret()));
    put(
        "gateway.json",
        json!({ "id": ARM, "name": "gw", "properties": several }).to_string(),
    );
    let mut several = s.several();
    several["accessToken"] = json!(s.secret());
    put(
        "graph.json",
        exchange(
            "GET",
            "https://graph.microsoft.com/v1.0/users/x",
            Json::Null,
            &several,
        ),
    );
    let several = s.several();
    let (names, mut row): (Vec<Json>, Vec<Json>) = several
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, it)| (json!({ "name": name }), it.clone()))
        .unzip();
    row.push(json!(s.secret()));
    let names = [names, vec![json!({ "name": "SharedKey" })]].concat();
    let table = json!({ "tables": [{ "name": "PrimaryResult", "columns": names, "rows": [row] }] });
    put(
        "logs.json",
        exchange(
            "POST",
            "https://api.loganalytics.io/v1/workspaces/w/query",
            json!({ "query": "T" }),
            &table,
        ),
    );
}

fn windows(s: &mut Seeds, put: Put<'_>) {
    let several = s.several();
    let values: Vec<&str> = several
        .as_object()
        .unwrap()
        .values()
        .filter_map(Json::as_str)
        .collect();
    put(
        "events.txt",
        format!(
            "Index              : 1\r\nEventID            : 20227\r\nSource             : RasClient\r\nTimeGenerated      : 01.11.2026 09:00:00\r\nReplacementStrings : {{{}}}\r\n",
            values.join(", ")
        ),
    );
    let pbk = format!(
        "[{}]\r\nType=2\r\nVpnStrategy=5\r\nUseRasCredentials=1\r\nCustomAuthKey=26\r\nIpPrioritizeRemote=0\r\nPreSharedKey={}\r\nDEVICE=vpn\r\nPhoneNumber={}\r\n",
        s.identity("name"),
        s.secret(),
        s.identity("ip")
    );
    put(&format!("Users/{}/rasphone.pbk", s.identity("user")), pbk);
    put(
        "ipconfig.txt",
        format!(
            "Windows IP Configuration\r\n\r\n   Host Name . . . . . . . . . . . . : {}\r\n\r\nEthernet adapter {}:\r\n\r\n   Connection-specific DNS Suffix  . : {}\r\n   Description . . . . . . . . . . . : A Card\r\n   Physical Address. . . . . . . . . : {}\r\n   IPv4 Address. . . . . . . . . . . : {}(Preferred)\r\n   Subnet Mask . . . . . . . . . . . : 255.255.255.0\r\n   Default Gateway . . . . . . . . . : {}\r\n",
            s.identity("host"),
            s.identity("name"),
            s.identity("name"),
            s.identity("mac"),
            s.identity("ip"),
            s.identity("ip")
        ),
    );
    put(
        "routes.txt",
        format!(
            "IPv4\r\n  0.0.0.0  0.0.0.0  {}  10.0.0.5  25\r\n  10.9.0.0  255.255.0.0  On-link  10.9.0.2  26\r\n",
            s.identity("ip")
        ),
    );
}

fn certificates_and_profiles(s: &mut Seeds, put: Put<'_>) {
    put(
        "leaf.pem",
        include_str!("../../crates/rulec-artefacts/src/certificates/samples/leaf.pem").to_owned(),
    );
    s.identities.push(("name", "CN=sample client".to_owned()));
    put(
        "store.reg",
        format!(
            "REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\SOFTWARE\\{}]\r\n\"a\"=\"1\"\r\n",
            s.identity("name")
        ),
    );
    put(
        "nrpt.json",
        json!([{ "Namespace": format!(".{}.example", s.identity("name")), "NameServers": s.identity("ip") }]).to_string(),
    );
    put(
        "VpnSettings.xml",
        format!(
            "<VpnProfile><VpnServer>{}.example</VpnServer><VpnType>SSTP</VpnType><serversecret>{}</serversecret></VpnProfile>",
            s.identity("name"),
            s.secret()
        ),
    );
    put(
        "key.pem",
        format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            s.secret()
        ),
    );
    put(
        "profile.ovpn",
        format!(
            "client\nremote {} 443\n<tls-auth>\n{}\n</tls-auth>\n",
            s.identity("ip"),
            s.secret()
        ),
    );
}

/// An event log, a bundle of certificates and a PKCS#12 file: bytes with seeds of the same length in place of what was there.
fn binary_files(s: &mut Seeds, folder: &Path) {
    let log = "../../rules/azure-p2s/cases/s01-key-left-behind/Application.evtx";
    let log = Path::new(env!("CARGO_MANIFEST_DIR")).join(log);
    let mut log = fs::read(log).unwrap();
    let mut plant = |old: &str, new: &str| {
        // What is too short goes on with a letter, what is too long is cut.
        let new: String = new
            .chars()
            .chain(std::iter::repeat('x'))
            .take(old.len())
            .collect();
        let wide =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let (old, bytes) = (wide(old), wide(&new));
        let places: Vec<usize> = (0..=log.len() - old.len())
            .filter(|at| log[*at..].starts_with(&old))
            .collect();
        assert!(!places.is_empty(), "{new}");
        for at in places {
            log[at..at + bytes.len()].copy_from_slice(&bytes);
        }
        new
    };
    for (sort, old) in [("user", "CONTOSO\\anna"), ("name", "vnet-hub")] {
        let seed = s.identity(sort);
        s.identities.last_mut().unwrap().1 = plant(old, &seed);
    }
    let secret = s.secret();
    let planted = plant(
        "{9C2B61E4-3F7D-4A18-9E05-5D2C7F81B640}",
        &format!("password={secret}"),
    );
    *s.secrets.last_mut().unwrap() = planted.trim_start_matches("password=").to_owned();
    fs::write(folder.join("Application.evtx"), log).unwrap();
    let (bundle, pfx): (&[u8], &[u8]) = (
        include_bytes!("samples/bundle.p7b"),
        include_bytes!("samples/key.pfx"),
    );
    fs::write(folder.join("bundle.p7b"), bundle).unwrap();
    fs::write(folder.join("key.pfx"), pfx).unwrap();
    for name in ["quleakfirmk", "quleakrootk", "quleakbundlek"] {
        s.identities.push(("name", name.to_owned()));
    }
    s.identities
        .push(("mail", "quleakmailk@quleakhostk.example".to_owned()));
    s.identities.push(("ip", "51.77.31.9".to_owned()));
    s.secrets.push("Ge7quleakpfxkHeim99".to_owned());
}

fn said(s: &mut Seeds, put: Put<'_>) {
    let (user, given) = (s.identity("user"), s.several());
    let complaint = format!(
        "{} on {} says error 798 at {}",
        s.identity("user"),
        s.identity("host"),
        s.identity("ip")
    );
    let case = json!({
        "symptoms": [complaint], "now": "2026-11-01T10:00:00Z",
        "facts": { "told.one": given, "told.ip": "51.120.7.9", "told.net": "51.120.0.0/16", "told.user": user, "told.same": user.to_uppercase() },
        "params": { "path": format!("C:\\Users\\{}\\leak", s.identity("user")) },
    });
    put("case.json", case.to_string());
    put(
        "answers.jsonl",
        format!(
            "{}\n",
            json!({ "name": "told.said", "answer": s.identity("host"), "by": s.identity("user"), "at": "2026-11-01T09:00:00Z" })
        ),
    );
}

/// A pack that asks for all of it.
pub fn pack() -> String {
    let fields = |at: fn(usize) -> String| -> String {
        let all = 0..SORTS.len();
        all.map(|it| format!("    v{it}: string?{}\n", at(it)))
            .collect()
    };
    let ini = (0..SORTS.len()).map(|it| {
        format!("fact ini.v{it}: string?\n    from file ini \"C:\\leak.ini\" at \"leak/v{it}\"\n\n")
    });
    PACK.replace("@PLAIN@", &fields(|_| String::new()))
        .replace("@PATHS@", &fields(|at| format!(" at \"$.v{at}\"")))
        .replace("@INI@", &ini.collect::<String>())
        .replace("@ARM@", ARM)
}

const PACK: &str = r#"pack leak.test 1.0.0
    language 1

type Plain = {
@PLAIN@}

type Paths = {
@PATHS@}

param path: string

fact notes: list of string
    from file lines "C:\notes.txt" at "v*: {value}"

fact client: list of string
    from file lines "C:\profile.ovpn" at "remote {value} *"

fact key: list of string
    from file lines "C:\key.pem" at "{value}"

fact registry: Plain?
    from windows registry "HKLM\SOFTWARE\Leak"

fact xml: Plain?
    from file xml "C:\leak.xml" at "leak"

fact json: Paths?
    from file json "C:\leak.json" at "$"

@INI@fact arm: Paths?
    from azure arm "@ARM@" at "$.properties"

fact graph: Paths?
    from azure graph "users/x" at "$"

fact logs: list of Plain
    from azure logs "w" query "T"

fact events: list of Event
    from windows events "Application" provider "RasClient" id 20227 since 7d

fact entries: list of PhonebookEntry
    from windows phonebooks

fact adapters: list of Adapter
    from windows adapters

fact routes: list of RouteEntry
    from windows routes

fact certificates: list of Certificate
    from file certificates "C:\leaf.pem"

fact bundle: list of Certificate
    from file certificates "C:\bundle.p7b"

fact locked: list of Certificate
    from file certificates "C:\key.pfx"

fact names: list of NrptRule
    from windows nrpt

fact package: Package?
    from azure vpn-package "C:\package"

fact told.one: Plain

fact told.ip: ip

fact told.net: cidr

fact told.user: string

fact told.same: string

fact told.said: string
    ask "Which?"

fact elsewhere: string?
    from file lines "{path}\none.txt" at "{a}"

symptom cannot-dial =
    | code ras 798

symptom "798" when told.ip in told.net and told.user == told.same => fix "Do one thing with {told.user}."

symptom "798" when told.ip in 10.0.0.0/8 or told.user == told.said => fix "Do another thing."

symptom "798" when any a in adapters: told.ip in a.prefixes => fix "Do a third thing."

symptom "798" when elsewhere is present and told.one.v2 ends with ".example" => fix "Do a fourth thing."

symptom "798" when (any e in entries: e.vpn_strategy == sstp_only) and (any r in routes: r.prefix == 0.0.0.0/0) and notes is not empty and client is not empty and events is not empty and logs is not empty and certificates is not empty and bundle is not empty and (any e in events: e.id == 20227) and registry.v0 is present and xml.v0 is present and json.v0 is present and arm.v0 is present and graph.v0 is present => fix "Do a fifth thing."
"#;
