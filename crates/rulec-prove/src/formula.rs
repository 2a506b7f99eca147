//! Formulas over the cells of variables: literals, `and`, `or`; each different one is kept once.
//!
//! `not` is pushed down to the literals, where it is the complement of a mask, so a formula is always in negation normal
//! form. Literals of one variable under one `and` or `or` are joined. Nothing else is simplified.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::rows::{at, count, span};
use crate::{Cube, Mask, Space, Variable};

/// A formula of [`Formulas`], by its number; parts have lower numbers than the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FormulaId(pub(crate) u32);

impl FormulaId {
    /// True at every point.
    pub const TRUE: FormulaId = FormulaId(0);
    /// True at no point.
    pub const FALSE: FormulaId = FormulaId(1);

    /// The formula's number: they count from 0 in the order in which they were made.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }
}

/// What a formula is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Constant(bool),
    Literal(Variable, Mask),
    /// `and` or `or` of at least two parts, which stand from `start` to `end` in the arena's list of parts: literals first, in
    /// order of variables, then others in order of numbers.
    Joined(Join, u32, u32),
}

/// A formula as others see it: see [`Formulas::shape`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape<'f> {
    /// True, or false, everywhere.
    Constant(bool),
    /// The variable lies in the mask.
    Literal(Variable, &'f Mask),
    /// All of these.
    And(&'f [FormulaId]),
    /// At least one of these.
    Or(&'f [FormulaId]),
}

/// How parts are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Join {
    And,
    Or,
}

impl Join {
    fn other(self) -> Join {
        match self {
            Join::And => Join::Or,
            Join::Or => Join::And,
        }
    }

    /// The part that changes nothing, and the one that decides alone.
    fn neutral_and_deciding(self) -> (FormulaId, FormulaId) {
        match self {
            Join::And => (FormulaId::TRUE, FormulaId::FALSE),
            Join::Or => (FormulaId::FALSE, FormulaId::TRUE),
        }
    }
}

/// A joined part with at most so many parts of its own is dissolved in the whole; longer ones stay, so that a chain of long
/// formulas does not grow with the square of its length.
const DISSOLVED: u32 = 16;

/// No formula: the end of a list of formulas with one hash, and of a negation that was not asked for yet.
const NONE: u32 = u32::MAX;

/// All formulas over one space.
#[derive(Debug, Clone)]
pub struct Formulas {
    space: Space,
    nodes: Vec<Node>,
    parts: Vec<FormulaId>,
    negations: Vec<u32>,
    /// The newest formula with this hash, and for each formula the one before it with the same.
    newest: FxHashMap<u64, u32>,
    before: Vec<u32>,
}

impl Default for Formulas {
    fn default() -> Formulas {
        Formulas::new()
    }
}

impl Formulas {
    /// No variables, and the two constants.
    #[must_use]
    pub fn new() -> Formulas {
        Formulas {
            space: Space::default(),
            nodes: vec![Node::Constant(true), Node::Constant(false)],
            parts: Vec::new(),
            negations: vec![FormulaId::FALSE.0, FormulaId::TRUE.0],
            newest: FxHashMap::default(),
            before: vec![NONE, NONE],
        }
    }

    /// A new variable with `cells` cells, at least one.
    pub fn variable(&mut self, cells: u32) -> Variable {
        self.space.variable(cells)
    }

    /// The variables.
    #[must_use]
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// How many cells `variable` has.
    #[must_use]
    pub fn cells(&self, variable: Variable) -> u32 {
        self.space.cells(variable)
    }

    /// How many formulas there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never: the constants are there from the beginning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// One of the two constants.
    #[must_use]
    pub fn constant(&self, value: bool) -> FormulaId {
        if value {
            FormulaId::TRUE
        } else {
            FormulaId::FALSE
        }
    }

    /// `variable` lies in `mask`.
    pub fn literal(&mut self, variable: Variable, mask: Mask) -> FormulaId {
        if mask.is_empty() {
            return FormulaId::FALSE;
        }
        if mask.is_all(self.cells(variable)) {
            return FormulaId::TRUE;
        }
        let hash = hash_of(&(variable, &mask));
        let same = |node: &Node, _: &[FormulaId]| matches!(node, Node::Literal(v, m) if *v == variable && *m == mask);
        match self.find(hash, same) {
            Some(found) => found,
            None => self.push(hash, Node::Literal(variable, mask)),
        }
    }

    /// `variable` lies in `cell`.
    pub fn is(&mut self, variable: Variable, cell: u32) -> FormulaId {
        let mask = Mask::of(self.cells(variable), [cell]);
        self.literal(variable, mask)
    }

    /// All of these; true if there are none.
    pub fn and(&mut self, parts: impl IntoIterator<Item = FormulaId>) -> FormulaId {
        self.join(Join::And, parts)
    }

    /// At least one of these; false if there are none.
    pub fn or(&mut self, parts: impl IntoIterator<Item = FormulaId>) -> FormulaId {
        self.join(Join::Or, parts)
    }

    /// The cube as a formula.
    pub fn cube(&mut self, cube: &Cube) -> FormulaId {
        let literals = cube.literals().iter().cloned();
        let parts: Vec<_> = literals.map(|(v, mask)| self.literal(v, mask)).collect();
        self.and(parts)
    }

    /// Where `formula` is false. Made once for each formula that is asked for, without recursion: chains may be long.
    pub fn not(&mut self, formula: FormulaId) -> FormulaId {
        let mut waiting = vec![formula];
        while let Some(&now) = waiting.last() {
            if at(&self.negations, now.0) != NONE {
                waiting.pop();
                continue;
            }
            let negation = match self.nodes.get(now.0 as usize) {
                Some(Node::Literal(variable, mask)) => {
                    let (variable, mask) = (*variable, mask.complement(self.cells(*variable)));
                    self.literal(variable, mask)
                }
                Some(&Node::Joined(join, start, end)) => {
                    let parts = span(&self.parts, start, end - start);
                    let left = parts
                        .iter()
                        .filter(|part| at(&self.negations, part.0) == NONE);
                    let before = waiting.len();
                    waiting.extend(left);
                    if waiting.len() > before {
                        continue;
                    }
                    let parts = parts
                        .iter()
                        .map(|part| FormulaId(at(&self.negations, part.0)));
                    let parts: Vec<_> = parts.collect();
                    self.join(join.other(), parts)
                }
                Some(Node::Constant(_)) | None => FormulaId::FALSE,
            };
            crate::rows::put(&mut self.negations, now.0, negation.0);
            // The other way round it need not hold: joining may have simplified the negation.
            if at(&self.negations, negation.0) == NONE {
                crate::rows::put(&mut self.negations, negation.0, now.0);
            }
            waiting.pop();
        }
        FormulaId(at(&self.negations, formula.0))
    }

    /// Whether `formula` is true at the point with these cells; `None` if that hangs on variables without a cell.
    #[must_use]
    pub fn value(
        &self,
        formula: FormulaId,
        cells: impl Fn(Variable) -> Option<u32>,
    ) -> Option<bool> {
        self.values(formula, &cells).of(self, formula, &cells)
    }

    /// If `formula` is false at the point with these cells: a cube around it in which it is false everywhere.
    #[must_use]
    pub fn why_false(
        &self,
        formula: FormulaId,
        cells: impl Fn(Variable) -> Option<u32>,
    ) -> Option<Cube> {
        let values = self.values(formula, &cells);
        if values.of(self, formula, &cells) != Some(false) {
            return None;
        }
        let mut literals = Vec::new();
        let mut waiting = vec![formula];
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(now) = waiting.pop() {
            match self.node(now) {
                Node::Constant(_) => {}
                Node::Literal(variable, mask) => {
                    literals.push((*variable, mask.complement(self.cells(*variable))));
                }
                Node::Joined(join, ..) if seen.insert(now) => {
                    let mut parts = self.parts(now).iter().copied();
                    match join {
                        Join::Or => waiting.extend(parts),
                        Join::And => waiting.extend(
                            parts.find(|part| values.of(self, *part, &cells) == Some(false)),
                        ),
                    }
                }
                Node::Joined(..) => {}
            }
        }
        Some(Cube::new(literals))
    }

    /// The variables that `formula` names, in order.
    #[must_use]
    pub fn variables(&self, formula: FormulaId) -> Vec<Variable> {
        if self.is_flat(formula) {
            // The usual case; parts are in order of their variables, each once.
            let parts = self.parts(formula).iter().chain([&formula]);
            return parts.filter_map(|it| self.variable_of(*it)).collect();
        }
        let mut found = Vec::new();
        let mut waiting = vec![formula];
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(now) = waiting.pop() {
            if seen.insert(now) {
                found.extend(self.variable_of(now));
                waiting.extend(self.parts(now));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What `formula` is made of, for who writes it down for another program.
    #[must_use]
    pub fn shape(&self, formula: FormulaId) -> Shape<'_> {
        match self.node(formula) {
            Node::Constant(truth) => Shape::Constant(*truth),
            Node::Literal(variable, mask) => Shape::Literal(*variable, mask),
            Node::Joined(Join::And, ..) => Shape::And(self.parts(formula)),
            Node::Joined(Join::Or, ..) => Shape::Or(self.parts(formula)),
        }
    }

    /// Whether `formula` has no part with parts.
    fn is_flat(&self, formula: FormulaId) -> bool {
        let joined = |part: &FormulaId| matches!(self.node(*part), Node::Joined(..));
        !self.parts(formula).iter().any(joined)
    }

    pub(crate) fn node(&self, formula: FormulaId) -> &Node {
        let found = self.nodes.get(formula.0 as usize);
        debug_assert!(found.is_some(), "no formula {}", formula.0);
        found.unwrap_or(&Node::Constant(false))
    }

    /// The parts of a joined formula; none of any other.
    pub(crate) fn parts(&self, formula: FormulaId) -> &[FormulaId] {
        match self.node(formula) {
            Node::Joined(_, start, end) => span(&self.parts, *start, end - start),
            _ => &[],
        }
    }

    fn join(&mut self, join: Join, parts: impl IntoIterator<Item = FormulaId>) -> FormulaId {
        let (neutral, deciding) = join.neutral_and_deciding();
        let mut literals: Vec<FormulaId> = Vec::new();
        let mut others: Vec<FormulaId> = Vec::new();
        for part in parts {
            if part == deciding {
                return deciding;
            }
            match self.node(part) {
                Node::Constant(_) => {}
                Node::Literal(..) => literals.push(part),
                Node::Joined(inner, start, end) if *inner == join && end - start <= DISSOLVED => {
                    for part in span(&self.parts, *start, end - start) {
                        match self.node(*part) {
                            Node::Literal(..) => literals.push(*part),
                            _ => others.push(*part),
                        }
                    }
                }
                Node::Joined(..) => others.push(part),
            }
        }
        let Some(mut all) = self.join_literals(join, literals) else {
            return deciding;
        };
        others.sort_unstable();
        others.dedup();
        let clash = |part: &FormulaId| {
            let negation = at(&self.negations, part.0);
            negation != NONE && others.binary_search(&FormulaId(negation)).is_ok()
        };
        if others.iter().any(clash) {
            return deciding;
        }
        all.append(&mut others);
        match all.as_slice() {
            [] => neutral,
            [only] => *only,
            _ => self.intern(join, &all),
        }
    }

    /// Joins literals of one variable to one; `None` if one of them then decides the whole.
    fn join_literals(
        &mut self,
        join: Join,
        mut literals: Vec<FormulaId>,
    ) -> Option<Vec<FormulaId>> {
        literals.sort_by_key(|id| (self.variable_of(*id), *id));
        literals.dedup();
        let mut joined: Vec<FormulaId> = Vec::with_capacity(literals.len());
        for literal in literals {
            let last = joined.last().copied();
            let Some(last) =
                last.filter(|last| self.variable_of(*last) == self.variable_of(literal))
            else {
                joined.push(literal);
                continue;
            };
            let (Node::Literal(variable, one), Node::Literal(_, other)) =
                (self.node(last), self.node(literal))
            else {
                continue;
            };
            let (variable, mask) = match join {
                Join::And => (*variable, one.and(other)),
                Join::Or => (*variable, one.or(other)),
            };
            let both = self.literal(variable, mask);
            if both == join.neutral_and_deciding().1 {
                return None;
            }
            joined.pop();
            joined.push(both);
        }
        Some(joined)
    }

    fn variable_of(&self, literal: FormulaId) -> Option<Variable> {
        match self.node(literal) {
            Node::Literal(variable, _) => Some(*variable),
            _ => None,
        }
    }

    fn intern(&mut self, join: Join, parts: &[FormulaId]) -> FormulaId {
        let hash = hash_of(&(join, parts));
        let same = |node: &Node, all: &[FormulaId]| matches!(node, Node::Joined(it, start, end) if *it == join && span(all, *start, end - start) == parts);
        if let Some(found) = self.find(hash, same) {
            return found;
        }
        let start = count(&self.parts);
        self.parts.extend_from_slice(parts);
        let end = count(&self.parts);
        self.push(hash, Node::Joined(join, start, end))
    }

    fn find(&self, hash: u64, same: impl Fn(&Node, &[FormulaId]) -> bool) -> Option<FormulaId> {
        let mut next = self.newest.get(&hash).copied().unwrap_or(NONE);
        while next != NONE {
            if same(self.node(FormulaId(next)), &self.parts) {
                return Some(FormulaId(next));
            }
            next = at(&self.before, next);
        }
        None
    }

    fn push(&mut self, hash: u64, node: Node) -> FormulaId {
        let number = count(&self.nodes);
        self.nodes.push(node);
        self.negations.push(NONE);
        let before = self.newest.insert(hash, number);
        self.before.push(before.unwrap_or(NONE));
        FormulaId(number)
    }

    /// The values of all joined formulas below `formula`, itself included; nothing is noted for one without joined parts.
    fn values(&self, formula: FormulaId, cells: &impl Fn(Variable) -> Option<u32>) -> Values {
        let mut values = Values::default();
        let mut waiting = Vec::new();
        if !self.is_flat(formula) {
            waiting.push(formula);
        }
        while let Some(&now) = waiting.last() {
            let before = waiting.len();
            if !values.0.contains_key(&now) {
                let open = self.parts(now).iter().filter(|part| {
                    matches!(self.node(**part), Node::Joined(..)) && !values.0.contains_key(*part)
                });
                waiting.extend(open);
            }
            if waiting.len() == before {
                let value = values.joined(self, now, cells);
                values.0.insert(now, value);
                waiting.pop();
            }
        }
        values
    }
}

/// Values of joined formulas at one point.
#[derive(Default)]
struct Values(FxHashMap<FormulaId, Option<bool>>);

impl Values {
    fn of(
        &self,
        formulas: &Formulas,
        formula: FormulaId,
        cells: &impl Fn(Variable) -> Option<u32>,
    ) -> Option<bool> {
        match formulas.node(formula) {
            Node::Constant(value) => Some(*value),
            Node::Literal(variable, mask) => cells(*variable).map(|cell| mask.contains(cell)),
            Node::Joined(..) => match self.0.get(&formula) {
                Some(value) => *value,
                None => self.joined(formulas, formula, cells),
            },
        }
    }

    fn joined(
        &self,
        formulas: &Formulas,
        formula: FormulaId,
        cells: &impl Fn(Variable) -> Option<u32>,
    ) -> Option<bool> {
        let Node::Joined(join, ..) = formulas.node(formula) else {
            return None;
        };
        let deciding = *join == Join::Or;
        let mut value = Some(!deciding);
        for part in formulas.parts(formula) {
            match self.of(formulas, *part, cells) {
                Some(part) if part == deciding => return Some(deciding),
                Some(_) => {}
                None => value = None,
            }
        }
        value
    }
}

fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
