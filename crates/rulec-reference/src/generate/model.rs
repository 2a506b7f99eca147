//! What a generated pack declares: types, facts and params.

use super::random::Random;
use super::values::default_of;

/// A type without its question mark.
#[derive(Debug, Clone, PartialEq)]
pub enum Ty {
    Bool,
    Int,
    Text,
    /// By number in [`Model::enums`].
    Enum(usize),
    Version,
    Time,
    Duration,
    Ip,
    Cidr,
    Code,
    List(Box<Ty>),
    Set(Box<Ty>),
    /// By number in [`Model::records`].
    Record(usize),
}

/// Every scalar type.
pub const SCALARS: [Ty; 11] = [
    Ty::Bool,
    Ty::Int,
    Ty::Text,
    Ty::Enum(0),
    Ty::Enum(1),
    Ty::Version,
    Ty::Time,
    Ty::Duration,
    Ty::Ip,
    Ty::Cidr,
    Ty::Code,
];

/// A field, fact, param or let.
#[derive(Debug, Clone)]
pub struct Declared {
    pub name: String,
    pub ty: Ty,
    pub optional: bool,
    /// What *not there* means.
    pub default: Option<String>,
    pub what: What,
    /// `int in 0..3`.
    pub ranged: bool,
}

/// What a declaration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Field,
    Fact,
    Param,
    /// A fact whose field `code` counts as reported.
    Reporter,
    Let,
}

/// The members of an enum.
#[derive(Debug, Clone)]
pub struct Enumeration {
    pub name: &'static str,
    pub text: &'static str,
    pub members: &'static [&'static str],
}

/// The declarations of a pack.
#[derive(Debug, Clone)]
pub struct Model {
    pub enums: [Enumeration; 2],
    pub records: Vec<Vec<Declared>>,
    /// Facts and params.
    pub places: Vec<Declared>,
    pub lets: Vec<Declared>,
}

const COLOURS: Enumeration = Enumeration {
    name: "Colour",
    text: "enum { red, Green = 7, blue }",
    members: &["red", "Green", "blue"],
};

const PHASES: Enumeration = Enumeration {
    name: "Phase",
    text: "enum { Up = \"running\", down, else other }",
    members: &["Up", "down", "other"],
};

impl Model {
    /// Three records, one of them with lists, and so many facts and params.
    pub fn new(random: &mut Random, places: usize) -> Model {
        let mut model = Model {
            enums: [COLOURS, PHASES],
            records: Vec::new(),
            places: Vec::new(),
            lets: Vec::new(),
        };
        let leaf = (0..4).map(|at| scalar_field(random, at)).collect();
        model.records.push(leaf);
        let nested = model.nested_record(random);
        model.records.push(nested);
        model.records.push(event_record());
        for at in 0..places {
            let place = model.place(random, at);
            model.places.push(place);
        }
        if random.chance(50) {
            model.places.push(reporter(random));
        }
        if random.chance(60) {
            model.places.extend(pair(random));
        }
        model
    }

    fn nested_record(&self, random: &mut Random) -> Vec<Declared> {
        let mut fields: Vec<Declared> = (0..2).map(|at| scalar_field(random, at)).collect();
        let others = [
            ("leaf", Ty::Record(0)),
            ("items", Ty::List(Box::new(Ty::Record(0)))),
            ("tags", Ty::Set(Box::new(scalar(random)))),
            ("nets", Ty::List(Box::new(Ty::Cidr))),
            ("numbers", Ty::List(Box::new(Ty::Int))),
        ];
        for (name, ty) in others {
            if random.chance(60) {
                let optional = random.chance(40);
                fields.push(declared(name, ty, optional, What::Field));
            }
        }
        fields
    }

    fn place(&self, random: &mut Random, at: usize) -> Declared {
        let what = if random.chance(15) {
            What::Param
        } else {
            What::Fact
        };
        let ty = match random.below(12) {
            0..5 => scalar(random),
            5 => Ty::Record(random.below(2)),
            6 | 7 => Ty::List(Box::new(Ty::Record(random.below(2)))),
            8 => Ty::List(Box::new(scalar(random))),
            9 => Ty::Set(Box::new(scalar(random))),
            10 => Ty::List(Box::new(Ty::Cidr)),
            _ => Ty::Record(1),
        };
        let ty = match (&ty, what) {
            (Ty::Record(_) | Ty::List(_) | Ty::Set(_), What::Param) => scalar(random),
            _ => ty,
        };
        let name = match random.below(3) {
            0 => format!("f{at}"),
            1 => format!("a{at}.b_{at}"),
            _ => format!("n{at}.m.k{at}"),
        };
        let optional = what == What::Fact && random.chance(35);
        let mut place = declared(&name, ty, optional, what);
        place.ranged = place.ty == Ty::Int && random.chance(50);
        if what == What::Fact && random.chance(20) {
            place.default = default_of(&place.ty, random);
        }
        place
    }

