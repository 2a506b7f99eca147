//! Choices against all values of small cells.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use super::*;

struct Random(u64);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(end)) as u32
    }
}

const ROOMS: [Option<u64>; 4] = [Some(1), Some(2), Some(3), None];

fn fits(values: &[(u32, u32)], relations: &[Relation]) -> bool {
    let value = |at: u32| values[at as usize];
    relations
        .iter()
        .all(|it| (value(it.a) == value(it.b)) == it.same)
}

/// Some values of these cells (none: any cell) fulfil the relations. Five values are as good as any number for five places.
fn possible(places: &[Option<Place>], relations: &[Relation]) -> bool {
    fn go(places: &[Option<Place>], relations: &[Relation], values: &mut Vec<(u32, u32)>) -> bool {
        let Some(place) = places.get(values.len()) else {
            return fits(values, relations);
        };
        // Of cells that are not told one is as good as another.
        let cells = place.map_or(0..5, |it| it.cell..it.cell + 1);
        for cell in cells {
            let room = ROOMS.get(cell as usize).copied().flatten().unwrap_or(5);
            for value in 0..room as u32 {
                values.push((cell, value));
                let known = relations
                    .iter()
                    .filter(|it| it.a.max(it.b) < values.len() as u32)
                    .copied()
                    .collect::<Vec<_>>();
                let found = fits(values, &known) && go(places, relations, values);
                values.pop();
                if found {
                    return true;
                }
            }
        }
        false
    }
    go(places, relations, &mut Vec::new())
}

#[test]
fn choices_and_clashes_agree_with_all_values() {
    let mut random = Random(1);
    let (mut chosen, mut clashes, mut full) = (0, 0, 0);
    for _ in 0..1500 {
        let places: Vec<Place> = (0..1 + random.below(5))
            .map(|_| {
                let cell = random.below(6).saturating_sub(2);
                Place {
                    cell,
                    room: ROOMS[cell as usize],
                }
            })
            .collect();
        let count = places.len() as u32;
        let mut relations = Vec::new();
        for _ in 0..random.below(9) {
            let (a, b) = (random.below(count), random.below(count));
            let same = random.below(4) == 0;
            relations.push(Relation { a, b, same });
        }
        let all: Vec<Option<Place>> = places.iter().copied().map(Some).collect();
        match choose(&places, &relations, 1000) {
            Chosen::Values(values) => {
                for (place, value) in places.iter().zip(&values) {
                    assert!(place.room.is_none_or(|room| u64::from(*value) < room));
                }
                let values: Vec<(u32, u32)> = places
                    .iter()
                    .map(|it| it.cell)
                    .zip(values.iter().copied())
                    .collect();
                assert!(fits(&values, &relations));
                chosen += 1;
            }
            Chosen::Clash {
                places: cells,
                relations: used,
            } => {
                assert!(!possible(&all, &relations));
                let of = |at: usize| cells.contains(&(at as u32)).then(|| places[at]);
                let part: Vec<Option<Place>> = (0..places.len()).map(of).collect();
                let used: Vec<Relation> = used.iter().map(|at| relations[*at]).collect();
                assert!(
                    !possible(&part, &used),
                    "{part:?} {used:?} of {places:?} {relations:?}"
                );
                clashes += 1;
                full += i32::from(
                    cells.len() > 2 || (cells.len() == 2 && used.iter().all(|it| !it.same)),
                );
            }
            Chosen::Undecided => panic!("these are small"),
        }
    }
    assert!(
        chosen > 300 && clashes > 300 && full > 50,
        "{chosen} {clashes} {full}"
    );
}

#[test]
fn a_limit_is_said() {
    let place = Place {
        cell: 0,
        room: Some(9),
    };
    let relation = |a, b| Relation { a, b, same: false };
    let all: Vec<Relation> = (0..11)
        .flat_map(|a| (0..a).map(move |b| relation(a, b)))
        .collect();
    assert_eq!(choose(&[place; 11], &all, 5), Chosen::Undecided);
    let Chosen::Clash { places, relations } = choose(&[place; 11], &all, 1_000_000) else {
        panic!("eleven do not fit into nine");
    };
    assert_eq!((places.len(), relations.len()), (10, 45));
}
