//! The arena of expressions: operands first, numbers in range, depth bounded, variables in scope.

use rulec_facts::value::{Partial, Value};

use super::{Faults, MAX_DEPTH};
use crate::node::{NodeId, Op, Operands, Pattern};
use crate::program::{Piece, Program, Template, Verify};

/// For each node: the list over which it ranges, for variables.
pub(super) type Scopes = Vec<Option<NodeId>>;

/// Scope 0 has no variable; the others have the variable of their number in the chain.
struct Scope {
    parent: usize,
    list: NodeId,
    depth: u32,
}

/// Checks the arena; returns which list each variable ranges over.
pub(super) fn check(program: &Program, faults: &mut Faults) -> Scopes {
    let nodes = &program.nodes;
    if nodes.places.len() != nodes.ops.len() {
        faults.add(None, "a node has no place");
    }
    if nodes.ops.len() > u32::MAX as usize / 2 {
        faults.add(None, "too many expressions");
    }
    for constant in &nodes.constants {
        if !is_total(constant) {
            faults.add(None, "a constant is not known");
        }
    }
    let mut depths: Vec<u32> = Vec::with_capacity(nodes.ops.len());
    let mut variables: Vec<bool> = Vec::with_capacity(nodes.ops.len());
    for (at, op) in nodes.ops.iter().enumerate() {
        let node = NodeId(at as u32);
        if let Some(fault) = numbers(program, at, *op) {
            faults.add(Some(nodes.place(node)), fault);
        }
        let (mut depth, mut open) = (0, matches!(op, Op::Variable(_)));
        nodes.each_operand(*op, |operand| {
            let operand = operand.0 as usize;
            depth = depth.max(depths.get(operand).copied().unwrap_or(0));
            open |= variables.get(operand).copied().unwrap_or(false);
        });
        if depth >= MAX_DEPTH {
            faults.add(
                Some(nodes.place(node)),
                format!("an expression nests deeper than {MAX_DEPTH}"),
            );
            depth = 0;
        }
        depths.push(depth + 1);
        variables.push(open);
    }
    let roots = roots(program);
    for (root, list) in &roots {
        for node in [Some(*root), *list].into_iter().flatten() {
            if node.0 as usize >= nodes.ops.len() {
                faults.add(None, "a statement names an expression that is not there");
            }
        }
    }
    bind(program, &roots, &variables, faults)
}

/// What is wrong with the numbers of a node.
fn numbers(program: &Program, at: usize, op: Op) -> Option<&'static str> {
    let nodes = &program.nodes;
    let inside = |list: Operands, len: usize| list.start as usize + list.len as usize <= len;
    let lists = match op {
        Op::And(list) | Op::Or(list) => list.len >= 1 && inside(list, nodes.operands.len()),
        Op::List(list) => inside(list, nodes.operands.len()),
        Op::Match { arms, .. } => inside(arms, nodes.arms.len()),
        _ => true,
    };
    if !lists {
        return Some("operands that are not there");
    }
    let mut later = false;
    nodes.each_operand(op, |operand| later |= operand.0 as usize >= at);
    if later {
        return Some("an operand stands after what uses it");
    }
    let known = match op {
        Op::Constant(number) => (number as usize) < nodes.constants.len(),
        Op::Slot(slot) => (slot.0 as usize) < program.slots.len(),
        Op::Let(it) => (it.0 as usize) < program.lets.len(),
        Op::Match { arms, .. } => nodes.arms_of(arms).iter().all(|arm| {
            arm.patterns.iter().all(|pattern| match pattern {
                Pattern::Absent => true,
                Pattern::Constant(number) => (*number as usize) < nodes.constants.len(),
            })
        }),
        _ => true,
    };
    (!known).then_some("names a constant, fact or derived fact that is not there")
}

fn is_total(value: &Partial) -> bool {
    match value {
        Partial::Unknown(_) => false,
        Partial::Absent => true,
        Partial::Known(Value::Record(fields)) => fields.iter().all(is_total),
        Partial::Known(Value::List(all) | Value::Set(all)) => {
            all.iter().all(|it| it.certain && is_total(&it.value))
        }
        Partial::Known(_) => true,
    }
}

