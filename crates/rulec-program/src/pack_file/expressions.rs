//! Every expression that a statement names, to be read or renumbered.

use crate::node::NodeId;
use crate::program::{Assume, Fix, Let, Piece, Rule, Slot, Source, Symptom, Template, Verify};

/// A statement with expressions.
pub(super) trait Expressions {
    /// Calls `visit` with each number of an expression that stands directly in the statement.
    fn each(&mut self, visit: &mut dyn FnMut(&mut NodeId));
}

impl Expressions for Slot {
    fn each(&mut self, visit: &mut dyn FnMut(&mut NodeId)) {
        self.sources.iter_mut().for_each(|it| it.each(visit));
    }
}

impl Expressions for Source {
    fn each(&mut self, visit: &mut dyn FnMut(&mut NodeId)) {
        self.each.iter_mut().for_each(&mut *visit);
        let arguments = self.arguments.iter_mut().flat_map(|(_, values)| values);
        let templates = self.locator.iter_mut().chain(arguments).chain(&mut self.on);
        templates.for_each(|it| it.each(visit));
    }
}

impl Expressions for Template {
    fn each(&mut self, visit: &mut dyn FnMut(&mut NodeId)) {
        for piece in &mut self.pieces {
            if let Piece::Hole(_, node) = piece {
                visit(node);
            }
        }
    }
}

impl Expressions for Let {
    fn each(&mut self, visit: &mut dyn FnMut(&mut NodeId)) {
        visit(&mut self.value);
    }
}

impl Expressions for Symptom {
    fn each(&mut self, visit: &mut dyn FnMut(&mut NodeId)) {
        self.seen.iter_mut().for_each(visit);
    }
}

impl Expressions for Rule {
    fn each(&mut self, visit: &mut dyn FnMut(&mut NodeId)) {
        self.when.iter_mut().for_each(&mut *visit);
        self.cause.iter_mut().for_each(|it| it.each(visit));
    }
}

impl Expressions for Fix {
    fn each(&mut self, visit: &mut dyn FnMut(&mut NodeId)) {
        for (step, when) in &mut self.steps {
            step.each(visit);
            when.iter_mut().for_each(&mut *visit);
        }
        let notes = self.risks.iter_mut().filter_map(|it| it.note.as_mut());
        notes.chain(&mut self.undo).for_each(|it| it.each(visit));
        for verify in &mut self.verify {
            match verify {
                Verify::Condition(node) => visit(node),
                Verify::Text(text) => text.each(visit),
            }
        }
    }
}

impl Expressions for Assume {
    fn each(&mut self, visit: &mut dyn FnMut(&mut NodeId)) {
        visit(&mut self.condition);
    }
}
