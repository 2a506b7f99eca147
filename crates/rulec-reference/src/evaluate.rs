//! Expressions: `not`, `and`, `or`, `is`, `match`, sums, paths and fields (O1, O2, O4, O9 to O11, T9).

use rulec_syntax::ast::{Arm, Binary, Expr, ExprKind, Literal, Path, Pattern, Quantifier, Test};
use std::ops::Not as _;

use crate::case::{Case, longest, member};
use crate::compare;
use crate::infer::{is_absent, step, through};
use crate::program::Program;
use crate::tally::Tally;
use crate::types::{Kind, Type};
use crate::value::{Collection, Element, Needs, Partial, Scalar, Truth, Unknown};
use crate::{Fails, codes, lists, literal};

/// Evaluates expressions in one case.
pub struct Evaluator<'e, 'a> {
    pub program: &'e Program<'a>,
    pub case: &'e Case,
    pub tally: Tally,
}

/// Quantified variables, innermost last.
#[derive(Debug, Clone, Default)]
pub struct Scope(Vec<Variable>);

/// A quantified variable.
#[derive(Debug, Clone)]
pub struct Variable {
    pub name: String,
    pub kind: Kind,
    pub value: Partial,
}

impl Scope {
    /// With one variable more.
    pub fn with(&self, name: &str, kind: &Kind, value: &Partial) -> Scope {
        let mut inner = self.clone();
        inner.0.push(Variable {
            name: name.to_owned(),
            kind: kind.clone(),
            value: value.clone(),
        });
        inner
    }

    /// A variable by its name.
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.0.iter().rev().find(|variable| variable.name == name)
    }
}

impl Evaluator<'_, '_> {
    /// A condition's truth.
    pub fn truth(&self, expr: &Expr, scope: &Scope) -> Fails<Truth> {
        self.value(expr, scope, Some(&Kind::Bool))?.truth()
    }

    /// An expression's value; `expected` tells how to read constants.
    pub fn value(&self, expr: &Expr, scope: &Scope, expected: Option<&Kind>) -> Fails<Partial> {
        let (name, value) = match &expr.kind {
            ExprKind::Literal(written) => {
                return Ok(Partial::Known(literal::read(written, expected)?));
            }
            ExprKind::Code(code) => {
                return Ok(Partial::Known(Scalar::Code(codes::of_literal(code)?)));
            }
            ExprKind::Now => ("now", self.case.now()),
            ExprKind::Reported => return Err("`reported` stands where it cannot".to_owned()),
            ExprKind::Path(path) => ("path", self.path(path, scope, expected)?),
            ExprKind::Field(inner, fields) => ("field", self.field(inner, &fields.text, scope)?),
            ExprKind::Call(name, arguments) => return self.call(&name.text, arguments, scope),
            ExprKind::Not(operand) => ("not", self.truth(operand, scope)?.not().value()),
            ExprKind::And(operands) => ("and", Truth::all(&self.truths(operands, scope)?).value()),
            ExprKind::Or(operands) => ("or", Truth::any(&self.truths(operands, scope)?).value()),
            ExprKind::Binary(operator, left, right) => {
                let value = self.binary(*operator, left, right, scope)?;
                (operator.symbol(), value)
            }
            ExprKind::Is {
                operand,
                negated,
                test,
            } => {
                let truth = self.is(operand, *test, scope)?;
                let truth = if *negated { truth.not() } else { truth };
                (test_name(*test, *negated), truth.value())
            }
            ExprKind::Quantified { .. } | ExprKind::Each { .. } | ExprKind::List(_) => {
                return self.collection(expr, scope, expected);
            }
            ExprKind::Match { scrutinee, arms } => {
                ("match", self.matched(scrutinee, arms, scope, expected)?)
            }
        };
        self.tally.count(name, value.outcome());
        Ok(value)
    }

    /// Quantifiers and lists.
    fn collection(&self, expr: &Expr, scope: &Scope, expected: Option<&Kind>) -> Fails<Partial> {
        let (name, value) = match &expr.kind {
            ExprKind::Quantified {
                quantifier,
                variable,
                list,
                filter,
                body,
            } => {
                let name = match quantifier {
                    Quantifier::Any => "any",
                    Quantifier::All => "all",
                    Quantifier::No => "no",
                };
                let filter = filter.as_deref();
                let truth =
                    self.quantified(*quantifier, &variable.text, list, filter, body, scope)?;
                (name, truth.value())
            }
            ExprKind::Each {
                variable,
                list,
                filter,
            } => {
                let value = self.each(&variable.text, list, filter.as_deref(), None, scope)?;
                ("each", value)
            }
            ExprKind::List(items) => ("list", self.list(items, scope, expected)?),
            _ => return Err("no collection".to_owned()),
        };
        self.tally.count(name, value.outcome());
        Ok(value)
    }

