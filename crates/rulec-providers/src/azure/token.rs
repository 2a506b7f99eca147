//! Tokens: what they say of themselves, and how they are kept out of everything that is shown.

use std::fmt;
use std::time::Duration;

use rulec_artefacts::azure_ask::Audience;
use serde_json::Value as Json;

use super::cloud::Cloud;

/// A bearer token. Shows itself as `[token]`, whoever prints it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A token as it came, without blanks around it.
    pub fn new(text: &str) -> Token {
        Token(text.trim().to_owned())
    }

    /// Itself; for the header of a request and nothing else.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// A member of what the token says of itself (`aud`, `exp`, `tid`), where it is of a kind that says something. Nothing is verified: that
    /// is the business of who takes it.
    pub fn says(&self, name: &str) -> Option<Json> {
        let payload = self.0.split('.').nth(1)?;
        let bytes = base64_url(payload)?;
        let json: Json = serde_json::from_slice(&bytes).ok()?;
        json.get(name).cloned()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[token]")
    }
}

/// Where tokens come from. Blocking; answers within `limit`.
pub trait SignIn: Send + Sync {
    /// A token for that audience and scope; `fresh` if the last one was refused, so that a kept one is of no use. The error says for a person
    /// why there is none, and which command repairs it; it never holds a secret.
    ///
    /// # Errors
    /// Nobody is signed in, the sign-in has expired, or is of another kind than is needed.
    fn token(
        &self,
        audience: Audience,
        scope: &str,
        fresh: bool,
        limit: Duration,
    ) -> Result<Token, String>;

    /// The cloud has told where one signs in.
    fn cloud(&self, _cloud: &Cloud) {}
}

/// A token that was given. It is for one audience: for the one that it names, else for the resource manager.
#[derive(Debug)]
pub struct GivenToken {
    token: Token,
}

impl GivenToken {
    /// From a token, or from what `az account get-access-token` prints.
    ///
    /// # Errors
    /// There is no token in the text. The error does not quote it.
    pub fn read(text: &str) -> Result<GivenToken, String> {
        let text = text.trim();
        let token = match text.starts_with('{') {
            true => {
                let json: Json = serde_json::from_str(text).map_err(|_| {
                    "what was given as a token is JSON that cannot be read".to_owned()
                })?;
                let found = ["accessToken", "access_token"]
                    .iter()
                    .find_map(|it| json.get(it)?.as_str());
                found.map(str::to_owned)
            }
            false => Some(text.to_owned()),
        };
        let fits = |it: &String| !it.is_empty() && it.chars().all(|c| c.is_ascii_graphic());
        let token = token.filter(fits).ok_or("what was given holds no token")?;
        Ok(GivenToken {
            token: Token::new(&token),
        })
    }

    fn is_for(&self, audience: Audience, scope: &str) -> bool {
        let Some(Json::String(named)) = self.token.says("aud") else {
            return audience == Audience::ResourceManager;
        };
        let plain = |text: &str| {
            text.trim_end_matches(".default")
                .trim_end_matches('/')
                .to_lowercase()
        };
        plain(&named) == plain(scope) || ALSO.contains(&(audience, plain(&named).as_str()))
    }
}

/// Other names of the same audiences.
const ALSO: &[(Audience, &str)] = &[
    (
        Audience::ResourceManager,
        "https://management.core.windows.net",
    ),
    (
        Audience::ResourceManager,
        "https://management.core.chinacloudapi.cn",
    ),
    (
        Audience::ResourceManager,
        "https://management.core.usgovcloudapi.net",
    ),
    (Audience::Graph, "00000003-0000-0000-c000-000000000000"),
];

impl SignIn for GivenToken {
    fn token(
        &self,
        audience: Audience,
        scope: &str,
        fresh: bool,
        _limit: Duration,
    ) -> Result<Token, String> {
        if !self.is_for(audience, scope) {
            return Err(format!(
                "the token that was given is for another service than {}",
                audience.name()
            ));
        }
        if fresh {
            return Err("the token that was given has expired or is not accepted: get a new one with `az account get-access-token`".to_owned());
        }
        Ok(self.token.clone())
    }
}

