//! What of a case may be told: values and texts with stable tokens in place of what is personal.
//!
//! Everything that is not known to be harmless is replaced: a word stays only if the pack or `rulec` itself says it, or if it is in a list
//! of words of Windows, Azure and English. Equal words have equal tokens, whatever their case; addresses keep their relations; certificates are
//! changed in place and stay certificates. All tokens hang on a key: without it nobody can try out which name has which token.
//!
//! First [`Redactor::learn`] sees everything that will be told, then values and texts are replaced. Reads no file and tells nothing itself.

mod base64;
mod der;
mod networks;
mod scan;
mod tokens;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rulec_facts::certificate::certificate;
use rulec_facts::code::{Code, Number};
use rulec_facts::ops;
use rulec_facts::reason::{Reason, Why};
use rulec_facts::source::certificate_type;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Element, Partial, Text, Value};

use networks::Networks;
use tokens::Tokens;
pub use words::Vocabulary;

/// What is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sort {
    /// A public address or network.
    Address,
    /// A certificate, its thumbprint, or another part of it.
    Certificate,
    /// A GUID: a tenant, a subscription, an application.
    Guid,
    /// A physical address.
    Mac,
    /// A word that is not known to be harmless: of a host, a resource, a connection, a file.
    Name,
    /// A long number.
    Number,
    /// What the pack declares secret.
    Secret,
    /// The identifier of an account.
    Sid,
    /// A word of the name of a person or of an account.
    User,
}

impl Sort {
    /// All, in order.
    pub const ALL: [Sort; 9] = [
        Sort::Address,
        Sort::Certificate,
        Sort::Guid,
        Sort::Mac,
        Sort::Name,
        Sort::Number,
        Sort::Secret,
        Sort::Sid,
        Sort::User,
    ];

    /// For people and programs.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Address => "address",
            Sort::Certificate => "certificate",
            Sort::Guid => "guid",
            Sort::Mac => "mac",
            Sort::Name => "name",
            Sort::Number => "number",
            Sort::Secret => "secret",
            Sort::Sid => "sid",
            Sort::User => "user",
        }
    }
}

/// How often something of a sort was replaced, and how many different ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// Places.
    pub places: usize,
    /// Tokens that stand in them.
    pub tokens: BTreeSet<String>,
}

/// Counts by file, as it is named after the replacement, and by sort.
pub type Counts = BTreeMap<String, BTreeMap<Sort, Count>>;

/// Fields and facts whose value names a person, an account or a machine.
const PERSONAL: &[&str] = &[
    "user",
    "caller",
    "owner",
    "account",
    "computer",
    "host",
    "host_name",
    "upn",
    "mail",
    "email",
    "sign_in_name",
];

/// Accounts that every machine has.
const EVERYONES: &[&str] = &[
    "system",
    "local",
    "service",
    "network",
    "nt",
    "authority",
    "public",
    "default",
    "all",
    "users",
    "user",
    "administrator",
    "admin",
    "host",
    "anonymous",
    "logon",
    "the",
    "and",
    "of",
    "to",
    "in",
    "on",
    "at",
    "by",
    "or",
    "no",
    "an",
    "for",
    "com",
    "net",
    "org",
];

/// Replaces what is personal in one case.
#[derive(Debug)]
pub struct Redactor {
    tokens: Tokens,
    networks: Networks,
    vocabulary: Arc<Vocabulary>,
    /// Words of names of persons and accounts, folded.
    users: HashSet<String>,
    /// Texts with a certificate.
    certificates: BTreeSet<String>,
    /// Texts and hexadecimal words, folded, with what stands in their place.
    instead: HashMap<String, String>,
    /// The file that is read now, as it is named afterwards.
    file: String,
    counts: Counts,
    /// Token and what it stands for.
    map: BTreeMap<String, String>,
}

impl Redactor {
    /// With a key that nobody else has, the harmless words, and all texts of the pack that may be addresses.
    pub fn new(key: [u8; 32], vocabulary: Arc<Vocabulary>) -> Redactor {
        Redactor {
            networks: Networks::new(vocabulary.networks()),
            tokens: Tokens::new(key),
            vocabulary,
            users: HashSet::new(),
            certificates: BTreeSet::new(),
            instead: HashMap::new(),
            file: String::new(),
            counts: Counts::new(),
            map: BTreeMap::new(),
        }
    }

    /// Sees a value of that name and type before anything is replaced.
    pub fn learn(&mut self, name: &str, value: &Partial, ty: &Type) {
        let value = match value {
            Partial::Absent => return,
            Partial::Unknown(reasons) => {
                reasons.iter().for_each(|it| self.learn_text(&it.detail));
                return;
            }
            Partial::Known(value) => value,
        };
        match value {
            Value::Text(text) => {
                if is_personal(name) {
                    self.learn_person(text.raw());
                }
                self.learn_text(text.raw());
            }
            Value::Record(fields) => {
                let types = ty.record().map_or(&[][..], |it| it.fields.as_slice());
                for (field, value) in types.iter().zip(fields.iter()) {
                    self.learn(&field.name, value, &field.ty);
                }
            }
            Value::List(all) | Value::Set(all) => {
                for element in all.iter() {
                    self.learn(name, &element.value, ty.member().unwrap_or(ty));
                }
            }
            _ => {}
        }
    }

    /// Sees a text before anything is replaced.
    pub fn learn_text(&mut self, text: &str) {
        for name in scan::profiles(text) {
            self.learn_person(name);
        }
        if text.len() >= base64::SHORTEST && certificate(text).is_some() {
            self.certificates.insert(text.to_owned());
        }
    }

