//! Questions about a program, and what comes of them.

use std::sync::Arc;

use rulec_prove::Limit;

use super::copies::Copies;
use super::engine::Engine;
use crate::node::{NodeId, Place};
use crate::program::{RuleId, SymptomId};
use crate::seal::Sealed;
use crate::state::State;

/// What a state is looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A condition that stands in no quantifier.
    Condition(NodeId),
    /// The verdict of a rule (V1).
    Rule(RuleId),
    /// The verdict of a rule without an operand of an `and` or `or`, in its own condition or in a derived fact.
    Without(RuleId, NodeId),
    /// Presence of a symptom (V4).
    Present(SymptomId),
}

/// A claim on a total state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Claim {
    /// The condition is true, or false.
    Condition(NodeId, bool),
    /// The rule is confirmed, or ruled out.
    Confirmed(RuleId, bool),
    /// The rule without that literal is confirmed, or ruled out.
    ConfirmedWithout(RuleId, NodeId, bool),
    /// The rule without that literal has another verdict; see [`Prover::can_matter`].
    Matters(RuleId, NodeId),
    /// The symptom is present, or not.
    Present(SymptomId, bool),
}

impl Claim {
    /// What is looked at, and how it is to come out; none where two are looked at.
    pub(crate) fn parts(&self) -> Option<(Subject, bool)> {
        Some(match *self {
            Claim::Condition(node, truth) => (Subject::Condition(node), truth),
            Claim::Confirmed(rule, truth) => (Subject::Rule(rule), truth),
            Claim::ConfirmedWithout(rule, node, truth) => (Subject::Without(rule, node), truth),
            Claim::Present(symptom, truth) => (Subject::Present(symptom), truth),
            Claim::Matters(..) => return None,
        })
    }
}

/// How two subjects come out on one partial state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Split {
    /// Not the same.
    Any,
    /// The first is decided, the second open.
    Earlier,
    /// The first is open, the second decided.
    Later,
    /// One true, one false.
    Opposite,
    /// The first is true, the second is not.
    NotFollowed,
}

/// What a question may cost: counts, never time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of the search itself.
    pub search: rulec_prove::Limits,
    /// Cells of one fact or field.
    pub cells: u32,
    /// Elements of one list.
    pub copies: u32,
    /// Candidates that cannot be replayed.
    pub passes: u32,
    /// Conflicts of all searches of a program together that end without an answer: whoever asks many questions as hard as that is told sooner.
    pub in_vain: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            search: rulec_prove::Limits {
                // A question that is decided at all needs few: what is left are terms for which likely values are tried.
                rounds: 300,
                ..rulec_prove::Limits::default()
            },
            cells: 1_024,
            copies: 24,
            passes: 24,
            in_vain: 400_000,
        }
    }
}

/// What came of a question.
#[derive(Debug, Clone)]
pub enum Proof {
    /// Some admissible state does so: [`Prover::witness`] makes and replays it.
    Possible(Arc<Found>),
    /// No admissible state does.
    Impossible(Core),
    /// It could not be told.
    Undecided(Undecided),
}

/// A point that does what was asked. It was replayed already if anything in it could be no state.
#[derive(Debug)]
pub struct Found {
    pub(crate) point: rulec_prove::Point,
    pub(crate) copies: Arc<Copies>,
    pub(crate) asked: Question,
    /// What of the case matters, if it was replayed.
    pub(crate) state: Option<State>,
}

impl Found {
    /// Some state does so that was not found here: there is none to be shown.
    pub fn elsewhere() -> Found {
        Found {
            point: rulec_prove::Point::default(),
            copies: Arc::default(),
            asked: Question::All(Vec::new()),
            state: None,
        }
    }
}

/// What was asked.
#[derive(Debug, Clone)]
pub(crate) enum Question {
    All(Vec<Claim>),
    Differ(Subject, Subject, Split),
}

/// A case that does what was asked.
#[derive(Debug, Clone)]
pub struct Witness {
    /// What of it matters; all else may be anything that the assumptions allow.
    pub state: State,
    /// The same in full, with every assumption true.
    pub total: State,
    /// What functions of a text are taken to give, by the text: certificates are not looked into.
    pub pins: Vec<(rulec_facts::value::Text, rulec_facts::value::Partial)>,
}