    /// The fields of a record type.
    pub fn fields(&self, record: usize) -> &[Declared] {
        self.records.get(record).map_or(&[], Vec::as_slice)
    }

    /// Statements for types, facts and params.
    pub fn declarations(&self) -> Vec<String> {
        let mut all: Vec<String> = self
            .enums
            .iter()
            .map(|of| format!("type {} = {}", of.name, of.text))
            .collect();
        for (at, fields) in self.records.iter().enumerate() {
            let fields: Vec<String> = fields
                .iter()
                .map(|field| {
                    let default = clause("default", field.default.as_ref());
                    let ty = self.written(field);
                    format!("    {}: {ty} at \"$.{}\"{default}", field.name, field.name)
                })
                .collect();
            all.push(format!("type R{at} = {{\n{}\n}}", fields.join("\n")));
        }
        all.extend(self.places.iter().map(|place| self.statement(place)));
        all
    }

    fn statement(&self, place: &Declared) -> String {
        let ty = self.written(place);
        if place.what == What::Param {
            return format!("param {}: {ty}\n    ask \"What?\"", place.name);
        }
        let default = match &place.default {
            Some(default) => format!("\n    default {default}"),
            None => String::new(),
        };
        let reports = match place.what {
            What::Reporter => "\n    reports code",
            _ => "",
        };
        format!(
            "fact {}: {ty}\n    from azure arm \"/subscriptions/one/{}\" at \"$.properties.x\"{default}{reports}",
            place.name, place.name
        )
    }

    fn written(&self, of: &Declared) -> String {
        let mark = if of.optional { "?" } else { "" };
        let range = if of.ranged { " in -3..9" } else { "" };
        format!("{}{range}{mark}", self.type_name(&of.ty))
    }

    fn type_name(&self, ty: &Ty) -> String {
        match ty {
            Ty::Bool => "bool".to_owned(),
            Ty::Int => "int".to_owned(),
            Ty::Text => "string".to_owned(),
            Ty::Enum(at) => self.enums.get(*at).map_or("", |of| of.name).to_owned(),
            Ty::Version => "version".to_owned(),
            Ty::Time => "time".to_owned(),
            Ty::Duration => "duration".to_owned(),
            Ty::Ip => "ip".to_owned(),
            Ty::Cidr => "cidr".to_owned(),
            Ty::Code => "code".to_owned(),
            Ty::List(element) => format!("list of {}", self.type_name(element)),
            Ty::Set(element) => format!("set of {}", self.type_name(element)),
            Ty::Record(at) => format!("R{at}"),
        }
    }
}

impl Ty {
    /// The elements of a list or set.
    pub fn element(&self) -> Option<&Ty> {
        match self {
            Ty::List(element) | Ty::Set(element) => Some(element),
            _ => None,
        }
    }
}

/// A declaration without a default.
pub fn declared(name: &str, ty: Ty, optional: bool, what: What) -> Declared {
    Declared {
        name: name.to_owned(),
        ty,
        optional,
        default: None,
        what,
        ranged: false,
    }
}

/// Any scalar type.
pub fn scalar(random: &mut Random) -> Ty {
    random.pick(&SCALARS).cloned().unwrap_or(Ty::Bool)
}

fn scalar_field(random: &mut Random, at: usize) -> Declared {
    let optional = random.chance(45);
    let mut field = declared(&format!("v{at}"), scalar(random), optional, What::Field);
    if random.chance(15) {
        field.default = default_of(&field.ty, random);
    }
    field
}

fn event_record() -> Vec<Declared> {
    vec![
        declared("code", Ty::Code, true, What::Field),
        declared("id", Ty::Int, false, What::Field),
    ]
}

/// Types of which two values are compared by an operator that is F for an absent one.
pub const STRICT: [Ty; 5] = [Ty::Int, Ty::Version, Ty::Time, Ty::Duration, Ty::Text];

/// Two facts of one type that can be absent: one often is while the other is unknown.
fn pair(random: &mut Random) -> [Declared; 2] {
    let ty = random.pick(&STRICT).cloned().unwrap_or(Ty::Int);
    ["pair.one", "pair.two"].map(|name| declared(name, ty.clone(), true, What::Fact))
}

/// Whether a place is one of two that are compared with each other.
pub fn is_paired(of: &Declared) -> bool {
    of.name.starts_with("pair.")
}

fn reporter(random: &mut Random) -> Declared {
    let ty = if random.chance(80) {
        Ty::List(Box::new(Ty::Record(2)))
    } else {
        Ty::Record(2)
    };
    declared("events", ty, random.chance(30), What::Reporter)
}

fn clause(word: &str, value: Option<&String>) -> String {
    value.map_or_else(String::new, |value| format!(" {word} {value}"))
}
