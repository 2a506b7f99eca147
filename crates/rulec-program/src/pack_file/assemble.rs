//! Makes a program of the statements that were chosen: each number becomes that of the part, order stays.

use super::container::{Reader, damaged};
use super::expressions::Expressions;
use super::part::{Chosen, Parts};
use super::records::{Arena, Records};
use super::{NODES, PackFileError};
use crate::node::{Arm, LetId, NodeId, Nodes, Op, Operands, Pattern, SlotId};
use crate::program::{Fix, FixId, Program, Rule, RuleId, Symptom, SymptomId};

/// New numbers for old ones. One that was not chosen becomes none that there is, and the seal refuses it.
struct Numbers {
    slots: Chosen,
    lets: Chosen,
    symptoms: Chosen,
    rules: Chosen,
    fixes: Chosen,
    nodes: Chosen,
    constants: Chosen,
}

fn new(chosen: &Chosen, old: u32) -> u32 {
    chosen.new_number(old).unwrap_or(u32::MAX)
}

impl Numbers {
    fn node(&self, node: &mut NodeId) {
        node.0 = new(&self.nodes, node.0);
    }

    fn expressions(&self, statement: &mut impl Expressions) {
        statement.each(&mut |node| self.node(node));
    }

    /// Rules that are no part decide nothing that is in question.
    fn symptom(&self, symptom: &mut Symptom) {
        self.expressions(symptom);
        let rules = symptom.rules.iter();
        let rules = rules.filter_map(|it| self.rules.new_number(it.0));
        symptom.rules = rules.map(RuleId).collect();
    }

    fn rule(&self, rule: &mut Rule) {
        self.expressions(rule);
        for SymptomId(number) in &mut rule.symptoms {
            *number = new(&self.symptoms, *number);
        }
        for RuleId(number) in &mut rule.overridden_by {
            *number = new(&self.rules, *number);
        }
        for FixId(number) in &mut rule.plan.fixes {
            *number = new(&self.fixes, *number);
        }
    }

    fn fix(&self, fix: &mut Fix) {
        self.expressions(fix);
        let excluded = fix.excludes.iter();
        let excluded = excluded.filter_map(|it| self.fixes.new_number(it.0));
        fix.excludes = excluded.map(FixId).collect();
    }
}

impl<'f, 'b> Parts<'f, 'b> {
    /// The program, without its translations and the texts of its symptoms, and the reader for these.
    pub(super) fn assembled(mut self) -> Result<(Program, Reader<'f, 'b>), PackFileError> {
        self.name_excluded_fixes()?;
        let mut program = Program {
            packs: self.head.packs.clone(),
            files: self.head.files.clone(),
            slots: self.slots.settle(),
            lets: self.lets.settle(),
            symptoms: self.symptoms.settle(),
            rules: self.rules.settle(),
            fixes: self.fixes.settle(),
            assumes: self.head.assumes.clone(),
            nodes: Nodes {
                constants: self.constants.settle(),
                ..Nodes::default()
            },
            locales: Vec::new(),
        };
        self.nodes.settle();
        let numbers = Numbers {
            slots: self.slots.chosen,
            lets: self.lets.chosen,
            symptoms: self.symptoms.chosen,
            rules: self.rules.chosen,
            fixes: self.fixes.chosen,
            nodes: self.nodes,
            constants: self.constants.chosen,
        };
        let mut rebuilt = Rebuilt {
            numbers: &numbers,
            nodes: std::mem::take(&mut program.nodes),
            reader: self.reader,
            arena: &self.arena,
            arms: &self.arms,
        };
        for old in &numbers.nodes.numbers {
            rebuilt.node(NodeId(*old))?;
        }
        let reader = rebuilt.reader;
        program.nodes = rebuilt.nodes;
        program
            .slots
            .iter_mut()
            .for_each(|it| numbers.expressions(it));
        program
            .lets
            .iter_mut()
            .for_each(|it| numbers.expressions(it));
        program
            .assumes
            .iter_mut()
            .for_each(|it| numbers.expressions(it));
        program
            .symptoms
            .iter_mut()
            .for_each(|it| numbers.symptom(it));
        program.rules.iter_mut().for_each(|it| numbers.rule(it));
        program.fixes.iter_mut().for_each(|it| numbers.fix(it));
        Ok((program, reader))
    }

