//! Chooses statements of a pack file, with all that they name, and makes a program of them: numbers are given anew, order stays.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::container::{Container, Reader, damaged};
use super::expressions::Expressions;
use super::records::{Arena, Records};
use super::{ARMS, CONSTANTS, FIXES, Head, LETS, NODES, PackFileError, RULES, SLOTS, SYMPTOMS};
use crate::node::{Arm, LetId, NodeId, Op, Operands, Pattern, SlotId};
use crate::program::{Fix, FixId, Let, Rule, RuleId, Slot, Symptom, SymptomId};
use crate::seal::Sealed;
use rulec_facts::value::Partial;

/// What a case is about, by the numbers of the whole program.
#[derive(Debug, Clone, Copy, Default)]
pub struct Needed<'a> {
    /// Symptoms in question.
    pub questioned: &'a [SymptomId],
    /// Other symptoms that are named or shown.
    pub mentioned: &'a [SymptomId],
    /// Facts that are given.
    pub slots: &'a [SlotId],
}

/// A program that decides some symptoms like the one that it is taken from.
#[derive(Debug, Clone)]
pub struct Part {
    /// The program.
    pub program: Sealed,
    /// Numbers that its symptoms have in the whole, sorted.
    symptoms: Vec<u32>,
    /// The same of its facts and params.
    slots: Vec<u32>,
}

impl Part {
    pub(super) fn new(program: Sealed, symptoms: Vec<u32>, slots: Vec<u32>) -> Part {
        Part {
            program,
            symptoms,
            slots,
        }
    }

    /// The number that a symptom of the whole program has here.
    pub fn symptom(&self, whole: SymptomId) -> Option<SymptomId> {
        let at = self.symptoms.binary_search(&whole.0).ok()?;
        Some(SymptomId(u32::try_from(at).ok()?))
    }

    /// The number that a fact or param of the whole program has here.
    pub fn slot(&self, whole: SlotId) -> Option<SlotId> {
        let at = self.slots.binary_search(&whole.0).ok()?;
        Some(SlotId(u32::try_from(at).ok()?))
    }
}

/// Numbers that were chosen, and what they become.
#[derive(Debug)]
pub(super) struct Chosen {
    /// By old number: 0 if it is not chosen, else one more than the new number, which counts only once all are settled.
    marks: Vec<u32>,
    pub(super) numbers: Vec<u32>,
}

impl Chosen {
    fn none_of(count: usize) -> Chosen {
        Chosen {
            marks: vec![0; count],
            numbers: Vec::new(),
        }
    }

    /// None if there is no such number; false if it was chosen before.
    fn add(&mut self, number: u32) -> Option<bool> {
        let mark = self.marks.get_mut(number as usize)?;
        let is_new = *mark == 0;
        if is_new {
            *mark = 1;
            self.numbers.push(number);
        }
        Some(is_new)
    }

    /// The numbers that were chosen, in the order of the file.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let mut numbers = self.numbers.clone();
        numbers.sort_unstable();
        numbers
    }

    pub(super) fn settle(&mut self) {
        self.numbers.sort_unstable();
        for (new, old) in (1..).zip(&self.numbers) {
            if let Some(mark) = self.marks.get_mut(*old as usize) {
                *mark = new;
            }
        }
    }

    pub(super) fn new_number(&self, old: u32) -> Option<u32> {
        self.marks.get(old as usize)?.checked_sub(1)
    }
}

/// A table of statements, and those of them that were chosen.
#[derive(Debug)]
pub(super) struct Table<'f, T> {
    name: &'static str,
    records: Records<'f, T>,
    pub(super) chosen: Chosen,
    pub(super) found: Vec<(u32, T)>,
}

