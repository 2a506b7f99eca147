//! Types as written → types as meant. What cannot be understood becomes the error type, which silences everything above it.

use std::sync::Arc;

use compact_str::CompactString;
use rulec_facts::literal;
use rulec_facts::types::{EnumMember, EnumType, FieldType, Kind as TypeOf, RecordType, Type};
use rulec_facts::value::{Partial, Text, Value};
use rulec_syntax::ast::{
    self, Field, Item, Literal, LiteralKind, Member, Name, TypeExpr, TypeKind,
};
use rulec_syntax::source::Span;

use crate::analysed::{Analysed, described, span_of};
use crate::codes;
use crate::constant::Place;
use crate::index::{DeclarationId, Kind};
use crate::names::{Found, suggest};
use crate::vocabulary;

/// Fields that a value has at most, those of records in records included: types that name each other twice would make a few
/// lines into more than any memory holds.
const MOST_FIELDS: usize = 1_000;
/// Fields of a type of which it was said that they are too many.
const TOO_MANY: usize = usize::MAX;

/// Name of the record that stands for a type that could not be understood; no type can be called so.
const ERROR: &str = "\0";

/// The error type: nothing is said about what has it.
pub(crate) fn error_type() -> Type {
    Type::of(TypeOf::Record(Arc::new(RecordType {
        name: Some(CompactString::const_new(ERROR)),
        fields: Vec::new(),
    })))
}

/// It is the error type, or a list or set of it.
pub(crate) fn is_error(ty: &Type) -> bool {
    match &ty.kind {
        TypeOf::Record(record) => record.name.as_deref() == Some(ERROR),
        TypeOf::List(member) | TypeOf::Set(member) => is_error(member),
        _ => false,
    }
}

/// A type as people write it; records and enums by their name.
pub fn shown(ty: &Type) -> String {
    let name = match &ty.kind {
        TypeOf::Bool => "bool".to_owned(),
        TypeOf::Int(None) => "int".to_owned(),
        TypeOf::Int(Some((low, high))) => format!("int in {low}..{high}"),
        TypeOf::Text => "string".to_owned(),
        TypeOf::Enum(it) => it
            .name
            .as_ref()
            .map_or("enum".to_owned(), ToString::to_string),
        TypeOf::Version => "version".to_owned(),
        TypeOf::Time => "time".to_owned(),
        TypeOf::Duration(_) => "duration".to_owned(),
        TypeOf::Ip => "ip".to_owned(),
        TypeOf::Cidr => "cidr".to_owned(),
        TypeOf::Code => "code".to_owned(),
        TypeOf::List(member) => format!("list of {}", shown(member)),
        TypeOf::Set(member) => format!("set of {}", shown(member)),
        TypeOf::Record(it) => it
            .name
            .as_ref()
            .map_or("record".to_owned(), ToString::to_string),
    };
    if ty.optional {
        format!("{name}?")
    } else {
        name
    }
}

