//! Counts against constants beyond what copies of an element tell: a truth of its own, and in a candidate each copy stands for as many equal
//! elements as the counts ask for.
//!
//! Of a list with so many elements a few are kept as copies, which fulfil all else that is said; so where there is no point, there is no state.

use rulec_prove::{Cube, FormulaId, Mask, Variable};
use rustc_hash::FxHashMap;

use super::atlas::{Origin, PlaceId, Step};
use super::encoder::{Encoder, Meaning};
use super::relations::CellOf;
use super::term::{Members, Sym};

/// Counts up to here are told by as many copies.
pub(crate) const COUNTED: u32 = 12;
/// Copies that a greater count asks for.
pub(crate) const KEPT: u32 = 2;
/// Elements of one list that a case can have.
const MOST: u64 = 20_000;

/// That at least so many members belong.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Many {
    /// The element that a member is or lies in, and that it belongs.
    members: Vec<(Option<PlaceId>, FormulaId)>,
    least: u64,
}

/// All counts of that kind.
#[derive(Debug, Default)]
pub(crate) struct Manys {
    all: Vec<Many>,
    numbers: FxHashMap<Many, u32>,
    /// Of two counts of the same elements: some element belongs to the first and not to the second.
    apart: FxHashMap<(u32, u32), FormulaId>,
}

impl Encoder<'_> {
    /// At least so many of these hold, which are more than copies tell.
    pub(super) fn many(
        &mut self,
        members: &Members,
        belongs: &[FormulaId],
        least: usize,
    ) -> FormulaId {
        let places = members.all.iter().map(|it| match &*it.value {
            [only] => match only.sym {
                Sym::Place(place) => self.element_of(place),
                _ => None,
            },
            _ => None,
        });
        let many = Many {
            members: places.zip(belongs.iter().copied()).collect(),
            least: least as u64,
        };
        let next = self.manys.all.len() as u32;
        let number = match self.manys.numbers.get(&many) {
            Some(known) => *known,
            None => {
                for other in 0..next {
                    self.keep_apart(next, &many, other);
                }
                self.manys.all.push(many.clone());
                self.manys.numbers.insert(many, next);
                next
            }
        };
        let variable = self.variable(Meaning::Many(number), 2);
        let holds = self.logic.is(variable, 1);
        // The copies that are kept of them are there.
        let kept = belongs.len().clamp(1, KEPT as usize);
        let kept = self.logic.at_least(belongs, kept);
        self.logic.and([holds, kept])
    }

    /// Writes when one count has an element that the other has not.
    fn keep_apart(&mut self, number: u32, many: &Many, other: u32) {
        let Some(that) = self.manys.all.get(other as usize) else {
            return;
        };
        let places = |it: &Many| -> Vec<Option<PlaceId>> {
            it.members.iter().map(|(place, _)| *place).collect()
        };
        if places(many) != places(that) || places(many).contains(&None) {
            return;
        }
        let both = many.members.iter().zip(&that.members);
        let both: Vec<(FormulaId, FormulaId)> = both.map(|(a, b)| (a.1, b.1)).collect();
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for (a, b) in both {
            let (not_a, not_b) = (self.logic.not(a), self.logic.not(b));
            ours.push(self.logic.and([a, not_b]));
            theirs.push(self.logic.and([b, not_a]));
        }
        let (ours, theirs) = (self.logic.or(ours), self.logic.or(theirs));
        self.manys.apart.insert((number, other), ours);
        self.manys.apart.insert((other, number), theirs);
    }

    /// The element of a list that the place is or lies in.
    fn element_of(&self, place: PlaceId) -> Option<PlaceId> {
        let mut at = place;
        loop {
            match self.atlas.place(at)?.origin {
                Origin::Inside(_, Step::Element(_)) => return Some(at),
                Origin::Inside(of, _) => at = of,
                Origin::Slot(_) => return None,
            }
        }
    }

    /// The variables on which it hangs who belongs to a count.
    pub(super) fn variables_of_many(&self, number: u32) -> Vec<Variable> {
        let many = self.manys.all.get(number as usize);
        let members = many.iter().flat_map(|it| &it.members);
        let all = members.flat_map(|(_, belongs)| self.logic.formulas.variables(*belongs));
        all.collect()
    }
}

