//! Comparisons of scalars (O3, T2, T4, T5) and sums of known ones (O10).

use std::cmp::Ordering;
use std::ops::Not as _;

use rulec_syntax::ast::{Binary, Expr, ExprKind};

use crate::Fails;
use crate::evaluate::{Evaluator, Scope};
use crate::lists;
use crate::literal::fold;
use crate::types::Kind;
use crate::value::{Partial, Scalar, Truth};

impl Evaluator<'_, '_> {
    /// Every operator that compares two operands.
    pub fn compared(
        &self,
        operator: Binary,
        left: &Expr,
        right: &Expr,
        scope: &Scope,
    ) -> Fails<Truth> {
        match operator {
            Binary::Equal => self.equality(left, right, scope),
            // O3: exactly `not (a == b)` and `not (a in b)`.
            Binary::NotEqual => Ok(self.equality(left, right, scope)?.not()),
            Binary::In => self.membership(left, right, scope),
            Binary::NotIn => Ok(self.membership(left, right, scope)?.not()),
            Binary::Contains => self.contains(left, right, scope),
            Binary::Overlaps => self.overlapping(left, right, scope),
            Binary::Less
            | Binary::LessEqual
            | Binary::Greater
            | Binary::GreaterEqual
            | Binary::StartsWith
            | Binary::EndsWith
            | Binary::Matches => {
                let kind = self.agree(left, right, scope);
                let left = self.value(left, scope, kind.as_ref())?;
                let right = self.value(right, scope, kind.as_ref())?;
                if matches!(
                    (&left, &right),
                    (Partial::Absent, Partial::Unknown(_)) | (Partial::Unknown(_), Partial::Absent)
                ) {
                    self.tally.count("absent beside unknown", "F");
                }
                strict(operator, &left, &right)
            }
            Binary::Plus | Binary::Minus => Err("a sum is no comparison".to_owned()),
        }
    }

    fn equality(&self, left: &Expr, right: &Expr, scope: &Scope) -> Fails<Truth> {
        let kind = self.agree(left, right, scope);
        let ours = self.value(left, scope, kind.as_ref())?;
        let theirs = self.value(right, scope, kind.as_ref())?;
        let ours_optional = self.can_be_absent(left, scope);
        let theirs_optional = self.can_be_absent(right, scope);
        Ok(equal(&ours, ours_optional, &theirs, theirs_optional))
    }

    /// `e in L`: reported codes (T7), a network (O3), or a list (O6, O12).
    fn membership(&self, item: &Expr, whole: &Expr, scope: &Scope) -> Fails<Truth> {
        if whole.kind == ExprKind::Reported {
            let code = self.value(item, scope, Some(&Kind::Code))?;
            return self.is_reported(&code);
        }
        let whole_kind = self.infer(whole, scope).map(|ty| ty.kind);
        let item_kind = self.infer(item, scope).map(|ty| ty.kind);
        let member = whole_kind.as_ref().and_then(Kind::element).cloned();
        let network = whole_kind == Some(Kind::Cidr) || member == Some(Kind::Cidr);
        let expected = if network {
            // An address or a network may stand before a network; `10.0.0.1` is an address.
            Some(item_kind.clone().unwrap_or(Kind::Ip))
        } else if is_constant(item) {
            member.or(item_kind.clone())
        } else {
            item_kind.clone().or(member)
        };
        let of = expected.clone().map(|kind| Kind::List(Box::new(kind)));
        let item = self.value(item, scope, expected.as_ref())?;
        let whole = self.value(whole, scope, of.as_ref())?;
        if whole_kind == Some(Kind::Cidr) {
            return strict(Binary::In, &item, &whole);
        }
        lists::is_member(&item, &whole)
    }

    /// `a contains b`: a text (O3), else `b in a`.
    fn contains(&self, whole: &Expr, item: &Expr, scope: &Scope) -> Fails<Truth> {
        let text = self
            .infer(whole, scope)
            .is_some_and(|ty| ty.kind == Kind::Text);
        if !text {
            return self.membership(item, whole, scope);
        }
        let whole = self.value(whole, scope, Some(&Kind::Text))?;
        let item = self.value(item, scope, Some(&Kind::Text))?;
        strict(Binary::Contains, &whole, &item)
    }

