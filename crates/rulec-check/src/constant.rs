//! Constants as written → values, by the type that is expected; with a finding where they do not fit.

use std::net::IpAddr;
use std::sync::Arc;

use compact_str::CompactString;
use rulec_facts::literal;
use rulec_facts::ops;
use rulec_facts::reason::{Reason, Why};
use rulec_facts::types::{EnumType, Kind, RecordType, Type};
use rulec_facts::value::{Element, Partial, Text, Value};
use rulec_syntax::ast::{self, Literal, LiteralKind, Name, ValueKind};
use rulec_syntax::diagnostic::{Code as FindingCode, Diagnostic};
use rulec_syntax::source::Span;

use crate::analysed::{Analysed, span_of};
use crate::codes;
use crate::names::{nearest, suggest};
use crate::types::{is_error, shown};
use crate::vocabulary;

/// Elements that one `N of V` gives at most.
const MOST_EQUAL_ELEMENTS: i128 = 100_000;
/// Elements that all `N of V` of a run give at most: a short text must not fill the memory.
const MOST_REPEATED: usize = 4_000_000;

/// Where a value stands.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// After `default`.
    Default,
    /// In a test, as the value of this fact or param.
    Test(CompactString),
}

impl Place {
    fn code(&self) -> &'static FindingCode {
        match self {
            Place::Default => &codes::BAD_DEFAULT,
            Place::Test(_) => &codes::BAD_TEST_VALUE,
        }
    }
}

/// What a constant is, for a message: `a text`, `the number 7`.
fn named(written: &Literal) -> String {
    match written.kind {
        LiteralKind::Text => format!("the text {}", literal::quoted(&written.text)),
        _ => literal::quoted(&written.text),
    }
}

