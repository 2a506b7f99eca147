//! The English texts of a pack with their keys, and how they are written in Fluent.

use rulec_syntax::ast::{
    Doc, Field, Fix, FixRef, Item, Member, Name, Rule, Sign, Statement, Symptom, Text, TypeExpr,
    TypeKind, Verify,
};
use rulec_syntax::source::Span;
use rulec_syntax::template::{self, Piece};
use rustc_hash::FxHashMap;

use super::{English, Wanted};
use crate::analysed::{Analysed, described, span_of};
use crate::index::Kind;

/// All texts of a pack that can be translated.
pub(super) fn of_pack<'a>(analysed: &Analysed<'a>, number: u32) -> Vec<Wanted<'a>> {
    let unnamed = analysed.index.iter().filter(|(_, it)| it.unnamed);
    let mut gather = Gather {
        names: unnamed
            .map(|(_, it)| ((it.kind, it.name_span), it.name.as_str()))
            .collect(),
        found: Vec::new(),
    };
    for (pack, statement) in analysed.all_statements() {
        if pack == number {
            gather.statement(statement);
        }
    }
    gather.found
}

/// An English text as Fluent writes it: names in braces as variables, literal braces as texts.
pub(crate) fn to_fluent(english: &English) -> String {
    let plain = |text: &str| -> String {
        text.chars().fold(String::new(), |mut out, c| {
            match c {
                '{' => out.push_str("{\"{\"}"),
                '}' => out.push_str("{\"}\"}"),
                other => out.push(other),
            }
            out
        })
    };
    let pieces = template::read(&english.text)
        .ok()
        .filter(|_| english.template);
    let Some(pieces) = pieces else {
        return plain(&english.text);
    };
    let pieces = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => plain(text),
        Piece::Hole(hole) => format!("{{ ${} }}", variable(&hole.path)),
    });
    pieces.collect()
}

/// A name in braces as a Fluent variable.
fn variable(path: &str) -> String {
    path.replace('/', "--").replace('.', "-")
}

impl English {
    /// Variables that a translation may use.
    pub(crate) fn variables(&self) -> Vec<String> {
        if !self.template {
            return Vec::new();
        }
        let pieces = template::read(&self.text).unwrap_or_default();
        let holes = pieces.iter().filter_map(|piece| match piece {
            Piece::Hole(hole) => Some(variable(&hole.path)),
            Piece::Literal(_) => None,
        });
        holes.collect()
    }
}

struct Gather<'i, 'a> {
    /// How statements without a name are called.
    names: FxHashMap<(Kind, Span), &'i str>,
    found: Vec<Wanted<'a>>,
}