    /// `a overlaps b`: two networks (O3), else lists (O12).
    fn overlapping(&self, left: &Expr, right: &Expr, scope: &Scope) -> Fails<Truth> {
        let kind = self.agree(left, right, scope);
        let scalar = |expr: &Expr| {
            let ty = self.infer(expr, scope);
            ty.is_some_and(|ty| ty.kind.element().is_none())
        };
        let both = scalar(left) && scalar(right);
        let left = self.value(left, scope, kind.as_ref())?;
        let right = self.value(right, scope, kind.as_ref())?;
        if both {
            return strict(Binary::Overlaps, &left, &right);
        }
        lists::overlap(&left, &right)
    }
}

fn is_constant(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Literal(_))
}

/// O3, `==`: `left_optional` says whether the static type of the left operand can be absent.
pub fn equal(left: &Partial, left_optional: bool, right: &Partial, right_optional: bool) -> Truth {
    match (left, right) {
        (Partial::Absent, Partial::Absent) => return Truth::True,
        (Partial::Absent, Partial::Unknown(_)) if right_optional => {}
        (Partial::Unknown(_), Partial::Absent) if left_optional => {}
        (Partial::Absent, _) | (_, Partial::Absent) => return Truth::False,
        _ => {}
    }
    if let (Some(ours), Some(theirs)) = (left.bounds(), right.bounds()) {
        if ours.1 < theirs.0 || theirs.1 < ours.0 {
            return Truth::False;
        }
        if ours.0 == ours.1 && ours == theirs {
            return Truth::True;
        }
    }
    match (left, right) {
        (Partial::Known(left), Partial::Known(right)) => Truth::known(same(left, right)),
        _ => Truth::Unknown(left.needs().and(&right.needs())),
    }
}

/// O3, all operators that are F against an absent operand, also if the other is unknown.
pub fn strict(operator: Binary, left: &Partial, right: &Partial) -> Fails<Truth> {
    if *left == Partial::Absent || *right == Partial::Absent {
        return Ok(Truth::False);
    }
    if let (Some(ours), Some(theirs)) = (left.bounds(), right.bounds())
        && let Some(decided) = by_bounds(operator, ours, theirs)
    {
        return Ok(Truth::known(decided));
    }
    match (left, right) {
        (Partial::Known(left), Partial::Known(right)) => {
            Ok(Truth::known(on_values(operator, left, right)?))
        }
        (Partial::Unknown(_), _) | (_, Partial::Unknown(_)) => {
            Ok(Truth::Unknown(left.needs().and(&right.needs())))
        }
        _ => Err(format!("{} of {left:?} and {right:?}", operator.symbol())),
    }
}

