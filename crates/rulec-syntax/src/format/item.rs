//! Layout of statements: the order of clauses, and what stands on a line of its own.
//!
//! Clauses are written in the order of the language's page; `from`s, steps and the lines of a test keep theirs.

use super::layout::{Layout, Op};
use crate::ast::{
    Allow, Argument, ArgumentValue, Expect, Fact, Fix, FixRef, Item, Let, Link, Name, Need,
    Overrides, Pack, Param, Plan, Rule, Sign, Source, Statement, Step, Symptom, SymptomRef,
    Symptoms, TestCase, TestLine, Text, TypeDef, Verify,
};
use crate::parse::ARGUMENTS;

impl<'a> Layout<'a> {
    /// A whole statement, its description apart.
    pub(super) fn statement(&mut self, statement: &'a Statement) {
        match &statement.item {
            Item::Pack(pack) => self.pack(pack),
            Item::Use(other) => self.header("use ", &other.name, ""),
            Item::Param(param) => self.param(param),
            Item::Type(def) => self.type_def(def),
            Item::Fact(fact) => self.fact(fact),
            Item::Let(one) => self.let_statement(one),
            Item::Assume(assume) => self.anchor(&["assume"], |l| {
                l.text("assume ");
                l.expr(&assume.condition);
            }),
            Item::Symptom(symptom) => self.symptom(symptom),
            Item::Rule(rule) if rule.name.is_none() => self.short_rule(rule),
            Item::Rule(rule) => self.rule(rule),
            Item::Fix(fix) => self.fix(fix),
            Item::Test(test) => self.test(test),
        }
        for allow in &statement.allows {
            self.allow(allow);
        }
    }

    /// A clause on its own line: its keywords, then what `body` writes.
    fn clause(&mut self, keywords: &[&str], body: impl FnOnce(&mut Self)) {
        self.clause_after(Op::Hard, keywords, body);
    }

    fn clause_after(&mut self, line: Op<'a>, keywords: &[&str], body: impl FnOnce(&mut Self)) {
        self.indent(|l| {
            l.ops.push(line);
            l.anchor(keywords, |l| {
                let mut text = keywords.join(" ");
                text.push(' ');
                l.text(text);
                body(l);
            });
        });
    }

    fn header(&mut self, keyword: &'static str, name: &'a Name, after: &'static str) {
        self.anchor(&[keyword.trim_end()], |l| {
            l.text(keyword);
            l.name(name);
            l.text(after);
        });
    }

    fn pack(&mut self, pack: &'a Pack) {
        self.anchor(&["pack"], |l| {
            l.text("pack ");
            l.name(&pack.name);
            l.text(" ");
            l.name(&pack.version);
        });
        if let Some(language) = &pack.language {
            self.clause(&["language"], |l| l.literal(language));
        }
        for level in &pack.levels {
            self.clause(&["level"], |l| {
                l.name(&level.code);
                l.text(" ");
                l.name(&level.level);
                l.text(" ");
                l.quote(&level.reason);
            });
        }
    }

    fn param(&mut self, param: &'a Param) {
        self.anchor(&["param"], |l| {
            l.text("param ");
            l.name(&param.name);
            l.text(": ");
            l.type_expr(&param.ty);
        });
        self.text_clause("ask", param.ask.as_ref());
    }

    fn type_def(&mut self, def: &'a TypeDef) {
        self.anchor(&["type"], |l| {
            l.text("type ");
            l.name(&def.name);
            l.text(" = ");
            l.type_expr(&def.ty);
        });
    }

    fn fact(&mut self, fact: &'a Fact) {
        self.anchor(&["fact"], |l| {
            l.text("fact ");
            l.name(&fact.name);
            l.text(": ");
            l.type_expr(&fact.ty);
        });
        for source in &fact.sources {
            self.source(source);
        }
        if let Some(default) = &fact.default {
            self.clause(&["default"], |l| l.value(default));
        }
        self.text_clause("ask", fact.ask.as_ref());
        if let Some(reports) = &fact.reports {
            self.clause(&["reports"], |l| l.name(reports));
        }
        if let Some(cost) = &fact.cost {
            self.clause(&["cost"], |l| l.literal(cost));
        }
        if fact.secret {
            self.indent(|l| {
                l.hard_line();
                l.anchor(&[], |l| {
                    l.text("secret");
                    l.touch_word_after(fact.ty.place, "secret");
                });
            });
        }
    }

    /// `from …`, broken before each argument where it is too long.
    fn source(&mut self, source: &'a Source) {
        self.clause(&["from"], |l| {
            l.touch(source.place);
            l.group(|l| {
                l.head(|l| {
                    l.name(&source.system);
                    l.text(" ");
                    l.name(&source.kind);
                    if let Some(locator) = &source.locator {
                        l.text(" ");
                        l.quote(locator);
                    }
                });
                l.indent(|l| l.source_arguments(source));
            });
        });
    }

