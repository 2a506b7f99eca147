//! Which fixes can contradict each other: those that verify something of one fact, or of facts that assumptions tie together.
//!
//! Of all others a case in which both worked is put together from one for each, so nothing needs to be asked.

use std::collections::{BTreeMap, BTreeSet};

use rulec_facts::types::Type;
use rulec_program::node::{NodeId, Op};
use rulec_program::program::{FixId, Verify};
use rulec_program::seal::Sealed;

/// A fact, or a field of one that is always there: number of the slot, numbers of fields.
type Part = Vec<u32>;

/// Stands for what the complaint says.
const COMPLAINT: u32 = u32::MAX;

/// Every two fixes, the lower number in front, whose conditions in `verify` look at the same or at what assumptions tie together.
pub(super) fn verifying_together(program: &Sealed) -> BTreeSet<(FixId, FixId)> {
    let mut ties = Ties::default();
    for assume in &program.assumes {
        ties.tie(parts_of(program, assume.condition));
    }
    let mut by_part: BTreeMap<Part, BTreeSet<FixId>> = BTreeMap::new();
    for (number, fix) in (0u32..).zip(&program.fixes) {
        for verify in &fix.verify {
            if let Verify::Condition(node) = verify {
                for part in parts_of(program, *node) {
                    let fixes = by_part.entry(ties.root(part)).or_default();
                    fixes.insert(FixId(number));
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    for fixes in by_part.values() {
        for one in fixes {
            found.extend(fixes.range(*one..).skip(1).map(|two| (*one, *two)));
        }
    }
    found
}

/// What a condition looks at, derived facts looked through.
fn parts_of(program: &Sealed, node: NodeId) -> BTreeSet<Part> {
    let (mut parts, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut waiting = vec![node];
    while let Some(node) = waiting.pop() {
        if !seen.insert(node) {
            continue;
        }
        let Some(op) = program.nodes.op(node) else {
            continue;
        };
        if let Some((part, _)) = part_of(program, node) {
            parts.insert(part);
            continue;
        }
        match op {
            Op::Let(id) => waiting.extend(program.lets.get(id.0 as usize).map(|it| it.value)),
            Op::Reported(_) => {
                parts.insert(vec![COMPLAINT]);
                for slot in program.reporting() {
                    let Some(it) = program.slots.get(slot.0 as usize) else {
                        continue;
                    };
                    let field = it.reports.flatten();
                    let field = field.filter(|_| !it.ty.optional && it.ty.record().is_some());
                    parts.insert([slot.0].into_iter().chain(field).collect());
                }
            }
            _ => {}
        }
        program.nodes.each_operand(op, |it| waiting.push(it));
    }
    parts
}

/// The part that a node names, with its type: fields of what can be absent belong to the whole.
fn part_of(program: &Sealed, node: NodeId) -> Option<(Part, &Type)> {
    match program.nodes.op(node)? {
        Op::Slot(slot) => {
            let ty = &program.slots.get(slot.0 as usize)?.ty;
            Some((vec![slot.0], ty))
        }
        Op::Field(of, field) => {
            let (mut part, ty) = part_of(program, of)?;
            if ty.optional {
                return Some((part, ty));
            }
            let inside = ty.record()?.fields.get(field as usize)?;
            part.push(field);
            Some((part, &inside.ty))
        }
        _ => None,
    }
}

/// Parts that belong together; a whole is tied to its parts.
#[derive(Debug, Default)]
struct Ties {
    above: BTreeMap<Part, Part>,
}

impl Ties {
    fn tie(&mut self, parts: BTreeSet<Part>) {
        let mut parts = parts.into_iter();
        let Some(first) = parts.next().map(|it| self.root(it)) else {
            return;
        };
        for part in parts {
            let root = self.root(part);
            if root != first {
                self.above.insert(root, first.clone());
            }
        }
    }

    fn root(&self, mut part: Part) -> Part {
        while let Some(above) = self.above.get(&part) {
            part.clone_from(above);
        }
        part
    }
}
