//! What decided a verdict (U3): the leaves of its condition with the facts, fields and values that they looked at.
//!
//! It walks the arena again, on demand; a run that shows no reasons does not pay for them. Words are chosen elsewhere.

mod compared;

use std::fmt::Write as _;

use rulec_facts::ops;
use rulec_facts::show;
use rulec_facts::truth::Truth;
use rulec_facts::types::Type;
use rulec_facts::value::{Element, Partial, Value};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::decide::{Because, Decider, Elements, Kept, Term};
use crate::node::{LetId, NodeId, Op, Place, SlotId};
use crate::program::{RuleId, SymptomId};

pub use compared::{Compared, Other, Root, Sum};

/// Derived facts inside derived facts that are looked through; deeper ones are shown as leaves.
pub(crate) const MAX_LETS: u32 = 100;

/// Why a rule has its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// T confirmed, F ruled out, U open.
    pub truth: Truth,
    /// The part of V1 that decided, or the first that is open.
    pub because: Because,
    /// Leaves that decided the condition, in source order; of an open condition those that were looked at. Empty if the condition
    /// was not looked at (no symptom of the rule is present).
    pub evidence: Vec<Evidence>,
    /// The rule's symptoms that are present, or undecided if none is.
    pub symptoms: Vec<SymptomId>,
    /// Rules that decided `overridden` or `otherwise`: a confirmed one, or all undecided ones.
    pub rules: Vec<RuleId>,
}

/// A leaf: a comparison, a test, a Boolean fact or a quantifier.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The leaf; with the `not` above it, if one stands directly there.
    pub node: NodeId,
    /// Where it is written.
    pub place: Place,
    /// Its truth.
    pub truth: Truth,
    /// What it looked at, in source order, each once. Of a quantifier that holds: the deciding element (the first in canonical order);
    /// the leaves of its body on that element follow as evidence of their own.
    pub seen: Vec<Seen>,
    /// Values that it compared, in source order: facts as they stand and what was computed from facts.
    pub compared: Vec<Compared>,
}

/// A fact, or a part of one, with what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The fact.
    pub slot: SlotId,
    /// The part: empty for the whole, `p2s.roots[2].data` for a field of an element; elements are counted from 0 in canonical order.
    pub path: String,
    /// Its value.
    pub value: Partial,
    /// Its type; shows it by [`rulec_facts::show`].
    pub ty: Option<Type>,
    /// Never to be shown: the fact or a field on the way is secret.
    pub secret: bool,
}

impl<'a> Decider<'a> {
    /// Why the rule has its verdict.
    pub fn why(&mut self, rule: RuleId) -> Why {
        let verdict = self.judge(rule);
        let kept: Vec<Kept> = self.kept(rule).to_vec();
        let mut evidence = Leaves::default();
        for leaf in kept {
            self.explain(leaf.node, leaf.truth, 0, &mut evidence);
        }
        Why {
            truth: verdict.truth,
            because: verdict.because,
            evidence: evidence.found,
            symptoms: self.symptoms_of(rule),
            rules: self.deciding_rules(rule, verdict.because),
        }
    }

    /// What decided a condition that stands in no quantifier.
    pub fn why_node(&mut self, node: NodeId) -> Vec<Evidence> {
        let truth = self.truth(node);
        let mut evidence = Leaves::default();
        self.explain(node, truth, 0, &mut evidence);
        evidence.found
    }

    /// What decided the presence of a symptom, as far as facts did: its `seen when`s. Empty if the complaint names it.
    pub fn why_present(&mut self, symptom: SymptomId) -> Vec<Evidence> {
        let program = self.program;
        let mut evidence = Leaves::default();
        let truth = self.present(symptom);
        let it = program.symptoms.get(symptom.0 as usize);
        if let Some(it) = it.filter(|_| !self.state.is_reported(symptom)) {
            for condition in &it.seen {
                let here = self.truth(*condition);
                if truth != Truth::True || here == truth {
                    self.explain(*condition, here, 0, &mut evidence);
                }
                if truth == Truth::True && here == truth {
                    break;
                }
            }
        }
        evidence.found
    }

