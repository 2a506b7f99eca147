//! Symptoms and rules, and the plans of rules.

use super::build::{Builder, Built};
use super::codes::{MISSING_PLAN, MIXED_PLAN};
use super::names::Naming;
use super::nodes::Node;
use super::types::keep;
use crate::ast::{
    Allow, FixRef, Item, Link, Name, Overrides, Place, Plan, Rule as RuleItem, Sign, Symptom,
    SymptomRef, Symptoms,
};
use crate::grammar::Rule;
use crate::source::Span;

/// Clauses of a rule while they are read.
struct Clauses {
    rule: RuleItem,
    plan: Option<Plan>,
    seen: Vec<(Rule, Span)>,
}

impl Builder<'_> {
    /// `symptom NAME = …`, or a rule in its short form.
    pub(super) fn symptom_or_rule(&mut self, allows: &mut Vec<Allow>) -> Built<Item> {
        let named = self.peek() == Some(Rule::name);
        let defined = self.nodes.get(self.at + 1).map(|node| node.rule) == Some(Rule::equals);
        if named && defined {
            return Ok(Item::Symptom(self.symptom(allows)?));
        }
        let symptoms = self.symptom_refs()?;
        let rule = self.rule_clauses(None, symptoms, allows)?;
        Ok(Item::Rule(rule))
    }

    fn symptom(&mut self, allows: &mut Vec<Allow>) -> Built<Symptom> {
        let name = self.declared(Naming::Symptom)?;
        self.must(Rule::equals)?;
        let mut signs = Vec::new();
        loop {
            match self.peek() {
                Some(Rule::bar) => {
                    self.at += 1;
                    signs.push(self.sign()?);
                }
                Some(Rule::allow) => allows.push(self.allow()?),
                _ => return Ok(Symptom { name, signs }),
            }
        }
    }

    fn sign(&mut self) -> Built<Sign> {
        let Some(word) = self.next() else {
            return self.unforeseen();
        };
        match word.rule {
            Rule::code_word => Ok(Sign::Code(self.code()?)),
            Rule::text_word => Ok(Sign::Text(self.text()?)),
            Rule::hint_word => Ok(Sign::Hint(self.text()?)),
            Rule::ask_word => Ok(Sign::Ask(self.text()?)),
            Rule::seen_when => Ok(Sign::SeenWhen(self.expression()?)),
            _ => {
                self.at -= 1;
                self.unforeseen()
            }
        }
    }

    /// `rule NAME: …`
    pub(super) fn rule(&mut self, allows: &mut Vec<Allow>) -> Built<RuleItem> {
        let name = self.declared(Naming::Rule)?;
        self.must(Rule::colon)?;
        self.rule_clauses(Some(name), Symptoms::None, allows)
    }

    fn rule_clauses(
        &mut self,
        name: Option<Name>,
        symptoms: Symptoms,
        allows: &mut Vec<Allow>,
    ) -> Built<RuleItem> {
        let mut clauses = Clauses {
            rule: RuleItem {
                name,
                symptoms,
                when: None,
                otherwise: None,
                overrides: Overrides::None,
                likelihood: None,
                cause: None,
                plan: Plan::NoFix(Place::default()),
            },
            plan: None,
            seen: Vec::new(),
        };
        if clauses.rule.symptoms != Symptoms::None {
            clauses
                .seen
                .push((Rule::symptom_word, self.range(0, "symptom".len() as u32)));
        }
        while let Some(rule) = self.peek() {
            match rule {
                Rule::allow => allows.push(self.allow()?),
                _ => self.rule_clause(&mut clauses)?,
            }
        }
        let Some(plan) = clauses.plan else {
            return self.lose_without_plan(clauses.rule.name.as_ref());
        };
        clauses.rule.plan = plan;
        Ok(clauses.rule)
    }

    fn lose_without_plan<T>(&mut self, name: Option<&Name>) -> Built<T> {
        let (place, message) = match name {
            Some(name) => (
                name.place.0,
                format!("rule `{}` says nothing about a repair", name.text),
            ),
            None => (
                self.range(0, self.last_end()),
                "this rule says nothing about a repair".to_owned(),
            ),
        };
        let help = "end it with `=> fix NAME`, or with `=> no fix` if there is none";
        self.lose(MISSING_PLAN.at(place, message).help(help))
    }

    fn rule_clause(&mut self, clauses: &mut Clauses) -> Built<()> {
        let Some(word) = self.next() else {
            return Ok(());
        };
        let fresh = self.once(&mut clauses.seen, word);
        let rule = &mut clauses.rule;
        match word.rule {
            Rule::when_word => keep(&mut rule.when, self.expression()?, fresh),
            Rule::cause_word => {
                let cause = self.text()?;
                self.check_template(&cause);
                keep(&mut rule.cause, cause, fresh);
            }
            Rule::likelihood_word => keep(&mut rule.likelihood, self.name()?, fresh),
            Rule::otherwise_word => keep(&mut rule.otherwise, Place(self.span(word)), fresh),
            Rule::arrow => {
                let plan = self.plan()?;
                keep(&mut clauses.plan, plan, fresh);
            }
            Rule::symptom_word => {
                let symptoms = self.symptom_refs()?;
                if fresh {
                    rule.symptoms = symptoms;
                }
            }
            Rule::overrides_word => {
                let overrides = self.overrides()?;
                if fresh {
                    rule.overrides = overrides;
                }
            }
            _ => {
                self.at -= 1;
                return self.unforeseen();
            }
        }
        Ok(())
    }

    fn overrides(&mut self) -> Built<Overrides> {
        if let Some(all) = self.eat(Rule::all_word) {
            return Ok(Overrides::All(Place(self.span(all))));
        }
        Ok(Overrides::Listed(self.names()?))
    }

    fn symptom_refs(&mut self) -> Built<Symptoms> {
        if let Some(any) = self.eat(Rule::any_word) {
            return Ok(Symptoms::Any(Place(self.span(any))));
        }
        Ok(Symptoms::Listed(self.symptom_list()?))
    }

    /// Symptoms by name or code; commas leave no part.
    pub(super) fn symptom_list(&mut self) -> Built<Vec<SymptomRef>> {
        let mut symptoms = Vec::new();
        while let Some(node) = self.clause_word(&[Rule::name, Rule::string]) {
            symptoms.push(match node.rule {
                Rule::name => SymptomRef::Name(self.as_name(node)),
                _ => SymptomRef::Code(self.as_text(node)),
            });
        }
        if symptoms.is_empty() {
            return self.unforeseen();
        }
        Ok(symptoms)
    }

    fn plan(&mut self) -> Built<Plan> {
        self.must(Rule::plan)?;
        if let Some(none) = self.eat(Rule::no_fix) {
            return Ok(Plan::NoFix(Place(self.span(none))));
        }
        let first = self.fix_ref()?;
        let mut rest = Vec::new();
        let mut link: Option<Node> = None;
        while let Some(next) = self.eat(Rule::link) {
            if let Some(before) = link {
                self.check_link(before, next);
            }
            link.get_or_insert(next);
            rest.push(self.fix_ref()?);
        }
        let link = link.map_or(Link::And, |node| link_of(self.slice(node)));
        Ok(Plan::Fixes { first, link, rest })
    }

    fn check_link(&mut self, first: Node, next: Node) {
        let (one, other) = (self.slice(first), self.slice(next));
        if one == other {
            return;
        }
        let message = format!("`{one}` and `{other}` in one plan");
        let finding = MIXED_PLAN
            .at(self.span(next), message)
            .also(self.span(first), "the plan's kind");
        self.find(finding.help("a plan is of one kind: all fixes (`and`), a choice (`or`), one after the other failed (`else`), or relief until then (`meanwhile`)"));
    }

    fn fix_ref(&mut self) -> Built<FixRef> {
        self.must(Rule::fix_word)?;
        match self.eat(Rule::string) {
            Some(node) => {
                let text = self.as_text(node);
                self.check_template(&text);
                Ok(FixRef::Text(text))
            }
            None => Ok(FixRef::Name(self.name()?)),
        }
    }
}

fn link_of(word: &str) -> Link {
    match word {
        "or" => Link::Or,
        "else" => Link::Else,
        "meanwhile" => Link::Meanwhile,
        _ => Link::And,
    }
}
