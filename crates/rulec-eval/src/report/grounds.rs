//! What decided a verdict, as people are told it: what a condition looked for, the values that it compared, the facts behind them.
//!
//! The JSON has the facts in their canonical order; here elements are called by what identifies them, values that were computed
//! stand beside their facts, and where a whole list was looked through in vain it is said for what.

use rulec_facts::show;
use rulec_facts::truth::Truth;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Element, Partial, Value};
use rulec_program::node::{NodeId, Op, SlotId, TextTest};
use rulec_program::why::{self, Compared, Root, Seen};

use super::Evidence;
use super::brief::{self, At};
use super::build::Build;
use super::plain;
use super::reads::Reads;
use crate::{express, place};

/// Records of a list that stand in a line; of more it is said how many.
const FEW: usize = 4;

/// Fields that mostly tell one record from another, the surest first.
const IDENTIFYING: [&str; 9] = [
    "name",
    "time",
    "id",
    "key",
    "prefix",
    "url",
    "thumbprint",
    "subject",
    "user",
];

impl Build<'_, '_, '_> {
    /// What people are told of these leaves, each part of a fact once.
    pub(super) fn grounds(&self, leaves: &[why::Evidence]) -> Vec<Evidence> {
        let reads = Reads::of(self.program(), leaves.iter().map(|it| it.node));
        let texts = read_by_functions(leaves);
        let reads = reads.without(&texts);
        let mut lines: Vec<Line> = Vec::new();
        for (leaf, number) in leaves.iter().zip(1..) {
            for new in self.of_leaf(leaf, &reads, &texts) {
                let told = &new.told;
                let same = |it: &&mut Line| {
                    it.told.path == told.path && it.told.said == told.said && it.agrees(&new)
                };
                match lines.iter_mut().find(same) {
                    // What it was compared with is worth more than that it was looked at.
                    Some(old) => old.learn(new),
                    None => lines.push(new.of_leaf(number)),
                }
            }
        }
        let and = self.fill.texts.word("plain-and");
        lines.into_iter().map(|it| it.told(&and)).collect()
    }

    /// That a rule asks for nothing but its symptom.
    pub(super) fn symptom_alone(&self) -> Evidence {
        said_line(self.fill.texts.word("because-symptom"))
    }

    /// `texts` are not shown: what a function read from them is.
    fn of_leaf(
        &self,
        leaf: &why::Evidence,
        reads: &Reads,
        texts: &[(SlotId, Vec<String>)],
    ) -> Vec<Line> {
        let test = express::text(self.program(), leaf.node);
        let facts = leaf.seen.iter();
        let facts = facts.filter(|it| !texts.contains(&place_of(it)));
        let facts = facts.map(|it| self.told(it, reads, &test));
        let mut facts: Vec<Line> = facts.map(Line::of).collect();
        let mut computed: Vec<Line> = Vec::new();
        let mut focused = false;
        for it in &leaf.compared {
            match &it.root {
                Root::Fact(seen) => {
                    let path = self.told_path(seen);
                    if let Some(line) = facts.iter_mut().find(|line| line.told.path == path) {
                        focused |= self.compare(it, leaf.node, line);
                    }
                }
                _ => computed.push(self.computed(it, &test)),
            }
        }
        let counted = facts.iter().any(|it| is_list_of_records(&it.told));
        let looked_for = self.text_test(leaf.node).is_some();
        let cut = (looked_for || !focused) && facts.iter().any(|it| is_cut(&it.told));
        // That a code was not reported is nothing that stands in the lists.
        let reported = matches!(self.without_not(leaf.node), Some(Op::Reported(_)));
        if computed.is_empty() && (counted || cut || reported) {
            let said = plain::that(&self.fill, leaf.node, leaf.truth == Truth::True);
            computed.push(Line::of(said_line(said)));
        }
        computed.extend(facts);
        computed
    }

    /// A part of a fact; a list that is too long for a line is counted.
    pub(crate) fn told(&self, seen: &Seen, reads: &Reads, test: &str) -> Evidence {
        let mut line = self.seen_by(seen, reads, test);
        if let Some(all) = line.value.as_array().filter(|it| it.len() > FEW)
            && is_list_of_records(&line)
        {
            let count = all.len().to_string();
            line.shown = self
                .fill
                .texts
                .word_with("value-entries", &[("count", &count)]);
        }
        line.titled = match seen.path.contains('[') {
            true => self.titled(seen),
            false => line.title.clone(),
        };
        line
    }

    fn told_path(&self, seen: &Seen) -> String {
        let fact = self.slot_name(seen.slot);
        path_of(&fact, &seen.path)
    }

    /// Shows what a value was compared with; true if a long text is shown where that matters.
    fn compare(&self, it: &Compared, leaf: NodeId, line: &mut Line) -> bool {
        let secret = |node| place::is_secret(self.program(), node);
        if secret(it.node) {
            return false;
        }
        let Some(other) = it.other.as_ref().filter(|it| !secret(it.node)) else {
            return line.focus(self.at_fault(it, leaf));
        };
        match (&it.value, &other.value) {
            (Partial::Known(Value::Text(text)), Partial::Known(Value::Text(with))) => {
                let begins = Some(TextTest::StartsWith);
                line.focus(match other.relation {
                    Some(_) => brief::at_difference(text.raw(), with.raw()),
                    None if self.text_test(leaf) == begins => brief::at_start(text.raw()),
                    None => brief::at_match(text.raw(), with.raw()),
                })
            }
            _ => {
                line.relations.extend(self.relation(it));
                false
            }
        }
    }

    /// Of a text that is not base64: around the first character that is to blame.
    fn at_fault(&self, it: &Compared, leaf: NodeId) -> Option<String> {
        let (Some(Op::IsBase64(_)), Partial::Known(Value::Text(text))) =
            (self.without_not(leaf), &it.value)
        else {
            return None;
        };
        brief::at_first(text.raw(), |c| {
            !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='))
        })
    }

    fn text_test(&self, leaf: NodeId) -> Option<TextTest> {
        match self.without_not(leaf)? {
            Op::TextTest(test, ..) => Some(test),
            _ => None,
        }
    }

    fn without_not(&self, leaf: NodeId) -> Option<Op> {
        let mut op = self.program().nodes.op(leaf);
        while let Some(Op::Not(of)) = op {
            op = self.program().nodes.op(of);
        }
        op
    }

    /// `< 64`, for what has an order; of what was added up its parts: `≤ 12:31:05Z + 5 min`.
    fn relation(&self, it: &Compared) -> Option<String> {
        let other = it.other.as_ref()?;
        let sign = match other.relation? {
            "<" => "<",
            "<=" => "≤",
            ">" => ">",
            ">=" => "≥",
            // Of a word it is plain that it is another.
            "!=" if is_number(&it.value) => "≠",
            _ => return None,
        };
        let shown = |value, ty| self.fill.brief(value, ty, &At::default());
        let other = match &other.sum {
            Some(sum) => {
                let (of, by) = (&sum.of, &sum.by);
                let plus = if sum.plus { '+' } else { '-' };
                let of = shown(&of.0, of.1.as_ref());
                format!("{of} {plus} {}", shown(&by.0, by.1.as_ref()))
            }
            None => {
                let list = other.ty.as_ref().is_some_and(|it| it.member().is_some());
                let own = it.ty.as_ref().filter(|_| !list);
                shown(&other.value, own.or(other.ty.as_ref()))
            }
        };
        Some(format!("{sign} {other}"))
    }

    /// A value that stands in no fact as it is.
    fn computed(&self, it: &Compared, test: &str) -> Line {
        let program = self.program();
        let secret = place::is_secret(program, it.node);
        let at = At {
            owner: self.fill.owner_of(it.node),
            reads: Vec::new(),
        };
        let shown = match secret {
            true => show::SECRET.to_owned(),
            false => self.fill.brief(&it.value, it.ty.as_ref(), &at),
        };
        let relation = match (secret, &it.other) {
            (false, Some(other)) if !place::is_secret(program, other.node) => self.relation(it),
            _ => None,
        };
        let (label, source) = match &it.root {
            Root::Function(function, seen, fields) => {
                let from = self.told(seen, &Reads::default(), test);
                let fields: String = fields.iter().map(|it| format!(".{it}")).collect();
                let function = express::function_name(*function);
                (format!("{function}({}){fields}", from.label), from.source)
            }
            _ => (express::text(program, it.node), None),
        };
        let title = match &it.root {
            Root::Function(..) => self.fill.title_of_field(it.node),
            _ => self.fill.title_of_node(it.node),
        };
        let mut line = Line::of(Evidence {
            fact: label.clone(),
            path: label.clone(),
            value: serde_json::Value::Null,
            source,
            at: None,
            titled: self.fill.title_of_node(it.node).or_else(|| title.clone()),
            title,
            shown,
            test: Some(test.to_owned()),
            label,
            said: false,
            leaf: 0,
        });
        line.relations.extend(relation);
        line
    }

    /// What people call a part of a fact: elements by what identifies them, never by their place in a sorted list.
    pub(super) fn label(&self, seen: &Seen) -> String {
        let field = |label: &str, name: &str, _: Option<&Type>| path_of(label, name);
        self.label_from(self.slot_name(seen.slot), field, "one-of", seen)
    }

    /// The same by titles.
    fn titled(&self, seen: &Seen) -> Option<String> {
        let slot = self.program().slots.get(seen.slot.0 as usize)?;
        let field = |label: &str, name: &str, of: Option<&Type>| {
            let record = of.and_then(Type::record);
            let found = record.and_then(|it| Some((it.name.as_deref(), it.field(name)?.1)));
            let Some((record, field)) = found else {
                return path_of(label, name);
            };
            // Which element it is a field of would be lost.
            let title = match label.ends_with(']') {
                true => None,
                false => self.fill.field_title(record, field, Some(label.to_owned())),
            };
            title.unwrap_or_else(|| format!("{label} > {}", self.fill.field_name(record, field)))
        };
        Some(self.label_from(self.fill.slot_title(slot)?, field, "one-of-titled", seen))
    }

    fn label_from(
        &self,
        fact: String,
        of_field: impl Fn(&str, &str, Option<&Type>) -> String,
        one_of: &str,
        seen: &Seen,
    ) -> String {
        let mut label = fact;
        let slot = self.program().slots.get(seen.slot.0 as usize);
        let mut ty = slot.map(|it| it.ty.clone());
        let value = self.session().state.get(seen.slot).cloned();
        let mut value = value.unwrap_or(Partial::Absent);
        let mut steps = steps(&seen.path).peekable();
        while let Some(step) = steps.next() {
            match step {
                Step::Field(name) => {
                    label = of_field(&label, name, ty.as_ref());
                    (value, ty) = field(&value, ty.as_ref(), name);
                }
                Step::Element(at) => {
                    let member = ty.as_ref().and_then(Type::member).cloned();
                    let all = elements(&value, member.as_ref());
                    let element = at.and_then(|at| all.get(at)).map(|it| it.value.clone());
                    let element = element.unwrap_or(Partial::Absent);
                    label = match steps.peek() {
                        _ if all.len() == 1 => label,
                        None => self.fill.texts.word_with(one_of, &[("list", &label)]),
                        Some(_) => match self.identity(&element, member.as_ref()) {
                            Some(identity) => format!("{label}[{identity}]"),
                            None => self.fill.texts.word_with(one_of, &[("list", &label)]),
                        },
                    };
                    (value, ty) = (element, member);
                }
            }
        }
        label
    }

    /// What tells a record from the others of its list, in few words.
    fn identity(&self, element: &Partial, ty: Option<&Type>) -> Option<String> {
        let (Partial::Known(Value::Record(fields)), Some(ty)) = (element, ty) else {
            return match element {
                Partial::Known(_) => Some(self.fill.brief(element, ty, &At::default())),
                _ => None,
            };
        };
        let at = identifying(ty, fields)?;
        let field = ty.record()?.fields.get(at)?;
        Some(
            self.fill
                .brief(fields.get(at)?, Some(&field.ty), &At::default()),
        )
    }
}