    /// A name as `DOMAIN\user`, `user@domain`, `host/user`, or of several words.
    fn learn_person(&mut self, text: &str) {
        let name = text.rsplit(['\\', '/']).next().unwrap_or(text);
        let name = name.split('@').next().unwrap_or(name);
        for word in name.split(|c: char| !c.is_alphanumeric()) {
            let folded = fold(word);
            let short = word.chars().count() < 2 && word.is_ascii();
            if !short && !EVERYONES.contains(&folded.as_str()) {
                self.users.insert(folded);
            }
        }
    }

    /// Everything was seen: what the certificates become is settled, so that the same thumbprint elsewhere becomes the same.
    pub fn learnt(&mut self) {
        for text in std::mem::take(&mut self.certificates) {
            let Some(new) = self.blob(&text) else {
                continue;
            };
            if let (Some(Value::Record(old)), Some(Value::Record(new))) =
                (certificate(&text), certificate(&new))
            {
                for (old, new) in old.iter().zip(new.iter()) {
                    self.pair(old, new);
                }
            }
        }
        self.counts.clear();
    }

    fn pair(&mut self, old: &Partial, new: &Partial) {
        match (old.known(), new.known()) {
            (Some(Value::Text(old)), Some(Value::Text(new))) => {
                self.instead
                    .insert(old.folded().to_owned(), new.raw().to_owned());
            }
            (Some(old), Some(new)) => {
                let both = old.elements().zip(new.elements());
                for (old, new) in both.into_iter().flat_map(|(old, new)| old.iter().zip(new)) {
                    self.pair(&old.value, &new.value);
                }
            }
            _ => {}
        }
    }

    /// What follows is counted for this file.
    pub fn of_file(&mut self, file: Option<&str>) {
        self.file = String::new();
        if let Some(file) = file {
            // A file's name is no part of its content.
            let name = self.without_counts(|it| it.text(file));
            self.file = name;
        }
    }

    fn without_counts<T>(&mut self, work: impl FnOnce(&mut Redactor) -> T) -> T {
        let counts = std::mem::take(&mut self.counts);
        let done = work(self);
        self.counts = counts;
        done
    }

    /// A value with tokens. Of what is secret, a text becomes one token, and everything else is unknown: denied.
    pub fn value(&mut self, fact: &str, value: &Partial, ty: &Type, secret: bool) -> Partial {
        let known = match value {
            Partial::Absent => return Partial::Absent,
            Partial::Unknown(reasons) => {
                let reasons = reasons.iter().map(|it| Reason {
                    detail: Arc::from(self.text(&it.detail)),
                    ..it.clone()
                });
                return Partial::Unknown(reasons.collect());
            }
            Partial::Known(known) => known,
        };
        if secret && !matches!(ty.kind, Kind::Record(_) | Kind::List(_) | Kind::Set(_)) {
            return self.secret(fact, known);
        }
        Partial::Known(match known {
            Value::Text(text) => Value::Text(Text::new(&self.text(text.raw()))),
            Value::Ip(address) => Value::Ip(self.address(*address)),
            Value::Cidr(network) => Value::Cidr(self.network(*network)),
            Value::Code(Code {
                kind,
                number: Number::Word(word),
            }) => Value::Code(Code {
                kind: Arc::clone(kind),
                number: Number::Word(Text::new(&self.text(word.raw()))),
            }),
            Value::Record(fields) => {
                let types = ty.record().map_or(&[][..], |it| it.fields.as_slice());
                let fields = types.iter().zip(fields.iter());
                Value::Record(
                    fields
                        .map(|(field, value)| {
                            self.value(fact, value, &field.ty, secret || field.secret)
                        })
                        .collect(),
                )
            }
            Value::List(all) | Value::Set(all) => {
                let member = ty.member().unwrap_or(ty);
                let all = all.iter().map(|it| Element {
                    value: self.value(fact, &it.value, member, secret),
                    certain: it.certain,
                });
                match &ty.kind {
                    Kind::Set(member) => ops::set(all.collect(), member),
                    _ => Value::List(all.collect()),
                }
            }
            harmless => harmless.clone(),
        })
    }

    fn secret(&mut self, fact: &str, value: &Value) -> Partial {
        if let Value::Text(text) = value {
            let token = self.tokens.secret(text.folded());
            self.count(Sort::Secret, &token, None);
            return Partial::Known(Value::text(&token));
        }
        self.count(Sort::Secret, "", None);
        Partial::Unknown(Arc::from([Reason {
            fact: fact.into(),
            why: Why::Denied,
            detail: Arc::from("it is secret and was not kept"),
        }]))
    }

    /// How often what was replaced, by file.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Each token with what it stands for; of secrets there is none.
    pub fn map(&self) -> &BTreeMap<String, String> {
        &self.map
    }

    fn count(&mut self, sort: Sort, token: &str, original: Option<&str>) {
        let file = self.counts.entry(self.file.clone()).or_default();
        let count = file.entry(sort).or_default();
        count.places += 1;
        if !count.tokens.contains(token) {
            count.tokens.insert(token.to_owned());
        }
        if let Some(original) = original
            && !self.map.contains_key(token)
        {
            self.map.insert(token.to_owned(), original.to_owned());
        }
    }
}

fn fold(text: &str) -> String {
    Text::new(text).folded().to_owned()
}

fn is_personal(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    PERSONAL.contains(&last)
        || PERSONAL.iter().any(|it| {
            last.strip_suffix(it)
                .is_some_and(|before| before.ends_with('_'))
        })
}

/// The thumbprint of the certificate in these bytes.
fn thumbprint(der: &[u8]) -> Option<String> {
    let Value::Record(fields) = rulec_facts::certificate::from_der(der)? else {
        return None;
    };
    let (at, _) = certificate_type().field("thumbprint")?;
    match fields.get(at)?.known()? {
        Value::Text(text) => Some(text.folded().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
