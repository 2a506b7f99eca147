//! What must not leave a reader: keys, passwords, signatures of addresses.
//!
//! A reader asks here before it hands a value out. A secret that is asked for is unknown: denied; it is never quoted.

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json};

/// Parts of names whose values are secrets, lower case, without separators.
const NAMES: &[&str] = &[
    "password",
    "passwd",
    "presharedkey",
    "sharedkey",
    "sharedsecret",
    "serversecret",
    "radiusserversecret",
    "radiussecret",
    "keymaterial",
    "keycontent",
    "passphrase",
    "primarykey",
    "secondarykey",
    "apikey",
    "passwort",
    "kennwort",
    "motdepasse",
    "clientsecret",
    "privatekey",
    "accesskey",
    "accountkey",
    "authorizationkey",
    "connectionstring",
    "accesstoken",
    "refreshtoken",
    "sastoken",
];

/// One of these is in each of [`NAMES`], and in few other names.
const STEMS: &[&str] = &[
    "pass",
    "key",
    "secret",
    "token",
    "kennwort",
    "connectionstring",
];

/// Names in full whose values are secrets, lower case, without separators.
const WHOLE: &[&str] = &["secret", "psk", "pwd", "authorization", "token"];

/// The value of something of that name is a secret.
pub fn is_secret(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let has = |it: &&str| plain.contains(*it);
    WHOLE.contains(&plain.as_str())
        || STEMS.iter().any(has) && (plain.ends_with("secret") || NAMES.iter().any(has))
}

/// A name, an address or an ID of a resource that says of the value beside it that it is a secret: one of its last two parts is such a name.
pub fn names_secret(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or("");
    path.trim_end_matches('/')
        .rsplit(['/', '.', ':'])
        .take(2)
        .any(is_secret)
}

/// What stands in place of a secret.
pub fn hidden() -> Json {
    untold::value(Why::Denied, "it may be a secret, and is not read")
}

/// Names of members that name what stands beside them.
const LABELS: &[&str] = &["id", "name", "key", "type", "url", "uri", "path"];
/// Names of members that hold what a label beside them names.
const HELD: &[&str] = &["value", "defaultvalue", "text", "properties", "content"];

/// Takes secrets out of a document: what members of such names hold, what a label beside it calls a secret, signatures of addresses,
/// private keys, and the same in JSON that is kept as a text.
pub fn hide(json: &mut Json) {
    match json {
        Json::Array(items) => items.iter_mut().for_each(hide),
        Json::Object(object) => {
            hide_columns(object);
            let labelled = object.iter().any(|(name, value)| {
                is_one_of(name, LABELS) && value.as_str().is_some_and(names_secret)
            });
            // A recorded exchange: the address of the request names what the response holds.
            let asked = object.get("request").is_some_and(is_request_of_secret);
            for (name, value) in object.iter_mut() {
                if (labelled && is_one_of(name, HELD)) || (asked && name.starts_with("response")) {
                    hide_all(value);
                }
                hide_member(name, value);
            }
        }
        Json::String(text) => {
            if let Some(clean) = clean(text) {
                *text = clean;
            }
        }
        _ => {}
    }
}

/// Takes secrets out of a table: what its rows have in columns of such names.
fn hide_columns(table: &mut Map<String, Json>) {
    let name = |it: &Json| {
        let named = it.get("name").or(it.get("ColumnName"))?;
        named.as_str().map(is_secret)
    };
    let columns = table.get("columns").and_then(Json::as_array);
    let secret: Vec<bool> = columns
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .map(|it| name(it).unwrap_or(false))
        .collect();
    let rows = table.get_mut("rows").and_then(Json::as_array_mut);
    for row in rows.into_iter().flatten() {
        let cells = row.as_array_mut().into_iter().flatten();
        for (cell, secret) in cells.zip(&secret) {
            if *secret {
                hide_all(cell);
            }
        }
    }
}

