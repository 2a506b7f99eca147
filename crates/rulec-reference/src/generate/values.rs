//! Constants of each type, few enough that they meet.

use super::model::{Model, Ty};
use super::random::Random;

const TEXTS: &[&str] = &[
    "\"\"",
    "\"a\"",
    "\"A\"",
    "\"ab\"",
    "\"aB\"",
    "\"b\"",
    "\"QUJD\"",
    "\"Ä\"",
    "\"ä\"",
    "\"σ\"",
    "\"ς\"",
    "\"1.2\"",
    "\"1.10\"",
    "\"0x80090326\"",
    "\"CERT_E_EXPIRED\"",
];
const VERSIONS: &[&str] = &["0.0", "1.0", "1.2", "1.2.0", "1.10", "10.0.19045.1"];
const TIMES: &[&str] = &[
    "2026-01-01T00:00:00Z",
    "2026-01-01",
    "2026-01-02T12:30:00Z",
    "2026-01-03",
    "2024-02-29T23:59:59Z",
];
const DURATIONS: &[&str] = &["0s", "1d", "24h", "36h", "30min", "90s", "500ms", "2d"];
const ADDRESSES: &[&str] = &[
    "10.0.0.1",
    "10.1.0.7",
    "192.168.1.1",
    "fd00::1",
    "::ffff:10.0.0.1",
];
const NETWORKS: &[&str] = &[
    "10.0.0.0/8",
    "10.1.0.0/16",
    "10.1.0.7/32",
    "0.0.0.0/0",
    "192.168.0.0/16",
    "fd00::/8",
    "::/0",
];
/// Those of symptoms are written by `rules`; these are for facts and conditions.
pub const CODES: &[&str] = &[
    "ras 691",
    "win32 691",
    "http 503",
    "hresult 0x80090326",
    "sspi SEC_E_ILLEGAL_MESSAGE",
    "hresult 0x800B0101",
    "arm InvalidResourceName",
    "nps \"IAS_AUTH_FAILURE\"",
];
const PATTERNS: &[&str] = &[
    "\"a*\"", "\"*B\"", "\"?\"", "\"a?\"", "\"*\"", "\"Ä*\"", "\"*Σ\"", "\"a*b\"", "\"\"",
];

/// A constant of a scalar type.
pub fn constant(model: &Model, ty: &Ty, random: &mut Random) -> String {
    match ty {
        Ty::Bool => random.word(&["true", "false"]).to_owned(),
        Ty::Int if random.chance(4) => random.word(&["8", "-3", "0x7", "9"]).to_owned(),
        Ty::Int => random.word(&["0", "1", "2", "3"]).to_owned(),
        Ty::Text => random.word(TEXTS).to_owned(),
        Ty::Enum(at) => match model.enums.get(*at) {
            Some(of) => random.word(of.members).to_owned(),
            None => String::new(),
        },
        Ty::Version => random.word(VERSIONS).to_owned(),
        Ty::Time => random.word(TIMES).to_owned(),
        Ty::Duration => random.word(DURATIONS).to_owned(),
        Ty::Ip => random.word(ADDRESSES).to_owned(),
        Ty::Cidr => random.word(NETWORKS).to_owned(),
        Ty::Code => random.word(CODES).to_owned(),
        Ty::List(_) | Ty::Set(_) | Ty::Record(_) => String::new(),
    }
}

/// A constant as a case may write it: members in any case.
pub fn spelled(model: &Model, ty: &Ty, random: &mut Random) -> String {
    match ty {
        Ty::Enum(1) if random.chance(30) => random.word(&["UP", "Down", "up"]).to_owned(),
        _ => constant(model, ty, random),
    }
}

/// A pattern of `matches`.
pub fn pattern(random: &mut Random) -> &'static str {
    random.word(PATTERNS)
}

/// What *not there* means for a type.
pub fn default_of(ty: &Ty, random: &mut Random) -> Option<String> {
    match ty {
        Ty::Bool => Some("false".to_owned()),
        Ty::Int => Some(random.word(&["0", "2"]).to_owned()),
        Ty::Text => Some("\"a\"".to_owned()),
        Ty::Version => Some("1.2".to_owned()),
        Ty::Duration => Some("1d".to_owned()),
        Ty::Cidr => Some("10.0.0.0/8".to_owned()),
        Ty::Enum(0) => Some("red".to_owned()),
        Ty::List(_) | Ty::Set(_) => Some("[]".to_owned()),
        _ => None,
    }
}