    fn symptoms_of(&mut self, rule: RuleId) -> Vec<SymptomId> {
        let program = self.program;
        let symptoms = program.rules.get(rule.0 as usize).map(|it| &it.symptoms);
        let mut by_truth = [Vec::new(), Vec::new()];
        for symptom in symptoms.into_iter().flatten() {
            let [present, undecided] = &mut by_truth;
            match self.present(*symptom) {
                Truth::True => present.push(*symptom),
                Truth::Unknown => undecided.push(*symptom),
                Truth::False => {}
            }
        }
        let [present, undecided] = by_truth;
        match present.is_empty() {
            true => undecided,
            false => present,
        }
    }

    fn deciding_rules(&mut self, id: RuleId, because: Because) -> Vec<RuleId> {
        let program = self.program;
        let Some(rule) = program.rules.get(id.0 as usize) else {
            return Vec::new();
        };
        let mut others: Vec<RuleId> = match because {
            Because::Overridden => rule.overridden_by.clone(),
            Because::Otherwise => {
                let symptoms = rule.symptoms.iter();
                let all = symptoms.flat_map(|it| program.ordinary_rules(*it));
                all.copied().collect()
            }
            Because::Symptom | Because::Condition => return Vec::new(),
        };
        others.sort_unstable();
        others.dedup();
        let mut undecided = Vec::new();
        let mut confirmed = Vec::new();
        for other in others {
            match self.verdict(other) {
                Truth::True => confirmed.push(other),
                Truth::Unknown => undecided.push(other),
                Truth::False => {}
            }
        }
        match confirmed.is_empty() {
            true => undecided,
            false => confirmed,
        }
    }

    /// Adds the leaves below a node of that truth.
    fn explain(&mut self, node: NodeId, truth: Truth, lets: u32, out: &mut Leaves) {
        let nodes = &self.program.nodes;
        let (mut inner, mut inner_truth) = (node, truth);
        let mut shown = node;
        while let Some(Op::Not(of)) = nodes.op(inner) {
            shown = inner;
            inner = of;
            inner_truth = !inner_truth;
        }
        match nodes.op(inner) {
            Some(Op::And(list)) => self.explain_all(nodes.list(list), inner_truth, true, lets, out),
            Some(Op::Or(list)) => self.explain_all(nodes.list(list), inner_truth, false, lets, out),
            Some(Op::Let(id)) if lets < MAX_LETS => {
                if !out.lets.enter(id, lets) {
                    return;
                }
                if let Some(it) = self.program.lets.get(id.0 as usize) {
                    let around = std::mem::take(&mut self.variables);
                    self.explain(it.value, inner_truth, lets + 1, out);
                    self.variables = around;
                }
            }
            Some(Op::Any {
                list, filter, body, ..
            }) => {
                let parts = Quantifier { list, filter, body };
                self.explain_any(shown, inner_truth, shown != inner, parts, lets, out);
            }
            Some(Op::IsEmpty(list))
                if inner_truth == Truth::False && self.explain_chosen(shown, list, lets, out) => {}
            Some(Op::Member(one, list))
                if inner_truth == Truth::True
                    && self.explain_member(shown, shown != inner, (one, list), lets, out) => {}
            _ => {
                let mut seen = Seens::default();
                self.look(inner, lets, &mut seen);
                let truth = match shown == inner {
                    true => inner_truth,
                    false => !inner_truth,
                };
                self.add(shown, truth, seen, out);
            }
        }
    }

    fn add(&mut self, node: NodeId, truth: Truth, seen: Seens, out: &mut Leaves) {
        out.found.push(Evidence {
            node,
            place: self.program.nodes.place(node),
            truth,
            seen: seen.found,
            compared: self.compared(node),
        });
    }

    /// All operands, or the first that decided.
    fn explain_all(
        &mut self,
        operands: &[NodeId],
        truth: Truth,
        is_and: bool,
        lets: u32,
        out: &mut Leaves,
    ) {
        let deciding = Truth::from(!is_and);
        for operand in operands {
            let here = self.truth_of(*operand);
            if truth != deciding {
                self.explain(*operand, here, lets, out);
            } else if here == deciding {
                self.explain(*operand, here, lets, out);
                break;
            }
        }
    }

