//! Operands: paths, constants, sums, calls and `match`, each with its type and whether it can be absent.

use super::model::{Declared, Model, Ty, What};
use super::random::Random;
use super::values::constant;

/// How loosely the outermost operator binds; `Open` ends in a quantifier's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Operand,
    Sum,
    Comparison,
    Not,
    Open,
    And,
    Or,
}

/// A piece of text with what is known of it.
#[derive(Debug, Clone)]
pub struct Term {
    pub text: String,
    pub level: Level,
    pub ty: Ty,
    pub optional: bool,
    /// A constant that tells its type only by what it stands beside.
    pub bare: bool,
}

/// Writes expressions over a model.
pub struct Writer<'m> {
    pub model: &'m Model,
    pub random: &'m mut Random,
    /// Quantified variables, innermost last.
    pub scope: Vec<(String, Ty)>,
    pub fresh: usize,
}

impl Term {
    pub fn new(text: String, level: Level, ty: Ty, optional: bool) -> Term {
        Term {
            text,
            level,
            ty,
            optional,
            bare: false,
        }
    }

    /// With parentheses where it would not stand as an operand.
    pub fn operand(&self) -> String {
        self.within(Level::Operand)
    }

    /// With parentheses where it binds more loosely than `most`.
    pub fn within(&self, most: Level) -> String {
        if self.level <= most {
            self.text.clone()
        } else {
            format!("({})", self.text)
        }
    }
}

