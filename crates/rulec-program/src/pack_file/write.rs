//! A program as sections.

use std::collections::BTreeSet;

use rulec_facts::code::{Code, Number};
use rulec_facts::value::{Partial, Value};

use super::container::Writer;
use super::flat;
use super::records::stored_records;
use super::{
    ARMS, CONSTANTS, FIXES, HEAD, Head, LETS, LOCALE, NODES, OPERANDS, PackFileError, RULES, SLOTS,
    SYMPTOMS, TEXTS, Texts,
};
use crate::node::{Arm, NodeId, Nodes, Op, Operands, SlotId};
use crate::program::{Named, Origin, Program, RuleId, Symptom};

/// All sections of a program.
pub(super) fn sections(program: &Program) -> Result<Writer, PackFileError> {
    let mut writer = Writer::default();
    writer.add(HEAD, &super::container::stored(&head(program))?);
    writer.add(SLOTS, &stored_records(program.slots.iter())?);
    writer.add(LETS, &stored_records(program.lets.iter())?);
    let symptoms = program.symptoms.iter();
    writer.add(SYMPTOMS, &stored_records(symptoms.clone().map(bare))?);
    writer.add(TEXTS, &stored_records(symptoms.map(texts))?);
    writer.add(RULES, &stored_records(program.rules.iter())?);
    writer.add(FIXES, &stored_records(program.fixes.iter())?);
    arena(&program.nodes, &mut writer)?;
    for locale in &program.locales {
        let name = format!("{LOCALE}{}", locale.name);
        writer.add(&name, &super::container::stored(&locale.resources)?);
    }
    Ok(writer)
}

fn head(program: &Program) -> Head {
    let slots = (0..).map(SlotId).zip(&program.slots);
    let always = slots.filter(|(_, it)| it.origin != Origin::Fact || it.reports.is_some());
    let rules = (0..).map(RuleId).zip(&program.rules);
    let latent = rules.filter(|(_, it)| it.symptoms.is_empty());
    Head {
        packs: program.packs.clone(),
        files: program
            .files
            .iter()
            .map(|it| shortened(it).to_owned())
            .collect(),
        assumes: program.assumes.clone(),
        always: always.map(|it| it.0).collect(),
        latent: latent.map(|it| it.0).collect(),
        words: words(program),
        ambiguous: twice(program.slots.iter().map(|it| &it.named))
            || twice(program.symptoms.iter().map(|it| &it.named))
            || twice(program.rules.iter().map(|it| &it.named))
            || twice(program.fixes.iter().map(|it| &it.named)),
    }
}

/// Folder and name: where the pack lay when it was compiled is nobody's business, and differs from machine to machine.
fn shortened(path: &str) -> &str {
    let mut ends = path.rmatch_indices(['/', '\\']).map(|(at, _)| at + 1);
    let start = ends.nth(1).unwrap_or(0);
    path.get(start..).unwrap_or(path)
}

/// Codes that are words and stand in an expression: a text is searched for them, whichever symptom it names.
fn words(program: &Program) -> Vec<Code> {
    let constants = program.nodes.constants.iter();
    let codes = constants.filter_map(|it| match it {
        Partial::Known(Value::Code(code)) => Some(code),
        _ => None,
    });
    let words = codes.filter(|it| matches!(it.number, Number::Word(_)));
    // In the order in which they stand, which is that in which they are found.
    let mut met = BTreeSet::new();
    words.filter(|it| met.insert(*it)).cloned().collect()
}

/// Tables are sorted by name, so that two of one name are neighbours.
fn twice<'a>(mut all: impl Iterator<Item = &'a Named>) -> bool {
    let mut before = all.next();
    all.any(|it| {
        before
            .replace(it)
            .is_some_and(|before| before.name == it.name)
    })
}

fn bare(symptom: &Symptom) -> Symptom {
    Symptom {
        named: symptom.named.clone(),
        codes: symptom.codes.clone(),
        asks: symptom.asks.clone(),
        seen: symptom.seen.clone(),
        rules: symptom.rules.clone(),
        implicit: symptom.implicit,
        texts: Vec::new(),
        local_texts: Vec::new(),
        hints: Vec::new(),
    }
}

fn texts(symptom: &Symptom) -> Texts {
    Texts {
        texts: symptom.texts.clone(),
        local_texts: symptom.local_texts.clone(),
        hints: symptom.hints.clone(),
    }
}

/// Each list of operands and of arms stands once, in the order of the nodes that have them.
fn arena(nodes: &Nodes, writer: &mut Writer) -> Result<(), PackFileError> {
    let mut flat_nodes = Vec::with_capacity(nodes.ops.len() * flat::WORDS * 4);
    let mut operands: Vec<u8> = Vec::new();
    let mut arms: Vec<&Arm> = Vec::new();
    for (at, op) in nodes.ops.iter().enumerate() {
        let mut list = |old: Operands| {
            let start = (operands.len() / 4) as u32;
            let all = nodes.list(old).iter();
            operands.extend(all.flat_map(|it| it.0.to_le_bytes()));
            Operands { start, ..old }
        };
        let op = match *op {
            Op::And(old) => Op::And(list(old)),
            Op::Or(old) => Op::Or(list(old)),
            Op::List(old) => Op::List(list(old)),
            Op::Match {
                scrutinee,
                arms: old,
            } => {
                let start = arms.len() as u32;
                arms.extend(nodes.arms_of(old));
                let arms = Operands { start, ..old };
                Op::Match { scrutinee, arms }
            }
            other => other,
        };
        let words = flat::words(op, nodes.place(NodeId(at as u32)));
        flat_nodes.extend(words.iter().flat_map(|it| it.to_le_bytes()));
    }
    writer.add(NODES, &flat_nodes);
    writer.add(OPERANDS, &operands);
    writer.add(ARMS, &stored_records(arms.into_iter())?);
    writer.add(CONSTANTS, &stored_records(nodes.constants.iter())?);
    Ok(())
}