    /// A quantifier: the deciding element with the leaves of its body, else the list with what the body looks at besides.
    fn explain_any(
        &mut self,
        shown: NodeId,
        truth: Truth,
        turned: bool,
        parts: Quantifier,
        lets: u32,
        out: &mut Leaves,
    ) {
        let told = if turned { !truth } else { truth };
        let mut seen = Seens::default();
        let deciding = match truth {
            Truth::True => self.deciding_element(&parts),
            _ => None,
        };
        let Some(element) = deciding else {
            self.look(parts.list, lets, &mut seen);
            for part in parts.filter.into_iter().chain([parts.body]) {
                self.look(part, lets, &mut seen);
            }
            self.add(shown, told, seen, out);
            return;
        };
        if let Some(path) = self.element_path(parts.list, &element, lets) {
            let ty = self.program.type_of(parts.list);
            let ty = ty.and_then(Type::member).cloned();
            seen.push(path.seen(element.clone().into_partial(), ty));
        }
        self.add(shown, told, seen, out);
        self.under(element, |it| {
            for part in parts.filter.into_iter().chain([parts.body]) {
                it.explain(part, Truth::True, lets, out);
            }
        });
    }

    /// A value that stands among a field of records (`v in L.f`): the first record that has it, with the leaves of why it was chosen.
    /// False if the list is another.
    fn explain_member(
        &mut self,
        shown: NodeId,
        turned: bool,
        (one, list): (NodeId, NodeId),
        lets: u32,
        out: &mut Leaves,
    ) -> bool {
        let program = self.program;
        let Some(Op::Project(of, field)) = program.nodes.op(list) else {
            return false;
        };
        let wanted = self.term_of(one).into_partial();
        let all = Elements::of(self.term_of(of));
        let ty = program.type_of(of).and_then(Type::member);
        let has = |record: &Partial| {
            let value = ops::field(record, field as usize).clone();
            let certain = true;
            let alone = Value::List([Element { value, certain }].into());
            ops::member(&wanted, &Partial::Known(alone)) == Truth::True
        };
        let mut elements = in_canonical_order(&all, ty).into_iter();
        let Some(element) = elements.find(|it| it.certain && has(&it.value)) else {
            return false;
        };
        let element = Term::Own(element.value);
        let Some(path) = self.element_path(of, &element, lets) else {
            return false;
        };
        let mut seen = Seens::default();
        self.look(one, lets, &mut seen);
        seen.push(path.seen(element.clone().into_partial(), ty.cloned()));
        self.add(shown, Truth::from(!turned), seen, out);
        self.explain_filters(of, &element, lets, out);
        true
    }

    /// A list of chosen elements (`each x in L where p`) that is not empty: its first certain element with the leaves of why it was
    /// chosen, as for an `any`. False if the list is not such a one.
    fn explain_chosen(&mut self, shown: NodeId, list: NodeId, lets: u32, out: &mut Leaves) -> bool {
        let mut filters = Vec::new();
        self.filters_of(list, &mut filters);
        let all = Elements::of(self.term_of(list));
        let ty = self.program.type_of(list).and_then(Type::member);
        let mut elements = in_canonical_order(&all, ty).into_iter();
        let Some(element) = elements.find(|it| it.certain && !filters.is_empty()) else {
            return false;
        };
        let element = Term::Own(element.value);
        let Some(path) = self.element_path(list, &element, lets) else {
            return false;
        };
        let mut seen = Seens::default();
        seen.push(path.seen(element.clone().into_partial(), ty.cloned()));
        self.add(shown, Truth::True, seen, out);
        self.explain_filters(list, &element, lets, out);
        true
    }

    /// The leaves of why an element was chosen.
    fn explain_filters(&mut self, list: NodeId, element: &Term<'a>, lets: u32, out: &mut Leaves) {
        let mut filters = Vec::new();
        self.filters_of(list, &mut filters);
        for (filter, in_let) in filters {
            // Lists upon lists could tell one filter without end.
            if !out.chosen.insert(filter) {
                continue;
            }
            let around = match in_let {
                true => std::mem::take(&mut self.variables),
                false => self.variables.clone(),
            };
            self.under(element.clone(), |it| {
                it.explain(filter, Truth::True, lets + 1, out);
            });
            self.variables = around;
        }
    }