/// A line in the making.
struct Line {
    told: Evidence,
    /// What it was compared with, each bound once.
    relations: Vec<String>,
    /// Of a long text: the piece that matters.
    focus: Option<String>,
}

impl Line {
    fn of(told: Evidence) -> Line {
        Line {
            told,
            relations: Vec::new(),
            focus: None,
        }
    }

    fn of_leaf(mut self, number: usize) -> Line {
        self.told.leaf = number;
        self
    }

    /// Remembers where to look; true if that is known.
    fn focus(&mut self, piece: Option<String>) -> bool {
        let found = piece.is_some();
        self.focus = self.focus.take().or(piece);
        found
    }

    /// Both can be told in one line: they do not point to different pieces of a text.
    fn agrees(&self, other: &Line) -> bool {
        let both = self.focus.as_ref().zip(other.focus.as_ref());
        both.is_none_or(|(a, b)| a == b)
    }

    fn learn(&mut self, new: Line) {
        for it in new.relations {
            if !self.relations.contains(&it) {
                self.relations.push(it);
            }
        }
        self.focus = self.focus.take().or(new.focus);
    }

    fn told(self, and: &str) -> Evidence {
        let mut told = self.told;
        told.shown = self.focus.unwrap_or(told.shown);
        if !self.relations.is_empty() {
            told.shown = format!(
                "{} {}",
                told.shown,
                self.relations.join(&format!("{} ", and.trim_end()))
            );
        }
        told
    }
}