    fn source_arguments(&mut self, source: &'a Source) {
        for argument in &source.arguments {
            // At the beginning of a line the parser takes another word for a clause with a slip in it, so no
            // comment of its own may stand above it either: that goes above the source.
            if ARGUMENTS.contains(&argument.name.text.as_str()) {
                self.line();
                self.anchor(&[], |l| l.argument(argument));
            } else {
                self.text(" ");
                self.argument(argument);
            }
        }
        if let Some((variable, list)) = &source.each {
            self.line();
            self.anchor(&["each"], |l| {
                l.text("each ");
                l.name(variable);
                l.text(" in ");
                l.path(list);
            });
        }
        for (keyword, text) in [("on", &source.on), ("at", &source.at)] {
            if let Some(text) = text {
                self.line();
                self.anchor(&[keyword], |l| {
                    l.text(keyword);
                    l.text(" ");
                    l.quote(text);
                });
            }
        }
    }

    fn argument(&mut self, argument: &'a Argument) {
        self.name(&argument.name);
        for (at, value) in argument.values.iter().enumerate() {
            self.text(if at == 0 { " " } else { ", " });
            match value {
                ArgumentValue::Text(text) => self.quote(text),
                ArgumentValue::Literal(literal) => self.literal(literal),
                ArgumentValue::Word(word) => self.name(word),
            }
        }
    }

    fn let_statement(&mut self, one: &'a Let) {
        self.anchor(&["let"], |l| {
            l.text("let ");
            l.name(&one.name);
            if let Some(ty) = &one.ty {
                l.text(": ");
                l.type_expr(ty);
            }
            l.text(" = ");
            l.expr(&one.value);
        });
    }

    fn symptom(&mut self, symptom: &'a Symptom) {
        self.header("symptom ", &symptom.name, " =");
        for sign in &symptom.signs {
            match sign {
                Sign::Code(code) => self.clause(&["|", "code"], |l| l.code(code)),
                Sign::Text(text) => self.clause(&["|", "text"], |l| l.quote(text)),
                Sign::Hint(text) => self.clause(&["|", "hint"], |l| l.quote(text)),
                Sign::Ask(text) => self.clause(&["|", "ask"], |l| l.quote(text)),
                Sign::SeenWhen(condition) => {
                    self.clause(&["|", "seen", "when"], |l| l.expr(condition));
                }
            }
        }
    }

    fn rule(&mut self, rule: &'a Rule) {
        if let Some(name) = &rule.name {
            self.header("rule ", name, ":");
        }
        if rule.symptoms != Symptoms::None {
            self.clause(&["symptom"], |l| l.symptoms(&rule.symptoms));
        }
        self.rule_clauses(rule, Op::Hard);
    }

    /// `symptom "0x…" when … => fix "…"`: one line, or one a clause.
    fn short_rule(&mut self, rule: &'a Rule) {
        self.group(|l| {
            l.anchor(&["symptom"], |l| {
                l.text("symptom ");
                l.symptoms(&rule.symptoms);
            });
            l.rule_clauses(rule, Op::Line(" "));
        });
    }

    fn symptoms(&mut self, symptoms: &'a Symptoms) {
        match symptoms {
            Symptoms::None => {}
            Symptoms::Any(place) => self.word_at("any", *place),
            Symptoms::Listed(symptoms) => self.row(symptoms, Layout::symptom_ref),
        }
    }

    /// What follows the symptoms of a rule, each clause after `line`.
    fn rule_clauses(&mut self, rule: &'a Rule, line: Op<'a>) {
        if let Some(condition) = &rule.when {
            self.clause_after(line.clone(), &["when"], |l| l.expr(condition));
        }
        if let Some(place) = &rule.otherwise {
            self.indent(|l| {
                l.ops.push(line.clone());
                l.anchor(&[], |l| l.word_at("otherwise", *place));
            });
        }
        if rule.overrides != Overrides::None {
            self.clause_after(line.clone(), &["overrides"], |l| match &rule.overrides {
                Overrides::None => {}
                Overrides::All(place) => l.word_at("all", *place),
                Overrides::Listed(rules) => l.row(rules, Layout::name),
            });
        }
        if let Some(likelihood) = &rule.likelihood {
            self.clause_after(line.clone(), &["likelihood"], |l| l.name(likelihood));
        }
        if let Some(cause) = &rule.cause {
            self.clause_after(line.clone(), &["cause"], |l| l.quote(cause));
        }
        self.indent(|l| {
            l.ops.push(line);
            l.plan(&rule.plan);
        });
    }

    /// `=> …`, broken before each further fix where it is too long.
    fn plan(&mut self, plan: &'a Plan) {
        self.anchor(&["=", ">"], |l| match plan {
            Plan::NoFix(place) => {
                l.text("=> ");
                l.word_at("no fix", *place);
            }
            Plan::Fixes { first, link, rest } => l.group(|l| {
                l.text("=> fix ");
                l.anchor(&["=", ">", "fix"], |l| l.fix_ref(first));
                let word = match link {
                    Link::And => "and",
                    Link::Or => "or",
                    Link::Else => "else",
                    Link::Meanwhile => "meanwhile",
                };
                l.indent(|l| {
                    for fix in rest {
                        l.line();
                        l.anchor(&[word, "fix"], |l| {
                            l.text(word);
                            l.text(" fix ");
                            l.fix_ref(fix);
                        });
                    }
                });
            }),
        });
    }