/// Every expression of a statement, with the list that its variable 0 ranges over (`each x in` of a source).
pub(super) fn roots(program: &Program) -> Vec<(NodeId, Option<NodeId>)> {
    let mut roots = Vec::new();
    for source in program.slots.iter().flat_map(|slot| &slot.sources) {
        roots.extend(source.each.map(|list| (list, None)));
        let arguments = source.arguments.iter().flat_map(|(_, values)| values);
        let templates = source.locator.iter().chain(arguments).chain(&source.on);
        holes(templates, source.each, &mut roots);
    }
    let lets = program.lets.iter().map(|it| it.value);
    let seen = program
        .symptoms
        .iter()
        .flat_map(|it| it.seen.iter().copied());
    let whens = program.rules.iter().filter_map(|it| it.when);
    let assumes = program.assumes.iter().map(|it| it.condition);
    roots.extend(
        lets.chain(seen)
            .chain(whens)
            .chain(assumes)
            .map(|it| (it, None)),
    );
    holes(
        program.rules.iter().filter_map(|it| it.cause.as_ref()),
        None,
        &mut roots,
    );
    for fix in &program.fixes {
        roots.extend(
            fix.steps
                .iter()
                .filter_map(|(_, when)| Some(((*when)?, None))),
        );
        holes(fix.steps.iter().map(|(text, _)| text), None, &mut roots);
        holes(
            fix.risks.iter().filter_map(|it| it.note.as_ref()),
            None,
            &mut roots,
        );
        holes(&fix.undo, None, &mut roots);
        for verify in &fix.verify {
            match verify {
                Verify::Condition(node) => roots.push((*node, None)),
                Verify::Text(text) => holes([text], None, &mut roots),
            }
        }
    }
    roots
}

fn holes<'a>(
    templates: impl IntoIterator<Item = &'a Template>,
    list: Option<NodeId>,
    roots: &mut Vec<(NodeId, Option<NodeId>)>,
) {
    for piece in templates.into_iter().flat_map(|it| &it.pieces) {
        if let Piece::Hole(_, node) = piece {
            roots.push((*node, list));
        }
    }
}

/// Hands scopes down from what uses a node to its operands: users stand after their operands, so one pass backwards does.
fn bind(
    program: &Program,
    roots: &[(NodeId, Option<NodeId>)],
    variables: &[bool],
    faults: &mut Faults,
) -> Scopes {
    let nodes = &program.nodes;
    let mut binder = Binder {
        program,
        variables,
        scopes: Vec::new(),
        of: vec![None; nodes.ops.len()],
        lists: vec![None; nodes.ops.len()],
    };
    for (root, list) in roots {
        let scope = match list {
            None => 0,
            Some(list) => binder.inner(0, *list),
        };
        binder.hand(*root, scope, faults);
    }
    for at in (0..nodes.ops.len()).rev() {
        let (Some(op), Some(Some(scope))) = (nodes.ops.get(at), binder.of.get(at).copied()) else {
            continue;
        };
        binder.pass(NodeId(at as u32), *op, scope, faults);
    }
    binder.lists
}

struct Binder<'a> {
    program: &'a Program,
    variables: &'a [bool],
    scopes: Vec<Scope>,
    of: Vec<Option<usize>>,
    lists: Scopes,
}

impl Binder<'_> {
    fn inner(&mut self, parent: usize, list: NodeId) -> usize {
        let depth = self.depth(parent) + 1;
        self.scopes.push(Scope {
            parent,
            list,
            depth,
        });
        self.scopes.len()
    }

    fn depth(&self, scope: usize) -> u32 {
        let inner = scope.checked_sub(1).and_then(|at| self.scopes.get(at));
        inner.map_or(0, |it| it.depth)
    }

    /// A node without variables may be shared; one with variables has one scope.
    fn hand(&mut self, node: NodeId, scope: usize, faults: &mut Faults) {
        let at = node.0 as usize;
        let open = self.variables.get(at).copied().unwrap_or(false);
        let Some(place) = self.of.get_mut(at) else {
            return;
        };
        match *place {
            None => *place = Some(scope),
            Some(before) if before == scope || !open => {}
            Some(_) => faults.add(
                Some(self.program.nodes.place(node)),
                "an expression with a variable stands in two scopes",
            ),
        }
    }

    fn pass(&mut self, node: NodeId, op: Op, scope: usize, faults: &mut Faults) {
        let place = self.program.nodes.place(node);
        let (list, variable, inside) = match op {
            Op::Variable(number) => {
                match self.list_of(number, scope) {
                    Some(list) if list < node => {
                        if let Some(place) = self.lists.get_mut(node.0 as usize) {
                            *place = Some(list);
                        }
                    }
                    Some(_) => faults.add(Some(place), "a variable stands before its list"),
                    None => faults.add(Some(place), "a variable that no list binds"),
                }
                return;
            }
            Op::Any {
                list,
                variable,
                filter,
                body,
            } => (list, variable, [filter, Some(body)]),
            Op::Each {
                list,
                variable,
                filter,
            } => (list, variable, [filter, None]),
            _ => {
                let nodes = &self.program.nodes;
                nodes.each_operand(op, |operand| self.hand(operand, scope, faults));
                return;
            }
        };
        if variable != self.depth(scope) {
            faults.add(Some(place), "a variable is not numbered by its nesting");
        }
        self.hand(list, scope, faults);
        let inner = self.inner(scope, list);
        for operand in inside.into_iter().flatten() {
            self.hand(operand, inner, faults);
        }
    }

    /// The list of the variable of that number, seen from a scope.
    fn list_of(&self, number: u32, mut scope: usize) -> Option<NodeId> {
        while let Some(it) = scope.checked_sub(1).and_then(|at| self.scopes.get(at)) {
            if it.depth == number + 1 {
                return Some(it.list);
            }
            scope = it.parent;
        }
        None
    }
}
