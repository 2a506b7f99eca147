//! `match`: patterns by the type of what is matched, their overlap and coverage (O9), one type for all values.

use std::net::IpAddr;

use rulec_facts::code::Code;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Text, Value, Version};
use rulec_program::node::{Arm as ArmNode, Op, Operands, Pattern as PatternNode};
use rulec_syntax::ast::{Arm, Expr, Pattern};
use rulec_syntax::source::Span;
use rustc_hash::FxHashMap;

use super::{Reader, Typed};
use crate::analysed::span_of;
use crate::codes;
use crate::types::{error_type, is_error, same_kind, shown};

/// A constant as a pattern takes it. Equal keys are equal constants: texts and codes compare without case on their own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Number(i128),
    Text(Text),
    Code(Code),
    Version(Version),
    Address(IpAddr),
    Network(String),
}

/// The key of a constant; none for what no pattern can be. All patterns of one `match` are of one type.
fn key(value: &Value) -> Option<Key> {
    Some(match value {
        Value::Bool(it) => Key::Number(i128::from(*it)),
        Value::Enum(it) => Key::Number(i128::from(*it)),
        Value::Int(it) | Value::Time(it) | Value::Duration(it) => Key::Number(*it),
        Value::Text(it) => Key::Text(it.clone()),
        Value::Code(it) => Key::Code(it.clone()),
        Value::Version(it) => Key::Version(it.clone()),
        Value::Ip(it) => Key::Address(*it),
        Value::Cidr(it) => Key::Network(it.to_string()),
        Value::Record(_) | Value::List(_) | Value::Set(_) => return None,
    })
}

/// What the patterns of a `match` take so far.
#[derive(Default)]
struct Taken {
    values: FxHashMap<Key, Span>,
    absent: Option<Span>,
    other: Option<Span>,
    /// A pattern could not be read: nothing is said about coverage.
    broken: bool,
}