    /// A report names the fixes that one excludes, and shows nothing else of them.
    fn name_excluded_fixes(&mut self) -> Result<(), PackFileError> {
        let chosen = self.fixes.found.iter();
        let excluded: Vec<FixId> = chosen
            .flat_map(|(_, it)| it.excludes.iter().copied())
            .collect();
        for FixId(number) in excluded {
            if let Some(fix) = self.fixes.choose(&mut self.reader, number)? {
                *fix = Fix {
                    named: fix.named.clone(),
                    unnamed: fix.unnamed,
                    steps: Vec::new(),
                    risks: Vec::new(),
                    needs: Vec::new(),
                    excludes: Vec::new(),
                    verify: Vec::new(),
                    undo: Vec::new(),
                    docs: Vec::new(),
                };
            }
        }
        Ok(())
    }
}

/// The arena of the part.
struct Rebuilt<'n, 'f, 'b> {
    numbers: &'n Numbers,
    nodes: Nodes,
    reader: Reader<'f, 'b>,
    arena: &'n Arena<'f>,
    arms: &'n Records<'f, Arm>,
}

impl Rebuilt<'_, '_, '_> {
    /// Each list of operands and arms stands once in a file: more of them than it has would be memory for nothing.
    fn node(&mut self, old: NodeId) -> Result<(), PackFileError> {
        let (op, place) = self.arena.node(&mut self.reader, old)?;
        let op = match op {
            Op::And(list) | Op::Or(list) | Op::List(list) => {
                let all = self.nodes.operands.len() + list.len as usize;
                if all > self.arena.operand_count() {
                    return Err(damaged(NODES));
                }
                let operands = self.arena.operands(&mut self.reader, list)?;
                self.list(op, operands)
            }
            Op::Match { scrutinee, arms } => {
                let all = self.nodes.arms.len() + arms.len as usize;
                if all > self.arms.count() {
                    return Err(damaged(NODES));
                }
                let end = arms.start.saturating_add(arms.len);
                let arms: Result<Vec<Arm>, _> = (arms.start..end)
                    .map(|it| self.arms.get(&mut self.reader, it))
                    .collect();
                self.match_of(scrutinee, arms?)
            }
            other => self.simple(other),
        };
        self.nodes.push(op, place);
        Ok(())
    }

    fn list(&mut self, op: Op, operands: impl Iterator<Item = NodeId>) -> Op {
        let start = self.nodes.operands.len();
        let nodes = &self.numbers.nodes;
        self.nodes
            .operands
            .extend(operands.map(|it| NodeId(new(nodes, it.0))));
        let list = Operands {
            start: start as u32,
            len: (self.nodes.operands.len() - start) as u32,
        };
        match op {
            Op::And(_) => Op::And(list),
            Op::Or(_) => Op::Or(list),
            _ => Op::List(list),
        }
    }

    fn match_of(&mut self, mut scrutinee: NodeId, arms: Vec<Arm>) -> Op {
        let list = Operands {
            start: self.nodes.arms.len() as u32,
            len: arms.len() as u32,
        };
        for mut arm in arms {
            self.numbers.node(&mut arm.value);
            for pattern in &mut arm.patterns {
                if let Pattern::Constant(number) = pattern {
                    *number = new(&self.numbers.constants, *number);
                }
            }
            self.nodes.arms.push(arm);
        }
        self.numbers.node(&mut scrutinee);
        Op::Match {
            scrutinee,
            arms: list,
        }
    }

    fn simple(&self, mut op: Op) -> Op {
        op.each_direct_operand(|node| self.numbers.node(node));
        match op {
            Op::Constant(number) => Op::Constant(new(&self.numbers.constants, number)),
            Op::Slot(slot) => Op::Slot(SlotId(new(&self.numbers.slots, slot.0))),
            Op::Let(it) => Op::Let(LetId(new(&self.numbers.lets, it.0))),
            other => other,
        }
    }
}
