//! Fills the texts of a pack: causes, steps, notes; in the locale of the case, else in English.
//!
//! Lists with commas, an unknown as its title in brackets, a secret as its token.

use rulec_facts::source::BuiltIn;
use rulec_facts::types::{FieldType, Kind, Type};
use rulec_facts::value::{Partial, Value};
use rulec_program::node::{Function, NodeId, Op};
use rulec_program::program::{Named, Origin, Piece, Slot, Template};
use rulec_program::seal::Sealed;

use super::brief::{self, At, Brief};
use super::texts::{self, Texts};
use crate::place;
use rulec_program::decide::Decider;

/// A text that may be translated: the statement's kind and name, and which of its texts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextOf<'a> {
    pub(crate) kind: &'a str,
    pub(crate) name: &'a str,
    pub(crate) attribute: &'a str,
}

/// Characters of a field's title that still stand before its value.
const LONGEST_TITLE: usize = 44;

/// Fills texts from what is known.
pub(crate) struct Fill<'t, 'p> {
    pub(crate) program: &'p Sealed,
    pub(crate) texts: &'t Texts,
    pub(crate) look: Decider<'t>,
}

impl Fill<'_, '_> {
    /// The text in the locale, its braces filled.
    pub(crate) fn template(&mut self, of: TextOf<'_>, english: &Template) -> String {
        let mut variables = Vec::new();
        let mut text = String::new();
        for piece in &english.pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Hole(name, node) => {
                    let value = self.hole(*node, name);
                    text.push_str(&value);
                    variables.push((texts::variable(name), value));
                }
            }
        }
        let named = (of.kind, of.name);
        self.texts
            .of_statement(named, of.attribute, &variables)
            .unwrap_or(text)
    }

    /// First sentence of a description.
    pub(crate) fn title(&self, kind: &str, named: &Named) -> Option<String> {
        self.plain(kind, &named.name, "title", named.title.as_deref())
    }

    /// A text without braces.
    pub(crate) fn plain(
        &self,
        kind: &str,
        name: &str,
        attribute: &str,
        english: Option<&str>,
    ) -> Option<String> {
        let english = english?;
        let translated = self.texts.of_statement((kind, name), attribute, &[]);
        Some(translated.unwrap_or_else(|| english.to_owned()))
    }

    /// A value in few words, for a line of evidence.
    pub(crate) fn brief(&self, value: &Partial, ty: Option<&Type>, at: &At<'_>) -> String {
        let brief = Brief {
            fill: self,
            short: true,
        };
        brief.partial(value, ty, at)
    }

    /// The title of the part of a fact at that path (`p2s.roots[2].data`); of the fact itself, if the part has none.
    pub(crate) fn part_title(&self, slot: &Slot, path: &str) -> Option<String> {
        let mut ty = &slot.ty;
        let mut found = None;
        for word in words_of(path) {
            let record = ty.record().or_else(|| ty.member().and_then(Type::record));
            let Some((record, (_, field))) = record.and_then(|it| Some((it, it.field(word)?)))
            else {
                break;
            };
            let whole = found.take().or_else(|| self.slot_title(slot));
            found = self.field_title(record.name.as_deref(), field, whole);
            ty = &field.ty;
        }
        found.or_else(|| self.slot_title(slot))
    }

    pub(super) fn hole(&mut self, node: NodeId, name: &str) -> String {
        if place::is_secret(self.program, node) {
            return brief::secret(self.texts);
        }
        let value = self.look.term(node);
        match value {
            Partial::Unknown(_) => {
                let title = self.title_of_node(node).unwrap_or_else(|| name.to_owned());
                format!("[{title}]")
            }
            value => {
                let whole = Brief {
                    fill: self,
                    short: false,
                };
                let at = At {
                    owner: self.owner_of(node),
                    reads: Vec::new(),
                };
                whole.partial(&value, self.program.type_of(node), &at)
            }
        }
    }

    /// The message of what declares the part of a fact at that path.
    pub(crate) fn owner_of_part(&self, slot: &Slot, path: &str) -> Option<String> {
        let mut owner = texts::key(slot_kind(slot), &slot.named.name);
        let mut whole = &slot.ty;
        for word in words_of(path) {
            let record = whole
                .record()
                .or_else(|| whole.member().and_then(Type::record))?;
            owner = owner_of_field(record.name.as_deref(), &owner, word);
            whole = &record.field(word)?.1.ty;
        }
        Some(owner)
    }

    /// What the locale calls an enum member; none where it has no word of its own for it. `owner` is the message of what declares an
    /// enum without a name; those of built-in records have their labels among the report's own words.
    pub(crate) fn label(
        &self,
        ty: &Type,
        value: &Value,
        owner: impl FnOnce() -> Option<String>,
    ) -> Option<String> {
        let (Kind::Enum(of), Value::Enum(at)) = (&ty.kind, value) else {
            return None;
        };
        let member = &of.members.get(usize::from(*at))?.name;
        let owner = match &of.name {
            Some(name) => texts::key("type", name),
            None => owner()?,
        };
        let label = self
            .texts
            .of_pack(&format!("{owner}-{member}"), "label", &[]);
        label.or_else(|| {
            let field = owner.strip_prefix("type-")?;
            BuiltIn::named(field.split('-').next()?)?;
            self.texts.own(&format!("label-{field}-{member}"))
        })
    }

    /// The message of what declares the enum of a node.
    pub(crate) fn owner_of(&self, node: NodeId) -> Option<String> {
        match self.program.nodes.op(node)? {
            Op::Slot(slot) => {
                let slot = self.program.slots.get(slot.0 as usize)?;
                Some(texts::key(slot_kind(slot), &slot.named.name))
            }
            Op::Field(whole, at) | Op::Project(whole, at) => {
                let ty = self.program.type_of(whole)?;
                let record = ty.record().or_else(|| ty.member().and_then(Type::record))?;
                let field = record.fields.get(at as usize)?;
                let name = record.name.as_deref();
                let owner = match name {
                    Some(_) => String::new(),
                    None => self.owner_of(whole)?,
                };
                Some(owner_of_field(name, &owner, &field.name))
            }
            _ => None,
        }
    }

    /// The title of a fact, param, derived fact or field; none for everything else.
    pub(crate) fn title_of_node(&self, node: NodeId) -> Option<String> {
        match self.program.nodes.op(node)? {
            Op::Slot(slot) => self.slot_title(self.program.slots.get(slot.0 as usize)?),
            Op::Let(at) => {
                let it = self.program.lets.get(at.0 as usize)?;
                self.title("let", &it.named)
            }
            Op::Field(whole, at) | Op::Project(whole, at) => {
                let ty = self.program.type_of(whole)?;
                let record = ty.record().or_else(|| ty.member().and_then(Type::record))?;
                let field = record.fields.get(at as usize)?;
                let title = self.title_of_node(whole);
                // Of a derived list it matters which it is.
                let derived = matches!(self.program.nodes.op(whole), Some(Op::Let(_)));
                let of_field = self.field_title(record.name.as_deref(), field, title.clone())?;
                Some(match title {
                    Some(title) if derived && !of_field.starts_with(&title) => {
                        format!("{title} > {of_field}")
                    }
                    _ => of_field,
                })
            }
            Op::Call(Function::Certificate, text) => {
                let title = self.title_of_node(text)?;
                Some(self.texts.word_with("certificate-in", &[("text", &title)]))
            }
            Op::Call(Function::Length, text) => {
                let title = self.title_of_node(text)?;
                Some(self.texts.word_with("length-of", &[("text", &title)]))
            }
            Op::Add(left, right) => self.title_of_both("sum-of", left, right),
            Op::Subtract(left, right) => self.title_of_both("difference-of", left, right),
            Op::Count(list) => {
                let title = self.title_of_node(list)?;
                Some(self.texts.word_with("number-of", &[("list", &title)]))
            }
            _ => None,
        }
    }

    /// What a field is called, without what it is a field of.
    pub(crate) fn title_of_field(&self, node: NodeId) -> Option<String> {
        let Some(Op::Field(whole, at)) = self.program.nodes.op(node) else {
            return None;
        };
        let record = self.program.type_of(whole)?.record()?;
        let field = record.fields.get(at as usize)?;
        Some(self.field_name(record.name.as_deref(), field))
    }

    fn title_of_both(&self, key: &str, left: NodeId, right: NodeId) -> Option<String> {
        let side = |node| match self.program.nodes.op(node)? {
            Op::Constant(at) => {
                let value = self.program.nodes.constant(at)?;
                Some(self.brief(value, self.program.type_of(node), &At::default()))
            }
            _ => self.title_of_node(node),
        };
        let (left, right) = (side(left)?, side(right)?);
        let both = [("left", left.as_str()), ("right", right.as_str())];
        Some(self.texts.word_with(key, &both))
    }

    /// The title of a fact or param.
    pub(crate) fn slot_title(&self, slot: &Slot) -> Option<String> {
        self.title(slot_kind(slot), &slot.named)
    }

    /// The question for a fact or param.
    pub(crate) fn question(&self, slot: &Slot) -> Option<String> {
        let name = &slot.named.name;
        self.plain(slot_kind(slot), name, "question", slot.ask.as_deref())
    }

    /// What a field is called inside its record: what its title says first, or its name where that is no short title.
    pub(crate) fn field_name(&self, record: Option<&str>, field: &FieldType) -> String {
        let title = self.field_title(record, field, None);
        let short = title
            .as_deref()
            .and_then(|it| it.split([';', '；', ',', '，', '(', '（']).next());
        match short.map(str::trim) {
            Some(title) if !title.is_empty() && title.chars().count() <= LONGEST_TITLE => {
                title.to_owned()
            }
            _ => field.name.to_string(),
        }
    }

    /// A field of a declared record has a title that says all. One of a built-in record only says `When`, so the title of the whole
    /// goes before it.
    pub(super) fn field_title(
        &self,
        record: Option<&str>,
        field: &FieldType,
        whole: Option<String>,
    ) -> Option<String> {
        let record = record.unwrap_or_default();
        let name = format!("{record}-{}", field.name);
        if BuiltIn::named(record).is_none() {
            return self.plain("type", &name, "title", field.title.as_deref());
        }
        let own = self.texts.own(&format!("field-{name}"));
        let title = own.or_else(|| field.title.as_ref().map(ToString::to_string))?;
        Some(match whole {
            Some(whole) => format!("{whole} > {title}"),
            None => title,
        })
    }
}

/// The fields of a path: `p2s.roots[2].data` without its indices.
pub(super) fn words_of(path: &str) -> impl Iterator<Item = &str> {
    let words = path.split('.').map(|it| it.split('[').next().unwrap_or(it));
    words.filter(|it| !it.is_empty())
}

/// The message of a field: that of its record, or of what declares a record in place.
pub(super) fn owner_of_field(record: Option<&str>, whole: &str, field: &str) -> String {
    match record {
        Some(record) => format!("{}-{field}", texts::key("type", record)),
        None => format!("{whole}-{field}"),
    }
}

/// `fact` or `param`: the first word of its message.
pub(crate) fn slot_kind(slot: &Slot) -> &'static str {
    match slot.origin {
        Origin::Param { .. } => "param",
        Origin::Now => "now",
        Origin::Fact => "fact",
    }
}
