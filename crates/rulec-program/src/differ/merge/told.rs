//! What a program says besides verdicts, in words that are the same where the other program says the same: expressions by their shape, so
//! that a derived fact with another value is seen wherever it is named.

use std::collections::BTreeMap;
use std::fmt::Write;

use rulec_facts::types::{Kind, Type};

use super::super::case::rule_name;
use super::copy::{Copying, Side};
use super::symptom_name;
use crate::node::NodeId;
use crate::program::{Fix, Need, Piece, RuleId, Slot, Source, SymptomId, Template, Verify};
use crate::seal::Sealed;

/// By name, except assumptions.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Told {
    /// Where facts and params come from.
    pub facts: BTreeMap<String, String>,
    /// By what they mean: as written.
    pub assumes: BTreeMap<String, String>,
    /// Texts of symptoms.
    pub texts: BTreeMap<String, String>,
    /// Codes and questions of symptoms.
    pub symptoms: BTreeMap<String, String>,
    /// Plan, cause and likelihood of rules.
    pub plans: BTreeMap<String, String>,
    /// What is done, for fixes with a name.
    pub fixes: BTreeMap<String, String>,
}

/// Reads a program that is copied already.
pub(super) fn told(side: &mut Side<'_>, into: &mut Copying<'_>, of: &Sealed) -> Told {
    let mut telling = Telling { side, into, of };
    let mut told = Told::default();
    for it in &of.assumes {
        let key = telling.node(it.condition);
        told.assumes.insert(key, it.text.clone());
    }
    for slot in &of.slots {
        let ambiguous = of.slot_named(&slot.named.name).is_none();
        let name = of.shown_name(&slot.named, ambiguous);
        let text = telling.fact(slot);
        told.facts.insert(name, text);
    }
    for (at, it) in (0u32..).zip(&of.symptoms) {
        let name = symptom_name(of, SymptomId(at));
        let mut texts: Vec<&String> = it.texts.iter().chain(&it.hints).collect();
        texts.sort();
        let mut local: Vec<_> = it.local_texts.iter().collect();
        local.sort();
        told.texts
            .insert(name.clone(), format!("{texts:?} {local:?}"));
        let mut codes: Vec<String> = it.codes.iter().map(|it| format!("{it:?}")).collect();
        codes.sort();
        told.symptoms
            .insert(name, format!("{codes:?} {:?}", it.asks));
    }
    for it in of.fixes.iter().filter(|it| !it.unnamed) {
        let ambiguous = of.fix_named(&it.named.name).is_none();
        let text = telling.fix(it);
        told.fixes.insert(of.shown_name(&it.named, ambiguous), text);
    }
    for (at, it) in (0u32..).zip(&of.rules) {
        let mut text = format!("{:?} {:?}", it.plan.link, it.likelihood);
        if let Some(cause) = &it.cause {
            text += &telling.template(cause);
        }
        for id in &it.plan.fixes {
            if let Some(fix) = of.fixes.get(id.0 as usize) {
                text += &match fix.unnamed {
                    true => telling.fix(fix),
                    false => format!("{:?}", fix.named.name),
                };
            }
        }
        told.plans.insert(rule_name(of, RuleId(at)), text);
    }
    told
}

struct Telling<'a, 's, 'c, 'm> {
    side: &'a mut Side<'s>,
    into: &'c mut Copying<'m>,
    of: &'a Sealed,
}

impl Telling<'_, '_, '_, '_> {
    fn node(&mut self, node: NodeId) -> String {
        self.side.meaning(self.into, self.of, node)
    }

    fn optional(&mut self, node: Option<NodeId>) -> String {
        node.map_or_else(String::new, |it| self.node(it))
    }

    fn template(&mut self, template: &Template) -> String {
        let mut text = String::new();
        for piece in &template.pieces {
            text += &match piece {
                Piece::Text(it) => format!("{it:?}"),
                Piece::Hole(_, node) => self.node(*node),
            };
        }
        text
    }

    fn fact(&mut self, slot: &Slot) -> String {
        let mut text = format!(
            "{:?} {:?} {:?} {:?} {}",
            slot.origin, slot.default, slot.ask, slot.cost, slot.secret
        );
        reading(&slot.ty, &mut text);
        for source in &slot.sources {
            text += &self.source(source);
        }
        text
    }

    fn source(&mut self, it: &Source) -> String {
        let mut text = format!("\nfrom {} {} {:?}", it.system, it.kind, it.at);
        for (word, template) in [("locator", &it.locator), ("on", &it.on)] {
            if let Some(template) = template {
                text += &format!(" {word} {}", self.template(template));
            }
        }
        for (word, templates) in &it.arguments {
            for template in templates {
                text += &format!(" {word} {}", self.template(template));
            }
        }
        text + " each " + &self.optional(it.each)
    }

    fn fix(&mut self, fix: &Fix) -> String {
        let mut text = String::new();
        for (step, when) in &fix.steps {
            text += &format!("\nstep {} {}", self.template(step), self.optional(*when));
        }
        for risk in &fix.risks {
            text += &format!("\nrisk {} {:?}", risk.level, risk.scope);
            if let Some(note) = &risk.note {
                text += &self.template(note);
            }
        }
        for verify in &fix.verify {
            text += "\nverify ";
            text += &match verify {
                Verify::Condition(node) => self.node(*node),
                Verify::Text(template) => self.template(template),
            };
        }
        for undo in &fix.undo {
            text += &format!("\nundo {}", self.template(undo));
        }
        let needs: Vec<&Need> = fix.needs.iter().collect();
        let excludes = fix.excludes.iter();
        let excludes = excludes.filter_map(|it| self.of.fixes.get(it.0 as usize));
        let mut excludes: Vec<&str> = excludes.map(|it| it.named.name.as_str()).collect();
        excludes.sort_unstable();
        text + &format!("\n{needs:?} {excludes:?} {:?}", fix.docs)
    }
}

/// How values of a type are read: what names and titles do not say. Depth is bounded by the seal.
fn reading(ty: &Type, text: &mut String) {
    match &ty.kind {
        Kind::List(inner) | Kind::Set(inner) => reading(inner, text),
        Kind::Duration(unit) => {
            let _ = write!(text, " {unit:?}");
        }
        Kind::Enum(it) => {
            for member in &it.members {
                let _ = write!(text, " {:?}={:?}", member.name, member.wire);
            }
        }
        Kind::Record(it) => {
            for field in &it.fields {
                let _ = write!(
                    text,
                    " {:?} {:?} {:?} {:?} {}",
                    field.name, field.at, field.default, field.ask, field.secret
                );
                reading(&field.ty, text);
            }
        }
        _ => {}
    }
}