/// Takes out of a document the tokens that are known, and whatever looks like one, of names of members too.
pub(super) fn scrub_json(json: &mut Json, known: &[Token]) {
    match json {
        Json::String(text) => {
            let clean = scrub(text, known);
            if clean != *text {
                *text = clean;
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|it| scrub_json(it, known)),
        Json::Object(members) => {
            let named = members.keys().any(|name| scrub(name, known) != *name);
            if named {
                let all = std::mem::take(members).into_iter();
                *members = all
                    .map(|(name, value)| (scrub(&name, known), value))
                    .collect();
            }
            members.values_mut().for_each(|it| scrub_json(it, known));
        }
        _ => {}
    }
}

/// So often are escapes of JSON taken away: a message may be JSON that is kept as a text in JSON.
const ROUNDS: usize = 4;

/// Takes out of a text the tokens that are known, and whatever looks like one, also where a part of it is escaped as in JSON.
pub(super) fn scrub(text: &str, known: &[Token]) -> String {
    let clean = scrub_plain(text, known);
    let mut inner = clean.clone();
    for _ in 0..ROUNDS {
        let next = unescaped(&inner);
        if next == inner {
            break;
        }
        let scrubbed = scrub_plain(&next, known);
        if scrubbed != next {
            // Where exactly it stood cannot be told in the escaped text.
            return scrubbed;
        }
        inner = next;
    }
    clean
}

/// The text with `\u0065` and `\/` as what they stand for.
fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let code = after.strip_prefix('u').and_then(|it| it.get(..4));
        let code = code.and_then(|it| u32::from_str_radix(it, 16).ok());
        rest = match (code.and_then(char::from_u32), after.chars().next()) {
            (Some(c), _) => {
                out.push(c);
                after.get(5..).unwrap_or("")
            }
            (None, Some(c @ ('/' | '"' | '\\'))) => {
                out.push(c);
                after.get(1..).unwrap_or("")
            }
            _ => {
                out.push('\\');
                after
            }
        };
    }
    out.push_str(rest);
    out
}

fn scrub_plain(text: &str, known: &[Token]) -> String {
    let mut text = text.to_owned();
    for token in known {
        if token.0.len() >= 8 && text.contains(&token.0) {
            text = text.replace(&token.0, "[token]");
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("eyJ") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.find(|c: char| !is_of_token(c)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        out.push_str(if word.len() >= 40 && word.contains('.') {
            "[token]"
        } else {
            word
        });
        rest = after;
    }
    out.push_str(rest);
    out
}

fn is_of_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '=')
}

fn base64_url(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{"aud":"https://graph.microsoft.com","tid":"t"}`
    const GRAPH: &str = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL2dyYXBoLm1pY3Jvc29mdC5jb20iLCJ0aWQiOiJ0In0.c2lnbmF0dXJl";

    fn ask(token: &GivenToken, audience: Audience, scope: &str) -> Result<Token, String> {
        token.token(audience, scope, false, Duration::ZERO)
    }

    #[test]
    fn a_given_token_is_for_the_audience_that_it_names() {
        let token = GivenToken::read(GRAPH).unwrap();
        assert!(
            ask(
                &token,
                Audience::Graph,
                "https://graph.microsoft.com/.default"
            )
            .is_ok()
        );
        let other = ask(
            &token,
            Audience::ResourceManager,
            "https://management.azure.com/.default",
        );
        assert!(other.unwrap_err().contains("another service"));
    }

    #[test]
    fn what_az_prints_is_a_token_too_and_nothing_is_quoted() {
        let token = GivenToken::read(&format!("{{\"accessToken\": \"{GRAPH}\"}}\n")).unwrap();
        assert_eq!(token.token.secret(), GRAPH);
        for bad in ["", "{\"a\": 1}", "{\"accessToken\": ", "two words"] {
            let error = GivenToken::read(bad).unwrap_err();
            assert!(!error.contains("two words"), "{error}");
        }
    }

    #[test]
    fn an_escaped_token_is_one() {
        let known = [Token::new("opaque-token-1234")];
        let escaped = GRAPH.replace('e', "\\u0065").replace('.', "\\u002E");
        let once = format!("it says {escaped} and \\u006fpaque-token-1234");
        let twice = serde_json::to_string(&once).unwrap();
        for text in [&once, &twice] {
            let shown = scrub(text, &known);
            assert!(shown.contains("[token] and [token]"), "{shown}");
        }
        assert_eq!(scrub("C:\\users\\u00 \\", &known), "C:\\users\\u00 \\");
        let mut json = serde_json::json!({ (GRAPH): 1, "a": [{ "b": once }] });
        scrub_json(&mut json, &known);
        assert_eq!(
            json,
            serde_json::json!({ "[token]": 1, "a": [{ "b": "it says [token] and [token]" }] })
        );
    }

    #[test]
    fn no_token_is_shown() {
        let token = GivenToken::read(GRAPH).unwrap();
        assert_eq!(format!("{token:?}"), "GivenToken { token: [token] }");
        let known = [Token::new("opaque-token-1234")];
        let text = scrub(&format!("a {GRAPH} b opaque-token-1234 c eyJ d"), &known);
        assert_eq!(text, "a [token] b [token] c eyJ d");
    }
}
