//! What is left of a verdict once only some parts of a case may be otherwise: a small program with one rule, for the prover.
//!
//! Conditions that nothing of these parts can change are put in as they come out now. One that nobody knows, and that nothing of
//! these parts can settle, helps nobody: it neither holds nor fails. What cannot be put in is left free: then more may seem possible
//! than is, so that *impossible* stays a proof.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rulec_facts::truth::Truth;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Element, Partial, Value};
use rulec_program::decide::Decider;
use rulec_program::encode::{Claim, Limits, Proof, Prover};
use rulec_program::node::{Arm, LetId, NodeId, Op, Operands, Place, SlotId};
use rulec_program::program::{
    Assume, Let, Link, Named, Origin, PackId, Plan, Program, Rule, RuleId, Slot, SymptomId,
};
use rulec_program::seal::Sealed;
use rulec_program::state::State;

/// Elements of a list that stays as it is, whose conditions are put in one by one.
const ELEMENTS: usize = 100;
/// Expressions, rules and derived facts inside each other that are followed.
const DEEPEST: u32 = 300;
/// Elements of a list that are told one by one.
const COPIES: u32 = 8;

/// Parts of a case that may be otherwise.
#[derive(Debug, Clone, Default)]
pub(crate) struct Free {
    /// Facts and fields.
    pub(crate) parts: Vec<(SlotId, Vec<u32>)>,
    /// Symptoms that somebody may report.
    pub(crate) symptoms: BTreeSet<SymptomId>,
}

impl Free {
    /// What may be otherwise lies at that place, inside it, or around it.
    fn touches(&self, slot: SlotId, path: &[u32]) -> bool {
        let mut parts = self.parts.iter().filter(|(of, _)| *of == slot);
        parts.any(|(_, part)| part.starts_with(path) || path.starts_with(part))
    }
}

/// Whether the rule can be confirmed.
pub(crate) enum Answer {
    /// It is proved that it cannot.
    Impossible,
    /// Not that it cannot; with states in which it may be, of which the free parts count: first what of them matters, then the same in
    /// full. Whether it is so must be tried.
    Perhaps(Vec<State>),
}

/// Whether the rule can be confirmed by what these parts are, with none of these assumptions broken. `state` is the case in which
/// nobody knows them.
pub(crate) fn ask(
    program: &Sealed,
    state: &State,
    free: &Free,
    rule: RuleId,
    assumes: &[NodeId],
) -> Answer {
    let mut scratch = rulec_program::decide::Scratch::default();
    let mut residual = Residual {
        program,
        look: Decider::new(program, state, &mut scratch),
        free,
        out: empty(program),
        rules: BTreeMap::new(),
        rails: BTreeMap::new(),
        copied: BTreeMap::new(),
        element: None,
        lets: BTreeMap::new(),
        named: BTreeMap::new(),
        depth: 0,
    };
    let Some(sealed) = residual.build(rule, assumes) else {
        return Answer::Perhaps(Vec::new());
    };
    let limits = Limits {
        copies: COPIES,
        ..Limits::default()
    };
    let claim = Claim::Confirmed(RuleId(0), true);
    let mut prover = Prover::new(&sealed, limits);
    match prover.possible(&[claim]) {
        Proof::Impossible(_) => Answer::Impossible,
        Proof::Undecided(_) => Answer::Perhaps(Vec::new()),
        Proof::Possible(found) => {
            let witness = prover.witness(&found).ok();
            let states = witness.map(|it| vec![it.state, it.total]);
            Answer::Perhaps(states.unwrap_or_default())
        }
    }
}

/// The facts, without places to read them and without anything that stands on them.
fn empty(program: &Sealed) -> Program {
    let slots = program.slots.iter().map(|it| Slot {
        sources: Vec::new(),
        reports: None,
        ..it.clone()
    });
    let mut out = Program {
        packs: program.packs.clone(),
        files: program.files.clone(),
        slots: slots.collect(),
        ..Program::default()
    };
    // Numbers of constants stay what they are.
    out.nodes.constants.clone_from(&program.nodes.constants);
    out
}

