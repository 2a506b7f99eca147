//! How often each kind of statement, clause and expression occurred.

use std::collections::BTreeMap;

use rulec_syntax::ast::*;

/// Files by the kinds that occurred in them.
#[derive(Debug, Default)]
pub struct Counts {
    all: usize,
    files: BTreeMap<&'static str, usize>,
    now: BTreeMap<&'static str, usize>,
}

/// Every kind that must occur.
const KINDS: &[&str] = &[
    "pack",
    "use",
    "param",
    "type",
    "fact",
    "let",
    "assume",
    "symptom",
    "rule",
    "short rule",
    "fix",
    "test",
    "allow",
    "description",
    "arm type",
    "enum",
    "record",
    "list type",
    "set type",
    "literal",
    "code",
    "now",
    "reported",
    "path",
    "field",
    "call",
    "not",
    "and",
    "or",
    "binary",
    "is",
    "any",
    "all",
    "no",
    "each",
    "list",
    "match",
    "filter",
    "unknown",
    "absent value",
    "list value",
    "record value",
    "of value",
];

impl Counts {
    pub fn add(&mut self, file: &File) {
        self.all += 1;
        for statement in &file.statements {
            self.statement(statement);
        }
        for kind in std::mem::take(&mut self.now).into_keys() {
            *self.files.entry(kind).or_default() += 1;
        }
    }

    /// Each kind occurred in at least `share` of a thousand files.
    pub fn demand(&self, share: usize) {
        for kind in KINDS {
            let seen = self.files.get(kind).copied().unwrap_or(0);
            assert!(
                seen * 1_000 >= share * self.all,
                "`{kind}` in {seen} of {} files only: {:?}",
                self.all,
                self.files
            );
        }
        for kind in self.files.keys() {
            assert!(KINDS.contains(kind), "`{kind}` is not in the list of kinds");
        }
    }

    fn see(&mut self, kind: &'static str) {
        *self.now.entry(kind).or_default() += 1;
    }

    fn statement(&mut self, statement: &Statement) {
        if !statement.doc.is_empty() {
            self.see("description");
        }
        if !statement.allows.is_empty() {
            self.see("allow");
        }
        match &statement.item {
            Item::Pack(_) => self.see("pack"),
            Item::Use(_) => self.see("use"),
            Item::Param(param) => {
                self.see("param");
                self.type_expr(&param.ty);
            }
            Item::Type(def) => {
                self.see("type");
                self.type_expr(&def.ty);
            }
            Item::Fact(fact) => {
                self.see("fact");
                self.type_expr(&fact.ty);
                fact.default.iter().for_each(|value| self.value(value));
            }
            Item::Let(one) => {
                self.see("let");
                self.expr(&one.value);
            }
            Item::Assume(assume) => {
                self.see("assume");
                self.expr(&assume.condition);
            }
            Item::Symptom(symptom) => {
                self.see("symptom");
                for sign in &symptom.signs {
                    if let Sign::SeenWhen(condition) = sign {
                        self.expr(condition);
                    }
                }
            }
            Item::Rule(rule) => {
                self.see(if rule.name.is_some() {
                    "rule"
                } else {
                    "short rule"
                });
                rule.when.iter().for_each(|condition| self.expr(condition));
            }
            Item::Fix(fix) => {
                self.see("fix");
                let steps = fix.steps.iter().filter_map(|step| step.when.as_ref());
                steps.for_each(|condition| self.expr(condition));
            }
            Item::Test(test) => {
                self.see("test");
                for line in &test.lines {
                    if let TestLine::Set(_, value) = line {
                        self.value(value);
                    }
                }
            }
        }
    }

    fn type_expr(&mut self, ty: &TypeExpr) {
        match &ty.kind {
            TypeKind::Arm(_) => self.see("arm type"),
            TypeKind::Enum(..) => self.see("enum"),
            TypeKind::List(element) => {
                self.see("list type");
                self.type_expr(element);
            }
            TypeKind::Set(element) => {
                self.see("set type");
                self.type_expr(element);
            }
            TypeKind::Record(fields) => {
                self.see("record");
                fields.iter().for_each(|field| self.type_expr(&field.ty));
            }
            _ => {}
        }
    }

    fn value(&mut self, value: &Value) {
        match &value.kind {
            ValueKind::Unknown(_) => self.see("unknown"),
            ValueKind::Absent => self.see("absent value"),
            ValueKind::List(elements) => {
                self.see("list value");
                elements.iter().for_each(|element| self.value(element));
            }
            ValueKind::Record(fields) => {
                self.see("record value");
                fields.iter().for_each(|(_, value)| self.value(value));
            }
            ValueKind::Of(_, element) => {
                self.see("of value");
                self.value(element);
            }
            _ => {}
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Literal(_) => self.see("literal"),
            ExprKind::Code(_) => self.see("code"),
            ExprKind::Now => self.see("now"),
            ExprKind::Reported => self.see("reported"),
            ExprKind::Path(_) => self.see("path"),
            ExprKind::Field(base, _) => self.with("field", [&**base]),
            ExprKind::Call(_, arguments) => self.with("call", arguments),
            ExprKind::Not(operand) => self.with("not", [&**operand]),
            ExprKind::And(operands) => self.with("and", operands),
            ExprKind::Or(operands) => self.with("or", operands),
            ExprKind::Binary(_, left, right) => self.with("binary", [&**left, &**right]),
            ExprKind::Is { operand, .. } => self.with("is", [&**operand]),
            ExprKind::Quantified {
                quantifier,
                list,
                filter,
                body,
                ..
            } => {
                let kind = match quantifier {
                    Quantifier::Any => "any",
                    Quantifier::All => "all",
                    Quantifier::No => "no",
                };
                self.with(kind, [&**list, &**body]);
                filter
                    .iter()
                    .for_each(|filter| self.with("filter", [&**filter]));
            }
            ExprKind::Each { list, filter, .. } => {
                self.with("each", [&**list]);
                filter
                    .iter()
                    .for_each(|filter| self.with("filter", [&**filter]));
            }
            ExprKind::List(elements) => self.with("list", elements),
            ExprKind::Match { scrutinee, arms } => {
                self.with("match", [&**scrutinee]);
                arms.iter().for_each(|arm| self.expr(&arm.value));
            }
        }
    }

    fn with<'e>(&mut self, kind: &'static str, parts: impl IntoIterator<Item = &'e Expr>) {
        self.see(kind);
        parts.into_iter().for_each(|part| self.expr(part));
    }
}
