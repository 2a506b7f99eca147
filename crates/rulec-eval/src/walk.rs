//! Walks over the expressions of a sealed program: what an expression mentions, and the types of fields.

use rulec_facts::types::{FieldType, Type};
use rulec_program::node::{NodeId, Op, SlotId};
use rulec_program::seal::Sealed;

/// Visits every operation of an expression, through derived facts, each node once.
pub(crate) fn walk(program: &Sealed, node: NodeId, visit: &mut impl FnMut(Op)) {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut left = vec![node];
    while let Some(node) = left.pop() {
        if !seen.insert(node) {
            continue;
        }
        let Some(op) = program.nodes.op(node) else {
            continue;
        };
        visit(op);
        if let Op::Let(at) = op {
            left.extend(program.lets.get(at.0 as usize).map(|it| it.value));
        }
        program.nodes.each_operand(op, |operand| left.push(operand));
    }
}

/// The facts that an expression mentions.
pub(crate) fn slots(program: &Sealed, node: NodeId, found: &mut Vec<SlotId>) {
    walk(program, node, &mut |op| {
        if let Op::Slot(slot) = op {
            found.push(slot);
        }
    });
}

/// The field of that number: of a record, or of the members of a list of records.
pub(crate) fn field(program: &Sealed, record: NodeId, at: u32) -> Option<&FieldType> {
    let ty = program.type_of(record)?;
    let record = ty.record().or_else(|| ty.member().and_then(Type::record))?;
    record.fields.get(at as usize)
}
