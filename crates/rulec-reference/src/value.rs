//! Partial values (T1, T3), truths and what undecided ones need (N1).

use std::collections::BTreeMap;

use crate::Fails;
use crate::address::{Address, Network};

/// What an undecided value needs: facts, params, `now`, and symptoms whose question is not answered; true
/// where the need is *guarded* (N1). A need that is also wanted without a guard is not guarded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs(pub BTreeMap<String, bool>);

impl Needs {
    /// One need without a guard.
    pub fn of(name: &str) -> Needs {
        Needs(BTreeMap::from([(name.to_owned(), false)]))
    }

    /// Both.
    pub fn and(mut self, other: &Needs) -> Needs {
        for (name, guarded) in &other.0 {
            let slot = self.0.entry(name.clone()).or_insert(*guarded);
            *slot = *slot && *guarded;
        }
        self
    }

    /// All of them behind a guard.
    pub fn guarded(self) -> Needs {
        Needs(self.0.into_keys().map(|name| (name, true)).collect())
    }

    /// Their names.
    pub fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

/// T, F, or U with its needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// True.
    True,
    /// False.
    False,
    /// Unknown.
    Unknown(Needs),
}

impl Truth {
    /// Of a decided condition.
    pub fn known(holds: bool) -> Truth {
        if holds { Truth::True } else { Truth::False }
    }

    /// `T`, `F` or `U`.
    pub fn letter(&self) -> char {
        match self {
            Truth::True => 'T',
            Truth::False => 'F',
            Truth::Unknown(_) => 'U',
        }
    }

    /// O2 and N1: one F is F, all T is T, else U with the needs of the unknown operands.
    pub fn all(operands: &[Truth]) -> Truth {
        if operands.contains(&Truth::False) {
            return Truth::False;
        }
        undecided(operands).map_or(Truth::True, Truth::Unknown)
    }

    /// O2 and N1: one T is T, all F is F, else U with the needs of the unknown operands.
    pub fn any(operands: &[Truth]) -> Truth {
        if operands.contains(&Truth::True) {
            return Truth::True;
        }
        undecided(operands).map_or(Truth::False, Truth::Unknown)
    }

    /// As a value.
    pub fn value(self) -> Partial {
        match self {
            Truth::True => Partial::Known(Scalar::Bool(true)),
            Truth::False => Partial::Known(Scalar::Bool(false)),
            Truth::Unknown(needs) => Partial::unknown(needs),
        }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    /// O1.
    fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown(needs) => Truth::Unknown(needs),
        }
    }
}

/// The needs of the unknown operands; none if no operand is unknown.
fn undecided(operands: &[Truth]) -> Option<Needs> {
    let mut found = None;
    for operand in operands {
        if let Truth::Unknown(needs) = operand {
            found = Some(found.unwrap_or_else(Needs::default).and(needs));
        }
    }
    found
}

/// A scalar.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    Bool(bool),
    Int(i128),
    Text(String),
    /// A member of an enum, by its name as declared.
    Member(String),
    /// Parts without trailing zeros.
    Version(Vec<u64>),
    /// Nanoseconds since 1970.
    Time(i128),
    /// Nanoseconds.
    Duration(i128),
    Ip(Address),
    Cidr(Network),
    Code(Code),
}

/// A canonical code (T7).
#[derive(Debug, Clone, PartialEq)]
pub enum Code {
    Number(String, u64),
    Word(String, String),
}

/// A value as far as it is known (T1).
#[derive(Debug, Clone, PartialEq)]
pub enum Partial {
    Known(Scalar),
    Absent,
    Unknown(Unknown),
    Record(Vec<(String, Partial)>),
    List(Collection),
}

/// A value that is not known.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    pub needs: Needs,
    /// A number between these, both inclusive (O7).
    pub bounds: Option<(i128, i128)>,
}

/// A list or set that is known with its length (T3).
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    pub set: bool,
    pub elements: Vec<Element>,
}

/// An element; those that are certainly no members are gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    pub value: Partial,
    /// Never false.
    pub member: Truth,
}

impl Element {
    /// A certain member.
    pub fn certain(value: Partial) -> Element {
        Element {
            value,
            member: Truth::True,
        }
    }
}

impl Partial {
    /// Unknown without bounds.
    pub fn unknown(needs: Needs) -> Partial {
        Partial::Unknown(Unknown {
            needs,
            bounds: None,
        })
    }

    /// The empty list, which an absent one counts as (O6).
    pub fn empty() -> Partial {
        Partial::List(Collection {
            set: false,
            elements: Vec::new(),
        })
    }

    /// As a condition.
    pub fn truth(&self) -> Fails<Truth> {
        match self {
            Partial::Known(Scalar::Bool(holds)) => Ok(Truth::known(*holds)),
            Partial::Unknown(unknown) => Ok(Truth::Unknown(unknown.needs.clone())),
            other => Err(format!("{other:?} is no condition")),
        }
    }

    /// A bounded number taken as unknown, as every operator but comparisons and sums takes it (O7).
    pub fn without_bounds(self) -> Partial {
        match self {
            Partial::Unknown(unknown) => Partial::unknown(unknown.needs),
            other => other,
        }
    }

    /// The bounds of a number, known or not.
    pub fn bounds(&self) -> Option<(i128, i128)> {
        match self {
            Partial::Known(Scalar::Int(number)) => Some((*number, *number)),
            Partial::Unknown(unknown) => unknown.bounds,
            _ => None,
        }
    }

    /// Everything that is unknown in it, however deep.
    pub fn needs(&self) -> Needs {
        match self {
            Partial::Known(_) | Partial::Absent => Needs::default(),
            Partial::Unknown(unknown) => unknown.needs.clone(),
            Partial::Record(fields) => fields
                .iter()
                .fold(Needs::default(), |all, (_, field)| all.and(&field.needs())),
            Partial::List(list) => list.elements.iter().fold(Needs::default(), |all, element| {
                let all = all.and(&element.value.needs());
                match &element.member {
                    Truth::Unknown(needs) => all.and(needs),
                    _ => all,
                }
            }),
        }
    }

    /// Whether nothing in it is unknown.
    pub fn is_total(&self) -> bool {
        match self {
            Partial::Known(_) | Partial::Absent => true,
            Partial::Unknown(_) => false,
            Partial::Record(fields) => fields.iter().all(|(_, field)| field.is_total()),
            Partial::List(list) => list
                .elements
                .iter()
                .all(|element| element.member == Truth::True && element.value.is_total()),
        }
    }

    /// `value`, `absent` or `unknown`.
    pub fn outcome(&self) -> &'static str {
        match self {
            Partial::Known(Scalar::Bool(true)) => "T",
            Partial::Known(Scalar::Bool(false)) => "F",
            Partial::Absent => "absent",
            Partial::Unknown(Unknown {
                bounds: Some(_), ..
            }) => "bounded",
            Partial::Unknown(_) => "U",
            Partial::Known(_) | Partial::Record(_) | Partial::List(_) => "value",
        }
    }
}