    fn truths(&self, operands: &[Expr], scope: &Scope) -> Fails<Vec<Truth>> {
        operands
            .iter()
            .map(|operand| self.truth(operand, scope))
            .collect()
    }

    fn binary(&self, operator: Binary, left: &Expr, right: &Expr, scope: &Scope) -> Fails<Partial> {
        match operator {
            Binary::Plus | Binary::Minus => self.sum(operator, left, right, scope),
            _ => Ok(self.compared(operator, left, right, scope)?.value()),
        }
    }

    /// O10: absent if an operand is, else unknown if one is; `+ c` and `- c` shift bounds (O7).
    fn sum(&self, operator: Binary, left: &Expr, right: &Expr, scope: &Scope) -> Fails<Partial> {
        let left = self.value(left, scope, None)?;
        let right = self.value(right, scope, None)?;
        if left == Partial::Absent || right == Partial::Absent {
            return Ok(Partial::Absent);
        }
        let sign = if operator == Binary::Plus { 1 } else { -1 };
        match (&left, &right) {
            (Partial::Known(left), Partial::Known(right)) => {
                compare::sum(left, right, sign).map(Partial::Known)
            }
            _ => {
                let needs = left.needs().and(&right.needs());
                let bounds = match (left.bounds(), right.bounds()) {
                    (Some(left), Some(right)) if sign == 1 => {
                        Some((left.0 + right.0, left.1 + right.1))
                    }
                    (Some(left), Some(right)) => Some((left.0 - right.1, left.1 - right.0)),
                    _ => None,
                };
                Ok(Partial::Unknown(Unknown { needs, bounds }))
            }
        }
    }

    /// O4, O7 (`is empty`) and O3 (`is base64`).
    fn is(&self, operand: &Expr, test: Test, scope: &Scope) -> Fails<Truth> {
        let value = self.value(operand, scope, None)?;
        match test {
            Test::Absent => Ok(absent(&value)),
            Test::Present => Ok(absent(&value).not()),
            Test::Empty => self.is_empty(&value),
            Test::Base64 => compare::is_base64(&value),
        }
    }

    /// O9.
    fn matched(
        &self,
        scrutinee: &Expr,
        arms: &[Arm],
        scope: &Scope,
        expected: Option<&Kind>,
    ) -> Fails<Partial> {
        let kind = self.infer(scrutinee, scope).map(|ty| ty.kind);
        let value = self
            .value(scrutinee, scope, kind.as_ref())?
            .without_bounds();
        if let Partial::Unknown(unknown) = value {
            let mut behind = Needs::default();
            for arm in arms {
                behind = behind.and(&self.unknown_facts(&arm.value, scope)?);
            }
            return Ok(Partial::unknown(unknown.needs.and(&behind.guarded())));
        }
        let taken = arms
            .iter()
            .find(|arm| {
                arm.patterns
                    .iter()
                    .any(|pattern| takes(pattern, &value, kind.as_ref()))
            })
            .or_else(|| arms.iter().find(|arm| is_else(arm)))
            .ok_or("a `match` that does not cover its values")?;
        let own = arms
            .iter()
            .find_map(|arm| self.infer(&arm.value, scope))
            .map(|ty| ty.kind);
        self.value(&taken.value, scope, expected.or(own.as_ref()))
    }

    /// A variable, fact, param, let or member of an enum, with the fields behind it.
    fn path(&self, path: &Path, scope: &Scope, expected: Option<&Kind>) -> Fails<Partial> {
        let text = path.name.text.as_str();
        let (first, rest) = match text.split_once('.') {
            Some((first, rest)) => (first, rest.split('.').collect()),
            None => (text, Vec::new()),
        };
        if let Some(variable) = scope.variable(first) {
            let ty = Type::certain(variable.kind.clone());
            return fields(variable.value.clone(), ty, &rest);
        }
        let names = self.program.places.keys().chain(self.program.lets.keys());
        let Some(name) = longest(names, text) else {
            let kind = expected.ok_or_else(|| format!("no `{text}`"))?;
            return Ok(Partial::Known(member(kind, &path.name)?));
        };
        let rest: Vec<&str> = text
            .get(name.len() + 1..)
            .map_or_else(Vec::new, |rest| rest.split('.').collect());
        if let Some(place) = self.program.places.get(name) {
            return fields(self.case.fact(name), place.ty.clone(), &rest);
        }
        // F2: a `let` means its expression.
        let (value, declared) = self.program.lets.get(name).ok_or("no let")?;
        let global = Scope::default();
        let expected = declared.as_ref().map(|ty| &ty.kind).or(expected);
        let found = self.value(value, &global, expected)?;
        match self.infer(value, &global) {
            Some(ty) => fields(found, ty, &rest),
            None => Ok(found),
        }
    }