/// What clashes: together these have no admissible state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Core {
    /// Numbers of assumptions.
    pub assumes: Vec<u32>,
    /// Conditions and parts of them.
    pub literals: Vec<NodeId>,
    /// Rules that override, and ordinary rules beside one with `otherwise`.
    pub rules: Vec<RuleId>,
    /// Numbers of claims whose symptom part is among it.
    pub symptoms: Vec<u32>,
}

/// Why a question could not be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecided {
    /// The term that leaves what is handled, where there is one.
    pub node: Option<NodeId>,
    /// Its place.
    pub place: Option<Place>,
    /// Which limit, and how far was looked.
    pub reason: Reason,
}

/// Limits and fragments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A limit of the search.
    Search(Limit),
    /// No state was found with up to so many elements of a list, and more might do.
    Elements(u32),
    /// Quantifiers over lists alternate in a circle (X1).
    Alternation,
    /// A term that is not decided (X4): no state was found for it among the candidates that were tried.
    Term,
    /// Whether all assumptions together can hold is not known.
    Assumptions,
    /// A candidate did not replay: a fault of this tool.
    Replay,
}

/// Answers questions about one program. Remembers formulas between them, but nothing that changes an answer.
#[derive(Debug)]
pub struct Prover<'p> {
    program: &'p Sealed,
    total: Engine<'p>,
    /// For partial states, made when first asked for.
    partial: Option<Box<Engine<'p>>>,
}

impl<'p> Prover<'p> {
    /// Reads the program once.
    pub fn new(program: &'p Sealed, limits: Limits) -> Prover<'p> {
        Prover {
            program,
            total: Engine::new(program, limits),
            partial: None,
        }
    }

    /// The program.
    pub fn program(&self) -> &'p Sealed {
        self.program
    }

    /// Whether all assumptions can hold together (C1).
    pub fn admissible(&mut self) -> Proof {
        self.total.possible(&[])
    }

    /// Whether some admissible total state fulfils all claims.
    pub fn possible(&mut self, claims: &[Claim]) -> Proof {
        self.total.possible(claims)
    }

    /// The state fulfils all claims, admissible or not.
    pub fn fulfils(&mut self, state: &State, claims: &[Claim]) -> bool {
        self.total.fulfils(state, claims)
    }

    /// Whether it can be asked directly if a literal matters ([`Claim::Matters`]): nothing but the rule's own condition hangs on it, and that in
    /// one place alone.
    pub fn can_matter(&mut self, rule: RuleId, literal: NodeId) -> bool {
        self.total.can_matter(rule, literal)
    }

    /// Whether on some admissible partial state the two come out in that way (C6, C7).
    pub fn differs(&mut self, a: Subject, b: Subject, how: Split) -> Proof {
        let total = &self.total;
        let engine = self
            .partial
            .get_or_insert_with(|| Box::new(Engine::partial(total)));
        engine.differs(a, b, how)
    }

    /// The case of a point.
    ///
    /// # Errors
    /// It does not do what it should: a fault of this tool.
    pub fn witness(&mut self, found: &Found) -> Result<Witness, Undecided> {
        match (&found.asked, &mut self.partial) {
            (Question::Differ(..), Some(engine)) => engine.witness(found),
            _ => self.total.witness(found),
        }
    }

    /// Rules of whose condition, as an `and`, at most one operand is not true of the state.
    pub fn nearly_confirmed(&mut self, state: &State) -> Vec<RuleId> {
        self.total.nearly_confirmed(state)
    }

    /// A state fulfils all claims, and so does what it is with more of it known; or that does alone. That is admissible, however what is unknown
    /// even in it is filled in.
    pub fn shows(&mut self, state: &State, whole: &State, claims: &[Claim]) -> bool {
        self.total.shows(state, whole, claims)
    }

    /// A part of the core from which nothing can be left out, tried in order: assumptions first, so that they are named only where
    /// they matter.
    pub fn minimal(&mut self, claims: &[Claim], core: &Core) -> Core {
        self.total.minimal(claims, core)
    }
}