/// Takes secrets out of the value of a member.
pub fn hide_member(name: &str, value: &mut Json) {
    // The roles of an activity, for example, are an object of that name; a header is a text.
    let plain_object = value.is_object() && name.eq_ignore_ascii_case("authorization");
    if is_secret(name) && !plain_object {
        hide_all(value);
    } else {
        hide(value);
    }
}

/// Takes every text and every long number out of a value.
pub fn hide_all(json: &mut Json) {
    /// Larger numbers may be a password; smaller ones are lengths, ages and switches.
    const SMALL: i64 = 999;
    match json {
        Json::Array(items) => items.iter_mut().for_each(hide_all),
        Json::Object(object) => object
            .iter_mut()
            .filter(|(name, _)| !name.starts_with('\0'))
            .for_each(|(_, value)| hide_all(value)),
        Json::String(text) if !text.is_empty() => *json = hidden(),
        Json::Number(number) if number.as_i64().is_none_or(|it| it.abs() > SMALL) => {
            *json = hidden();
        }
        _ => {}
    }
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|it| name.eq_ignore_ascii_case(it))
}

fn is_request_of_secret(request: &Json) -> bool {
    match request {
        Json::String(text) => names_secret(text),
        Json::Object(object) => object
            .iter()
            .any(|(name, it)| is_one_of(name, LABELS) && it.as_str().is_some_and(names_secret)),
        _ => false,
    }
}

/// A text without secrets; none where it has none. One that is a document in itself is looked into.
pub fn clean(text: &str) -> Option<String> {
    let start = text.trim_start();
    if start.starts_with(['{', '[', '<']) {
        if let Ok(mut inside) = serde_json::from_str::<Json>(start) {
            let before = inside.clone();
            hide(&mut inside);
            return (inside != before).then(|| inside.to_string());
        }
        if text.lines().any(has_secret) {
            return Some("[hidden]".to_owned());
        }
    }
    without_signature(text)
}

/// A text without what makes an address a key (`sig=` of a shared access signature) and without private keys; none where it has neither.
pub fn without_signature(text: &str) -> Option<String> {
    if text.contains("PRIVATE KEY-----") {
        return Some("[hidden]".to_owned());
    }
    let lower = text.to_ascii_lowercase();
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in lower.match_indices("sig=") {
        let before = lower.get(..at).and_then(|it| it.chars().next_back());
        if at < from || !matches!(before, Some('?' | '&' | ';')) {
            continue;
        }
        let start = at + "sig=".len();
        let rest = text.get(start..).unwrap_or("");
        let end = rest
            .find(['&', ' ', '"', '\'', '<', '\n', '\r'])
            .unwrap_or(rest.len());
        out.push_str(text.get(from..start).unwrap_or(""));
        out.push_str("hidden");
        from = start + end;
    }
    if from == 0 {
        return None;
    }
    out.push_str(text.get(from..).unwrap_or(""));
    Some(out)
}

/// Parts of an OpenVPN profile that are keys.
const KEY_PARTS: &[&str] = &[
    "<tls-auth>",
    "<tls-crypt>",
    "<tls-crypt-v2>",
    "<key>",
    "<secret>",
    "<pkcs12>",
    "<auth-user-pass>",
    "<http-proxy-user-pass>",
];

/// The lines of a text, without those of keys.
pub fn lines(text: &str) -> Json {
    let mut end: Option<String> = None;
    let mut next_is_secret = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        let lower = line.to_ascii_lowercase();
        if let Some(last) = &end {
            if lower.contains(last.as_str()) {
                end = None;
            }
            continue;
        }
        if let Some(last) = block(&lower) {
            end = last;
            continue;
        }
        let secret = has_secret(line);
        if secret || (next_is_secret && !line.trim().is_empty()) {
            lines.push(hidden());
        } else {
            let kept = without_signature(line).unwrap_or_else(|| line.to_owned());
            lines.push(Json::String(kept));
        }
        if secret || !line.trim().is_empty() {
            // The value of a member may stand on the line below it.
            next_is_secret = secret && goes_on(line.trim_end());
        }
    }
    Json::Array(lines)
}

