//! The states of a pack: what a state consists of, which states are admissible, and what each condition is in them.
//!
//! A state gives each place one of its values, total or partly hidden. A value that is partly hidden is refined by those
//! total ones that it can be got from by hiding; so a partial state is exactly a total state with a mask.

use std::collections::{BTreeMap, BTreeSet};

use rulec_syntax::ast::{Expr, ExprKind};

use super::domain::{Values, key, masks_with_whole};
use super::pack::Pack;
use super::rewrite::variable;
use super::survey::Survey;
use crate::Fails;
use crate::case::{Case, longest};
use crate::evaluate::{Evaluator, Scope};
use crate::needs::parts;
use crate::tally::Tally;
use crate::value::{Code, Needs, Partial, Scalar, Truth};

/// States beyond which a pack is not small.
pub const MOST: usize = 12_000;

/// T, F or U, in the order in which `and` takes the least and `or` the greatest (O2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kleene {
    False,
    Unknown,
    True,
}

impl std::ops::Not for Kleene {
    type Output = Kleene;

    /// O1.
    fn not(self) -> Kleene {
        match self {
            Kleene::False => Kleene::True,
            Kleene::Unknown => Kleene::Unknown,
            Kleene::True => Kleene::False,
        }
    }
}

/// What a state gives a value to.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A fact or param.
    Place(String),
    Now,
    /// Whether the complaint has a code of which a condition asks.
    Complaint(Code),
}

/// A place with its values, the total ones first.
pub struct Place {
    pub what: What,
    pub values: Vec<Partial>,
    /// So many are total.
    pub totals: usize,
    /// For each value the total ones that refine it.
    pub refined: Vec<Vec<usize>>,
    /// Only facts, lists and fields are hidden: not params, `now`, or members of lists and sets of scalars.
    pub plain: Vec<bool>,
}

/// What a condition without `and`, `or`, `not` is.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    Condition(Expr),
    /// A code is reported (V4).
    Reported(Code),
}

/// Such a condition in every state of the places that it mentions.
pub struct Leaf {
    source: Source,
    places: Vec<usize>,
    table: Vec<Kleene>,
}

/// A condition over leaves.
#[derive(Debug, Clone)]
pub enum Node {
    Leaf(usize),
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
}

/// All of it.
pub struct Space<'p, 'a> {
    pack: &'p Pack<'a>,
    pub places: Vec<Place>,
    pub leaves: Vec<Leaf>,
    /// Whether some total state that refines a state makes all assumptions true, over the places that they mention.
    admissible: Leaf,
}

impl<'p, 'a> Space<'p, 'a> {
    /// The places of a pack with their values, and which states are admissible.
    pub fn new(pack: &'p Pack<'a>, survey: &Survey) -> Fails<Space<'p, 'a>> {
        let mut space = Space {
            pack,
            places: Vec::new(),
            leaves: Vec::new(),
            admissible: Leaf {
                source: Source::Condition(Expr {
                    kind: ExprKind::And(Vec::new()),
                    place: Default::default(),
                }),
                places: Vec::new(),
                table: Vec::new(),
            },
        };
        space.declare(survey)?;
        space.admit()?;
        Ok(space)
    }