    fn field(&self, inner: &Expr, names: &str, scope: &Scope) -> Fails<Partial> {
        let ty = self
            .infer(inner, scope)
            .ok_or("a field of something untyped")?;
        let value = self.value(inner, scope, None)?;
        fields(value, ty, &names.split('.').collect::<Vec<_>>())
    }
}

fn test_name(test: Test, negated: bool) -> &'static str {
    match (test, negated) {
        (Test::Absent, false) => "is absent",
        (Test::Absent, true) => "is not absent",
        (Test::Present, false) => "is present",
        (Test::Present, true) => "is not present",
        (Test::Empty, false) => "is empty",
        (Test::Empty, true) => "is not empty",
        (Test::Base64, false) => "is base64",
        (Test::Base64, true) => "is not base64",
    }
}

/// O4.
fn absent(value: &Partial) -> Truth {
    match value {
        Partial::Absent => Truth::True,
        Partial::Unknown(unknown) => Truth::Unknown(unknown.needs.clone()),
        _ => Truth::False,
    }
}

fn is_else(arm: &Arm) -> bool {
    arm.patterns
        .iter()
        .any(|pattern| matches!(pattern, Pattern::Else(_)))
}

/// Whether a pattern takes a decided value.
fn takes(pattern: &Pattern, value: &Partial, kind: Option<&Kind>) -> bool {
    let Partial::Known(value) = value else {
        return *value == Partial::Absent && is_absent(pattern);
    };
    let wanted = match pattern {
        Pattern::Absent(_) | Pattern::Else(_) => return false,
        Pattern::Word(word) => kind.map_or(Err(String::new()), |kind| member(kind, word)),
        Pattern::Literal(written) => read_pattern(written, kind),
        Pattern::Code(code) => codes::of_literal(code).map(Scalar::Code),
    };
    wanted.is_ok_and(|wanted| compare::same(&wanted, value))
}

fn read_pattern(written: &Literal, kind: Option<&Kind>) -> Fails<Scalar> {
    literal::read(written, kind)
}

/// The value behind some fields.
pub fn fields(mut value: Partial, mut ty: Type, names: &[&str]) -> Fails<Partial> {
    for name in names {
        value = one_field(&value, &ty, name)?;
        ty = step(&ty, name).ok_or_else(|| format!("no field `{name}`"))?;
    }
    Ok(value)
}

/// T9 for a record, O11 for a list.
fn one_field(value: &Partial, ty: &Type, name: &str) -> Fails<Partial> {
    if let Some(element) = ty.kind.element() {
        return projected(value, element, name);
    }
    match value {
        Partial::Absent | Partial::Unknown(_) => Ok(value.clone()),
        Partial::Record(fields) => {
            let found = fields.iter().find(|(own, _)| own == name);
            found
                .map(|(_, value)| value.clone())
                .ok_or_else(|| format!("no field `{name}`"))
        }
        _ => Err(format!("`{name}` of something that is no record")),
    }
}

/// O11: the list of the fields; absent ones left out, an unknown one whose type has `?` with membership U,
/// lists flattened, an unknown list makes the result unknown. O6: that of an absent list is empty.
fn projected(value: &Partial, element: &Kind, name: &str) -> Fails<Partial> {
    let list = match value {
        Partial::Absent => return Ok(Partial::empty()),
        Partial::Unknown(_) => return Ok(value.clone()),
        Partial::List(list) => list,
        _ => return Err(format!("`{name}` of something that is no list")),
    };
    let element = Type::certain(element.clone());
    let ty = through(element.clone(), &[name]).ok_or_else(|| format!("no field `{name}`"))?;
    let flat = ty.kind.element().is_some();
    let mut kept = Vec::new();
    let mut unknown = None;
    for Element { value, member } in &lists::members(list) {
        match one_field(value, &element, name)? {
            Partial::Absent => {}
            Partial::Unknown(field) if flat => {
                let so_far: Needs = unknown.unwrap_or_default();
                let needs = so_far.and(&field.needs);
                unknown = Some(match member {
                    Truth::Unknown(undecided) => needs.and(undecided),
                    _ => needs,
                });
            }
            Partial::List(inner) if flat => {
                kept.extend(lists::members(&inner).iter().map(|inner| {
                    let member = Truth::all(&[member.clone(), inner.member.clone()]);
                    Element {
                        value: inner.value.clone(),
                        member,
                    }
                }))
            }
            Partial::Unknown(field) if ty.optional => {
                let own = Truth::Unknown(field.needs.clone());
                kept.push(Element {
                    member: Truth::all(&[member.clone(), own]),
                    value: Partial::Unknown(field),
                });
            }
            value => kept.push(Element {
                value,
                member: member.clone(),
            }),
        }
    }
    Ok(match unknown {
        Some(needs) => Partial::unknown(needs),
        None => Partial::List(Collection {
            set: false,
            elements: kept,
        }),
    })
}