fn is_number(value: &Partial) -> bool {
    use Value::{Duration, Int, Time, Version};
    matches!(
        value,
        Partial::Known(Int(_) | Version(_) | Time(_) | Duration(_))
    )
}

/// The fact, and the fields down to the part.
fn place_of(seen: &Seen) -> (SlotId, Vec<String>) {
    let words = super::fill::words_of(&seen.path).map(str::to_owned);
    (seen.slot, words.collect())
}

/// Texts of which what a function read from them is known.
fn read_by_functions(leaves: &[why::Evidence]) -> Vec<(SlotId, Vec<String>)> {
    let all = leaves.iter().flat_map(|it| &it.compared);
    let all = all.filter_map(|it| match &it.root {
        Root::Function(_, seen, _) if it.value.known().is_some() => Some(place_of(seen)),
        _ => None,
    });
    all.collect()
}

/// The field that tells a record from others: one of a telling name, else the first that has a value of its own.
pub(super) fn identifying(ty: &Type, fields: &[Partial]) -> Option<usize> {
    let record = ty.record()?;
    let usable = |at: &usize| {
        let known = fields.get(*at).is_some_and(|it| it.known().is_some());
        let field = record.fields.get(*at);
        known && field.is_some_and(|it| !it.secret && tells_apart(&it.ty))
    };
    let named = |name: &&str| record.fields.iter().position(|it| it.name == **name);
    let mut named = IDENTIFYING.iter().filter_map(named);
    named
        .find(usable)
        .or_else(|| (0..record.fields.len()).find(usable))
}