impl<'f, T: for<'d> Deserialize<'d>> Table<'f, T> {
    fn open<'b>(
        container: &'f Container<'b>,
        reader: &mut Reader<'_, 'b>,
        name: &'static str,
    ) -> Result<Table<'f, T>, PackFileError> {
        let records: Records<'f, T> = Records::open(container, reader, name)?;
        Ok(Table {
            name,
            chosen: Chosen::none_of(records.count()),
            records,
            found: Vec::new(),
        })
    }

    /// The statement, if it is new.
    pub(super) fn choose(
        &mut self,
        reader: &mut Reader<'_, '_>,
        number: u32,
    ) -> Result<Option<&mut T>, PackFileError> {
        if !self.chosen.add(number).ok_or_else(|| damaged(self.name))? {
            return Ok(None);
        }
        let statement = self.records.get(reader, number)?;
        self.found.push((number, statement));
        Ok(self.found.last_mut().map(|(_, it)| it))
    }

    fn numbers(&self) -> impl Iterator<Item = u32> + use<T> {
        0..u32::try_from(self.records.count()).unwrap_or(u32::MAX)
    }

    /// What was found, in the order of the file.
    pub(super) fn settle(&mut self) -> Vec<T> {
        self.chosen.settle();
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_key(|(number, _)| *number);
        found.into_iter().map(|(_, it)| it).collect()
    }
}

/// Something that is to be chosen.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    Slot(SlotId),
    Let(LetId),
    Symptom(SymptomId),
    /// The symptom with all of its rules.
    Rules(SymptomId),
    Rule(RuleId),
    Fix(FixId),
    Node(NodeId),
}

/// The tables of a file while a program is put together.
#[derive(Debug)]
pub(super) struct Parts<'f, 'b> {
    pub(super) reader: Reader<'f, 'b>,
    pub(super) head: &'f Head,
    pub(super) slots: Table<'f, Slot>,
    pub(super) lets: Table<'f, Let>,
    pub(super) symptoms: Table<'f, Symptom>,
    pub(super) rules: Table<'f, Rule>,
    pub(super) fixes: Table<'f, Fix>,
    pub(super) constants: Table<'f, Partial>,
    pub(super) arms: Records<'f, Arm>,
    pub(super) arena: Arena<'f>,
    pub(super) nodes: Chosen,
    with_rules: BTreeSet<SymptomId>,
    left: Vec<Wanted>,
}

impl<'f, 'b> Parts<'f, 'b> {
    pub(super) fn open(
        container: &'f Container<'b>,
        mut reader: Reader<'f, 'b>,
        head: &'f Head,
    ) -> Result<Parts<'f, 'b>, PackFileError> {
        let arena = Arena::open(container)?;
        Ok(Parts {
            head,
            slots: Table::open(container, &mut reader, SLOTS)?,
            lets: Table::open(container, &mut reader, LETS)?,
            symptoms: Table::open(container, &mut reader, SYMPTOMS)?,
            rules: Table::open(container, &mut reader, RULES)?,
            fixes: Table::open(container, &mut reader, FIXES)?,
            constants: Table::open(container, &mut reader, CONSTANTS)?,
            arms: Records::open(container, &mut reader, ARMS)?,
            nodes: Chosen::none_of(arena.count()),
            arena,
            reader,
            with_rules: BTreeSet::new(),
            left: Vec::new(),
        })
    }

    pub(super) fn choose_all(&mut self) -> Result<(), PackFileError> {
        let slots = self.slots.numbers().map(|it| Wanted::Slot(SlotId(it)));
        self.left.extend(slots);
        let lets = self.lets.numbers().map(|it| Wanted::Let(LetId(it)));
        self.left.extend(lets);
        let symptoms = self.symptoms.numbers();
        self.left
            .extend(symptoms.map(|it| Wanted::Symptom(SymptomId(it))));
        let rules = self.rules.numbers().map(|it| Wanted::Rule(RuleId(it)));
        self.left.extend(rules);
        let fixes = self.fixes.numbers().map(|it| Wanted::Fix(FixId(it)));
        self.left.extend(fixes);
        let nodes = 0..u32::try_from(self.arena.count()).unwrap_or(u32::MAX);
        self.left.extend(nodes.map(|it| Wanted::Node(NodeId(it))));
        for number in self.constants.numbers() {
            self.constants.choose(&mut self.reader, number)?;
        }
        self.follow()
    }

    pub(super) fn choose(&mut self, needed: &Needed<'_>) -> Result<(), PackFileError> {
        let head = self.head;
        let left = &mut self.left;
        left.extend(
            head.always
                .iter()
                .chain(needed.slots)
                .map(|it| Wanted::Slot(*it)),
        );
        left.extend(head.latent.iter().map(|it| Wanted::Rule(*it)));
        left.extend(head.assumes.iter().map(|it| Wanted::Node(it.condition)));
        left.extend(needed.questioned.iter().map(|it| Wanted::Rules(*it)));
        left.extend(needed.mentioned.iter().map(|it| Wanted::Symptom(*it)));
        self.follow()
    }