impl Analysed<'_> {
    /// A constant's value and type. `want` decides what dotted numbers are, and is the type that the
    /// constant is read by where it can be; one of another kind is read by its own and left to the caller.
    /// None after a finding.
    pub(crate) fn read_literal(
        &mut self,
        written: &Literal,
        want: Option<&Type>,
    ) -> Option<(Type, Value)> {
        let text = written.text.as_str();
        let wanted = want.map(|it| &it.kind);
        let read = match (written.kind, wanted) {
            (LiteralKind::Bool, _) => literal::bool(text).map(|it| (Kind::Bool, Value::Bool(it))),
            (LiteralKind::Int | LiteralKind::Dotted, Some(Kind::Version)) => {
                literal::version(text).map(|it| (Kind::Version, Value::Version(it)))
            }
            (LiteralKind::Int | LiteralKind::Hex, _) => {
                literal::int(text).map(|it| (Kind::Int(None), Value::Int(it)))
            }
            (LiteralKind::Duration, _) => {
                literal::duration(text).map(|it| (Kind::Duration(None), Value::Duration(it)))
            }
            (LiteralKind::Time, _) => literal::time(text).map(|it| (Kind::Time, Value::Time(it))),
            (LiteralKind::Dotted, _) => dotted(text, wanted),
            (LiteralKind::Cidr, _) => literal::cidr(text).map(|it| (Kind::Cidr, Value::Cidr(it))),
            (LiteralKind::Ipv6, _) => literal::ip(text).map(|it| (Kind::Ip, Value::Ip(it))),
            (LiteralKind::Text, _) => Ok((Kind::Text, Value::Text(Text::new(text)))),
        };
        match read {
            Ok((kind, value)) => {
                self.check_range(written, &value, wanted);
                Some((Type::of(kind), value))
            }
            Err(message) => {
                self.report(codes::BAD_VALUE.at(written.place.0, message));
                None
            }
        }
    }

    /// A constant outside the declared range of what it is compared with, or given for.
    fn check_range(&mut self, written: &Literal, value: &Value, wanted: Option<&Kind>) {
        if let (Value::Int(value), Some(Kind::Int(Some((low, high))))) = (value, wanted)
            && !(i128::from(*low)..=i128::from(*high)).contains(value)
        {
            let message = format!(
                "{} is outside the declared range {low}..{high}",
                written.text
            );
            let help = format!("write a number from {low} to {high}, or widen the range");
            self.report(codes::OUT_OF_RANGE.at(written.place.0, message).help(help));
        }
    }

    /// The number of an enum's member.
    pub(crate) fn read_member(&mut self, name: &Name, ty: &EnumType) -> Option<u16> {
        let found = ty.member(&name.text);
        if found.is_none() {
            self.report_no_member(&name.text, span_of(name), ty);
        }
        found
    }

    pub(crate) fn report_no_member(&mut self, name: &str, span: Span, ty: &EnumType) {
        let of = ty
            .name
            .as_ref()
            .map_or("this enum".to_owned(), |it| format!("enum `{it}`"));
        let finding = codes::UNKNOWN_MEMBER.at(span, format!("{of} has no member `{name}`"));
        let near = nearest(name, ty.members.iter().map(|it| it.name.as_str()));
        let finding = match near {
            Some(_) => suggest(finding, near, span),
            None => finding.help(format!("its members are {}", member_list(ty))),
        };
        self.report(finding);
    }

    /// A finding for a constant of the wrong kind, with how to write it.
    pub(crate) fn report_wrong_constant(&mut self, written: &Literal, want: &Type) {
        let span = written.place.0;
        let message = format!("expected {}, found {}", shown(want), named(written));
        let finding = codes::TYPE_MISMATCH.at(span, message);
        let finding = match (&want.kind, written.kind) {
            (Kind::Duration(_), LiteralKind::Int) => finding.help(format!(
                "a duration has a unit: `{0}s`, `{0}min`, `{0}h` or `{0}d`",
                written.text
            )),
            (Kind::Code, _) => finding.help(format!(
                "name its kind: `ras {0}`, `win32 {0}`, …",
                bare(written)
            )),
            (Kind::Enum(it), LiteralKind::Text) => match it.member(&written.text) {
                Some(_) => finding
                    .help("members of an enum stand without quotes")
                    .repair("take the quotes off", span, written.text.clone()),
                None => finding.help(format!("its members are {}", member_list(it))),
            },
            (Kind::Cidr, LiteralKind::Dotted | LiteralKind::Ipv6) => {
                let length = if written.kind == LiteralKind::Ipv6 {
                    128
                } else {
                    32
                };
                finding.help(format!(
                    "a network has a length: `{}/{length}`",
                    written.text
                ))
            }
            (Kind::Text, _) => finding.help("a text stands in quotes").repair(
                "put it in quotes",
                span,
                format!("\"{}\"", written.text),
            ),
            _ => finding,
        };
        self.report(finding);
    }

    /// A value of a test or default, read by the declared type. None after a finding.
    pub(crate) fn read_value(
        &mut self,
        value: &ast::Value,
        ty: &Type,
        place: &Place,
    ) -> Option<Partial> {
        if is_error(ty) {
            return None;
        }
        let span = value.place.0;
        match &value.kind {
            ValueKind::Literal(written) => self.literal_value(written, ty).map(Partial::Known),
            ValueKind::Word(name) => self.word_value(name, ty).map(Partial::Known),
            ValueKind::Code(code) => {
                let read = self.read_code(code)?;
                if !matches!(ty.kind, Kind::Code) {
                    self.report_found(span, ty, "a code");
                    return None;
                }
                Some(Partial::Known(Value::Code(read)))
            }
            ValueKind::Absent => self.absent_value(span, ty, place),
            ValueKind::Unknown(reason) => self.unknown_value(span, reason.as_ref(), place),
            ValueKind::Of(..) => {
                self.report_found(span, ty, "a number of elements");
                None
            }
            ValueKind::List(items) => self.list_value(items, span, ty, place),
            ValueKind::Record(entries) => self.record_value(entries, span, ty, place),
        }
    }

    fn report_found(&mut self, span: Span, ty: &Type, found: &str) {
        let message = format!("expected {}, found {found}", shown(ty));
        self.report(codes::TYPE_MISMATCH.at(span, message));
    }

    fn literal_value(&mut self, written: &Literal, ty: &Type) -> Option<Value> {
        let (found, value) = self.read_literal(written, Some(ty))?;
        if std::mem::discriminant(&found.kind) != std::mem::discriminant(&ty.kind) {
            self.report_wrong_constant(written, ty);
            return None;
        }
        Some(value)
    }

    fn word_value(&mut self, name: &Name, ty: &Type) -> Option<Value> {
        match &ty.kind {
            Kind::Enum(it) => self.read_member(name, &it.clone()).map(Value::Enum),
            Kind::Code => self.read_symbol(name).map(Value::Code),
            Kind::Text => {
                let finding = codes::TYPE_MISMATCH
                    .at(
                        span_of(name),
                        format!("expected {}, found the word `{}`", shown(ty), name.text),
                    )
                    .help("a text stands in quotes")
                    .repair(
                        "put it in quotes",
                        span_of(name),
                        format!("\"{}\"", name.text),
                    );
                self.report(finding);
                None
            }
            _ => {
                self.report_found(span_of(name), ty, &format!("the word `{}`", name.text));
                None
            }
        }
    }

    fn absent_value(&mut self, span: Span, ty: &Type, place: &Place) -> Option<Partial> {
        if matches!(place, Place::Default) {
            let finding = codes::BAD_DEFAULT
                .at(span, "a default is a value")
                .help("declare the type with `?`: without a default what is not there is absent");
            self.report(finding);
            return None;
        }
        if !ty.optional {
            let finding = codes::BAD_TEST_VALUE
                .at(
                    span,
                    format!("a value of type {} is never absent", shown(ty)),
                )
                .help("write a value or `unknown`, or declare the type with `?`");
            self.report(finding);
            return None;
        }
        Some(Partial::Absent)
    }

    fn unknown_value(
        &mut self,
        span: Span,
        reason: Option<&Name>,
        place: &Place,
    ) -> Option<Partial> {
        let Place::Test(fact) = place else {
            let finding = codes::BAD_DEFAULT
                .at(span, "a default is known")
                .help("leave the default out: what cannot be read is unknown by itself");
            self.report(finding);
            return None;
        };
        let why = match reason {
            None => Why::NotCollected,
            Some(name) => match Why::from_name(&name.text) {
                Some(why) => why,
                None => {
                    self.report_no_reason(name);
                    return None;
                }
            },
        };
        Some(unknown(fact, why))
    }

    fn report_no_reason(&mut self, name: &Name) {
        let all = Why::ALL.iter().map(|it| it.name());
        let finding = codes::UNKNOWN_WORD.at(
            span_of(name),
            format!("`{}` is no reason for not knowing", name.text),
        );
        let near = nearest(&name.text, all.clone());
        let list: Vec<String> = all.map(|it| format!("`{it}`")).collect();
        let finding = match near {
            Some(_) => suggest(finding, near, span_of(name)),
            None => finding.help(format!("reasons are {}", list.join(", "))),
        };
        self.report(finding);
    }

    fn list_value(
        &mut self,
        items: &[ast::Value],
        span: Span,
        ty: &Type,
        place: &Place,
    ) -> Option<Partial> {
        let Some(member) = ty.member().cloned() else {
            self.report_found(span, ty, "a list");
            return None;
        };
        let mut elements = Vec::with_capacity(items.len());
        let mut good = true;
        for item in items {
            good &= self.element(item, &member, place, &mut elements).is_some();
        }
        good.then(|| collected(elements, ty, &member))
    }

    /// `N of V` as the whole list.
    pub(crate) fn repeated_value(
        &mut self,
        value: &ast::Value,
        ty: &Type,
        place: &Place,
    ) -> Option<Partial> {
        let Some(member) = ty.member().cloned() else {
            return self.read_value(value, ty, place);
        };
        let mut elements = Vec::new();
        self.element(value, &member, place, &mut elements)?;
        Some(collected(elements, ty, &member))
    }

    fn element(
        &mut self,
        value: &ast::Value,
        member: &Type,
        place: &Place,
        elements: &mut Vec<Element>,
    ) -> Option<()> {
        let ValueKind::Of(number, inner) = &value.kind else {
            let read = self.read_value(value, member, place)?;
            elements.push(Element::certain(read));
            return Some(());
        };
        let read = self.read_value(inner, member, place);
        let times = literal::int(&number.text)
            .ok()
            .filter(|it| (0..=MOST_EQUAL_ELEMENTS).contains(it));
        let room = times.and_then(|it| usize::try_from(it).ok());
        let room = room.filter(|it| it + self.repeated <= MOST_REPEATED);
        let Some(times) = room else {
            let message = format!(
                "at most {MOST_EQUAL_ELEMENTS} elements are repeated here, and {MOST_REPEATED} in all files"
            );
            self.report(place.code().at(number.place.0, message));
            return None;
        };
        self.repeated += times;
        elements.extend(std::iter::repeat_n(Element::certain(read?), times));
        Some(())
    }

    fn record_value(
        &mut self,
        entries: &[(Name, ast::Value)],
        span: Span,
        ty: &Type,
        place: &Place,
    ) -> Option<Partial> {
        let Some(record) = ty.record().cloned() else {
            self.report_found(span, ty, "a record");
            return None;
        };
        let mut fields: Vec<Option<Partial>> = vec![None; record.fields.len()];
        let mut good = true;
        for (name, value) in entries {
            good &= self
                .entry(&record, name, value, place, &mut fields)
                .is_some();
        }
        if !good {
            return None;
        }
        let filled = record
            .fields
            .iter()
            .zip(fields)
            .map(|(field, given)| match (given, place) {
                (Some(value), _) => value,
                (None, Place::Test(fact)) => unknown(fact, Why::NotCollected),
                (None, Place::Default) => field.default.clone().unwrap_or(Partial::Absent),
            });
        let filled: Vec<Partial> = filled.collect();
        self.check_default_record(&record, entries, span, place)?;
        Some(Partial::Known(Value::Record(filled.into())))
    }

    /// A default is a whole value: each field is written, optional, or has a default of its own.
    fn check_default_record(
        &mut self,
        record: &RecordType,
        entries: &[(Name, ast::Value)],
        span: Span,
        place: &Place,
    ) -> Option<()> {
        if !matches!(place, Place::Default) {
            return Some(());
        }
        let missing = record.fields.iter().find(|field| {
            let written = entries.iter().any(|(name, _)| name.text == field.name);
            !written && !field.ty.optional && field.default.is_none()
        });
        let Some(field) = missing else {
            return Some(());
        };
        let message = format!("the default does not say what `{}` is", field.name);
        self.report(
            codes::BAD_DEFAULT
                .at(span, message)
                .help("a default gives every field"),
        );
        None
    }

    fn entry(
        &mut self,
        record: &Arc<RecordType>,
        name: &Name,
        value: &ast::Value,
        place: &Place,
        fields: &mut [Option<Partial>],
    ) -> Option<()> {
        let Some((at, field)) = record.field(&name.text) else {
            self.report_no_field(&name.text, span_of(name), record);
            return None;
        };
        let read = match (&value.kind, place, &field.default) {
            // S1: what is given as not there has the default of S3.
            (ValueKind::Absent, Place::Test(_), Some(default)) => default.clone(),
            _ => self.repeated_or_plain(value, &field.ty, place)?,
        };
        let slot = fields.get_mut(at)?;
        if slot.is_some() {
            let message = format!("`{}` is given twice", name.text);
            self.report(codes::DUPLICATE_FIELD.at(span_of(name), message));
            return None;
        }
        *slot = Some(read);
        Some(())
    }

    /// A value that may be `N of V`.
    pub(crate) fn repeated_or_plain(
        &mut self,
        value: &ast::Value,
        ty: &Type,
        place: &Place,
    ) -> Option<Partial> {
        match &value.kind {
            ValueKind::Of(..) if !is_error(ty) => self.repeated_value(value, ty, place),
            _ => self.read_value(value, ty, place),
        }
    }

    /// A field that a record does not have.
    pub(crate) fn report_no_field(&mut self, name: &str, span: Span, record: &RecordType) {
        let of = record
            .name
            .as_ref()
            .map_or("this record".to_owned(), |it| format!("`{it}`"));
        let finding = codes::UNKNOWN_FIELD.at(span, format!("{of} has no field `{name}`"));
        let near = nearest(name, record.fields.iter().map(|it| it.name.as_str()));
        let finding = match near {
            Some(_) => suggest(finding, near, span),
            None => {
                let all: Vec<String> = record
                    .fields
                    .iter()
                    .map(|it| format!("`{}`", it.name))
                    .collect();
                finding.help(format!("its fields are {}", all.join(", ")))
            }
        };
        self.report(finding);
    }

    /// A code literal, canonical.
    pub(crate) fn read_code(
        &mut self,
        written: &ast::CodeLiteral,
    ) -> Option<rulec_facts::code::Code> {
        match vocabulary::code(written) {
            Ok(code) => Some(code),
            Err(problem) => {
                let span = match &written.number {
                    ast::CodeNumber::Number(it) => it.place.0,
                    ast::CodeNumber::Word(it) => span_of(it),
                    ast::CodeNumber::Text(it) => it.place.0,
                };
                self.report(unknown_code(span, &problem));
                None
            }
        }
    }

    /// A symbol that stands alone where a code is expected.
    pub(crate) fn read_symbol(&mut self, name: &Name) -> Option<rulec_facts::code::Code> {
        match vocabulary::symbol(&name.text) {
            Ok(code) => Some(code),
            Err(problem) => {
                self.report(unknown_code(span_of(name), &problem));
                None
            }
        }
    }
}