impl<'a> Reader<'_, 'a> {
    pub(super) fn match_(
        &mut self,
        scrutinee: &'a Expr,
        arms: &'a [Arm],
        span: Span,
        want: Option<&Type>,
    ) -> Typed {
        let over = self.expr(scrutinee, None);
        if matches!(over.ty.kind, Kind::List(_) | Kind::Set(_) | Kind::Record(_))
            && !is_error(&over.ty)
        {
            let message = format!("`match` takes a single value, found {}", shown(&over.ty));
            self.mismatch(scrutinee.place.0, message, None);
        }
        let mut taken = Taken::default();
        let mut patterns: Vec<Vec<PatternNode>> = Vec::with_capacity(arms.len());
        for arm in arms {
            let mut read = Vec::with_capacity(arm.patterns.len());
            for pattern in &arm.patterns {
                self.pattern(pattern, &over.ty, &mut taken, &mut read);
            }
            if arm.patterns.iter().any(|it| matches!(it, Pattern::Else(_))) {
                read.clear();
            }
            patterns.push(read);
        }
        self.check_coverage(&over.ty, &taken, span);
        let (values, ty) = self.arm_values(arms, want);
        let mut arms: Vec<ArmNode> = patterns
            .into_iter()
            .zip(values)
            .map(|(patterns, value)| ArmNode {
                patterns,
                value: value.node,
            })
            .collect();
        // The order of arms says nothing; the one that takes the rest stands last.
        arms.sort_by_key(|arm| arm.patterns.is_empty());
        let start = u32::try_from(self.room.nodes.arms.len()).unwrap_or(u32::MAX);
        let len = u32::try_from(arms.len()).unwrap_or(u32::MAX);
        self.room.nodes.arms.extend(arms);
        if is_error(&over.ty) || is_error(&ty) {
            return self.error(span);
        }
        self.node(
            Op::Match {
                scrutinee: over.node,
                arms: Operands { start, len },
            },
            ty,
            span,
        )
    }

    /// Values of all arms, and the type that they share; a word or literal takes that of another arm.
    fn arm_values(&mut self, arms: &'a [Arm], want: Option<&Type>) -> (Vec<Typed>, Type) {
        let mut shared: Option<Type> = want.filter(|it| !is_error(it)).cloned();
        let mut result: Option<Type> = None;
        let mut broken = false;
        let mut values = Vec::with_capacity(arms.len());
        for arm in arms {
            let read = self.expr(&arm.value, shared.as_ref());
            if is_error(&read.ty) {
                broken = true;
            } else if let Some(before) = &mut result {
                if same_kind(before, &read.ty) {
                    before.optional |= read.ty.optional;
                    before.kind = widened(before, &read.ty);
                } else {
                    let message = format!(
                        "the values of a `match` have one type: {} and {}",
                        shown(before),
                        shown(&read.ty)
                    );
                    self.mismatch(arm.value.place.0, message, None);
                    broken = true;
                }
            } else {
                shared = Some(Type::of(bare(&read.ty.kind)));
                result = Some(read.ty.clone());
            }
            values.push(read);
        }
        let ty = if broken {
            error_type()
        } else {
            result.unwrap_or_else(error_type)
        };
        (values, ty)
    }

    fn pattern(
        &mut self,
        pattern: &'a Pattern,
        over: &Type,
        taken: &mut Taken,
        read: &mut Vec<PatternNode>,
    ) {
        match pattern {
            Pattern::Absent(place) => {
                if let Some(first) = taken.absent {
                    self.overlap(place.0, first, "`absent` is taken twice");
                }
                if !over.optional && !is_error(over) {
                    let message = format!(
                        "what is matched is never absent: its type is {}",
                        shown(over)
                    );
                    self.analysed.report(
                        codes::NEVER_ABSENT
                            .at(place.0, message)
                            .help("leave this arm out"),
                    );
                }
                taken.absent = Some(place.0);
                read.push(PatternNode::Absent);
            }
            Pattern::Else(place) => {
                if let Some(first) = taken.other {
                    self.overlap(place.0, first, "a second `else`");
                }
                taken.other = Some(place.0);
            }
            Pattern::Word(_) | Pattern::Literal(_) | Pattern::Code(_) => {
                let Some((value, span)) = self.pattern_value(pattern, over) else {
                    taken.broken = true;
                    return;
                };
                let key = key(&value);
                let before = key.as_ref().and_then(|it| taken.values.get(it).copied());
                if let Some(first) = before {
                    let text = self.analysed.sources.slice(span);
                    let message = format!("`{text}` is taken twice");
                    self.overlap(span, first, &message);
                }
                let constants = &mut self.room.nodes.constants;
                constants.push(Partial::Known(value));
                read.push(PatternNode::Constant(
                    u32::try_from(constants.len() - 1).unwrap_or(u32::MAX),
                ));
                if let Some(key) = key.filter(|_| before.is_none()) {
                    taken.values.insert(key, span);
                }
            }
        }
    }

    fn overlap(&mut self, span: Span, first: Span, message: &str) {
        let finding = codes::OVERLAPPING_MATCH
            .at(span, message)
            .also(first, "taken here already")
            .help("each value has one arm: take one of them out");
        self.analysed.report(finding);
    }

    fn pattern_value(&mut self, pattern: &Pattern, over: &Type) -> Option<(Value, Span)> {
        if is_error(over) {
            return None;
        }
        match pattern {
            Pattern::Word(name) => match &over.kind {
                Kind::Enum(members) => {
                    let number = self.analysed.read_member(name, &members.clone())?;
                    Some((Value::Enum(number), span_of(name)))
                }
                Kind::Code => Some((Value::Code(self.analysed.read_symbol(name)?), span_of(name))),
                _ => {
                    let message =
                        format!("expected {}, found the word `{}`", shown(over), name.text);
                    self.analysed
                        .report(codes::TYPE_MISMATCH.at(span_of(name), message));
                    None
                }
            },
            Pattern::Literal(literal) => {
                let (ty, value) = self.analysed.read_literal(literal, Some(over))?;
                if !same_kind(&ty, over) {
                    self.analysed.report_wrong_constant(literal, over);
                    return None;
                }
                Some((value, literal.place.0))
            }
            Pattern::Code(code) => {
                let value = self.analysed.read_code(code)?;
                if !matches!(over.kind, Kind::Code) {
                    let message = format!("expected {}, found a code", shown(over));
                    self.analysed
                        .report(codes::TYPE_MISMATCH.at(code.place.0, message));
                    return None;
                }
                Some((Value::Code(value), code.place.0))
            }
            Pattern::Absent(_) | Pattern::Else(_) => None,
        }
    }

    /// No `else` without all values, and absent, covered (O9).
    fn check_coverage(&mut self, over: &Type, taken: &Taken, span: Span) {
        if taken.other.is_some() || taken.broken || is_error(over) {
            return;
        }
        let missing = match &over.kind {
            Kind::Enum(members) => {
                let open = (0u16..).zip(&members.members).filter(|(number, _)| {
                    let key = Key::Number(i128::from(*number));
                    !taken.values.contains_key(&key)
                });
                open.map(|(_, member)| format!("`{}`", member.name))
                    .collect::<Vec<_>>()
            }
            Kind::Bool => [true, false]
                .iter()
                .filter(|value| {
                    let key = Key::Number(i128::from(**value));
                    !taken.values.contains_key(&key)
                })
                .map(|value| format!("`{value}`"))
                .collect(),
            Kind::Int(Some((low, high))) => {
                let all = i128::from(*high) - i128::from(*low) + 1;
                let covered = i128::try_from(taken.values.len()).unwrap_or(0);
                if covered >= all {
                    Vec::new()
                } else {
                    vec!["other numbers".to_owned()]
                }
            }
            _ => vec!["other values".to_owned()],
        };
        let mut missing = missing;
        if over.optional && taken.absent.is_none() {
            missing.push("`absent`".to_owned());
        }
        if missing.is_empty() {
            return;
        }
        let finding = codes::INCOMPLETE_MATCH
            .at(
                span,
                format!("this `match` has no arm for {}", missing.join(", ")),
            )
            .help("add an arm for each, or `else => …`");
        self.analysed.report(finding);
    }
}

/// The type of either value: a range that differs is dropped.
fn widened(one: &Type, other: &Type) -> Kind {
    match (&one.kind, &other.kind) {
        (Kind::Int(a), Kind::Int(b)) if a == b => one.kind.clone(),
        (Kind::Int(_), _) => Kind::Int(None),
        (Kind::Duration(_), _) => Kind::Duration(None),
        _ => one.kind.clone(),
    }
}

fn bare(kind: &Kind) -> Kind {
    match kind {
        Kind::Int(_) => Kind::Int(None),
        Kind::Duration(_) => Kind::Duration(None),
        other => other.clone(),
    }
}
