//! Static types, as far as the meaning needs them: whether a value can be absent (O3, O9, O11, O13), and
//! by which type a constant or a member of an enum is read.

use rulec_syntax::ast::{Binary, Expr, ExprKind, LiteralKind, Pattern};

use crate::case::longest;
use crate::evaluate::{Evaluator, Scope};
use crate::types::{Kind, Type};

impl Evaluator<'_, '_> {
    /// The type of an expression; none where only its surroundings tell (`1.2.3`, a member, `[]`).
    pub fn infer(&self, expr: &Expr, scope: &Scope) -> Option<Type> {
        match &expr.kind {
            ExprKind::Literal(literal) => literal_kind(literal.kind).map(Type::certain),
            ExprKind::Code(_) => Some(Type::certain(Kind::Code)),
            ExprKind::Now => Some(Type::certain(Kind::Time)),
            ExprKind::Reported => Some(Type::certain(Kind::Set(Box::new(Kind::Code)))),
            ExprKind::Path(path) => self.infer_path(&path.name.text, scope),
            ExprKind::Field(inner, fields) => {
                let ty = self.infer(inner, scope)?;
                through(ty, &fields.text.split('.').collect::<Vec<_>>())
            }
            ExprKind::Call(name, arguments) => self.infer_call(&name.text, arguments, scope),
            ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Is { .. }
            | ExprKind::Quantified { .. } => Some(Type::certain(Kind::Bool)),
            ExprKind::Binary(operator, left, right) => {
                self.infer_binary(*operator, left, right, scope)
            }
            ExprKind::Each { list, .. } => {
                // O6: the `where` of an absent list is empty, so never absent.
                Some(Type::certain(self.infer(list, scope)?.kind))
            }
            ExprKind::List(items) => {
                let item = items.iter().find_map(|item| self.infer(item, scope))?;
                Some(Type::certain(Kind::List(Box::new(item.kind))))
            }
            ExprKind::Match { scrutinee, arms } => {
                let types: Vec<Option<Type>> = arms
                    .iter()
                    .map(|arm| self.infer(&arm.value, scope))
                    .collect();
                let kind = types.iter().flatten().next()?.kind.clone();
                let _ = scrutinee;
                // O3: a `match` with an optional branch can be absent.
                let optional = types.iter().flatten().any(|ty| ty.optional);
                Some(Type { kind, optional })
            }
        }
    }

    fn infer_path(&self, path: &str, scope: &Scope) -> Option<Type> {
        let (first, rest) = match path.split_once('.') {
            Some((first, rest)) => (first, rest.split('.').collect()),
            None => (path, Vec::new()),
        };
        if let Some(variable) = scope.variable(first) {
            return through(Type::certain(variable.kind.clone()), &rest);
        }
        let names = self.program.places.keys().chain(self.program.lets.keys());
        let name = longest(names, path)?;
        let fields: Vec<&str> = path
            .get(name.len() + 1..)
            .map_or_else(Vec::new, |rest| rest.split('.').collect());
        if let Some(place) = self.program.places.get(name) {
            return through(place.ty.clone(), &fields);
        }
        let (value, declared) = self.program.lets.get(name)?;
        let inferred = self.infer(value, &Scope::default());
        through(inferred.or_else(|| declared.clone())?, &fields)
    }

    fn infer_call(&self, name: &str, arguments: &[Expr], scope: &Scope) -> Option<Type> {
        let operand = || self.infer(arguments.first()?, scope);
        match name {
            "count" => Some(Type::certain(Kind::Int)),
            "min" | "max" => {
                let list = operand()?;
                Some(Type::optional(list.kind.element()?.clone()))
            }
            "length" | "size" => {
                let optional = operand().is_some_and(|ty| ty.optional);
                Some(Type {
                    kind: Kind::Int,
                    optional,
                })
            }
            "version" => Some(Type::optional(Kind::Version)),
            "code" => Some(Type::optional(Kind::Code)),
            _ => None,
        }
    }

    fn infer_binary(
        &self,
        operator: Binary,
        left: &Expr,
        right: &Expr,
        scope: &Scope,
    ) -> Option<Type> {
        if !matches!(operator, Binary::Plus | Binary::Minus) {
            return Some(Type::certain(Kind::Bool));
        }
        let (left, right) = (self.infer(left, scope)?, self.infer(right, scope)?);
        let kind = match (&left.kind, &right.kind) {
            (Kind::Time, Kind::Time) => Kind::Duration,
            (Kind::Time, _) | (_, Kind::Time) => Kind::Time,
            _ => left.kind,
        };
        // O10: absent where an operand is.
        let optional = left.optional || right.optional;
        Some(Type { kind, optional })
    }

    /// The kind of two operands that must agree: a constant takes that of the other one.
    pub fn agree(&self, left: &Expr, right: &Expr, scope: &Scope) -> Option<Kind> {
        let (first, second) = if is_constant(left) {
            (right, left)
        } else {
            (left, right)
        };
        let ty = self
            .infer(first, scope)
            .or_else(|| self.infer(second, scope));
        ty.map(|ty| ty.kind)
    }

    /// Whether an expression can be absent (O3); a constant never is.
    pub fn can_be_absent(&self, expr: &Expr, scope: &Scope) -> bool {
        self.infer(expr, scope).is_some_and(|ty| ty.optional)
    }
}

fn is_constant(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Literal(_))
}

fn literal_kind(kind: LiteralKind) -> Option<Kind> {
    match kind {
        LiteralKind::Bool => Some(Kind::Bool),
        LiteralKind::Int | LiteralKind::Hex => Some(Kind::Int),
        LiteralKind::Duration => Some(Kind::Duration),
        LiteralKind::Time => Some(Kind::Time),
        LiteralKind::Cidr => Some(Kind::Cidr),
        LiteralKind::Ipv6 => Some(Kind::Ip),
        LiteralKind::Text => Some(Kind::Text),
        LiteralKind::Dotted => None,
    }
}

/// The type behind some fields: T9 for records, O11 for lists of them.
pub fn through(mut ty: Type, fields: &[&str]) -> Option<Type> {
    for field in fields {
        ty = step(&ty, field)?;
    }
    Some(ty)
}

/// The type of one field.
pub fn step(ty: &Type, field: &str) -> Option<Type> {
    if let Some(element) = ty.kind.element() {
        let found = element.field(field)?;
        let kind = found.ty.kind.element().unwrap_or(&found.ty.kind).clone();
        return Some(Type::certain(Kind::List(Box::new(kind))));
    }
    let found = ty.kind.field(field)?;
    Some(Type {
        kind: found.ty.kind.clone(),
        optional: ty.optional || found.ty.optional,
    })
}

/// Whether a pattern is the one for absence.
pub fn is_absent(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Absent(_))
}