fn tells_apart(ty: &Type) -> bool {
    match &ty.kind {
        Kind::Bool | Kind::Enum(_) | Kind::Duration(_) => false,
        Kind::Record(_) | Kind::List(_) | Kind::Set(_) => false,
        Kind::Int(_) | Kind::Text | Kind::Version | Kind::Time => true,
        Kind::Ip | Kind::Cidr | Kind::Code => true,
    }
}

/// Words that stand alone, before the facts that they are about.
fn said_line(said: String) -> Evidence {
    Evidence {
        fact: String::new(),
        path: said.clone(),
        value: serde_json::Value::Null,
        source: None,
        title: None,
        shown: said,
        test: None,
        label: String::new(),
        titled: None,
        at: None,
        said: true,
        leaf: 0,
    }
}

fn is_list_of_records(line: &Evidence) -> bool {
    let all = line.value.as_array();
    all.is_some_and(|it| it.iter().any(serde_json::Value::is_object))
}

/// A long text of which only the beginning is shown.
fn is_cut(line: &Evidence) -> bool {
    let text = line.value.as_str();
    text.is_some_and(brief::is_cut_at_its_end)
}

/// `fact.path` or `fact[0].path`.
pub(super) fn path_of(fact: &str, path: &str) -> String {
    match path {
        "" => fact.to_owned(),
        path if path.starts_with('[') => format!("{fact}{path}"),
        path => format!("{fact}.{path}"),
    }
}

enum Step<'p> {
    Field(&'p str),
    /// The number in canonical order, if it is known.
    Element(Option<usize>),
}

/// `p2s.roots[2].data` as steps.
fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split('.').flat_map(|word| {
        let mut parts = word.split('[');
        let name = parts.next().filter(|it| !it.is_empty()).map(Step::Field);
        let indices = parts.map(|it| Step::Element(it.trim_end_matches(']').parse().ok()));
        name.into_iter().chain(indices)
    })
}

fn field(value: &Partial, ty: Option<&Type>, name: &str) -> (Partial, Option<Type>) {
    let found = ty.and_then(Type::record).and_then(|it| it.field(name));
    let Some((at, field)) = found else {
        return (Partial::Absent, None);
    };
    let value = match value {
        Partial::Known(Value::Record(fields)) => fields.get(at).cloned(),
        _ => None,
    };
    (value.unwrap_or(Partial::Absent), Some(field.ty.clone()))
}

/// In canonical order, as the numbers of a path count them.
fn elements(value: &Partial, member: Option<&Type>) -> Vec<Element> {
    let all = value.known().and_then(Value::elements).unwrap_or_default();
    let mut all = all.to_vec();
    if let Some(member) = member {
        show::sort(&mut all, member);
    }
    all
}
