//! Functions: `count`, `min`, `max` (O7, O8), `size`, `length` (F3), `version`, `code` (F1).

use rulec_syntax::ast::Expr;

use crate::address::{self, Network};
use crate::evaluate::{Evaluator, Scope};
use crate::value::{Partial, Scalar, Truth};
use crate::{Fails, codes, lists, literal};

impl Evaluator<'_, '_> {
    /// A call.
    pub fn call(&self, name: &str, arguments: &[Expr], scope: &Scope) -> Fails<Partial> {
        let [argument] = arguments else {
            return Err(format!("`{name}` takes one argument"));
        };
        let argument = self.value(argument, scope, None)?;
        let of_unknowns = is_set_of_unknowns(&argument);
        let (name, value) = match name {
            "count" => ("count", lists::count(&argument)?),
            "min" => ("min", lists::extreme(&argument, -1)?),
            "max" => ("max", lists::extreme(&argument, 1)?),
            "size" => ("size", size(&argument)?),
            "length" => ("length", of_text(argument, length)?),
            "version" => ("version", of_text(argument, version)?),
            "code" => ("code", of_text(argument, code)?),
            other => return Err(format!("`{other}` is not followed")),
        };
        if name == "count" && of_unknowns {
            self.tally
                .count("set without a known member", value.outcome());
        }
        self.tally.count(name, value.outcome());
        Ok(value)
    }
}

/// It has two members or more, and of each something is unknown.
fn is_set_of_unknowns(argument: &Partial) -> bool {
    let Partial::List(list) = argument else {
        return false;
    };
    let mut elements = list.elements.iter();
    list.set && list.elements.len() > 1 && elements.all(|element| !element.value.is_total())
}

/// F1: unknown gives unknown, absent gives absent, what cannot be turned is absent.
fn of_text(argument: Partial, turn: fn(&str) -> Option<Scalar>) -> Fails<Partial> {
    match argument {
        Partial::Absent | Partial::Unknown(_) => Ok(argument),
        Partial::Known(Scalar::Text(text)) => {
            Ok(turn(&text).map_or(Partial::Absent, Partial::Known))
        }
        other => Err(format!("a function of {other:?}")),
    }
}

fn length(text: &str) -> Option<Scalar> {
    Some(Scalar::Int(text.chars().count() as i128))
}

fn version(text: &str) -> Option<Scalar> {
    literal::version(text).ok()
}

fn code(text: &str) -> Option<Scalar> {
    codes::of_text(text).map(Scalar::Code)
}

/// F3.
fn size(argument: &Partial) -> Fails<Partial> {
    let list = match argument {
        Partial::Absent | Partial::Unknown(_) => return Ok(argument.clone()),
        Partial::Known(Scalar::Cidr(network)) => return Ok(number(&[*network])),
        Partial::List(list) => list,
        other => return Err(format!("the size of {other:?}")),
    };
    let mut networks: Vec<Network> = Vec::new();
    for element in &list.elements {
        match (&element.value, &element.member) {
            (Partial::Known(Scalar::Cidr(network)), Truth::True) => networks.push(*network),
            _ => return Ok(Partial::unknown(argument.needs())),
        }
    }
    Ok(number(&networks))
}

fn number(networks: &[Network]) -> Partial {
    Partial::Known(Scalar::Int(address::size(networks)))
}