    fn follow(&mut self) -> Result<(), PackFileError> {
        while let Some(wanted) = self.left.pop() {
            let (reader, left) = (&mut self.reader, &mut self.left);
            match wanted {
                Wanted::Slot(it) => follow(&mut self.slots, it.0, reader, left)?,
                Wanted::Let(it) => follow(&mut self.lets, it.0, reader, left)?,
                Wanted::Symptom(it) => follow(&mut self.symptoms, it.0, reader, left)?,
                Wanted::Fix(it) => follow(&mut self.fixes, it.0, reader, left)?,
                Wanted::Rules(it) => self.rules_of(it)?,
                Wanted::Rule(it) => self.rule(it)?,
                Wanted::Node(it) => self.node(it)?,
            }
        }
        Ok(())
    }

    fn rules_of(&mut self, id: SymptomId) -> Result<(), PackFileError> {
        if self.with_rules.insert(id) {
            let symptom = self.symptoms.records.get(&mut self.reader, id.0)?;
            self.left.push(Wanted::Symptom(id));
            self.left
                .extend(symptom.rules.into_iter().map(Wanted::Rule));
        }
        Ok(())
    }

    /// With its symptoms, which must be present, the rules that override it, and for `otherwise` the rules before it (V1, V3).
    fn rule(&mut self, id: RuleId) -> Result<(), PackFileError> {
        let left = &mut self.left;
        if let Some(rule) = self.rules.choose(&mut self.reader, id.0)? {
            rule.each(&mut |node| left.push(Wanted::Node(*node)));
            let symptoms = rule.symptoms.iter().copied();
            match rule.otherwise {
                true => left.extend(symptoms.map(Wanted::Rules)),
                false => left.extend(symptoms.map(Wanted::Symptom)),
            }
            left.extend(rule.overridden_by.iter().copied().map(Wanted::Rule));
            left.extend(rule.plan.fixes.iter().copied().map(Wanted::Fix));
        }
        Ok(())
    }

    fn node(&mut self, id: NodeId) -> Result<(), PackFileError> {
        if !self.nodes.add(id.0).ok_or_else(|| damaged(NODES))? {
            return Ok(());
        }
        let (mut op, _) = self.arena.node(&mut self.reader, id)?;
        match op {
            Op::Slot(slot) => self.left.push(Wanted::Slot(slot)),
            Op::Let(it) => self.left.push(Wanted::Let(it)),
            Op::Constant(number) => {
                self.constants.choose(&mut self.reader, number)?;
            }
            Op::And(list) | Op::Or(list) | Op::List(list) => {
                let operands = self.arena.operands(&mut self.reader, list)?;
                self.left.extend(operands.map(Wanted::Node));
            }
            Op::Match { arms, .. } => {
                for arm in self.arms_of(arms)? {
                    self.left.push(Wanted::Node(arm.value));
                    for pattern in arm.patterns {
                        if let Pattern::Constant(number) = pattern {
                            self.constants.choose(&mut self.reader, number)?;
                        }
                    }
                }
            }
            _ => {}
        }
        op.each_direct_operand(|node| self.left.push(Wanted::Node(*node)));
        Ok(())
    }

    fn arms_of(&mut self, arms: Operands) -> Result<Vec<Arm>, PackFileError> {
        let end = arms
            .start
            .checked_add(arms.len)
            .ok_or_else(|| damaged(ARMS))?;
        (arms.start..end)
            .map(|it| self.arms.get(&mut self.reader, it))
            .collect()
    }
}

/// Chooses a statement, and the expressions that stand in it.
fn follow<T: Expressions + for<'d> Deserialize<'d>>(
    table: &mut Table<'_, T>,
    number: u32,
    reader: &mut Reader<'_, '_>,
    left: &mut Vec<Wanted>,
) -> Result<(), PackFileError> {
    if let Some(statement) = table.choose(reader, number)? {
        statement.each(&mut |node| left.push(Wanted::Node(*node)));
    }
    Ok(())
}
