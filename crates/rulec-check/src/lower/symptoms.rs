//! Symptoms: declared ones with their signs, and those that a rule makes by naming a code (U2).

use compact_str::CompactString;
use rulec_facts::code::Code;
use rulec_program::program::{Symptom, SymptomId};
use rulec_syntax::ast::{Item, Name, Sign, SymptomRef, Text};
use rulec_syntax::source::Span;
use rustc_hash::FxHashMap;

use super::Lowering;
use crate::analysed::span_of;
use crate::codes;
use crate::index::{Declaration, DeclarationId, Kind};
use crate::names::Found;
use crate::slug::code_slug;
use crate::texts::{Line, lines};

/// Which symptom has which code.
#[derive(Default)]
pub(crate) struct Claims {
    declared: FxHashMap<Code, Vec<DeclarationId>>,
    implicit: FxHashMap<Code, DeclarationId>,
    /// Symptoms as they will stand in the program.
    made: Vec<(DeclarationId, Symptom)>,
}

impl<'a> Lowering<'a> {
    /// Reads the signs of all declared symptoms.
    pub(super) fn declared_symptoms(&mut self) {
        let all: Vec<DeclarationId> = self
            .analysed
            .of_kind(Kind::Symptom)
            .map(|(id, _)| id)
            .collect();
        for id in all {
            let symptom = self.declared_symptom(id);
            for code in &symptom.codes {
                self.claims
                    .declared
                    .entry(code.clone())
                    .or_default()
                    .push(id);
            }
            self.claims.made.push((id, symptom));
        }
    }

    fn declared_symptom(&mut self, id: DeclarationId) -> Symptom {
        let mut symptom = self.blank_symptom(id);
        let pack = self.analysed.index.get(id).map_or(0, |it| it.pack);
        let Some(Item::Symptom(it)) = self.analysed.item(id) else {
            return symptom;
        };
        for sign in &it.signs {
            match sign {
                Sign::Code(code) => {
                    if let Some(code) = self.analysed.read_code(code)
                        && !symptom.codes.contains(&code)
                    {
                        symptom.codes.push(code);
                    }
                }
                Sign::Text(text) => symptom.texts.push(text.text.to_string()),
                Sign::Hint(text) => symptom.hints.push(text.text.to_string()),
                Sign::Ask(text) => symptom.asks.push(text.text.to_string()),
                Sign::SeenWhen(expr) => {
                    let seen = self.reader(pack, Some(id)).condition(expr);
                    symptom.seen.push(seen);
                }
            }
        }
        symptom
    }

    fn blank_symptom(&self, id: DeclarationId) -> Symptom {
        Symptom {
            named: self.named(id),
            implicit: false,
            codes: Vec::new(),
            texts: Vec::new(),
            local_texts: Vec::new(),
            hints: Vec::new(),
            asks: Vec::new(),
            seen: Vec::new(),
            rules: Vec::new(),
        }
    }

    /// The symptom that a rule names; none after a finding.
    pub(super) fn symptom_of(
        &mut self,
        pack: u32,
        owner: DeclarationId,
        named: &SymptomRef,
    ) -> Option<DeclarationId> {
        let (id, span) = match named {
            SymptomRef::Name(name) => (self.symptom_named(pack, name)?, span_of(name)),
            SymptomRef::Code(text) => (self.symptom_coded(pack, text)?, text.place.0),
        };
        self.analysed.refer(Some(owner), id, span);
        Some(id)
    }

    pub(crate) fn symptom_named(&mut self, pack: u32, name: &Name) -> Option<DeclarationId> {
        match self.analysed.find_other(pack, Kind::Symptom, &name.text) {
            Found::Name(id, _) => Some(id),
            Found::Ambiguous(first, second) => {
                self.analysed
                    .report_ambiguous(span_of(name), &name.text, first, second);
                None
            }
            Found::Missing | Found::NoPack => {
                let kinds = [Kind::Symptom];
                self.analysed.report_missing(
                    &codes::UNKNOWN_SYMPTOM,
                    pack,
                    "symptom",
                    name,
                    &kinds,
                );
                None
            }
            Found::Broken => None,
        }
    }