    /// The filters of `each` upon `each`; with `true` those of derived facts, in which no variable of outside stands.
    fn filters_of(&self, list: NodeId, found: &mut Vec<(NodeId, bool)>) {
        let (mut next, mut in_let) = (list, false);
        for _ in 0..MAX_LETS {
            match self.program.nodes.op(next) {
                Some(Op::Each { list, filter, .. }) => {
                    found.extend(filter.map(|it| (it, in_let)));
                    next = list;
                }
                Some(Op::Let(id)) => match self.program.lets.get(id.0 as usize) {
                    Some(it) => (next, in_let) = (it.value, true),
                    None => return,
                },
                _ => return,
            }
        }
    }

    /// The first element, in canonical order, for which filter and body hold.
    fn deciding_element(&mut self, parts: &Quantifier) -> Option<Term<'a>> {
        let all = Elements::of(self.term_of(parts.list));
        let ty = self.program.type_of(parts.list);
        for element in in_canonical_order(&all, ty.and_then(Type::member)) {
            // An element that does not certainly belong decides nothing.
            if !element.certain {
                continue;
            }
            let value = Term::Own(element.value);
            let here = self.under(value.clone(), |it| {
                it.holds(Truth::True, parts.filter, parts.body)
            });
            if here == Truth::True {
                return Some(value);
            }
        }
        None
    }

    /// Adds the facts and fields that a term looks at. Inside a quantifier those of its variable count as the list.
    pub(crate) fn look(&mut self, node: NodeId, lets: u32, seen: &mut Seens) {
        let program = self.program;
        let Some(op) = program.nodes.op(node) else {
            return;
        };
        match op {
            Op::Slot(_) | Op::Field(..) | Op::Variable(_) => self.look_path(node, lets, seen),
            Op::Let(id) if lets < MAX_LETS && seen.lets.enter(id, lets) => {
                if let Some(it) = program.lets.get(id.0 as usize) {
                    let around = std::mem::take(&mut self.variables);
                    self.look(it.value, lets + 1, seen);
                    self.variables = around;
                }
            }
            Op::Reported(code) => {
                self.look(code, lets, seen);
                for slot in program.reporting() {
                    seen.push_slot(self, *slot);
                }
            }
            _ => program
                .nodes
                .each_operand(op, |it| self.look(it, lets, seen)),
        }
    }

    fn look_path(&mut self, node: NodeId, lets: u32, seen: &mut Seens) {
        if let Some(path) = self.path(node, lets) {
            let value = self.term_of(node).into_partial();
            let ty = self.program.type_of(node).cloned();
            seen.push(path.seen(value, ty));
            return;
        }
        // No fact of its own (a field of a computed record): what it was computed from. Variables that are not set are
        // those of a quantifier whose list is shown already.
        if let Some(Op::Field(of, _)) = self.program.nodes.op(node) {
            self.look(of, lets, seen);
        }
    }

    /// Where a term stands in a fact.
    fn path(&mut self, node: NodeId, lets: u32) -> Option<Path> {
        let program = self.program;
        match program.nodes.op(node)? {
            Op::Slot(slot) => Some(Path {
                slot,
                text: String::new(),
                secret: program.slots.get(slot.0 as usize)?.secret,
            }),
            Op::Field(of, field) => {
                let mut path = self.path(of, lets)?;
                path.field(program.type_of(of)?, field)?;
                Some(path)
            }
            Op::Variable(number) => {
                let element = self.variables.get(number as usize)?.clone();
                let list = program.list_of_variable(node)?;
                self.element_path(list, &element, lets)
            }
            Op::Let(id) if lets < MAX_LETS => {
                let it = program.lets.get(id.0 as usize)?;
                let around = std::mem::take(&mut self.variables);
                let path = self.path(it.value, lets + 1);
                self.variables = around;
                path
            }
            Op::Match { scrutinee, arms } => {
                let value = self.arm(scrutinee, arms).ok()?;
                self.path(value, lets)
            }
            _ => None,
        }
    }

    /// Where an element of a list stands in a fact: lists made by `each` and projection are followed to the fact.
    pub(crate) fn element_path(
        &mut self,
        list: NodeId,
        element: &Term<'a>,
        lets: u32,
    ) -> Option<Path> {
        let program = self.program;
        match program.nodes.op(list)? {
            Op::Each { list, .. } => self.element_path(list, element, lets),
            Op::Project(of, field) => {
                let mut path = self.path(of, lets)?;
                path.text.push_str("[*]");
                path.field(program.type_of(of)?.member()?, field)?;
                Some(path)
            }
            Op::Let(id) if lets < MAX_LETS => {
                let it = program.lets.get(id.0 as usize)?;
                let around = std::mem::take(&mut self.variables);
                let path = self.element_path(it.value, element, lets + 1);
                self.variables = around;
                path
            }
            _ => {
                let mut path = self.path(list, lets)?;
                let all = Elements::of(self.term_of(list));
                let ty = program.type_of(list).and_then(Type::member);
                let mut order = in_canonical_order(&all, ty).into_iter();
                let same = |it: Element| element.with(|element| *element == it.value);
                // A String never fails to be written to.
                match order.position(same) {
                    Some(at) => write!(path.text, "[{at}]").ok()?,
                    None => path.text.push_str("[*]"),
                }
                Some(path)
            }
        }
    }
}