/// One count as a candidate has it.
struct Count {
    variable: Variable,
    number: u32,
    /// Elements that belong.
    who: Vec<PlaceId>,
    least: u64,
    reached: bool,
}

/// How many equal elements each copy stands for, where more than one; or cubes in which the counts exclude each other.
pub(super) fn times(
    encoder: &Encoder<'_>,
    named: &[Variable],
    cells: &CellOf<'_>,
) -> Result<FxHashMap<PlaceId, u64>, Vec<Cube>> {
    let counts: Vec<Count> = named
        .iter()
        .filter_map(|variable| count(encoder, *variable, cells))
        .collect();
    let mut times: FxHashMap<PlaceId, u64> = FxHashMap::default();
    if counts.is_empty() {
        return Ok(times);
    }
    for low in counts.iter().filter(|it| it.reached) {
        for high in counts.iter().filter(|it| !it.reached) {
            let within = low.who.iter().all(|it| high.who.contains(it));
            if within && low.least >= high.least {
                return Err(vec![cube(encoder, low, high, cells)]);
            }
        }
    }
    for low in counts.iter().filter(|it| it.reached) {
        while let Some(missing) = missing(low, &times) {
            // The one of which the most can be added.
            let room = |it: &PlaceId| {
                let limits = counts
                    .iter()
                    .filter(|other| !other.reached && other.who.contains(it));
                let left = limits.map(|other| (other.least - 1).saturating_sub(sum(other, &times)));
                left.min().unwrap_or(MOST)
            };
            let best = low.who.iter().map(|it| (room(it), *it)).max();
            let Some((room, place)) = best.filter(|(room, _)| *room > 0) else {
                return Ok(times);
            };
            *times.entry(place).or_insert(1) += room.min(missing);
        }
    }
    Ok(times)
}

fn count(encoder: &Encoder<'_>, variable: Variable, cells: &CellOf<'_>) -> Option<Count> {
    let Some(Meaning::Many(number)) = encoder.meaning(variable) else {
        return None;
    };
    let many = encoder.manys.all.get(*number as usize)?;
    let belongs = |it: &FormulaId| encoder.logic.formulas.value(*it, cells);
    let members = many
        .members
        .iter()
        .filter(|(_, it)| belongs(it) == Some(true));
    let who: Vec<PlaceId> = members.filter_map(|(place, _)| *place).collect();
    Some(Count {
        variable,
        number: *number,
        who,
        least: many.least,
        reached: cells(variable)? == 1,
    })
}

fn sum(count: &Count, times: &FxHashMap<PlaceId, u64>) -> u64 {
    let all = count.who.iter();
    all.map(|it| times.get(it).copied().unwrap_or(1)).sum()
}

fn missing(count: &Count, times: &FxHashMap<PlaceId, u64>) -> Option<u64> {
    let missing = count.least.saturating_sub(sum(count, times));
    (missing > 0 && count.least <= MOST).then_some(missing)
}

/// The one reached and the other not, though the elements of the one belong to the other.
fn cube(encoder: &Encoder<'_>, low: &Count, high: &Count, cells: &CellOf<'_>) -> Cube {
    let literal = |variable: Variable| {
        let count = encoder.logic.formulas.cells(variable);
        Some((variable, Mask::of(count, [cells(variable)?])))
    };
    let apart = encoder.manys.apart.get(&(low.number, high.number));
    let within = apart.and_then(|it| encoder.logic.formulas.why_false(*it, cells));
    let own = [low.variable, high.variable].into_iter();
    match within {
        Some(within) => Cube::new(
            own.filter_map(literal)
                .chain(within.literals().iter().cloned()),
        ),
        None => {
            let members = [low, high].into_iter();
            let members = members.flat_map(|it| encoder.variables_of_many(it.number));
            Cube::new(own.chain(members).filter_map(literal))
        }
    }
}