    fn fix_ref(&mut self, fix: &'a FixRef) {
        match fix {
            FixRef::Name(name) => self.name(name),
            FixRef::Text(text) => self.quote(text),
        }
    }

    fn symptom_ref(&mut self, symptom: &'a SymptomRef) {
        match symptom {
            SymptomRef::Name(name) => self.name(name),
            SymptomRef::Code(text) => self.quote(text),
        }
    }

    fn fix(&mut self, fix: &'a Fix) {
        self.header("fix ", &fix.name, ":");
        for step in &fix.steps {
            self.step(step);
        }
        for risk in &fix.risks {
            self.clause(&["risk"], |l| {
                l.name(&risk.level);
                if let Some(scope) = &risk.scope {
                    l.text(" for ");
                    l.name(scope);
                }
                if let Some(note) = &risk.note {
                    l.text(" ");
                    l.quote(note);
                }
            });
        }
        for need in &fix.needs {
            match need {
                Need::Administrator(place) => {
                    self.clause(&["needs"], |l| l.word_at("administrator", *place));
                }
                Need::Azure(role) => self.clause(&["needs", "azure"], |l| l.quote(role)),
                Need::Entra(role) => self.clause(&["needs", "entra"], |l| l.quote(role)),
            }
        }
        if !fix.excludes.is_empty() {
            self.clause(&["excludes"], |l| l.row(&fix.excludes, Layout::name));
        }
        for verify in &fix.verify {
            self.clause(&["verify"], |l| match verify {
                Verify::Condition(condition) => l.expr(condition),
                Verify::Text(text) => l.quote(text),
            });
        }
        for undo in &fix.undo {
            self.text_clause("undo", Some(undo));
        }
        for docs in &fix.docs {
            self.text_clause("docs", Some(docs));
        }
    }

    fn step(&mut self, step: &'a Step) {
        self.clause(&["step"], |l| {
            l.group(|l| {
                l.head(|l| l.quote(&step.text));
                if let Some(condition) = &step.when {
                    l.clause_after(Op::Line(" "), &["when"], |l| l.expr(condition));
                }
            });
        });
    }

    fn test(&mut self, test: &'a TestCase) {
        self.anchor(&["test"], |l| {
            l.text("test ");
            l.quote(&test.name);
            l.text(":");
        });
        for line in &test.lines {
            match line {
                TestLine::GivenCase(path) => self.clause(&["given", "case"], |l| l.quote(path)),
                TestLine::GivenTest(name) => self.clause(&["given"], |l| l.quote(name)),
                TestLine::Pasted(text) => self.clause(&["pasted"], |l| l.quote(text)),
                TestLine::Symptom(symptoms) => {
                    self.clause(&["symptom"], |l| l.row(symptoms, Layout::symptom_ref));
                }
                TestLine::Now(time) => self.clause(&["now", "="], |l| l.literal(time)),
                TestLine::Set(path, value) => self.indent(|l| {
                    l.hard_line();
                    l.anchor(&[], |l| {
                        l.path(path);
                        l.text(" = ");
                        l.value(value);
                    });
                }),
                TestLine::Expect(expect) => self.expect(expect),
            }
        }
    }

    fn expect(&mut self, expect: &'a Expect) {
        match expect {
            Expect::Confirmed(rules) => {
                self.clause(&["expect", "confirmed"], |l| l.row(rules, Layout::name));
            }
            Expect::RuledOut(rules) => {
                self.clause(&["expect", "ruled", "out"], |l| l.row(rules, Layout::name));
            }
            Expect::Open { rules, needs } => self.clause(&["expect", "open"], |l| {
                l.row(rules, Layout::name);
                if !needs.is_empty() {
                    l.text(" needs ");
                    l.row(needs, Layout::path);
                }
            }),
            Expect::NothingElse(place) => {
                self.clause(&["expect"], |l| {
                    l.word_at("nothing else confirmed", *place);
                });
            }
            Expect::Others(place) => self.clause(&["expect"], |l| l.word_at("others", *place)),
        }
    }

    fn allow(&mut self, allow: &'a Allow) {
        self.clause(&["allow"], |l| {
            l.name(&allow.code);
            l.text(" ");
            l.quote(&allow.reason);
        });
    }

    fn text_clause(&mut self, keyword: &'static str, text: Option<&'a Text>) {
        if let Some(text) = text {
            self.clause(&[keyword], |l| l.quote(text));
        }
    }

    /// Names with commas: on one line, or one a line.
    fn row<T>(&mut self, elements: &'a [T], mut element: impl FnMut(&mut Self, &'a T)) {
        self.group(|l| {
            l.indent(|l| {
                for (at, one) in elements.iter().enumerate() {
                    if at > 0 {
                        l.text(",");
                        l.line();
                    }
                    l.anchor(&[], |l| element(l, one));
                }
            });
        });
    }
}