    /// The one symptom that claims a code; an implicit one if none does.
    fn symptom_coded(&mut self, pack: u32, text: &Text) -> Option<DeclarationId> {
        let spelled = self.spelled(text)?;
        let visible = self
            .analysed
            .pack(pack)
            .map(|it| it.visible.clone())
            .unwrap_or_default();
        let mut claiming: Vec<DeclarationId> = spelled
            .iter()
            .filter_map(|code| self.claims.declared.get(code))
            .flatten()
            .copied()
            .filter(|id| {
                self.analysed
                    .index
                    .get(*id)
                    .is_some_and(|it| visible.contains(&it.pack))
            })
            .collect();
        claiming.sort_unstable();
        claiming.dedup();
        match claiming.as_slice() {
            [] => self.implicit(pack, spelled, text.place.0),
            [one] => Some(*one),
            [first, second, ..] => {
                self.report_claimed_twice(text, *first, *second);
                None
            }
        }
    }

    /// The identities that a text can spell; none after a finding.
    pub(crate) fn spelled(&mut self, text: &Text) -> Option<Vec<Code>> {
        let spelled = Code::spelled(&text.text);
        if spelled.is_empty() {
            let message = format!("{} is no code", rulec_facts::literal::quoted(&text.text));
            let finding = codes::UNKNOWN_CODE.at(text.place.0, message).help(
                "a name stands without quotes; a code as in \"0x80090326\", \"798\" or \"ras 798\"",
            );
            self.analysed.report(finding);
            return None;
        }
        Some(spelled)
    }

    fn report_claimed_twice(&mut self, text: &Text, first: DeclarationId, second: DeclarationId) {
        let name = |id| {
            self.analysed
                .index
                .get(id)
                .map(|it| it.name.clone())
                .unwrap_or_default()
        };
        let (one, two) = (name(first), name(second));
        let finding = codes::AMBIGUOUS_CODE
            .at(
                text.place.0,
                format!(
                    "`{}` is a code of two symptoms, `{one}` and `{two}`",
                    text.text
                ),
            )
            .also(self.analysed.name_span(first), "one")
            .also(self.analysed.name_span(second), "the other")
            .help("name the symptom, or write the code with its kind");
        self.analysed.report(finding);
    }

    fn implicit(&mut self, pack: u32, spelled: Vec<Code>, span: Span) -> Option<DeclarationId> {
        let code = spelled.into_iter().next()?;
        if let Some(known) = self.claims.implicit.get(&code) {
            return Some(*known);
        }
        let name = code_slug(&code);
        let id = self.analysed.declare(
            Declaration {
                kind: Kind::Symptom,
                name: name.clone(),
                pack,
                name_span: span,
                span,
                statement: None,
                unnamed: true,
                title: code.name().map(CompactString::from),
            },
            None,
        );
        let taken = self
            .analysed
            .pack(pack)
            .and_then(|it| it.symptoms.get(name.as_str()).copied());
        if let Some(first) = taken {
            crate::declare::report_duplicate(&mut self.analysed, Kind::Symptom, &name, first, id);
        }
        let mut symptom = self.blank_symptom(id);
        symptom.implicit = true;
        symptom.codes.push(code.clone());
        self.claims.implicit.insert(code, id);
        self.claims.made.push((id, symptom));
        Some(id)
    }

    /// All symptoms are known: they get their numbers and their texts of other languages.
    pub(super) fn number_symptoms(&mut self) {
        let made = std::mem::take(&mut self.claims.made);
        let order = self.number(made.iter().map(|(id, _)| *id).collect());
        self.program.symptoms = self.in_order(order.len(), made);
        self.local_texts();
    }

    pub(crate) fn symptom_id(&self, id: DeclarationId) -> Option<SymptomId> {
        self.number_of(id).map(SymptomId)
    }

    /// Texts of other languages. Lines that name no symptom are a check's business.
    fn local_texts(&mut self) {
        let sources = self.analysed.sources;
        let mut found: Vec<(u32, CompactString, String)> = Vec::new();
        for pack in &self.analysed.packs {
            for file in &pack.input.texts {
                let text = sources.get(file.id).map_or("", |it| &*it.text);
                for line in lines(file.id, text) {
                    let Line::Row(row) = line else { continue };
                    let number = pack
                        .symptoms
                        .get(row.symptom)
                        .and_then(|id| self.number_of(*id));
                    if let Some(number) = number.filter(|_| !row.text.is_empty()) {
                        let text = row.text.to_owned();
                        found.push((number, file.locale.as_str().into(), text));
                    }
                }
            }
        }
        for (number, locale, text) in found {
            if let Some(symptom) = self.program.symptoms.get_mut(number as usize) {
                symptom.local_texts.push((locale, text));
            }
        }
    }
}