    fn declare(&mut self, survey: &Survey) -> Fails<()> {
        let mut values = Values::new(survey, &self.pack.shapes);
        for (name, shape) in &self.pack.shapes {
            let mut parts = name.split('.');
            let mentioned = parts.all(|part| survey.fields.contains(part));
            let reports = self.pack.program.places.get(name);
            if mentioned || reports.is_some_and(|place| place.reports.is_some()) {
                let totals = values.of(shape, name)?;
                let input = self.pack.params.contains(name);
                self.add(What::Place(name.clone()), totals, !input)?;
            }
        }
        self.add(What::Now, values.now()?, false)?;
        let mut codes: Vec<Code> = Vec::new();
        for code in &survey.reported {
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        for code in codes {
            let bit = |holds| Partial::Known(Scalar::Bool(holds));
            // T6: the complaint is an input, fixed when the case is opened; nothing of it is hidden.
            self.places.push(Place {
                what: What::Complaint(code),
                values: vec![bit(false), bit(true)],
                totals: 2,
                refined: vec![vec![0], vec![1]],
                plain: vec![true, true],
            });
        }
        Ok(())
    }

    fn add(&mut self, what: What, totals: Vec<Partial>, plain: bool) -> Fails<()> {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut place = Place {
            what,
            values: Vec::new(),
            totals: 0,
            refined: Vec::new(),
            plain: Vec::new(),
        };
        for total in totals {
            let total = canonical(&total)?;
            let key = key(&total);
            if numbers.contains_key(&key) {
                continue;
            }
            let number = place.values.len();
            numbers.insert(key, number);
            place.values.push(total);
            place.refined.push(vec![number]);
            place.plain.push(true);
        }
        place.totals = place.values.len();
        for total in 0..place.totals {
            for (seen, own) in masks_with_whole(&place.values[total])? {
                let key = key(&seen);
                let number = *numbers.entry(key).or_insert(place.values.len());
                if number == place.values.len() {
                    place.values.push(seen);
                    place.refined.push(Vec::new());
                    place.plain.push(own && plain);
                }
                if !place.refined[number].contains(&total) {
                    place.refined[number].push(total);
                }
            }
            if place.values.len() > MOST {
                return Err("too many values".to_owned());
            }
        }
        self.places.push(place);
        Ok(())
    }

    /// "Adm: total states with Inv = T, and partial ones that some of these refine."
    fn admit(&mut self) -> Fails<()> {
        let pack = self.pack;
        let assumes = pack.assumes.iter();
        let mut nodes = Vec::new();
        for (_, assume) in assumes {
            nodes.push(self.node(assume)?);
        }
        let all = Node::And(nodes);
        let places: Vec<usize> = self.mentioned(&[&all]).into_iter().collect();
        let mut table = vec![Kleene::False; self.size(&places)?];
        // Total values come first, so a state whose first hidden place is given a total value comes earlier.
        for number in 0..table.len() {
            let state = self.decode(&places, number);
            let hidden = places.iter().enumerate();
            let mut hidden = hidden.filter(|(at, place)| state[*at] >= self.places[**place].totals);
            let holds = match hidden.next() {
                None => {
                    let mut whole = self.unknown_state();
                    for (at, place) in places.iter().enumerate() {
                        whole[*place] = state[at];
                    }
                    self.decide(&all, &self.truths(&whole)) == Kleene::True
                }
                Some((at, place)) => self.places[*place].refined[state[at]].iter().any(|total| {
                    let mut refined = state.clone();
                    refined[at] = *total;
                    table[self.encode(&places, &refined)] == Kleene::True
                }),
            };
            if holds {
                table[number] = Kleene::True;
            }
        }
        self.admissible.places = places;
        self.admissible.table = table;
        Ok(())
    }

    /// Whether a state is admissible.
    pub fn admits(&self, state: &[usize]) -> bool {
        self.lookup(&self.admissible, state) == Kleene::True
    }

    /// Whether any state is (C1).
    pub fn is_possible(&self) -> bool {
        self.admissible.table.contains(&Kleene::True)
    }

    /// A condition as leaves and what joins them.
    pub fn node(&mut self, expr: &Expr) -> Fails<Node> {
        Ok(match &expr.kind {
            ExprKind::Not(inner) => Node::Not(Box::new(self.node(inner)?)),
            ExprKind::And(operands) => Node::And(self.nodes(operands)?),
            ExprKind::Or(operands) => Node::Or(self.nodes(operands)?),
            _ => self.leaf(Source::Condition(expr.clone()))?,
        })
    }

    fn nodes(&mut self, operands: &[Expr]) -> Fails<Vec<Node>> {
        operands.iter().map(|operand| self.node(operand)).collect()
    }

    /// A leaf, worked out by the slow evaluator in every state of what it mentions.
    pub fn leaf(&mut self, source: Source) -> Fails<Node> {
        let known = self.leaves.iter().position(|leaf| leaf.source == source);
        if let Some(known) = known {
            return Ok(Node::Leaf(known));
        }
        let places = self.places_of(&source);
        let mut table = Vec::new();
        for number in 0..self.size(&places)? {
            let state = self.decode(&places, number);
            table.push(self.evaluate(&source, &places, &state)?);
        }
        self.leaves.push(Leaf {
            source,
            places,
            table,
        });
        Ok(Node::Leaf(self.leaves.len() - 1))
    }

    fn evaluate(&self, source: &Source, places: &[usize], state: &[usize]) -> Fails<Kleene> {
        let mut facts = BTreeMap::new();
        let mut now = None;
        let mut codes = Vec::new();
        for (place, at) in places.iter().zip(state) {
            let place = &self.places[*place];
            match (&place.what, &place.values[*at]) {
                (What::Place(name), value) => {
                    facts.insert(name.clone(), value.clone());
                }
                (What::Now, Partial::Known(value)) => now = Some(value.clone()),
                (What::Complaint(code), Partial::Known(Scalar::Bool(true))) => {
                    codes.push(code.clone());
                }
                _ => {}
            }
        }
        let case = Case::of(facts, now, codes);
        evaluate(self.pack, &case, source)
    }

    fn places_of(&self, source: &Source) -> Vec<usize> {
        let mut mentioned = Mentioned::default();
        match source {
            Source::Condition(expr) => mentioned.at(expr, self.pack, &mut Vec::new()),
            Source::Reported(_) => mentioned.reported = true,
        }
        let program = &self.pack.program;
        let reports = |name: &String| {
            program
                .places
                .get(name)
                .is_some_and(|it| it.reports.is_some())
        };
        let wanted = |place: &Place| match &place.what {
            What::Place(name) => {
                mentioned.places.contains(name) || (mentioned.reported && reports(name))
            }
            What::Now => mentioned.now,
            What::Complaint(code) => match source {
                Source::Reported(own) => own == code,
                Source::Condition(_) => mentioned.reported,
            },
        };
        let all = self.places.iter().enumerate();
        all.filter(|(_, place)| wanted(place))
            .map(|(at, _)| at)
            .collect()
    }

    /// The places that conditions mention.
    pub fn mentioned(&self, nodes: &[&Node]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for node in nodes {
            match node {
                Node::Leaf(at) => found.extend(&self.leaves[*at].places),
                Node::Not(inner) => found.extend(self.mentioned(&[inner.as_ref()])),
                Node::And(parts) | Node::Or(parts) => {
                    found.extend(self.mentioned(&parts.iter().collect::<Vec<_>>()));
                }
            }
        }
        found
    }

    /// Every leaf in a state.
    pub fn truths(&self, state: &[usize]) -> Vec<Kleene> {
        let leaves = self.leaves.iter();
        leaves.map(|leaf| self.lookup(leaf, state)).collect()
    }

    /// A condition by its leaves; O1, O2.
    pub fn decide(&self, node: &Node, truths: &[Kleene]) -> Kleene {
        let each = |parts: &Vec<Node>| -> Vec<Kleene> {
            parts.iter().map(|part| self.decide(part, truths)).collect()
        };
        match node {
            Node::Leaf(at) => truths[*at],
            Node::Not(inner) => !self.decide(inner, truths),
            Node::And(parts) => each(parts).into_iter().min().unwrap_or(Kleene::True),
            Node::Or(parts) => each(parts).into_iter().max().unwrap_or(Kleene::False),
        }
    }

    fn lookup(&self, leaf: &Leaf, state: &[usize]) -> Kleene {
        let mut number = 0;
        for place in &leaf.places {
            number = number * self.places[*place].values.len() + state[*place];
        }
        leaf.table[number]
    }

    /// Nothing is known; an inadmissible complaint is not made.
    fn unknown_state(&self) -> Vec<usize> {
        let whole = Partial::unknown(Needs::default());
        let at = |place: &Place| place.values.iter().position(|value| *value == whole);
        self.places.iter().map(|it| at(it).unwrap_or(0)).collect()
    }

    /// All admissible states of some places, the others unknown; only total ones of these places if so wanted.
    pub fn states(&self, places: &BTreeSet<usize>, total: bool) -> Fails<Vec<Vec<usize>>> {
        let mut states = vec![self.unknown_state()];
        for place in places {
            let own = &self.places[*place];
            let count = if total { own.totals } else { own.values.len() };
            let mut more = Vec::new();
            for state in states {
                for value in 0..count {
                    let mut state = state.clone();
                    state[*place] = value;
                    more.push(state);
                }
            }
            if more.len() > MOST {
                return Err("too many states".to_owned());
            }
            states = more;
        }
        states.retain(|state| self.admits(state));
        Ok(states)
    }

    fn size(&self, places: &[usize]) -> Fails<usize> {
        let mut size: usize = 1;
        for place in places {
            size = size.saturating_mul(self.places[*place].values.len());
        }
        if size > MOST {
            return Err("too many states".to_owned());
        }
        Ok(size)
    }

    fn decode(&self, places: &[usize], mut number: usize) -> Vec<usize> {
        let mut state = vec![0; places.len()];
        for (at, place) in places.iter().enumerate().rev() {
            let count = self.places[*place].values.len();
            state[at] = number % count;
            number /= count;
        }
        state
    }

    fn encode(&self, places: &[usize], state: &[usize]) -> usize {
        let each = places.iter().zip(state);
        each.fold(0, |number, (place, at)| {
            number * self.places[*place].values.len() + at
        })
    }
}

/// A condition in a case, by the slow evaluator.
pub fn evaluate(pack: &Pack<'_>, case: &Case, source: &Source) -> Fails<Kleene> {
    let evaluator = Evaluator {
        program: &pack.program,
        case,
        tally: Tally::default(),
    };
    let truth = match source {
        Source::Condition(expr) => evaluator.truth(expr, &Scope::default())?,
        Source::Reported(code) => {
            evaluator.is_reported(&Partial::Known(Scalar::Code(code.clone())))?
        }
    };
    Ok(match truth {
        Truth::True => Kleene::True,
        Truth::False => Kleene::False,
        Truth::Unknown(_) => Kleene::Unknown,
    })
}

/// Elements in one order (T3): hiding nothing is the first way of hiding.
fn canonical(value: &Partial) -> Fails<Partial> {
    let seen = super::domain::masks(value)?.into_iter().next();
    Ok(seen.map_or_else(|| value.clone(), |(value, _)| value))
}

/// What a condition mentions.
#[derive(Default)]
struct Mentioned {
    places: BTreeSet<String>,
    now: bool,
    reported: bool,
}

impl Mentioned {
    fn at(&mut self, expr: &Expr, pack: &Pack<'_>, bound: &mut Vec<String>) {
        match &expr.kind {
            ExprKind::Now => self.now = true,
            ExprKind::Reported => self.reported = true,
            ExprKind::Path(path) => {
                let text = path.name.text.as_str();
                let first = text.split('.').next().unwrap_or(text);
                if !bound.iter().any(|variable| variable == first) {
                    let place = longest(pack.program.places.keys(), text);
                    self.places.extend(place.cloned());
                }
            }
            _ => {}
        }
        let variable = variable(expr);
        for (at, part) in parts(expr).into_iter().enumerate() {
            let inside = variable.as_ref().filter(|_| at > 0);
            bound.extend(inside.cloned());
            self.at(part, pack, bound);
            if inside.is_some() {
                bound.pop();
            }
        }
    }
}

/// Whether some of these conditions mention a fact or param, or what it reports.
pub fn mentions(pack: &Pack<'_>, conditions: &[Expr], name: &str) -> bool {
    let mut mentioned = Mentioned::default();
    for condition in conditions {
        mentioned.at(condition, pack, &mut Vec::new());
    }
    let place = pack.program.places.get(name);
    let reports = place.is_some_and(|place| place.reports.is_some());
    mentioned.places.contains(name) || (mentioned.reported && reports)
}