/// A line ends before its value: with a separator, or with a tag that opens.
fn goes_on(line: &str) -> bool {
    let opens = || {
        line.rsplit('<')
            .next()
            .is_some_and(|it| !it.starts_with('/'))
    };
    line.ends_with(['=', ':']) || (line.ends_with('>') && opens())
}

/// Whether a line, lower case, begins a key; and with what that ends, where it does not end on the same line.
fn block(line: &str) -> Option<Option<String>> {
    for part in KEY_PARTS {
        if let Some((_, after)) = line.split_once(part) {
            let last = part.replacen('<', "</", 1);
            return Some((!after.contains(&last)).then_some(last));
        }
    }
    let (_, after) = line.split_once("-----begin ")?;
    let (label, body) = after.split_once("-----").unwrap_or((after, ""));
    let last = "-----end ";
    let is_key = label.contains("key") && !label.contains("public");
    is_key.then(|| (!body.contains(last)).then(|| last.to_owned()))
}

/// Whether a line has a secret: its first word names one, or what stands before an `=`, a `:` or the end of a tag does.
/// A text names a secret and goes on with it, as `password=…`, in one of its lines.
pub fn tells_secret(text: &str) -> bool {
    text.lines().any(has_secret)
}

fn has_secret(line: &str) -> bool {
    let first = line.trim_start().split(['=', ':', ' ', '\t']).next();
    if is_secret(first.unwrap_or("").trim_matches('"')) {
        return true;
    }
    let ends = |c: char| "=:<>,;\"'{}[]()&?/\\|".contains(c);
    let mut label = "";
    let mut rest = line;
    while let Some(at) = rest.find(ends) {
        let (before, after) = rest.split_at(at);
        // A closing quote stands between a label and its separator.
        if !before.trim().is_empty() {
            label = before;
        }
        if after.starts_with(['=', ':', '>', ',', ' ']) && labels_secret(label) {
            return true;
        }
        if after.starts_with(['=', ':', '>', ',', ';', '{', '}', '<']) {
            label = "";
        }
        let mut after = after.chars();
        after.next();
        rest = after.as_str();
    }
    false
}

