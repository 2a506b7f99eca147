//! Fixes.

use super::build::{Builder, Built};
use super::names::Naming;
use super::nodes::Node;
use crate::ast::{Allow, ExprKind, Fix, LiteralKind, Need, Place, Risk, Step, Text, Verify};
use crate::grammar::Rule;

impl Builder<'_> {
    /// `fix NAME: …`
    pub(super) fn fix(&mut self, allows: &mut Vec<Allow>) -> Built<Fix> {
        let name = self.declared(Naming::Fix)?;
        self.must(Rule::colon)?;
        let mut fix = Fix {
            name,
            steps: Vec::new(),
            risks: Vec::new(),
            needs: Vec::new(),
            excludes: Vec::new(),
            verify: Vec::new(),
            undo: Vec::new(),
            docs: Vec::new(),
        };
        while let Some(rule) = self.peek() {
            match rule {
                Rule::allow => allows.push(self.allow()?),
                _ => self.fix_clause(&mut fix)?,
            }
        }
        Ok(fix)
    }

    fn fix_clause(&mut self, fix: &mut Fix) -> Built<()> {
        let Some(word) = self.next() else {
            return Ok(());
        };
        match word.rule {
            Rule::step_word => fix.steps.push(self.step()?),
            Rule::risk_word => fix.risks.push(self.risk()?),
            Rule::needs_word => fix.needs.push(self.need()?),
            Rule::excludes_word => fix.excludes.extend(self.names()?),
            Rule::verify_word => fix.verify.push(self.verify()?),
            Rule::undo_word => {
                let text = self.template()?;
                fix.undo.push(text);
            }
            Rule::docs_word => fix.docs.push(self.text()?),
            _ => {
                self.at -= 1;
                return self.unforeseen();
            }
        }
        Ok(())
    }

    /// The next part as a text with holes.
    fn template(&mut self) -> Built<Text> {
        let text = self.text()?;
        self.check_template(&text);
        Ok(text)
    }

    fn step(&mut self) -> Built<Step> {
        let text = self.template()?;
        let when = match self.eat(Rule::when_word) {
            Some(_) => Some(self.expression()?),
            None => None,
        };
        Ok(Step { text, when })
    }

    fn risk(&mut self) -> Built<Risk> {
        let level = self.name()?;
        let scope = match self.eat(Rule::for_word) {
            Some(_) => Some(self.name()?),
            None => None,
        };
        let note = match self.peek() {
            Some(Rule::string) => Some(self.template()?),
            _ => None,
        };
        Ok(Risk { level, scope, note })
    }

    fn need(&mut self) -> Built<Need> {
        let Some(word) = self.next() else {
            return self.unforeseen();
        };
        match word.rule {
            Rule::administrator_word => Ok(Need::Administrator(Place(self.span(word)))),
            Rule::azure_word => Ok(Need::Azure(self.text()?)),
            _ => Ok(Need::Entra(self.text()?)),
        }
    }

    /// A condition, or a text alone: how a person sees it.
    fn verify(&mut self) -> Built<Verify> {
        let node: Option<Node> = self.nodes.get(self.at + 1).copied();
        let expr = self.expression()?;
        if let (ExprKind::Literal(literal), Some(node)) = (&expr.kind, node)
            && literal.kind == LiteralKind::Text
        {
            return Ok(Verify::Text(self.as_text(node)));
        }
        Ok(Verify::Condition(expr))
    }
}
