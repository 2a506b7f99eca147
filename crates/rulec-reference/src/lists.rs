//! Lists and sets: quantifiers, `where`, membership, `count`, `min`, `max`, `overlaps` (O5 to O8, O12, O13).

use rulec_syntax::ast::{Expr, Quantifier};
use std::ops::Not as _;

use crate::Fails;
use crate::compare;
use crate::evaluate::{Evaluator, Scope};
use crate::types::Kind;
use crate::value::{Collection, Element, Needs, Partial, Scalar, Truth, Unknown};

impl Evaluator<'_, '_> {
    /// O5. `no` is `not any`, `all … : p` is `not any … : not p`.
    pub fn quantified(
        &self,
        quantifier: Quantifier,
        variable: &str,
        list: &Expr,
        filter: Option<&Expr>,
        body: &Expr,
        scope: &Scope,
    ) -> Fails<Truth> {
        let elements = match self.each(variable, list, filter, Some(body), scope)? {
            Partial::List(list) => list.elements,
            Partial::Unknown(unknown) => return Ok(Truth::Unknown(unknown.needs)),
            other => return Err(format!("a quantifier over {other:?}")),
        };
        let kind = self.element_kind(list, scope)?;
        let mut parts = Vec::new();
        for Element { value, member } in elements {
            let holds = self.truth(body, &scope.with(variable, &kind, &value))?;
            let holds = match quantifier {
                Quantifier::All => holds.not(),
                Quantifier::Any | Quantifier::No => holds,
            };
            parts.push(Truth::all(&[member, holds]));
        }
        let any = Truth::any(&parts);
        Ok(match quantifier {
            Quantifier::Any => any,
            Quantifier::All | Quantifier::No => any.not(),
        })
    }

    /// T3: the elements with the membership that they have in the list and by the filter; those with F are
    /// gone. O6: of an absent list none. N1: of an unknown one the needs and, guarded, the unknown facts of
    /// the filter and of the body behind it.
    pub fn each(
        &self,
        variable: &str,
        list: &Expr,
        filter: Option<&Expr>,
        body: Option<&Expr>,
        scope: &Scope,
    ) -> Fails<Partial> {
        let kind = self.element_kind(list, scope)?;
        let collection = match self.value(list, scope, None)? {
            Partial::Absent => return Ok(Partial::empty()),
            Partial::List(collection) => collection,
            Partial::Unknown(unknown) => {
                let inner = scope.with(variable, &kind, &Partial::unknown(Needs::default()));
                let mut behind = Needs::default();
                for part in filter.iter().chain(&body) {
                    behind = behind.and(&self.unknown_facts(part, &inner)?);
                }
                return Ok(Partial::unknown(unknown.needs.and(&behind.guarded())));
            }
            other => return Err(format!("the elements of {other:?}")),
        };
        let mut elements = Vec::new();
        for Element { value, member } in collection.elements {
            let wanted = match filter {
                Some(filter) => self.truth(filter, &scope.with(variable, &kind, &value))?,
                None => Truth::True,
            };
            let member = Truth::all(&[member, wanted]);
            if member != Truth::False {
                elements.push(Element { value, member });
            }
        }
        Ok(Partial::List(Collection {
            set: collection.set,
            elements,
        }))
    }

    pub fn element_kind(&self, list: &Expr, scope: &Scope) -> Fails<Kind> {
        let ty = self
            .infer(list, scope)
            .ok_or("a list whose type is not known")?;
        ty.kind
            .element()
            .cloned()
            .ok_or_else(|| format!("no list: {ty:?}"))
    }

    /// O13: an unknown operand is an unknown element (membership U where it can be absent, as in O11), an
    /// absent one is left out.
    pub fn list(&self, items: &[Expr], scope: &Scope, expected: Option<&Kind>) -> Fails<Partial> {
        let own = items.iter().find_map(|item| self.infer(item, scope));
        let kind = match expected.and_then(Kind::element) {
            Some(kind) => Some(kind.clone()),
            None => own.map(|ty| ty.kind),
        };
        let mut elements = Vec::new();
        for item in items {
            let value = self.value(item, scope, kind.as_ref())?.without_bounds();
            let member = match &value {
                Partial::Absent => continue,
                Partial::Unknown(unknown) if self.can_be_absent(item, scope) => {
                    self.tally
                        .count("unknown operand of a list that can be absent", "U");
                    Truth::Unknown(unknown.needs.clone())
                }
                _ => Truth::True,
            };
            elements.push(Element { value, member });
        }
        Ok(Partial::List(Collection {
            set: false,
            elements,
        }))
    }

    /// O7: `L is empty` is `count(L) == 0`; O6: `s is empty` of an absent string is T.
    pub fn is_empty(&self, value: &Partial) -> Fails<Truth> {
        match value {
            Partial::Absent => Ok(Truth::True),
            Partial::Known(Scalar::Text(text)) => Ok(Truth::known(text.is_empty())),
            Partial::Unknown(unknown) => Ok(Truth::Unknown(unknown.needs.clone())),
            Partial::List(_) => {
                let zero = Partial::Known(Scalar::Int(0));
                Ok(compare::equal(&count(value)?, false, &zero, false))
            }
            other => Err(format!("whether {other:?} is empty")),
        }
    }
}

