//! Texts whose tests are too many to be cells: those that were left out are truths of their own, and a candidate is looked at as a whole.

use rulec_facts::types::Kind;
use rulec_facts::value::{Partial, Text, Value};
use rulec_prove::{Cube, Mask, Variable};

use super::{PlaceId, Spot, Why, Work};
use crate::encode::domain::Domain;
use crate::encode::domain::loose::Found;
use crate::encode::encoder::Meaning;

/// What a candidate says of a test that was left out.
struct Left {
    test: usize,
    yes: bool,
    variable: Variable,
}

impl Work<'_, '_> {
    /// Gives texts to places of which a candidate says more than their cell. What is too much to be decided keeps its value, and the
    /// replay tells.
    pub(super) fn texts(&mut self, named: &[Variable]) -> Result<(), Vec<Cube>> {
        let mut all: Vec<(PlaceId, Vec<Left>)> = Vec::new();
        for variable in named {
            let (Some(Meaning::Test(place, test)), Some(cell)) =
                (self.encoder.meaning(*variable), (self.cells)(*variable))
            else {
                continue;
            };
            let left = Left {
                test: *test as usize,
                yes: cell == 1,
                variable: *variable,
            };
            match all.iter_mut().find(|(known, _)| known == place) {
                Some((_, lefts)) => lefts.push(left),
                None => all.push((*place, vec![left])),
            }
        }
        for (place, lefts) in all {
            self.text(place, &lefts)?;
        }
        Ok(())
    }

    fn text(&mut self, place: PlaceId, lefts: &[Left]) -> Result<(), Vec<Cube>> {
        let encoder = self.encoder;
        let Some(spot) = self.places.get(&place).copied() else {
            return Ok(());
        };
        let classes = &encoder.classes;
        let (Some(domain), Some((loose, left_out))) =
            (classes.domain(spot.kind), classes.loose(spot.kind))
        else {
            return Ok(());
        };
        let is_same = self.same.iter().any(|(a, b, _)| *a == place || *b == place);
        if is_same || domain.absent() == Some(spot.number) {
            return Ok(());
        }
        let kept = (0..loose.tests()).filter(|test| !left_out.contains(test));
        let kept = kept.map(|test| (test, answer(domain, test, spot.number)));
        let left = lefts.iter().map(|left| (left.test, left.yes));
        let wanted: Vec<(usize, bool)> = kept.chain(left).collect();
        match loose.find(&wanted, &self.others_than(place)) {
            Found::Text(text) => {
                self.values.insert(place, Partial::Known(Value::Text(text)));
                Ok(())
            }
            Found::Clash(core) => Err(vec![Cube::new(self.clash(spot, domain, lefts, &core))]),
            Found::Undecided(_) => Ok(()),
        }
    }

    /// Texts of places that differ from this one.
    fn others_than(&self, place: PlaceId) -> Vec<Text> {
        let others = self.differ.iter().filter_map(|(a, b, _)| {
            let other = match (*a == place, *b == place) {
                (true, false) => b,
                (false, true) => a,
                _ => return None,
            };
            match self.values.get(other) {
                Some(Partial::Known(Value::Text(text))) => Some(text.clone()),
                _ => None,
            }
        });
        others.collect()
    }

    /// The tests that clash: those left out by their variables, the others by all cells that answer them alike. Absent is no text.
    fn clash(&self, spot: Spot, domain: &Domain, lefts: &[Left], core: &[usize]) -> Why {
        let mut why: Why = Vec::new();
        let mut kept = core.to_vec();
        for left in lefts.iter().filter(|left| core.contains(&left.test)) {
            why.push((left.variable, Mask::of(2, [u32::from(left.yes)])));
            kept.retain(|test| *test != left.test);
        }
        let Some(cells) = self.encoder.classes.cells(spot.kind) else {
            return why;
        };
        let alike = |cell: &u32| {
            cells.number(*cell).is_some_and(|number| {
                domain.absent() != Some(number)
                    && kept.iter().all(|test| {
                        answer(domain, *test, number) == answer(domain, *test, spot.number)
                    })
            })
        };
        let mask = Mask::of(cells.len(), (0..cells.len()).filter(alike));
        why.push((spot.variable, mask));
        why
    }
}

fn answer(domain: &Domain, test: usize, number: u32) -> bool {
    domain.holds(test).is_some_and(|mask| mask.contains(number))
}

/// Only texts have tests that can be left out.
pub(in crate::encode) fn can_be_left_out(kind: &Kind) -> bool {
    matches!(kind, Kind::Text)
}
