//! Types, and the values of tests and defaults.

use super::build::{Builder, Built};
use super::codes::{BAD_TYPE, DUPLICATE_CLAUSE, NESTED_TOO_DEEPLY};
use super::comments::description;
use super::literal::blank_in;
use super::names::Naming;
use super::nodes::Node;
use super::scan::DEEPEST;
use crate::ast::{
    Doc, Field, Literal, LiteralKind, Member, Name, Place, Text, TypeExpr, TypeKind, Value,
    ValueKind,
};
use crate::grammar::Rule;
use crate::source::Span;

impl Builder<'_> {
    /// The next part as a type.
    pub(super) fn type_expr(&mut self) -> Built<TypeExpr> {
        let node = self.must(Rule::type_expr)?;
        let mut collections = Vec::new();
        while let Some(collection) = self.eat(Rule::collection) {
            collections.push(collection);
        }
        if let Some(deep) = collections.get(DEEPEST) {
            let finding = NESTED_TOO_DEEPLY.at(self.span(*deep), "this type is nested too deeply");
            return self.lose(finding);
        }
        let core_start = self.next_start();
        let mut ty = self.type_core()?;
        if !collections.is_empty() && ty.optional {
            let finding = BAD_TYPE.at(ty.place.0, "members of a list or set are never optional");
            self.find(finding.help(
                "`?` belongs to the whole type: write `list of T?` for a list that may be absent",
            ));
            ty.optional = false;
        }
        while let Some(collection) = collections.pop() {
            let start = if collections.is_empty() {
                node.start
            } else {
                collection.start
            };
            let place = Place(self.range(start, self.last_end().max(core_start)));
            let member = Box::new(ty);
            let kind = if self.slice(collection).starts_with("list") {
                TypeKind::List(member)
            } else {
                TypeKind::Set(member)
            };
            ty = TypeExpr {
                kind,
                optional: false,
                place,
            };
        }
        if self.within(node.end) && self.eat(Rule::optional).is_some() {
            ty.optional = true;
        }
        ty.place = self.so_far(node);
        Ok(ty)
    }

    /// A type without its collections and its question mark; a group may bring one of its own.
    fn type_core(&mut self) -> Built<TypeExpr> {
        let Some(node) = self.next() else {
            return self.unforeseen();
        };
        let kind = match node.rule {
            Rule::enumeration => self.enumeration()?,
            Rule::record => TypeKind::Record(self.record()?),
            Rule::type_expr => {
                self.at -= 1;
                let inner = self.type_expr()?;
                self.must(Rule::close_paren)?;
                return Ok(inner);
            }
            Rule::arm_word => {
                let resource = self.text()?;
                TypeKind::Arm(resource)
            }
            Rule::name => self.named_type(node)?,
            _ => {
                self.at -= 1;
                return self.unforeseen();
            }
        };
        Ok(TypeExpr {
            kind,
            optional: false,
            place: self.so_far(node),
        })
    }

    fn named_type(&mut self, node: Node) -> Built<TypeKind> {
        let name = self.as_name(node);
        let narrowed = self.eat(Rule::in_word);
        let kind = match (name.text.as_str(), narrowed) {
            ("int", Some(_)) if self.peek() == Some(Rule::number) => {
                let low = self.number()?;
                self.must(Rule::range)?;
                TypeKind::Int(Some((low, self.number()?)))
            }
            ("duration", Some(_)) if self.peek() == Some(Rule::name) => {
                let unit = self.name()?;
                self.check_unit(&unit);
                TypeKind::Duration(Some(unit))
            }
            (_, Some(word)) => return self.bad_narrowing(&name, word),
            ("bool", None) => TypeKind::Bool,
            ("int", None) => TypeKind::Int(None),
            ("string", None) => TypeKind::String,
            ("version", None) => TypeKind::Version,
            ("time", None) => TypeKind::Time,
            ("duration", None) => TypeKind::Duration(None),
            ("ip", None) => TypeKind::Ip,
            ("cidr", None) => TypeKind::Cidr,
            ("code", None) => TypeKind::Code,
            _ => TypeKind::Named(name),
        };
        Ok(kind)
    }

    fn check_unit(&mut self, unit: &Name) {
        if super::literal::UNITS.contains(&unit.text.as_str()) {
            return;
        }
        let message = format!("`{}` is no unit of durations", unit.text);
        let help = format!("the units are `{}`", super::literal::UNITS.join("`, `"));
        self.find(BAD_TYPE.at(unit.place.0, message).help(help));
    }

    fn bad_narrowing<T>(&mut self, name: &Name, word: Node) -> Built<T> {
        let message = match name.text.as_str() {
            "int" => "expected a range after `int in`".to_owned(),
            "duration" => "expected a unit after `duration in`".to_owned(),
            other => format!("`{other}` takes no `in`"),
        };
        let finding = BAD_TYPE.at(self.span(word), message);
        self.lose(finding.help("only `int in 0..20` and `duration in s` narrow a type"))
    }

    fn enumeration(&mut self) -> Built<TypeKind> {
        self.must(Rule::enum_word)?;
        self.must(Rule::open_brace)?;
        let mut members: Vec<Member> = Vec::new();
        let mut other = None;
        let mut before = None;
        while let Some(node) = self.eat(Rule::member) {
            self.check_separated(before, node.start);
            let doc = self.docs();
            match self.eat(Rule::else_word) {
                Some(word) => {
                    let name = self.declared(Naming::Member)?;
                    self.check_else(word, &doc, other.is_some());
                    other.get_or_insert(name);
                }
                None => members.push(self.enum_member(doc, node.end)?),
            }
            before = Some(self.last_end());
        }
        self.must(Rule::close_brace)?;
        Ok(TypeKind::Enum(members, other))
    }

    fn check_else(&mut self, word: Node, doc: &Doc, again: bool) {
        if again {
            let finding = DUPLICATE_CLAUSE.at(self.span(word), "a second `else` in one enum");
            self.find(finding.help("one `else` takes all values that are not listed"));
        }
        if !doc.is_empty() {
            let finding = super::codes::MISPLACED_DESCRIPTION
                .at(self.span(word), "`else` has no description");
            self.find(finding.help("write a comment with two slashes"));
        }
    }

    fn enum_member(&mut self, doc: Doc, end: u32) -> Built<Member> {
        let name = self.declared(Naming::Member)?;
        let mut wire = None;
        if self.eat(Rule::equals).is_some() {
            wire = Some(match self.eat(Rule::string) {
                Some(node) => self.text_literal(node),
                None => self.number()?,
            });
        }
        let label = match self.within(end) {
            true => self.optional_text(),
            false => None,
        };
        Ok(Member {
            doc,
            name,
            wire,
            label,
        })
    }

    /// The next part as a text, if it is one.
    pub(super) fn optional_text(&mut self) -> Option<Text> {
        let node = self.eat(Rule::string)?;
        Some(self.as_text(node))
    }

    fn docs(&mut self) -> Doc {
        let mut doc = Doc::new();
        while let Some(node) = self.eat(Rule::doc) {
            doc.push(description(self.slice(node)));
        }
        doc
    }

    fn record(&mut self) -> Built<Vec<Field>> {
        self.must(Rule::open_brace)?;
        let mut fields = Vec::new();
        let mut before = None;
        while let Some(node) = self.eat(Rule::field) {
            self.check_separated(before, node.start);
            fields.push(self.field()?);
            before = Some(self.last_end());
        }
        self.must(Rule::close_brace)?;
        Ok(fields)
    }

    fn field(&mut self) -> Built<Field> {
        let doc = self.docs();
        let name = self.declared(Naming::Field)?;
        self.must(Rule::colon)?;
        let ty = self.type_expr()?;
        let mut field = Field {
            doc,
            name,
            ty,
            at: None,
            default: None,
            ask: None,
            secret: false,
        };
        let mut seen = Vec::new();
        loop {
            let Some(word) = self.clause_word(&[
                Rule::at_word,
                Rule::default_word,
                Rule::ask_word,
                Rule::secret_word,
            ]) else {
                return Ok(field);
            };
            let fresh = self.once(&mut seen, word);
            match word.rule {
                Rule::at_word => keep(&mut field.at, self.text()?, fresh),
                Rule::default_word => keep(&mut field.default, self.value()?, fresh),
                Rule::ask_word => keep(&mut field.ask, self.text()?, fresh),
                _ => field.secret = true,
            }
        }
    }

    /// The part at the cursor if it is one of these words.
    pub(super) fn clause_word(&mut self, words: &[Rule]) -> Option<Node> {
        let rule = self.peek()?;
        if words.contains(&rule) {
            self.next()
        } else {
            None
        }
    }

    /// Whether a clause stands for the first time; else a finding.
    pub(super) fn once(&mut self, seen: &mut Vec<(Rule, Span)>, word: Node) -> bool {
        let place = self.span(word);
        let Some((_, first)) = seen.iter().find(|(rule, _)| *rule == word.rule) else {
            seen.push((word.rule, place));
            return true;
        };
        let message = format!("a second `{}`", self.slice(word));
        let finding = DUPLICATE_CLAUSE
            .at(place, message)
            .also(*first, "the first one");
        self.find(finding.help("leave one of them out"));
        false
    }

    /// The next part as a value.
    pub(super) fn value(&mut self) -> Built<Value> {
        let node = self.must(Rule::value)?;
        let repeated = self.eat(Rule::repeated);
        let start = self.next_start();
        let kind = self.value_kind(node)?;
        let place = Place(self.range(start, self.last_end()));
        let value = Value { kind, place };
        let Some(repeated) = repeated else {
            return Ok(value);
        };
        let kind = ValueKind::Of(self.count(repeated), Box::new(value));
        Ok(Value {
            kind,
            place: self.so_far(node),
        })
    }

    fn value_kind(&mut self, node: Node) -> Built<ValueKind> {
        let Some(part) = self
            .nodes
            .get(self.at)
            .copied()
            .filter(|part| part.start < node.end)
        else {
            return self.unforeseen();
        };
        match part.rule {
            Rule::open_bracket => return self.values(),
            Rule::open_brace => return self.entries(),
            _ => self.at += 1,
        }
        match part.rule {
            Rule::absent_word => Ok(ValueKind::Absent),
            Rule::unknown => Ok(ValueKind::Unknown(self.reason(part))),
            Rule::number => Ok(ValueKind::Literal(self.as_number(part)?)),
            Rule::string => Ok(ValueKind::Literal(self.text_literal(part))),
            Rule::constant => {
                let literal = self.as_bool(part);
                self.only_bool(part, &literal)?;
                Ok(ValueKind::Literal(literal))
            }
            Rule::word => match blank_in(self.slice(part)) {
                Some(gap) => Ok(ValueKind::Code(self.as_code(part, gap)?)),
                None => Ok(ValueKind::Word(self.as_name(part))),
            },
            _ => self.unforeseen(),
        }
    }

    /// `128 of`: how many.
    fn count(&self, node: Node) -> Literal {
        let digits = self
            .slice(node)
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count() as u32;
        Literal {
            kind: LiteralKind::Int,
            text: self.cut(node.start, node.start + digits).into(),
            place: Place(self.range(node.start, node.start + digits)),
        }
    }

    fn reason(&self, node: Node) -> Option<Name> {
        let gap = blank_in(self.slice(node))?;
        let rest = self.cut(node.start + gap, node.end);
        let start = node.end - rest.trim_start_matches([' ', '\t']).len() as u32;
        Some(Name {
            text: self.cut(start, node.end).into(),
            place: Place(self.range(start, node.end)),
        })
    }

    fn values(&mut self) -> Built<ValueKind> {
        self.must(Rule::open_bracket)?;
        let mut values = Vec::new();
        while self.peek() == Some(Rule::value) {
            values.push(self.value()?);
        }
        self.must(Rule::close_bracket)?;
        Ok(ValueKind::List(values))
    }

    fn entries(&mut self) -> Built<ValueKind> {
        self.must(Rule::open_brace)?;
        let mut entries = Vec::new();
        let mut before = None;
        while let Some(node) = self.eat(Rule::entry) {
            self.check_separated(before, node.start);
            let name = self.name()?;
            self.must(Rule::colon)?;
            entries.push((name, self.value()?));
            before = Some(self.last_end());
        }
        self.must(Rule::close_brace)?;
        Ok(ValueKind::Record(entries))
    }
}

/// Sets a clause that may stand once; a second one is already a finding.
pub(super) fn keep<T>(slot: &mut Option<T>, value: T, fresh: bool) {
    if fresh {
        *slot = Some(value);
    }
}