/// Whether values of two types can be equal: ranges, units and `?` do not count.
pub(crate) fn same_kind(one: &Type, other: &Type) -> bool {
    match (&one.kind, &other.kind) {
        (TypeOf::Enum(a), TypeOf::Enum(b)) => Arc::ptr_eq(a, b) || a == b,
        (TypeOf::Record(a), TypeOf::Record(b)) => Arc::ptr_eq(a, b) || a == b,
        (TypeOf::List(a) | TypeOf::Set(a), TypeOf::List(b) | TypeOf::Set(b)) => same_kind(a, b),
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// Settles what each type name means, then the declared type of each param and fact.
pub(crate) fn settle_types(analysed: &mut Analysed<'_>) {
    let types: Vec<DeclarationId> = analysed.of_kind(Kind::Type).map(|(id, _)| id).collect();
    for id in types {
        meaning(analysed, id, &mut Vec::new());
    }
    let values: Vec<(DeclarationId, u32)> = analysed
        .index
        .iter()
        .filter(|(_, it)| matches!(it.kind, Kind::Param | Kind::Fact | Kind::Let))
        .map(|(id, it)| (id, it.pack))
        .collect();
    for (id, pack) in values {
        let (ty, arm) = match analysed.item(id) {
            Some(Item::Param(it)) => (&it.ty, true),
            Some(Item::Fact(it)) => (&it.ty, false),
            Some(Item::Let(it)) => match &it.ty {
                Some(ty) => (ty, false),
                None => continue,
            },
            _ => continue,
        };
        let mut reader = Reader {
            analysed,
            pack,
            owner: id,
            arm,
            fields: 0,
        };
        let settled = reader.read(ty, &mut Vec::new());
        let settled = reader.bounded(settled);
        analysed.set_type(id, settled);
    }
}

/// What a type name means; a type that contains itself is an error and means nothing.
fn meaning(
    analysed: &mut Analysed<'_>,
    id: DeclarationId,
    within: &mut Vec<DeclarationId>,
) -> Type {
    if let Some(known) = analysed.type_of(id) {
        return known.clone();
    }
    if let Some(start) = within.iter().position(|it| *it == id) {
        report_circle(analysed, within.get(start..).unwrap_or_default());
        return error_type();
    }
    let (Some(Item::Type(def)), Some(pack)) =
        (analysed.item(id), analysed.index.get(id).map(|it| it.pack))
    else {
        return error_type();
    };
    within.push(id);
    let mut reader = Reader {
        analysed,
        pack,
        owner: id,
        arm: false,
        fields: 0,
    };
    let settled = reader.read(&def.ty, within);
    let mut settled = reader.bounded(settled);
    let fields = reader.fields;
    analysed.fields.insert(id, fields);
    within.pop();
    name_type(&mut settled, &def.name.text);
    if analysed.type_of(id).is_none() {
        analysed.set_type(id, settled.clone());
    }
    settled
}

/// A record or enum of a `type` statement is called by it.
fn name_type(ty: &mut Type, name: &CompactString) {
    match &mut ty.kind {
        TypeOf::Record(record) if record.name.is_none() => {
            Arc::make_mut(record).name = Some(name.clone());
        }
        TypeOf::Enum(it) if it.name.is_none() => Arc::make_mut(it).name = Some(name.clone()),
        _ => {}
    }
}

fn report_circle(analysed: &mut Analysed<'_>, circle: &[DeclarationId]) {
    let names: Vec<_> = circle
        .iter()
        .filter_map(|id| analysed.index.get(*id))
        .map(|it| (it.name.clone(), it.name_span))
        .collect();
    let Some((first, span)) = names.first().cloned() else {
        return;
    };
    let mut path: Vec<String> = names.iter().map(|(name, _)| format!("`{name}`")).collect();
    path.push(format!("`{first}`"));
    let mut finding = codes::CIRCULAR_TYPE
        .at(
            span,
            format!("type `{first}` contains itself: {}", path.join(" → ")),
        )
        .help("a value has an end: take the field out that leads back");
    for (name, other) in names.iter().skip(1) {
        finding = finding.also(*other, format!("`{name}` is on the way"));
    }
    for id in circle {
        analysed.set_type(*id, error_type());
    }
    analysed.report(finding);
}

/// Reads the types of one statement.
struct Reader<'r, 'a> {
    analysed: &'r mut Analysed<'a>,
    pack: u32,
    owner: DeclarationId,
    /// `arm "TYPE"` may stand here.
    arm: bool,
    /// Fields that were met, those of named types included.
    fields: usize,
}

impl Reader<'_, '_> {
    fn read(&mut self, ty: &TypeExpr, within: &mut Vec<DeclarationId>) -> Type {
        let kind = match &ty.kind {
            TypeKind::Bool => TypeOf::Bool,
            TypeKind::Int(range) => TypeOf::Int(range.as_ref().and_then(|it| self.range(it))),
            TypeKind::String => TypeOf::Text,
            TypeKind::Version => TypeOf::Version,
            TypeKind::Time => TypeOf::Time,
            TypeKind::Duration(unit) => {
                TypeOf::Duration(unit.as_ref().and_then(|it| literal::unit(&it.text)))
            }
            TypeKind::Ip => TypeOf::Ip,
            TypeKind::Cidr => TypeOf::Cidr,
            TypeKind::Code => TypeOf::Code,
            TypeKind::Enum(members, other) => self.enumeration(members, other.as_ref(), ty.place.0),
            TypeKind::List(member) => TypeOf::List(Arc::new(self.member(member, within))),
            TypeKind::Set(member) => TypeOf::Set(Arc::new(self.member(member, within))),
            TypeKind::Record(fields) => self.record(fields, within),
            TypeKind::Named(name) => return self.named(name, ty, within),
            TypeKind::Arm(text) => {
                if !self.arm {
                    self.bad(
                        text.place.0,
                        "`arm` stands only in a `param`",
                        "write `string`",
                    );
                }
                TypeOf::Text
            }
        };
        Type {
            kind,
            optional: ty.optional,
        }
    }

    /// A type with too many fields is reported once, and means nothing to what names it.
    fn bounded(&mut self, ty: Type) -> Type {
        match self.fields {
            0..=MOST_FIELDS => return ty,
            TOO_MANY => return error_type(),
            _ => {}
        }
        let message = format!(
            "{} fields, those of records in records included, more than {MOST_FIELDS}",
            self.fields
        );
        let span = self.analysed.name_span(self.owner);
        let finding = codes::TOO_LARGE
            .at(span, message)
            .help("leave out what no rule looks at");
        self.analysed.report(finding);
        self.fields = TOO_MANY;
        error_type()
    }

    fn bad(&mut self, span: Span, message: &str, help: &str) {
        self.analysed
            .report(codes::IMPOSSIBLE_TYPE.at(span, message).help(help));
    }

    fn range(&mut self, (low, high): &(Literal, Literal)) -> Option<(i64, i64)> {
        let mut end = |end: &Literal| {
            let read = literal::int_fact(&end.text).map(i64::try_from);
            match read {
                Ok(Ok(value)) => Some(value),
                Ok(Err(_)) => None,
                Err(message) => {
                    self.analysed
                        .report(codes::IMPOSSIBLE_TYPE.at(end.place.0, message));
                    None
                }
            }
        };
        let (from, to) = (end(low)?, end(high)?);
        if from > to {
            let message = format!("no number is in {from}..{to}");
            self.bad(
                low.place.0.to(high.place.0),
                &message,
                "the least number stands first",
            );
            return None;
        }
        Some((from, to))
    }

    /// The member of a list or set is never optional (T9).
    fn member(&mut self, ty: &TypeExpr, within: &mut Vec<DeclarationId>) -> Type {
        let member = self.read(ty, within);
        if member.optional {
            self.bad(
                ty.place.0,
                "members of a list or set cannot be absent",
                "`?` belongs to the whole type: `list of T?` is a list that may be absent",
            );
            return error_type();
        }
        member
    }

    fn named(&mut self, name: &Name, ty: &TypeExpr, within: &mut Vec<DeclarationId>) -> Type {
        let mut settled = match self.analysed.find_other(self.pack, Kind::Type, &name.text) {
            Found::Name(id, _) => {
                self.analysed.refer(Some(self.owner), id, span_of(name));
                let settled = meaning(self.analysed, id, within);
                let fields = self.analysed.fields.get(&id).copied().unwrap_or_default();
                self.fields = self.fields.saturating_add(fields);
                settled
            }
            Found::Ambiguous(first, second) => {
                self.analysed
                    .report_ambiguous(span_of(name), &name.text, first, second);
                error_type()
            }
            Found::Missing => match vocabulary::builtin_type(&name.text) {
                Some(builtin) => builtin,
                None => {
                    self.unknown(name);
                    error_type()
                }
            },
            Found::Broken | Found::NoPack => {
                vocabulary::builtin_type(&name.text).unwrap_or_else(error_type)
            }
        };
        if ty.optional && settled.optional && !is_error(&settled) {
            self.bad(
                ty.place.0,
                &format!("`{}` may already be absent", name.text),
                "leave the `?` out",
            );
        }
        settled.optional |= ty.optional;
        settled
    }

    fn unknown(&mut self, name: &Name) {
        let finding =
            codes::UNKNOWN_TYPE.at(span_of(name), format!("there is no type `{}`", name.text));
        let near = self
            .analysed
            .nearest_declared(self.pack, &name.text, &[Kind::Type]);
        let near = near.or_else(|| vocabulary::nearest_type(&name.text).map(CompactString::from));
        let finding = suggest(finding, near.as_deref(), span_of(name));
        self.analysed.report(finding);
    }

    fn enumeration(&mut self, members: &[Member], other: Option<&Name>, span: Span) -> TypeOf {
        let mut read: Vec<EnumMember> = Vec::with_capacity(members.len() + 1);
        let mut names: Vec<(Text, Span)> = Vec::with_capacity(members.len() + 1);
        if members.is_empty() && other.is_none() {
            self.bad(
                span,
                "an enum without members has no value",
                "write its members",
            );
        }
        for member in members {
            if !self.once(&mut names, &member.name.text, span_of(&member.name)) {
                continue;
            }
            let wire = member.wire.as_ref().map(|it| self.wire(it));
            if let Some(Value::Text(text)) = &wire {
                let at = member.wire.as_ref().map_or(span, |it| it.place.0);
                if text.raw() != member.name.text {
                    let _ = self.once(&mut names, text.raw(), at);
                }
            }
            read.push(EnumMember {
                name: member.name.text.clone(),
                wire,
                label: member.label.as_ref().map(|it| it.text.clone()),
            });
        }
        if let Some(name) = other {
            let _ = self.once(&mut names, &name.text, span_of(name));
            read.push(EnumMember {
                name: name.text.clone(),
                wire: None,
                label: None,
            });
        }
        TypeOf::Enum(Arc::new(EnumType {
            name: None,
            members: read,
            open: other.is_some(),
        }))
    }

    /// Members differ by more than case (T4), those of a source's spelling included; false for one that was there before.
    fn once(&mut self, names: &mut Vec<(Text, Span)>, name: &str, span: Span) -> bool {
        let text = Text::new(name);
        match names.iter().find(|(it, _)| *it == text) {
            Some((_, first)) => {
                let finding = codes::DUPLICATE_FIELD
                    .at(span, format!("two members are spelt `{name}`"))
                    .also(*first, "the first one")
                    .help("members compare without case: rename one or take it out");
                self.analysed.report(finding);
                false
            }
            None => {
                names.push((text, span));
                true
            }
        }
    }

    fn wire(&mut self, written: &Literal) -> Value {
        match written.kind {
            LiteralKind::Text => Value::Text(Text::new(&written.text)),
            LiteralKind::Int | LiteralKind::Hex => match literal::int_fact(&written.text) {
                Ok(value) => Value::Int(value),
                Err(message) => {
                    self.analysed
                        .report(codes::BAD_VALUE.at(written.place.0, message));
                    Value::Int(0)
                }
            },
            _ => {
                self.bad(
                    written.place.0,
                    "a source spells a member as a number or a text",
                    "put it in quotes",
                );
                Value::Text(Text::new(&written.text))
            }
        }
    }

    fn record(&mut self, fields: &[Field], within: &mut Vec<DeclarationId>) -> TypeOf {
        let mut read: Vec<FieldType> = Vec::with_capacity(fields.len());
        for (at, field) in fields.iter().enumerate() {
            let before = fields
                .iter()
                .take(at)
                .find(|it| it.name.text == field.name.text);
            if let Some(first) = before {
                let finding = codes::DUPLICATE_FIELD
                    .at(
                        span_of(&field.name),
                        format!("two fields are called `{}`", field.name.text),
                    )
                    .also(span_of(&first.name), "the first one")
                    .help("rename one of them");
                self.analysed.report(finding);
                continue;
            }
            let field = self.field(field, within);
            read.push(field);
        }
        TypeOf::Record(Arc::new(RecordType {
            name: None,
            fields: read,
        }))
    }

    fn field(&mut self, field: &Field, within: &mut Vec<DeclarationId>) -> FieldType {
        self.fields = self.fields.saturating_add(1);
        let arm = std::mem::replace(&mut self.arm, false);
        let ty = self.read(&field.ty, within);
        self.arm = arm;
        let default = field.default.as_ref().and_then(|it| self.default(it, &ty));
        FieldType {
            name: field.name.text.clone(),
            ty,
            at: field.at.as_ref().map(|it| it.text.clone()),
            default,
            ask: field.ask.as_ref().map(|it| it.text.clone()),
            secret: field.secret,
            title: described(&field.doc).0.map(CompactString::from),
        }
    }

    fn default(&mut self, value: &ast::Value, ty: &Type) -> Option<Partial> {
        self.analysed.repeated_or_plain(value, ty, &Place::Default)
    }
}