/// Decision on partly known lists: the members of a set as elements of a list. One of which something is unknown keeps its
/// membership only if it differs from every other member already.
pub fn members(of: &Collection) -> Vec<Element> {
    let all = &of.elements;
    if !of.set {
        return all.clone();
    }
    let member = |(at, element): (usize, &Element)| {
        let mut member = element.member.clone();
        let others = all.iter().enumerate().filter(|(other, _)| *other != at);
        for (_, other) in others {
            let same = compare::equal(&element.value, false, &other.value, false);
            if !element.value.is_total() && same != Truth::False {
                let needs = element.value.needs().and(&other.value.needs());
                member = Truth::all(&[member, Truth::Unknown(needs)]);
            }
        }
        Element {
            value: element.value.clone(),
            member,
        }
    };
    all.iter().enumerate().map(member).collect()
}

/// O7, O6.
pub fn count(list: &Partial) -> Fails<Partial> {
    let list = match list {
        Partial::Absent => return Ok(Partial::Known(Scalar::Int(0))),
        Partial::Unknown(unknown) => return Ok(Partial::unknown(unknown.needs.clone())),
        Partial::List(list) => list,
        other => return Err(format!("the count of {other:?}")),
    };
    let certain = |element: &&Element| element.member == Truth::True;
    let members = number(list.elements.iter().filter(certain).count());
    let all = number(list.elements.len());
    let known = list
        .elements
        .iter()
        .filter(certain)
        .filter(|element| element.value.is_total());
    let known = number(known.count());
    let (low, high) = if list.set {
        (known.max(members.min(1)), all)
    } else {
        (members, all)
    };
    if low == high {
        return Ok(Partial::Known(Scalar::Int(low)));
    }
    Ok(Partial::Unknown(Unknown {
        needs: count_needs(list),
        bounds: Some((low, high)),
    }))
}

/// N1: of a list what decides its members, of a set also what decides their values.
fn count_needs(list: &Collection) -> Needs {
    list.elements.iter().fold(Needs::default(), |all, element| {
        let all = match &element.member {
            Truth::Unknown(needs) => all.and(needs),
            _ => all,
        };
        if list.set {
            all.and(&element.value.needs())
        } else {
            all
        }
    })
}

fn number(count: usize) -> i128 {
    count as i128
}

/// O8: `sign` 1 for `max`, -1 for `min`.
pub fn extreme(list: &Partial, sign: i32) -> Fails<Partial> {
    let list = match list {
        Partial::Absent => return Ok(Partial::Absent),
        Partial::Unknown(unknown) => return Ok(Partial::unknown(unknown.needs.clone())),
        Partial::List(list) => list,
        other => return Err(format!("the least of {other:?}")),
    };
    let mut open = None;
    let mut best: Option<Scalar> = None;
    for element in &list.elements {
        match (&element.value, &element.member) {
            (Partial::Known(value), Truth::True) => {
                let better = match &best {
                    Some(best) => compare::order(value, best)? as i32 == sign,
                    None => true,
                };
                if better {
                    best = Some(value.clone());
                }
            }
            (value, member) => {
                let so_far: Needs = open.unwrap_or_default();
                let needs = so_far.and(&value.needs());
                open = Some(match member {
                    Truth::Unknown(undecided) => needs.and(undecided),
                    _ => needs,
                });
            }
        }
    }
    Ok(match (open, best) {
        (Some(needs), _) => Partial::unknown(needs),
        (None, Some(best)) => Partial::Known(best),
        (None, None) => Partial::Absent,
    })
}

/// O6, O12: whether `value` is in the list; for networks, inside one.
pub fn is_member(value: &Partial, list: &Partial) -> Fails<Truth> {
    let value = value.clone().without_bounds();
    if value == Partial::Absent {
        return Ok(Truth::False);
    }
    match list {
        Partial::Absent => Ok(Truth::False),
        Partial::Unknown(unknown) => Ok(Truth::Unknown(
            unknown.needs.clone().and(&scalar_needs(&value)),
        )),
        Partial::List(list) => {
            let mut parts = Vec::new();
            for element in &list.elements {
                let inside = compare::member_of(&value, &element.value)?;
                parts.push(Truth::all(&[element.member.clone(), inside]));
            }
            Ok(Truth::any(&parts))
        }
        other => Err(format!("a member of {other:?}")),
    }
}

fn scalar_needs(value: &Partial) -> Needs {
    value.needs()
}

/// O12: some member of one overlaps, or for other types equals, some member of the other. F as soon as one
/// side is known to be empty.
pub fn overlap(left: &Partial, right: &Partial) -> Fails<Truth> {
    let (left, right) = (as_list(left), as_list(right));
    let empty = |side: &Partial| matches!(side, Partial::List(list) if list.elements.is_empty());
    if empty(&left) || empty(&right) {
        return Ok(Truth::False);
    }
    let (Partial::List(ours), Partial::List(theirs)) = (&left, &right) else {
        return Ok(Truth::Unknown(left.needs().and(&right.needs())));
    };
    let mut parts = Vec::new();
    for own in &ours.elements {
        for other in &theirs.elements {
            let both = compare::overlaps(&own.value, &other.value)?;
            parts.push(Truth::all(&[
                own.member.clone(),
                other.member.clone(),
                both,
            ]));
        }
    }
    Ok(Truth::any(&parts))
}

/// O6: an absent list is the empty one; a scalar beside a list is the list of it.
fn as_list(side: &Partial) -> Partial {
    match side {
        Partial::Absent => Partial::empty(),
        Partial::Known(_) => Partial::List(Collection {
            set: false,
            elements: vec![Element::certain(side.clone())],
        }),
        other => other.clone(),
    }
}
