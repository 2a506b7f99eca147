//! Facts: names, types, where they come from, and values that fit.

use std::fmt::Write as _;

use crate::Random;

const AREAS: [&str; 20] = [
    "adapter", "cert", "client", "crl", "dns", "driver", "gateway", "ike", "nps", "os", "policy",
    "power", "proxy", "radius", "ras", "root", "route", "service", "subnet", "tunnel",
];
const NOUNS: [&str; 24] = [
    "address", "age", "backoff", "count", "default", "enabled", "expiry", "flag", "issuer",
    "level", "limit", "mode", "name", "owner", "port", "prefix", "quota", "retry", "server",
    "state", "timeout", "update", "usage", "version",
];
/// Members of every enum fact.
pub(crate) const MEMBERS: [&str; 4] = ["Connected", "Disabled", "Pending", "Failed"];
/// States of an entry.
pub(crate) const STATES: [&str; 3] = ["Ready", "Busy", "Failed"];
/// Values of every string fact.
pub(crate) const TEXTS: [&str; 6] = [
    "contoso",
    "fabrikam",
    "northwind",
    "tailspin",
    "wingtip",
    "litware",
];

/// The type of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub enum Kind {
    Bool,
    Int,
    Enum,
    String,
    /// `string?`
    MaybeString,
    Version,
    /// `list of Entry`
    Entries,
}

/// A fact of a generated pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Dotted snake_case.
    pub name: String,
    /// Its type.
    pub kind: Kind,
}

impl Fact {
    /// A value that fits, as JSON; `null` stands for absent.
    pub fn value(&self, random: &mut Random) -> String {
        match self.kind {
            Kind::Bool => (random.below(2) == 1).to_string(),
            Kind::Int => random.below(100).to_string(),
            Kind::Enum => format!("\"{}\"", random.choose(&MEMBERS)),
            Kind::MaybeString if random.below(3) == 0 => "null".to_owned(),
            Kind::String | Kind::MaybeString => format!("\"{}\"", random.choose(&TEXTS)),
            Kind::Version => format!("\"{}.{}\"", 1 + random.below(20), random.below(1_000)),
            Kind::Entries => {
                let entries: Vec<String> = (0..random.below(4)).map(|_| entry(random)).collect();
                format!("[{}]", entries.join(", "))
            }
        }
    }

    fn type_text(&self) -> &'static str {
        match self.kind {
            Kind::Bool => "bool",
            Kind::Int => "int in 0..100",
            Kind::Enum => "enum { Connected, Disabled, Pending, Failed, else other }",
            Kind::String => "string",
            Kind::MaybeString => "string?",
            Kind::Version => "version",
            Kind::Entries => "list of Entry",
        }
    }
}

fn entry(random: &mut Random) -> String {
    format!(
        "{{ \"label\": \"{}\", \"active\": {}, \"weight\": {}, \"state\": \"{}\" }}",
        random.choose(&TEXTS),
        random.below(2) == 1,
        random.below(100),
        random.choose(&STATES)
    )
}

/// So many facts, each with a name of its own.
pub fn facts(seed: u64, count: usize) -> Vec<Fact> {
    let mut random = Random::new(seed);
    let mut name = |at: usize| {
        let (area, noun) = (random.choose(&AREAS), random.choose(&NOUNS));
        (format!("{area}.{noun}_{at}"), random.below(100))
    };
    let fact = |at| {
        let (name, share) = name(at);
        Fact {
            name,
            kind: kind(share),
        }
    };
    (0..count).map(fact).collect()
}

fn kind(share: u64) -> Kind {
    match share {
        0..35 => Kind::Bool,
        35..55 => Kind::Int,
        55..70 => Kind::Enum,
        70..80 => Kind::String,
        80..85 => Kind::MaybeString,
        85..93 => Kind::Version,
        _ => Kind::Entries,
    }
}

/// Their statements.
pub(crate) fn statements(facts: &[Fact]) -> String {
    let mut text = String::new();
    for (at, fact) in facts.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        let key = fact.name.replace('.', "\\");
        let _ = writeln!(
            text,
            "/// What the client says about {}.",
            fact.name.replace(['.', '_'], " ")
        );
        let _ = writeln!(text, "fact {}: {}", fact.name, fact.type_text());
        let _ = match fact.kind {
            Kind::Entries => writeln!(
                text,
                "    from windows registry \"HKLM\\SOFTWARE\\Sample\\{key}\\*\""
            ),
            _ => writeln!(
                text,
                "    from windows registry \"HKLM\\SOFTWARE\\Sample\\{key}\" at \"Value\""
            ),
        };
    }
    text
}
