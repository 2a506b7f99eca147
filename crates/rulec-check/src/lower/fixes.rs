//! Fixes: declared ones, and those that stand in a plan.

use rulec_program::program::{Fix, FixId, Need, Risk, Template, Verify};
use rulec_syntax::ast::{self, Item};
use rustc_hash::FxHashMap;

use super::{Lowering, RuleParts};
use crate::codes;
use crate::index::{DeclarationId, Kind};
use crate::infer::Holes;

const LEVELS: [&str; 5] = ["none", "restart", "outage", "data-loss", "security"];
const SCOPES: [&str; 6] = [
    "user",
    "machine",
    "network",
    "gateway",
    "all-clients",
    "tenant",
];

impl<'a> Lowering<'a> {
    /// A fix that excludes itself could never be done.
    fn excludes_itself(&mut self, fix: &ast::Fix) {
        if let Some(own) = fix.excludes.iter().find(|name| name.text == fix.name.text) {
            let finding = codes::SELF_EXCLUDING_FIXES
                .at(own.place.0, format!("`{}` excludes itself", own.text))
                .help("take it out, or name the fix that is meant");
            self.analysed.report(finding);
        }
    }

    /// Reads all fixes into the program.
    pub(super) fn fixes(&mut self, rules: &[RuleParts<'a>]) {
        let written: FxHashMap<DeclarationId, (u32, DeclarationId, &'a ast::Text)> = rules
            .iter()
            .flat_map(|part| {
                part.written
                    .iter()
                    .map(|(id, text)| (*id, (part.pack, part.id, *text)))
            })
            .collect();
        let all = self.analysed.of_kind(Kind::Fix).map(|(id, _)| id).collect();
        let order = self.number(all);
        let mut excludes: Vec<(u32, u32)> = Vec::new();
        for (number, id) in (0u32..).zip(&order) {
            let fix = match (written.get(id), self.analysed.item(*id)) {
                (Some((pack, rule, text)), _) => self.written(*id, *pack, *rule, text),
                (None, Some(Item::Fix(it))) => {
                    self.excludes_itself(it);
                    for other in self
                        .excluded(*id, it)
                        .into_iter()
                        .filter(|other| *other != number)
                    {
                        excludes.push((number, other));
                        excludes.push((other, number));
                    }
                    self.fix(*id, it)
                }
                _ => self.blank(*id),
            };
            self.program.fixes.push(fix);
        }
        for (one, other) in excludes {
            if let Some(fix) = self.program.fixes.get_mut(one as usize) {
                fix.excludes.push(FixId(other));
            }
        }
        for fix in &mut self.program.fixes {
            fix.excludes.sort_unstable();
            fix.excludes.dedup();
        }
    }

    fn blank(&self, id: DeclarationId) -> Fix {
        Fix {
            named: self.named(id),
            unnamed: false,
            steps: Vec::new(),
            risks: Vec::new(),
            needs: Vec::new(),
            excludes: Vec::new(),
            verify: Vec::new(),
            undo: Vec::new(),
            docs: Vec::new(),
        }
    }

    fn written(
        &mut self,
        id: DeclarationId,
        pack: u32,
        rule: DeclarationId,
        text: &ast::Text,
    ) -> Fix {
        let step = self.reader(pack, Some(rule)).template(text, Holes::Shown);
        Fix {
            unnamed: true,
            steps: vec![(step, None)],
            ..self.blank(id)
        }
    }

    fn excluded(&mut self, id: DeclarationId, fix: &ast::Fix) -> Vec<u32> {
        let pack = self.analysed.index.get(id).map_or(0, |it| it.pack);
        let named = fix
            .excludes
            .iter()
            .filter_map(|name| self.fix_named(pack, Some(id), name));
        let named: Vec<DeclarationId> = named.collect();
        named
            .into_iter()
            .filter_map(|id| self.number_of(id))
            .collect()
    }

    fn fix(&mut self, id: DeclarationId, written: &'a ast::Fix) -> Fix {
        let pack = self.analysed.index.get(id).map_or(0, |it| it.pack);
        let mut reader = self.reader(pack, Some(id));
        let mut steps = Vec::with_capacity(written.steps.len());
        for step in &written.steps {
            let text = reader.template(&step.text, Holes::Shown);
            let when = step.when.as_ref().map(|it| reader.condition(it));
            steps.push((text, when));
        }
        let verify = written.verify.iter().map(|it| match it {
            ast::Verify::Condition(expr) => Verify::Condition(reader.condition(expr)),
            ast::Verify::Text(text) => Verify::Text(reader.template(text, Holes::Shown)),
        });
        let verify = verify.collect();
        let undo: Vec<Template> = written
            .undo
            .iter()
            .map(|it| reader.template(it, Holes::Shown))
            .collect();
        let risks = written
            .risks
            .iter()
            .map(|it| self.risk(pack, id, it))
            .collect();
        let needs = written.needs.iter().map(|it| match it {
            ast::Need::Administrator(_) => Need::Administrator,
            ast::Need::Azure(role) => Need::Azure(role.text.to_string()),
            ast::Need::Entra(role) => Need::Entra(role.text.to_string()),
        });
        Fix {
            steps,
            risks,
            needs: needs.collect(),
            verify,
            undo,
            docs: written.docs.iter().map(|it| it.text.to_string()).collect(),
            ..self.blank(id)
        }
    }

    fn risk(&mut self, pack: u32, id: DeclarationId, risk: &ast::Risk) -> Risk {
        if !LEVELS.contains(&risk.level.text.as_str()) {
            self.unknown_word(&risk.level, "risk", &LEVELS);
        }
        if let Some(scope) = risk
            .scope
            .as_ref()
            .filter(|it| !SCOPES.contains(&it.text.as_str()))
        {
            self.unknown_word(scope, "circle of people or things", &SCOPES);
        }
        let note = risk
            .note
            .as_ref()
            .map(|it| self.reader(pack, Some(id)).template(it, Holes::Shown));
        Risk {
            level: risk.level.text.clone(),
            scope: risk.scope.as_ref().map(|it| it.text.clone()),
            note,
        }
    }
}