impl<'a> Gather<'_, 'a> {
    fn statement(&mut self, statement: &'a Statement) {
        let doc = |span| of_doc(&statement.doc, span);
        match &statement.item {
            Item::Pack(it) => {
                let span = span_of(&it.name);
                self.add(statement, key("pack", &it.name.text), span, doc(span));
            }
            Item::Param(it) => {
                let question = it.ask.as_ref().map(|ask| plain("question", ask));
                self.value(statement, "param", &it.name, question, &it.ty);
            }
            Item::Fact(it) => {
                let question = it.ask.as_ref().map(|ask| plain("question", ask));
                self.value(statement, "fact", &it.name, question, &it.ty);
            }
            Item::Type(it) => self.value(statement, "type", &it.name, None, &it.ty),
            Item::Let(it) => {
                let span = span_of(&it.name);
                self.add(statement, key("let", &it.name.text), span, doc(span));
            }
            Item::Symptom(it) => {
                let span = span_of(&it.name);
                let mut texts = doc(span);
                texts.extend(questions(it));
                self.add(statement, key("symptom", &it.name.text), span, texts);
            }
            Item::Rule(it) => self.rule(statement, it),
            Item::Fix(it) => {
                let span = span_of(&it.name);
                let mut texts = doc(span);
                texts.extend(of_fix(it));
                self.add(statement, key("fix", &it.name.text), span, texts);
            }
            Item::Use(_) | Item::Assume(_) | Item::Test(_) => {}
        }
    }

    fn add(&mut self, statement: &'a Statement, key: String, span: Span, texts: Vec<English>) {
        if !texts.is_empty() {
            self.found.push(Wanted {
                key,
                span,
                statement,
                texts,
            });
        }
    }

    fn value(
        &mut self,
        statement: &'a Statement,
        kind: &str,
        name: &Name,
        question: Option<English>,
        ty: &'a TypeExpr,
    ) {
        let span = span_of(name);
        let key = key(kind, &name.text);
        let mut texts = of_doc(&statement.doc, span);
        texts.extend(question);
        self.add(statement, key.clone(), span, texts);
        self.members(statement, &key, ty);
    }

    /// Fields and members of a type that is written here; a named type has its own statement.
    fn members(&mut self, statement: &'a Statement, owner: &str, ty: &'a TypeExpr) {
        match &ty.kind {
            TypeKind::List(inner) | TypeKind::Set(inner) => {
                self.members(statement, owner, inner);
            }
            TypeKind::Record(fields) => {
                for Field {
                    doc, name, ty, ask, ..
                } in fields
                {
                    let span = span_of(name);
                    let key = format!("{owner}-{}", name.text);
                    let mut texts = of_doc(doc, span);
                    texts.extend(ask.as_ref().map(|ask| plain("question", ask)));
                    self.add(statement, key.clone(), span, texts);
                    self.members(statement, &key, ty);
                }
            }
            TypeKind::Enum(members, _) => {
                for Member {
                    doc, name, label, ..
                } in members
                {
                    let span = span_of(name);
                    let mut texts = of_doc(doc, span);
                    texts.extend(label.as_ref().map(|label| plain("label", label)));
                    self.add(statement, format!("{owner}-{}", name.text), span, texts);
                }
            }
            _ => {}
        }
    }

    fn rule(&mut self, statement: &'a Statement, rule: &'a Rule) {
        let (name, span) = match &rule.name {
            Some(name) => (name.text.as_str(), span_of(name)),
            None => {
                let span = statement.place.0;
                let name = self.names.get(&(Kind::Rule, span)).copied();
                (name.unwrap_or_default(), span)
            }
        };
        let mut texts = of_doc(&statement.doc, span);
        texts.extend(rule.cause.as_ref().map(|it| filled("cause".into(), it)));
        if !name.is_empty() {
            self.add(statement, key("rule", name), span, texts);
        }
        for fix in rule.plan.fixes() {
            let FixRef::Text(text) = fix else { continue };
            let span = text.place.0;
            if let Some(name) = self.names.get(&(Kind::Fix, span)).copied()
                && !name.is_empty()
            {
                let texts = vec![filled("step-1".into(), text)];
                self.add(statement, key("fix", name), span, texts);
            }
        }
    }
}

/// `KIND-NAME`: dots as hyphens, a slash as two.
fn key(kind: &str, name: &str) -> String {
    format!("{kind}-{}", name.replace('/', "--").replace('.', "-"))
}

fn of_doc(doc: &Doc, span: Span) -> Vec<English> {
    let (Some(title), Some(whole)) = described(doc) else {
        return Vec::new();
    };
    let rest = whole.get(title.len()..).unwrap_or_default();
    let rest = rest.strip_prefix('.').unwrap_or(rest).trim();
    [("title", title.as_str()), ("text", rest)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(attribute, text)| English {
            attribute: attribute.to_owned(),
            text: text.to_owned(),
            template: false,
            span,
        })
        .collect()
}

fn plain(attribute: &str, text: &Text) -> English {
    English {
        attribute: attribute.to_owned(),
        text: text.text.to_string(),
        template: false,
        span: text.place.0,
    }
}

fn filled(attribute: String, text: &Text) -> English {
    English {
        attribute,
        text: text.text.to_string(),
        template: true,
        span: text.place.0,
    }
}

/// The first clause of a kind has no number.
fn numbered(name: &str, at: usize) -> String {
    match at {
        0 => name.to_owned(),
        more => format!("{name}-{}", more + 1),
    }
}

fn questions(symptom: &Symptom) -> impl Iterator<Item = English> {
    let asks = symptom.signs.iter().filter_map(|sign| match sign {
        Sign::Ask(text) => Some(text),
        _ => None,
    });
    asks.enumerate()
        .map(|(at, text)| plain(&numbered("question", at), text))
}

fn of_fix(fix: &Fix) -> Vec<English> {
    let steps = fix.steps.iter().enumerate();
    let steps = steps.map(|(at, step)| filled(format!("step-{}", at + 1), &step.text));
    let risks = fix.risks.iter().enumerate();
    let risks = risks.filter_map(|(at, risk)| {
        let note = risk.note.as_ref()?;
        Some(filled(numbered("risk", at), note))
    });
    let undo = fix.undo.iter().enumerate();
    let undo = undo.map(|(at, text)| filled(numbered("undo", at), text));
    let verify = fix.verify.iter().enumerate();
    let verify = verify.filter_map(|(at, verify)| match verify {
        Verify::Text(text) => Some(filled(numbered("verify", at), text)),
        Verify::Condition(_) => None,
    });
    steps.chain(risks).chain(undo).chain(verify).collect()
}
