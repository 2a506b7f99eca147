//! What must not leave a reader: keys, passwords, signatures of addresses.
//!
//! A reader asks here before it hands a value out. A secret that is asked for is unknown: denied; it is never quoted.

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::Value as Json;

/// Parts of names whose values are secrets, lower case, without separators.
const NAMES: &[&str] = &[
    "password",
    "passwd",
    "presharedkey",
    "sharedkey",
    "sharedsecret",
    "serversecret",
    "radiusserversecret",
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

/// Names in full whose values are secrets, lower case, without separators.
const WHOLE: &[&str] = &["secret", "psk", "pwd", "authorization", "token"];

/// The value of something of that name is a secret.
pub fn is_secret(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    WHOLE.contains(&plain.as_str()) || NAMES.iter().any(|it| plain.contains(it))
}

/// What stands in place of a secret.
pub fn hidden() -> Json {
    untold::value(Why::Denied, "it may be a secret, and is not read")
}

/// Takes secrets out of a document: members by name where they are texts, signatures of addresses, private keys.
pub fn hide(json: &mut Json) {
    match json {
        Json::Array(items) => items.iter_mut().for_each(hide),
        Json::Object(object) => {
            for (name, value) in object.iter_mut() {
                let holds = matches!(value, Json::String(text) if !text.is_empty());
                if holds && is_secret(name) {
                    *value = hidden();
                } else {
                    hide(value);
                }
            }
        }
        Json::String(text) => {
            if let Some(clean) = without_signature(text) {
                *text = clean;
            }
        }
        _ => {}
    }
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
];

/// The lines of a text, without those of keys.
pub fn lines(text: &str) -> Json {
    let mut end: Option<String> = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(last) = &end {
            if trimmed.starts_with(last.as_str()) {
                end = None;
            }
            continue;
        }
        if KEY_PARTS.iter().any(|it| trimmed.eq_ignore_ascii_case(it)) {
            end = Some(trimmed.replacen('<', "</", 1));
        } else if trimmed.starts_with("-----BEGIN ") && trimmed.to_ascii_uppercase().contains("KEY")
        {
            end = Some("-----END ".to_owned());
        } else {
            let name = trimmed.split(['=', ':', ' ', '\t']).next().unwrap_or("");
            let kept = without_signature(line).unwrap_or_else(|| line.to_owned());
            lines.push(match is_secret(name.trim_matches('"')) {
                true => hidden(),
                false => Json::String(kept),
            });
        }
    }
    Json::Array(lines)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lines_of_keys_are_left_out() {
        let text = "client\n<tls-auth>\ns3cret\n</tls-auth>\n-----BEGIN RSA PRIVATE KEY-----\ns3cret\n-----END RSA PRIVATE KEY-----\npassword = s3cret\nverb 3\n";
        let lines = lines(text);
        assert!(!lines.to_string().contains("s3cret"), "{lines}");
        assert_eq!(lines.as_array().map(Vec::len), Some(3));
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
