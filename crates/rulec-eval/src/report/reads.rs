//! Which parts of facts a condition reads: what a report shows of a record that it proves something with.
//!
//! Looks through derived facts and follows the variables of quantifiers to their lists. Knows no values.

use rulec_facts::types::Type;
use rulec_program::node::{Function, LetId, NodeId, Op, SlotId};
use rulec_program::seal::Sealed;
use rustc_hash::FxHashSet;

/// Parts of facts, in the order in which conditions read them, each once; and those from which only a function reads.
#[derive(Debug, Default)]
pub(crate) struct Reads {
    direct: Vec<(SlotId, Vec<String>)>,
    by_function: Vec<(SlotId, Vec<String>)>,
}

impl Reads {
    /// What those expressions read.
    pub(crate) fn of(program: &Sealed, nodes: impl IntoIterator<Item = NodeId>) -> Reads {
        let mut walk = Walk {
            program,
            lets: FxHashSet::default(),
            found: Reads::default(),
        };
        for node in nodes {
            walk.read(node);
        }
        walk.found
    }

    /// The same, but for texts of which what a function read from them is shown.
    pub(super) fn without(mut self, texts: &[(SlotId, Vec<String>)]) -> Reads {
        self.direct.retain(|it| !texts.contains(it));
        self.by_function.extend(texts.iter().cloned());
        self
    }

    /// Paths below that part of the fact (`p2s.roots[2]`), as they would be written from there.
    pub(super) fn below(&self, slot: SlotId, path: &str) -> Vec<String> {
        let words: Vec<&str> = super::fill::words_of(path).collect();
        let mut found: Vec<String> = Vec::new();
        for (of, fields) in &self.direct {
            let inside = *of == slot && fields.len() > words.len();
            if inside && fields.iter().zip(&words).all(|(a, b)| a == b) {
                let rest = fields.get(words.len()..).unwrap_or_default().join(".");
                if !found.contains(&rest) {
                    found.push(rest);
                }
            }
        }
        // Of a record from which only functions read its text does not count, and what it is called does.
        let by_function = |(of, fields): &(SlotId, Vec<String>)| {
            *of == slot
                && fields.len() > words.len()
                && fields.iter().zip(&words).all(|(a, b)| a == b)
        };
        if found.is_empty() && self.by_function.iter().any(by_function) {
            found.push(String::new());
        }
        found
    }
}

struct Walk<'p> {
    program: &'p Sealed,
    lets: FxHashSet<LetId>,
    found: Reads,
}

impl Walk<'_> {
    fn read(&mut self, node: NodeId) {
        let Some(op) = self.program.nodes.op(node) else {
            return;
        };
        match op {
            Op::Field(..) | Op::Project(..) => {
                if let Some(path) = path(self.program, node) {
                    if !self.found.direct.contains(&path) {
                        self.found.direct.push(path);
                    }
                    return;
                }
            }
            Op::Call(Function::Certificate, of) => {
                if let Some(path) = path(self.program, of) {
                    self.found.by_function.push(path);
                    return;
                }
            }
            Op::Let(id) => {
                let value = self.program.lets.get(id.0 as usize).map(|it| it.value);
                if let Some(value) = value.filter(|_| self.lets.insert(id)) {
                    self.read(value);
                }
                return;
            }
            Op::Reported(_) => {
                for slot in self.program.reporting() {
                    self.found.direct.extend(reported(self.program, *slot));
                }
            }
            _ => {}
        }
        let mut operands = Vec::new();
        self.program.nodes.each_operand(op, |it| operands.push(it));
        operands.into_iter().for_each(|it| self.read(it));
    }
}

/// The field of the fact whose codes count as reported (T7).
fn reported(program: &Sealed, slot: SlotId) -> Option<(SlotId, Vec<String>)> {
    let it = program.slots.get(slot.0 as usize)?;
    let at = it.reports??;
    let record = it
        .ty
        .record()
        .or_else(|| it.ty.member().and_then(Type::record))?;
    let field = record.fields.get(at as usize)?;
    Some((slot, vec![field.name.to_string()]))
}

/// Where a term stands in a fact, as the names of the fields on the way.
fn path(program: &Sealed, node: NodeId) -> Option<(SlotId, Vec<String>)> {
    match program.nodes.op(node)? {
        Op::Slot(slot) => Some((slot, Vec::new())),
        Op::Field(of, at) | Op::Project(of, at) => {
            let (slot, mut fields) = path(program, of)?;
            let ty = program.type_of(of)?;
            let record = ty.record().or_else(|| ty.member().and_then(Type::record))?;
            fields.push(record.fields.get(at as usize)?.name.to_string());
            Some((slot, fields))
        }
        Op::Variable(_) => path(program, program.list_of_variable(node)?),
        Op::Each { list, .. } => path(program, list),
        Op::Let(id) => path(program, program.lets.get(id.0 as usize)?.value),
        _ => None,
    }
}