/// O7: whether the bounds decide an ordering.
fn by_bounds(operator: Binary, left: (i128, i128), right: (i128, i128)) -> Option<bool> {
    let always_never = match operator {
        Binary::Less => (left.1 < right.0, left.0 >= right.1),
        Binary::LessEqual => (left.1 <= right.0, left.0 > right.1),
        Binary::Greater => (left.0 > right.1, left.1 <= right.0),
        Binary::GreaterEqual => (left.0 >= right.1, left.1 < right.0),
        _ => (false, false),
    };
    match always_never {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

fn on_values(operator: Binary, left: &Scalar, right: &Scalar) -> Fails<bool> {
    match (operator, left, right) {
        (Binary::Less, ..) => Ok(order(left, right)? == Ordering::Less),
        (Binary::LessEqual, ..) => Ok(order(left, right)? != Ordering::Greater),
        (Binary::Greater, ..) => Ok(order(left, right)? == Ordering::Greater),
        (Binary::GreaterEqual, ..) => Ok(order(left, right)? != Ordering::Less),
        (Binary::StartsWith, Scalar::Text(text), Scalar::Text(part)) => {
            Ok(fold(text).starts_with(&fold(part)))
        }
        (Binary::EndsWith, Scalar::Text(text), Scalar::Text(part)) => {
            Ok(fold(text).ends_with(&fold(part)))
        }
        (Binary::Contains, Scalar::Text(text), Scalar::Text(part)) => {
            Ok(fold(text).contains(&fold(part)))
        }
        (Binary::Matches, Scalar::Text(text), Scalar::Text(pattern)) => {
            let text: Vec<char> = fold(text).chars().collect();
            let pattern: Vec<char> = fold(pattern).chars().collect();
            Ok(matches(&text, &pattern))
        }
        (Binary::In, Scalar::Ip(address), Scalar::Cidr(network)) => Ok(network.holds(*address)),
        (Binary::In, Scalar::Cidr(inner), Scalar::Cidr(network)) => Ok(network.covers(*inner)),
        (Binary::Overlaps, Scalar::Cidr(left), Scalar::Cidr(right)) => Ok(left.overlaps(*right)),
        _ => Err(format!("{} of {left:?} and {right:?}", operator.symbol())),
    }
}

/// T4: `*` is any run, `?` one scalar value.
fn matches(text: &[char], pattern: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => {
            (0..=text.len()).any(|skip| text.get(skip..).is_some_and(|text| matches(text, rest)))
        }
        Some((sign, rest)) => text
            .split_first()
            .is_some_and(|(first, after)| (*sign == '?' || sign == first) && matches(after, rest)),
    }
}

/// Equality of two values of one type.
pub fn same(left: &Scalar, right: &Scalar) -> bool {
    match (left, right) {
        (Scalar::Text(left), Scalar::Text(right)) => fold(left) == fold(right),
        _ => left == right,
    }
}

/// Whether two values are certainly one member of a set.
pub fn identical(left: &Partial, right: &Partial) -> bool {
    match (left, right) {
        (Partial::Known(left), Partial::Known(right)) => same(left, right),
        (Partial::Record(_), Partial::Record(_)) => {
            left.is_total() && right.is_total() && left == right
        }
        _ => false,
    }
}

/// T2: ints, versions part by part with missing parts 0, times and durations.
pub fn order(left: &Scalar, right: &Scalar) -> Fails<Ordering> {
    match (left, right) {
        (Scalar::Int(left), Scalar::Int(right))
        | (Scalar::Time(left), Scalar::Time(right))
        | (Scalar::Duration(left), Scalar::Duration(right)) => Ok(left.cmp(right)),
        (Scalar::Version(left), Scalar::Version(right)) => {
            let part = |parts: &[u64], at: usize| parts.get(at).copied().unwrap_or(0);
            let length = left.len().max(right.len());
            Ok((0..length)
                .map(|at| part(left, at).cmp(&part(right, at)))
                .find(|order| *order != Ordering::Equal)
                .unwrap_or(Ordering::Equal))
        }
        _ => Err(format!("no order of {left:?} and {right:?}")),
    }
}

/// O6, O12: `e == element`, for networks `e` inside it.
pub fn member_of(item: &Partial, element: &Partial) -> Fails<Truth> {
    match (item, element) {
        (Partial::Known(item), Partial::Known(network @ Scalar::Cidr(_))) => {
            Ok(Truth::known(on_values(Binary::In, item, network)?))
        }
        _ => Ok(equal(item, false, element, false)),
    }
}

/// O12: two networks that share an address, or two equal values.
pub fn overlaps(left: &Partial, right: &Partial) -> Fails<Truth> {
    match (left, right) {
        (Partial::Known(left @ Scalar::Cidr(_)), Partial::Known(right @ Scalar::Cidr(_))) => {
            Ok(Truth::known(on_values(Binary::Overlaps, left, right)?))
        }
        _ => Ok(equal(left, false, right, false)),
    }
}

/// O3: F for an absent text.
pub fn is_base64(value: &Partial) -> Fails<Truth> {
    match value {
        Partial::Absent => Ok(Truth::False),
        Partial::Unknown(unknown) => Ok(Truth::Unknown(unknown.needs.clone())),
        Partial::Known(Scalar::Text(text)) => Ok(Truth::known(base64(text))),
        other => Err(format!("whether {other:?} is base64")),
    }
}

/// Groups of four letters of the alphabet, the last one padded.
fn base64(text: &str) -> bool {
    let letters = text.trim_end_matches('=');
    let padding = text.len() - letters.len();
    let alphabet = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    text.len().is_multiple_of(4) && padding <= 2 && letters.bytes().all(alphabet)
}

/// O10 on values; exact (T2).
pub fn sum(left: &Scalar, right: &Scalar, sign: i128) -> Fails<Scalar> {
    match (left, right) {
        (Scalar::Int(left), Scalar::Int(right)) => Ok(Scalar::Int(left + sign * right)),
        (Scalar::Duration(left), Scalar::Duration(right)) => {
            Ok(Scalar::Duration(left + sign * right))
        }
        (Scalar::Time(left), Scalar::Duration(right)) => Ok(Scalar::Time(left + sign * right)),
        (Scalar::Duration(left), Scalar::Time(right)) if sign == 1 => {
            Ok(Scalar::Time(left + right))
        }
        (Scalar::Time(left), Scalar::Time(right)) if sign == -1 => {
            Ok(Scalar::Duration(left - right))
        }
        _ => Err(format!("the sum of {left:?} and {right:?}")),
    }
}