/// Leaves in the making.
#[derive(Default)]
struct Leaves {
    found: Vec<Evidence>,
    lets: Met,
    /// Filters that were told.
    chosen: FxHashSet<NodeId>,
}

/// Derived facts that were looked through, and how deep they stood. A second look would tell the same, and chains in which
/// each names another twice would tell it without end; only one that starts higher may see more.
#[derive(Default)]
struct Met(FxHashMap<LetId, u32>);

impl Met {
    /// False if there is nothing more to see.
    fn enter(&mut self, id: LetId, depth: u32) -> bool {
        let before = self.0.get(&id).copied();
        let new = before.is_none_or(|before| depth < before);
        if new {
            self.0.insert(id, depth);
        }
        new
    }
}

#[derive(Clone, Copy)]
struct Quantifier {
    list: NodeId,
    filter: Option<NodeId>,
    body: NodeId,
}

/// A place in a fact.
pub(crate) struct Path {
    slot: SlotId,
    text: String,
    secret: bool,
}

impl Path {
    fn field(&mut self, record: &Type, field: u32) -> Option<()> {
        let field = record.record()?.fields.get(field as usize)?;
        if !self.text.is_empty() {
            self.text.push('.');
        }
        self.text.push_str(&field.name);
        self.secret |= field.secret;
        Some(())
    }

    pub(crate) fn seen(self, value: Partial, ty: Option<Type>) -> Seen {
        Seen {
            slot: self.slot,
            path: self.text,
            value,
            ty,
            secret: self.secret,
        }
    }
}

/// What was seen, each place once.
#[derive(Default)]
pub(crate) struct Seens {
    pub(crate) found: Vec<Seen>,
    lets: Met,
}

impl Seens {
    fn push(&mut self, seen: Seen) {
        let known = |it: &Seen| it.slot == seen.slot && it.path == seen.path;
        if !self.found.iter().any(known) {
            self.found.push(seen);
        }
    }

    pub(crate) fn push_slot(&mut self, decider: &Decider<'_>, slot: SlotId) {
        let Some(it) = decider.program.slots.get(slot.0 as usize) else {
            return;
        };
        if let Some(value) = decider.state.get(slot) {
            self.push(Seen {
                slot,
                path: String::new(),
                value: value.clone(),
                ty: Some(it.ty.clone()),
                secret: it.secret,
            });
        }
    }
}

/// The elements in canonical order (T3); in the list's own order where their type is not known.
pub(crate) fn in_canonical_order(all: &Elements<'_>, member: Option<&Type>) -> Vec<Element> {
    let mut sorted = all.to_vec();
    if let Some(member) = member {
        show::sort(&mut sorted, member);
    }
    sorted
}