impl Writer<'_> {
    /// Everything that has a name here, fields of records and of lists of records included.
    pub fn paths(&self) -> Vec<Term> {
        let mut found = Vec::new();
        for declared in self.model.places.iter().chain(&self.model.lets) {
            self.below(&declared.name, declared, 3, &mut found);
        }
        for (name, ty) in &self.scope {
            self.of_variable(name, ty, &mut found);
        }
        found
    }

    /// What is named by the innermost variable.
    pub fn own_paths(&self) -> Vec<Term> {
        let mut found = Vec::new();
        if let Some((name, ty)) = self.scope.last() {
            self.of_variable(name, ty, &mut found);
        }
        found
    }

    fn of_variable(&self, name: &str, ty: &Ty, found: &mut Vec<Term>) {
        let variable = super::model::declared(name, ty.clone(), false, What::Field);
        self.below(name, &variable, 3, found);
    }

    /// A name and, for records and lists of them, the names behind it (T9, O11).
    fn below(&self, text: &str, of: &Declared, deep: usize, found: &mut Vec<Term>) {
        let own = Term::new(text.to_owned(), Level::Operand, of.ty.clone(), of.optional);
        found.push(own);
        if deep == 0 {
            return;
        }
        if let Ty::Record(record) = &of.ty {
            for field in self.model.fields(*record) {
                let mut inner = field.clone();
                inner.optional = field.optional || of.optional;
                self.below(&format!("{text}.{}", field.name), &inner, deep - 1, found);
            }
        }
        if let Some(Ty::Record(record)) = of.ty.element() {
            for field in self.model.fields(*record) {
                let mut inner = field.clone();
                inner.optional = false;
                let element = field.ty.element().unwrap_or(&field.ty).clone();
                inner.ty = Ty::List(Box::new(element));
                self.below(&format!("{text}.{}", field.name), &inner, deep - 1, found);
            }
        }
    }

    /// A named scalar of this type, or of any if none is asked for.
    pub fn named(&mut self, ty: Option<&Ty>) -> Option<Term> {
        let fits = |term: &Term| match ty {
            Some(ty) => term.ty == *ty,
            None => term.ty.element().is_none() && !matches!(term.ty, Ty::Record(_)),
        };
        let own: Vec<Term> = self.own_paths().into_iter().filter(fits).collect();
        let all: Vec<Term> = self.paths().into_iter().filter(fits).collect();
        let near = self.random.chance(60);
        let from = if near && !own.is_empty() { own } else { all };
        self.random.pick(&from).cloned()
    }

    /// A constant of this type.
    pub fn constant(&mut self, ty: &Ty) -> Term {
        let text = constant(self.model, ty, self.random);
        let bare = matches!(ty, Ty::Enum(_) | Ty::Version | Ty::Ip);
        Term {
            bare,
            ..Term::new(text, Level::Operand, ty.clone(), false)
        }
    }

    /// Any operand of this type; a `plain` one tells its type itself.
    pub fn scalar(&mut self, ty: &Ty, depth: usize, plain: bool) -> Term {
        for _ in 0..8 {
            let found = match self.random.below(12) {
                0..5 => self.named(Some(ty)),
                5..8 => Some(self.constant(ty)),
                8 if depth > 0 => Some(self.matched(ty, depth - 1)),
                9 | 10 if depth > 0 => self.sum(ty, depth - 1),
                _ if depth > 0 => self.call(ty, depth - 1),
                _ => None,
            };
            if let Some(found) = found
                && !(plain && found.bare)
            {
                return found;
            }
        }
        self.named(Some(ty)).unwrap_or_else(|| self.constant(ty))
    }

    /// O10.
    fn sum(&mut self, ty: &Ty, depth: usize) -> Option<Term> {
        let sign = self.random.word(&["+", "-"]);
        match ty {
            Ty::Int | Ty::Duration => {
                let left = self.scalar(ty, depth, true);
                let right = self.constant(ty);
                let text = format!("{} {sign} {}", left.within(Level::Sum), right.text);
                Some(Term::new(text, Level::Sum, ty.clone(), left.optional))
            }
            Ty::Time => {
                let left = if self.random.chance(50) {
                    Term::new("now".to_owned(), Level::Operand, Ty::Time, false)
                } else {
                    self.scalar(ty, depth, true)
                };
                let right = self.constant(&Ty::Duration);
                let text = format!("{} {sign} {}", left.within(Level::Sum), right.text);
                Some(Term::new(text, Level::Sum, Ty::Time, left.optional))
            }
            _ => None,
        }
    }

    /// F1, F3, O7, O8 and the difference of `now` and a time.
    pub fn call(&mut self, ty: &Ty, depth: usize) -> Option<Term> {
        let call = |name: &str, argument: &str, optional: bool| {
            let text = format!("{name}({argument})");
            Some(Term::new(text, Level::Operand, ty.clone(), optional))
        };
        match (ty, self.random.below(4)) {
            (Ty::Int, 0) => {
                let list = self.any_list(depth)?;
                call("count", &list.text, false)
            }
            (Ty::Int, 1) => {
                let text = self.scalar(&Ty::Text, depth, true);
                call("length", &text.text, text.optional)
            }
            (Ty::Int, 2) => {
                let networks = match self.random.chance(70) {
                    true => self.list_of(&Ty::Cidr, depth)?,
                    false => self.named(Some(&Ty::Cidr))?,
                };
                call("size", &networks.text, networks.optional)
            }
            (Ty::Code, _) | (Ty::Version, 0 | 1) => {
                let text = self.named(Some(&Ty::Text))?;
                let name = if *ty == Ty::Code { "code" } else { "version" };
                call(name, &text.text, true)
            }
            (Ty::Duration, 0 | 1) => {
                let time = self.named(Some(&Ty::Time))?;
                let text = match self.random.chance(70) {
                    true => format!("now - {}", time.operand()),
                    false => format!("{} - now", time.operand()),
                };
                Some(Term::new(text, Level::Sum, Ty::Duration, time.optional))
            }
            (Ty::Time, 0) => Some(Term::new("now".to_owned(), Level::Operand, Ty::Time, false)),
            (Ty::Int | Ty::Version | Ty::Time | Ty::Duration, _) => {
                let list = self.list_of(ty, depth)?;
                if list.bare {
                    return None;
                }
                let name = self.random.word(&["min", "max"]);
                call(name, &list.text, true)
            }
            _ => None,
        }
    }

    /// O9: every value covered, by an `else` where its members cannot be listed.
    pub fn matched(&mut self, ty: &Ty, depth: usize) -> Term {
        let wanted = self
            .random
            .pick(&[
                Ty::Bool,
                Ty::Enum(0),
                Ty::Enum(1),
                Ty::Int,
                Ty::Text,
                Ty::Code,
            ])
            .cloned()
            .unwrap_or(Ty::Bool);
        let scrutinee = match self.named(Some(&wanted)) {
            Some(scrutinee) => scrutinee,
            None if *ty == Ty::Bool => return self.constant(ty),
            None => return self.scalar(ty, 0, false),
        };
        let patterns: Vec<String> = match &wanted {
            Ty::Bool => vec!["true".to_owned(), "false".to_owned()],
            Ty::Enum(at) => match self.model.enums.get(*at) {
                Some(of) => of.members.iter().map(|one| (*one).to_owned()).collect(),
                None => Vec::new(),
            },
            Ty::Int => vec!["0".to_owned(), "1".to_owned(), "2".to_owned()],
            Ty::Text => vec!["\"a\"".to_owned(), "\"AB\"".to_owned(), "\"Σ\"".to_owned()],
            _ => vec!["ras 691".to_owned(), "hresult 0x80090326".to_owned()],
        };
        self.arms(&scrutinee, patterns, ty, depth)
    }

    fn arms(&mut self, scrutinee: &Term, mut patterns: Vec<String>, ty: &Ty, depth: usize) -> Term {
        self.random.shuffle(&mut patterns);
        let closed = matches!(scrutinee.ty, Ty::Bool | Ty::Enum(_));
        let mut optional = false;
        let mut bare = false;
        let mut arms: Vec<String> = Vec::new();
        let mut write = |writer: &mut Self, pattern: &str, first: bool| {
            let value = writer.scalar(ty, depth.min(1), first);
            optional |= value.optional;
            bare |= first && value.bare;
            format!("{pattern} => {}", value.within(Level::Sum))
        };
        let exhaustive = closed && self.random.chance(50);
        let keep = match exhaustive {
            true => patterns.len(),
            false => 1 + self.random.below(patterns.len()),
        };
        patterns.truncate(keep);
        let joined = patterns.len() > 1 && self.random.chance(30);
        if joined
            && let Some(last) = patterns.pop()
            && let Some(before) = patterns.last_mut()
        {
            before.push_str(&format!(" or {last}"));
        }
        for (at, pattern) in patterns.iter().enumerate() {
            arms.push(write(self, pattern, at == 0));
        }
        let absent = scrutinee.optional && (exhaustive || self.random.chance(50));
        if absent {
            arms.push(write(self, "absent", false));
        }
        if !exhaustive {
            arms.push(write(self, "else", false));
        }
        let text = format!("match {} {{ {} }}", scrutinee.text, arms.join(", "));
        Term {
            bare,
            ..Term::new(text, Level::Operand, ty.clone(), optional)
        }
    }
}