struct Residual<'r> {
    program: &'r Sealed,
    look: Decider<'r>,
    free: &'r Free,
    out: Program,
    /// That a rule is confirmed, or ruled out.
    rules: BTreeMap<(RuleId, bool), NodeId>,
    /// That a condition holds, or fails.
    rails: BTreeMap<(NodeId, bool), NodeId>,
    copied: BTreeMap<NodeId, NodeId>,
    /// The element of a list that is put in for its variable.
    element: Option<Partial>,
    lets: BTreeMap<LetId, LetId>,
    /// Truths that stand for themselves.
    named: BTreeMap<SymptomId, NodeId>,
    depth: u32,
}

impl Residual<'_> {
    fn build(&mut self, rule: RuleId, assumes: &[NodeId]) -> Option<Sealed> {
        let mut parts = vec![self.rule(rule, true)?];
        parts.extend(self.around()?);
        let when = self.joined(&parts, true);
        for condition in assumes {
            if self.is_touched(*condition) {
                let broken = self.holds(*condition, false)?;
                let condition = self.push(Op::Not(broken));
                self.out.assumes.push(Assume {
                    place: Place::default(),
                    pack: PackId(0),
                    condition,
                    text: String::new(),
                });
            }
        }
        let named = self.program.rules.get(rule.0 as usize)?.named.clone();
        self.out.rules.push(Rule {
            named,
            symptoms: Vec::new(),
            any_symptom: false,
            when: Some(when),
            otherwise: false,
            overridden_by: Vec::new(),
            likelihood: None,
            cause: None,
            plan: Plan {
                fixes: Vec::new(),
                link: Link::And,
            },
        });
        std::mem::take(&mut self.out).seal().ok()
    }

    /// Records that are there around what may be otherwise stay there.
    fn around(&mut self) -> Option<Vec<NodeId>> {
        let (program, free) = (self.program, self.free);
        let mut met: BTreeSet<(SlotId, Vec<u32>)> = BTreeSet::new();
        let mut found = Vec::new();
        for (slot, path) in &free.parts {
            let mut ty = &program.slots.get(slot.0 as usize)?.ty;
            let mut value = self.look.state().get(*slot)?;
            let mut node = self.push(Op::Slot(*slot));
            for (at, field) in path.iter().enumerate() {
                let Partial::Known(Value::Record(fields)) = value else {
                    break;
                };
                let prefix = path.get(..at).unwrap_or_default().to_vec();
                if ty.optional && met.insert((*slot, prefix)) {
                    let absent = self.push(Op::IsAbsent(node));
                    found.push(self.push(Op::Not(absent)));
                }
                node = self.push(Op::Field(node, *field));
                ty = &ty.record()?.fields.get(*field as usize)?.ty;
                value = fields.get(*field as usize)?;
            }
        }
        Some(found)
    }

    /// V1: that the rule is confirmed, or that it is ruled out.
    fn rule(&mut self, id: RuleId, wanted: bool) -> Option<NodeId> {
        if let Some(known) = self.rules.get(&(id, wanted)) {
            return Some(*known);
        }
        self.deeper()?;
        let program = self.program;
        let rule = program.rules.get(id.0 as usize)?;
        let mut parts = Vec::new();
        if let Some(when) = rule.when {
            parts.push(self.holds(when, wanted)?);
        }
        if !rule.is_latent() {
            let mut symptoms = Vec::new();
            for symptom in &rule.symptoms {
                let mut both = vec![self.present(*symptom, wanted)?];
                if rule.otherwise {
                    for other in program.ordinary_rules(*symptom) {
                        both.push(self.rule(*other, !wanted)?);
                    }
                }
                symptoms.push(self.joined(&both, wanted));
            }
            parts.push(self.joined(&symptoms, !wanted));
        }
        for other in &rule.overridden_by {
            parts.push(self.rule(*other, !wanted)?);
        }
        self.depth -= 1;
        let rail = self.joined(&parts, wanted);
        self.rules.insert((id, wanted), rail);
        Some(rail)
    }

    /// V4: that the symptom is there, or that it is not.
    fn present(&mut self, id: SymptomId, wanted: bool) -> Option<NodeId> {
        let program = self.program;
        let may_be_named = self.free.symptoms.contains(&id);
        let symptom = program.symptoms.get(id.0 as usize)?;
        let mut parts = Vec::new();
        if may_be_named {
            let named = match self.named.get(&id) {
                Some(known) => *known,
                None => self.fresh(),
            };
            self.named.insert(id, named);
            parts.push(match wanted {
                true => named,
                false => self.push(Op::Not(named)),
            });
        } else if self.look.state().is_reported(id) {
            return Some(self.truth(wanted));
        }
        for code in &symptom.codes {
            parts.push(match self.look.reported(code) {
                Truth::Unknown if self.reporting_is_free() => self.fresh(),
                truth => self.truth(truth == Truth::from(wanted)),
            });
        }
        if !symptom.asks.is_empty() {
            let said = self.look.state().answered(id);
            parts.push(self.truth(said == Some(wanted)));
        }
        for condition in &symptom.seen {
            parts.push(self.holds(*condition, wanted)?);
        }
        Some(self.joined(&parts, !wanted))
    }

    fn reporting_is_free(&self) -> bool {
        let mut all = self.program.reporting().iter();
        all.any(|it| self.free.touches(*it, &[]))
    }

    /// That a condition outside of quantifiers holds, or that it fails: none of both where nobody can know.
    fn holds(&mut self, node: NodeId, wanted: bool) -> Option<NodeId> {
        if let Some(known) = self.rails.get(&(node, wanted)) {
            return Some(*known);
        }
        self.deeper()?;
        let program = self.program;
        let rail = match (self.look.truth(node), program.nodes.op(node)?) {
            (Truth::True, _) => self.truth(wanted),
            (Truth::False, _) => self.truth(!wanted),
            (_, Op::Not(of)) => self.holds(of, !wanted)?,
            (_, Op::And(list)) => self.operands(list, wanted, wanted)?,
            (_, Op::Or(list)) => self.operands(list, wanted, !wanted)?,
            (_, Op::Let(id)) => {
                let value = program.lets.get(id.0 as usize)?.value;
                self.holds(value, wanted)?
            }
            _ if !self.is_touched(node) => self.truth(false),
            _ => {
                let copy = self.copy(node)?;
                match wanted {
                    true => copy,
                    false => self.push(Op::Not(copy)),
                }
            }
        };
        self.depth -= 1;
        self.rails.insert((node, wanted), rail);
        Some(rail)
    }

    fn operands(&mut self, list: Operands, wanted: bool, all: bool) -> Option<NodeId> {
        let program = self.program;
        let mut parts = Vec::new();
        for operand in program.nodes.list(list) {
            parts.push(self.holds(*operand, wanted)?);
        }
        Some(self.joined(&parts, all))
    }

    fn is_touched(&self, node: NodeId) -> bool {
        let reads = self.look.reads_of(node);
        let mut parts = reads.parts.iter();
        parts.any(|(slot, path)| self.free.touches(*slot, path))
    }

    /// The expression in the new program; scalars and plain lists that stay as they are as constants.
    fn copy(&mut self, node: NodeId) -> Option<NodeId> {
        if let (Some(known), None) = (self.copied.get(&node), &self.element) {
            return Some(*known);
        }
        self.deeper()?;
        let program = self.program;
        let op = program.nodes.op(node)?;
        let copy = match (self.constant(node), self.each_element(op)) {
            (Some(value), _) => self.out.nodes.push_constant(value, Place::default()),
            (None, Some(parts)) => parts,
            (None, None) => {
                let op = self.copied_op(op)?;
                self.push(op)
            }
        };
        self.depth -= 1;
        if self.element.is_none() {
            self.copied.insert(node, copy);
        }
        Some(copy)
    }

    /// A quantifier over a list that stays as it is, as what it says of each element; none where that is not so simple.
    fn each_element(&mut self, op: Op) -> Option<NodeId> {
        let Op::Any {
            list, filter, body, ..
        } = op
        else {
            return None;
        };
        let plain = |it: NodeId| !has_quantifier(self.program, it);
        if self.element.is_some() || !plain(body) || !filter.is_none_or(plain) {
            return None;
        }
        let (value, _) = self.kept(list)?;
        let elements = value.known().and_then(Value::elements)?;
        let certain = elements.iter().all(|it| it.certain);
        if elements.len() > ELEMENTS || !certain {
            return None;
        }
        let (elements, depth) = (elements.to_vec(), self.depth);
        let mut parts = Vec::new();
        for element in elements {
            self.element = Some(element.value);
            let tests = filter.into_iter().chain([body]);
            let both: Option<Vec<NodeId>> = tests.map(|it| self.copy(it)).collect();
            self.element = None;
            self.depth = depth;
            parts.push(self.joined(&both?, true));
        }
        Some(self.joined(&parts, false))
    }

    fn copied_op(&mut self, op: Op) -> Option<Op> {
        let program = self.program;
        Some(match op {
            Op::Reported(_) => return self.fresh_op(),
            // Of an element that is put in, only what can be written as a constant.
            Op::Variable(_) if self.element.is_some() => return None,
            Op::Let(id) => Op::Let(self.copied_let(id)?),
            Op::And(list) => Op::And(self.copied_list(list)?),
            Op::Or(list) => Op::Or(self.copied_list(list)?),
            Op::List(list) => Op::List(self.copied_list(list)?),
            Op::Match { scrutinee, arms } => {
                let scrutinee = self.copy(scrutinee)?;
                let mut copied = Vec::new();
                for arm in program.nodes.arms_of(arms) {
                    copied.push(Arm {
                        patterns: arm.patterns.clone(),
                        value: self.copy(arm.value)?,
                    });
                }
                let start = self.out.nodes.arms.len() as u32;
                let len = copied.len() as u32;
                self.out.nodes.arms.extend(copied);
                let arms = Operands { start, len };
                Op::Match { scrutinee, arms }
            }
            mut other => {
                let mut operands = Vec::new();
                program.nodes.each_operand(other, |it| operands.push(it));
                let mut copies: BTreeMap<NodeId, NodeId> = BTreeMap::new();
                for it in operands {
                    copies.insert(it, self.copy(it)?);
                }
                other.each_direct_operand(|it| {
                    if let Some(copy) = copies.get(it) {
                        *it = *copy;
                    }
                });
                other
            }
        })
    }

    fn copied_list(&mut self, list: Operands) -> Option<Operands> {
        let program = self.program;
        let mut copied = Vec::new();
        for operand in program.nodes.list(list) {
            copied.push(self.copy(*operand)?);
        }
        Some(self.out.nodes.push_operands(&copied))
    }

    fn copied_let(&mut self, id: LetId) -> Option<LetId> {
        if let Some(known) = self.lets.get(&id) {
            return Some(*known);
        }
        let program = self.program;
        let old = program.lets.get(id.0 as usize)?;
        // Behind those that it names.
        let value = self.copy(old.value)?;
        let new = LetId(self.out.lets.len() as u32);
        self.out.lets.push(Let {
            named: old.named.clone(),
            ty: old.ty.clone(),
            value,
        });
        self.lets.insert(id, new);
        Some(new)
    }

    /// The value of a fact or field that stays as it is, or of a field of the element, if it can be written as a constant.
    fn constant(&self, node: NodeId) -> Option<Partial> {
        let (value, ty) = match self.program.nodes.op(node)? {
            Op::Project(list, at) => self.projected(list, at)?,
            _ => self.kept(node)?,
        };
        let scalar = |ty: &Type| ty.record().is_none() && ty.member().is_none();
        let plain = scalar(&ty) || ty.member().is_some_and(scalar);
        // What is absent has no type of its own.
        let there = matches!(value, Partial::Known(_)) && value.is_total();
        (plain && there).then_some(value)
    }

    /// O11: the field of all members of a list that stays as it is.
    fn projected(&self, list: NodeId, at: u32) -> Option<(Partial, Type)> {
        let (value, ty) = self.kept(list)?;
        let field = ty.member()?.record()?.fields.get(at as usize)?;
        let mut found = Vec::new();
        for element in value.known().and_then(Value::elements)? {
            let Partial::Known(Value::Record(fields)) = &element.value else {
                return None;
            };
            match fields.get(at as usize)? {
                Partial::Absent => {}
                it if element.certain => found.push(Element::certain(it.clone())),
                _ => return None,
            }
        }
        let mut member = field.ty.clone();
        member.optional = false;
        let ty = Type::of(Kind::List(Arc::new(member)));
        Some((Partial::Known(Value::List(found.into())), ty))
    }

    /// The value of a fact or field that stays as it is, or of the element.
    fn kept(&self, node: NodeId) -> Option<(Partial, Type)> {
        match self.program.nodes.op(node)? {
            Op::Variable(_) => {
                let ty = self.program.type_of(node)?;
                Some((self.element.clone()?, ty.clone()))
            }
            Op::Slot(slot) => {
                let ty = &self.program.slots.get(slot.0 as usize)?.ty;
                let value = self.look.state().get(slot)?;
                (!self.free.touches(slot, &[])).then(|| (value.clone(), ty.clone()))
            }
            Op::Field(of, at) => match place(self.program, node) {
                Some((slot, path)) => self.kept_at(slot, &path),
                None => {
                    let (value, ty) = self.kept(of)?;
                    let Partial::Known(Value::Record(fields)) = value else {
                        return None;
                    };
                    let ty = &ty.record()?.fields.get(at as usize)?.ty;
                    Some((fields.get(at as usize)?.clone(), ty.clone()))
                }
            },
            _ => None,
        }
    }

    fn kept_at(&self, slot: SlotId, path: &[u32]) -> Option<(Partial, Type)> {
        if self.free.touches(slot, path) {
            return None;
        }
        let mut value = self.look.state().get(slot)?;
        let mut ty = &self.program.slots.get(slot.0 as usize)?.ty;
        for at in path {
            ty = &ty.record()?.fields.get(*at as usize)?.ty;
            value = match value {
                Partial::Known(Value::Record(fields)) => fields.get(*at as usize)?,
                _ => return None,
            };
        }
        Some((value.clone(), ty.clone()))
    }

    fn joined(&mut self, parts: &[NodeId], all: bool) -> NodeId {
        match parts {
            [] => self.truth(all),
            [only] => *only,
            parts => {
                let list = self.out.nodes.push_operands(parts);
                self.push(if all { Op::And(list) } else { Op::Or(list) })
            }
        }
    }

    fn truth(&mut self, truth: bool) -> NodeId {
        let value = Partial::Known(Value::Bool(truth));
        self.out.nodes.push_constant(value, Place::default())
    }

    /// A truth that stands for nothing else.
    fn fresh(&mut self) -> NodeId {
        let at = self.out.slots.len() as u32;
        let named = Named {
            // Sorted behind all names that a pack can give.
            name: format!("~{at:08}").into(),
            pack: PackId(0),
            title: None,
            description: None,
            place: Place::default(),
        };
        let slot = Slot::bare(named, Type::of(Kind::Bool), Origin::Fact);
        self.out.slots.push(slot);
        self.push(Op::Slot(SlotId(at)))
    }

    fn fresh_op(&mut self) -> Option<Op> {
        let node = self.fresh();
        self.out.nodes.op(node)
    }

    fn push(&mut self, op: Op) -> NodeId {
        self.out.nodes.push(op, Place::default())
    }

    /// None where it goes too deep.
    fn deeper(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= DEEPEST).then_some(())
    }
}

/// A quantifier or a list of chosen elements stands in it; derived facts are not looked through, they have no variable of it.
fn has_quantifier(program: &Sealed, node: NodeId) -> bool {
    let mut left = vec![node];
    while let Some(node) = left.pop() {
        let Some(op) = program.nodes.op(node) else {
            continue;
        };
        if matches!(op, Op::Any { .. } | Op::Each { .. }) {
            return true;
        }
        program.nodes.each_operand(op, |it| left.push(it));
    }
    false
}

/// The fact and the numbers of fields, if the node is nothing else.
fn place(program: &Sealed, node: NodeId) -> Option<(SlotId, Vec<u32>)> {
    match program.nodes.op(node)? {
        Op::Slot(slot) => Some((slot, Vec::new())),
        Op::Field(of, at) => {
            let (slot, mut path) = place(program, of)?;
            path.push(at);
            Some((slot, path))
        }
        _ => None,
    }
}