fn labels_secret(label: &str) -> bool {
    let mut words = label.split(|c: char| !c.is_alphanumeric());
    let last = words.rfind(|it| !it.is_empty()).unwrap_or("");
    is_secret(label) || is_secret(last)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_name_of_a_secret_is_one_by_itself_and_within_another() {
        for name in NAMES {
            assert!(is_secret(name), "{name}");
            assert!(is_secret(&format!("Vpn-{name}_2")), "{name}");
        }
        assert!(WHOLE.iter().all(|it| is_secret(it)));
        assert!(
            !["tokens", "keys", "passed", "secrets", "publicKey"]
                .iter()
                .any(|it| is_secret(it))
        );
    }

    #[test]
    fn lines_of_keys_are_left_out() {
        let text = "client\n<tls-auth>\ns3cret\n</tls-auth>\n-----BEGIN RSA PRIVATE KEY-----\ns3cret\n-----END RSA PRIVATE KEY-----\npassword = s3cret\nverb 3\n";
        let lines = lines(text);
        assert!(!lines.to_string().contains("s3cret"), "{lines}");
        assert_eq!(lines.as_array().map(Vec::len), Some(3));
    }

    #[test]
    fn keys_on_a_line_with_other_things_and_labels_of_several_words_are_hidden() {
        for text in [
            "<key>-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----\n</key>",
            "12:00 log: -----BEGIN EC PRIVATE KEY-----\ns3cret\n12:00 -----END EC PRIVATE KEY-----",
            "\"-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----\"",
            "<http-proxy-user-pass>\nu\ns3cret\n</http-proxy-user-pass>",
            "<tls-auth>s3cret</tls-auth>",
            "Pre-shared key: s3cret",
            "    Key Content            : s3cret",
            "Radius secret = s3cret",
            "{\"a\":1,\"sharedKey\" : \"s3cret",
            "<a><b>1</b><serversecret>s3cret",
            "<a><serversecret t=\"x\">s3cret</serversecret>",
            "{\"sharedKey\":\n  \"s3cret\"",
            "<keyMaterial>\ns3cret\n</keyMaterial>",
            "set vpn psk=s3cret",
        ] {
            let lines = lines(&format!("before\n{text}\nafter: 1\n"));
            assert!(!lines.to_string().contains("s3cret"), "{lines}");
            let all = lines.as_array().unwrap();
            assert_eq!(all.first(), Some(&json!("before")));
            assert_eq!(all.last(), Some(&json!("after: 1")), "{text}");
        }
        let text = "-----BEGIN PUBLIC KEY-----\nAA\n-----END PUBLIC KEY-----";
        assert_eq!(lines(text), json!(text.lines().collect::<Vec<_>>()));
    }

    #[test]
    fn secrets_are_taken_out_however_they_are_wrapped() {
        let body = json!({ "properties": { "sharedKey": "s3cret" }, "ok": "o" }).to_string();
        let mut document = json!([
            { "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/connections/c/sharedkey", "value": "s3cret" },
            { "id": "/subscriptions/s/x/c/sharedKeys/default", "properties": { "value": "s3cret" } },
            { "sharedKey": { "value": "s3cret" } },
            { "passwords": ["s3cret", ["s3cret"]] },
            { "password": 73_111_337 },
            { "key": "radiusSecret", "value": "s3cret" },
            { "keyMaterial": "s3cret", "passphrase": "s3cret", "primaryKey": "s3cret", "apiKey": "s3cret" },
            { "request": { "url": "https://x/c/sharedkey?api-version=1" }, "response": { "body": { "value": "s3cret" } } },
            { "response": { "body": body } },
            { "response": { "body": "{\"sharedKey\": \"s3cret" } },
            { "response": { "body": "<a><serversecret>s3cret</serversecret></a>" } },
        ]);
        hide(&mut document);
        let text = document.to_string();
        assert!(!text.contains("s3cret") && !text.contains("7311"), "{text}");
        let inside: Json =
            serde_json::from_str(document[8]["response"]["body"].as_str().unwrap()).unwrap();
        assert_eq!(inside["ok"], "o");
        let roles = json!({ "authorization": { "action": "write", "scope": "/s" }, "maximumPasswordAge": 42 });
        let mut same = roles.clone();
        hide(&mut same);
        assert_eq!(same, roles);
    }

    #[test]
    fn columns_of_a_table_hold_secrets_too() {
        let mut document = json!({ "tables": [{
            "name": "PrimaryResult",
            "columns": [{ "name": "Who", "type": "string" }, { "name": "SharedKey_s" }, { "name": "Pin_password" }],
            "rows": [["anna", "s3cret", 731_113], ["otto", { "k": "s3cret" }, null], ["one"], "no row"],
        }] });
        hide(&mut document);
        let text = document.to_string();
        assert!(!text.contains("s3cret") && !text.contains("7311"), "{text}");
        assert_eq!(document["tables"][0]["rows"][1][0], "otto");
    }

    #[test]
    fn secrets_are_taken_out_by_name_and_by_form() {
        let mut document = json!({
            "sharedKey": "s3cret-1", "shared_key": "", "name": "n",
            "a": [{ "radiusServerSecret": "s3cret-2" }],
            "url": "https://x/y.zip?sv=1&sig=s3cret-3%3D&se=2",
            "key": "-----BEGIN PRIVATE KEY-----\ns3cret-4",
            "design": "https://x/?design=1",
        });
        hide(&mut document);
        let text = document.to_string();
        assert!(!text.contains("s3cret"), "{text}");
        assert_eq!(document["url"], "https://x/y.zip?sv=1&sig=hidden&se=2");
        assert_eq!(document["design"], "https://x/?design=1");
        assert_eq!(document["shared_key"], "");
    }
}