/// The finding for a code that cannot be; the table's own suggestion becomes a repair.
fn unknown_code(span: Span, problem: &str) -> Diagnostic {
    let (message, near) = problem
        .split_once("; did you mean `")
        .unwrap_or((problem, ""));
    let near = near.strip_suffix("`?").filter(|it| !it.is_empty());
    suggest(codes::UNKNOWN_CODE.at(span, message), near, span)
}

/// An unknown with one reason.
pub(crate) fn unknown(fact: &CompactString, why: Why) -> Partial {
    let reason = Reason {
        fact: fact.clone(),
        why,
        detail: Arc::from(""),
    };
    Partial::Unknown(Arc::from([reason]))
}

/// Dotted numbers without a length: an address if they look like one, else a version.
fn dotted(text: &str, wanted: Option<&Kind>) -> Result<(Kind, Value), String> {
    let address: Result<IpAddr, String> = literal::ip(text);
    match (address, wanted) {
        (Ok(ip), _) => Ok((Kind::Ip, Value::Ip(ip))),
        (Err(message), Some(Kind::Ip | Kind::Cidr)) => Err(message),
        (Err(_), _) => literal::version(text).map(|it| (Kind::Version, Value::Version(it))),
    }
}

/// A set holds no two known equal members.
fn collected(elements: Vec<Element>, ty: &Type, member: &Type) -> Partial {
    Partial::Known(match &ty.kind {
        Kind::Set(_) => ops::set(elements, member),
        _ => Value::List(elements.into()),
    })
}

fn bare(written: &Literal) -> String {
    match written.kind {
        LiteralKind::Text => format!("\"{}\"", written.text),
        _ => written.text.to_string(),
    }
}

pub(crate) fn member_list(ty: &EnumType) -> String {
    let all: Vec<String> = ty
        .members
        .iter()
        .map(|it| format!("`{}`", it.name))
        .collect();
    all.join(", ")
}
