//! Differences against all numbers of a small range.

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

/// Every variable lies in -3..=3, so that seven numbers each are all there are.
fn any(random: &mut Random, variables: u32) -> Vec<Difference> {
    let mut all: Vec<Difference> = (0..variables)
        .flat_map(|x| {
            let bound = |x, y| Difference { x, y, most: 3 };
            [bound(x, ORIGIN), bound(ORIGIN, x)]
        })
        .collect();
    for _ in 0..random.below(7) {
        let mut side = || match random.below(variables + 1) {
            at if at == variables => ORIGIN,
            at => at,
        };
        let (x, y) = (side(), side());
        let most = i128::from(random.below(9)) - 5;
        all.push(Difference { x, y, most });
    }
    all
}

fn fulfilled(numbers: &[i128], differences: &[Difference]) -> bool {
    let number = |at: u32| numbers.get(at as usize).copied().unwrap_or(0);
    differences
        .iter()
        .all(|it| number(it.x) - number(it.y) <= it.most)
}

fn all_numbers(variables: u32) -> Vec<Vec<i128>> {
    (0..7i128.pow(variables))
        .map(|mut code| {
            (0..variables)
                .map(|_| {
                    let number = code % 7 - 3;
                    code /= 7;
                    number
                })
                .collect()
        })
        .collect()
}

#[test]
fn solutions_and_clashes_agree_with_all_numbers() {
    let mut random = Random(1);
    let (mut solved, mut clashes, mut preferred) = (0, 0, 0);
    let all: Vec<Vec<Vec<i128>>> = (0..4).map(all_numbers).collect();
    for _ in 0..1000 {
        let variables = 1 + random.below(3);
        let differences = any(&mut random, variables);
        let all = &all[variables as usize];
        let possible = |of: &[Difference]| all.iter().any(|it| fulfilled(it, of));
        let mut wanted = Vec::new();
        let found = solve(variables, &differences, |variable, low, high| {
            let (low, high) = (low.unwrap(), high.unwrap());
            assert!(low <= high);
            // The bounds are those of all solutions that agree with what was chosen.
            let fits =
                |it: &&Vec<i128>| fulfilled(it, &differences) && it[..wanted.len()] == wanted[..];
            let here: Vec<i128> = all
                .iter()
                .filter(fits)
                .map(|it| it[variable as usize])
                .collect();
            assert_eq!(here.iter().min(), Some(&low));
            assert_eq!(here.iter().max(), Some(&high));
            let number = i128::from(random.below(9)) - 4;
            preferred += i32::from(low < number && number < high);
            wanted.push(number.clamp(low, high));
            number
        });
        match found {
            Solved::Numbers(numbers) => {
                assert!(fulfilled(&numbers, &differences));
                assert_eq!(numbers, wanted);
                solved += 1;
            }
            Solved::Clash(core) => {
                let of = |core: &[usize]| -> Vec<Difference> {
                    core.iter().map(|at| differences[*at]).collect()
                };
                assert!(!possible(&of(&core)) || core.is_empty());
                assert!(!core.is_empty());
                for at in 0..core.len() {
                    let mut less = core.clone();
                    less.remove(at);
                    let free = solve(variables, &of(&less), |_, low, high| {
                        low.or(high).unwrap_or(0)
                    });
                    assert!(matches!(free, Solved::Numbers(_)), "{core:?} is not least");
                }
                assert!(!possible(&differences));
                clashes += 1;
            }
            Solved::TooLarge => panic!("these are small"),
        }
    }
    assert!(
        solved > 200 && clashes > 200 && preferred > 100,
        "{solved} {clashes} {preferred}"
    );
}

#[test]
fn sums_beyond_all_numbers_are_said() {
    let huge = |x, y| Difference {
        x,
        y,
        most: i128::MIN,
    };
    let chain = [huge(0, 1), huge(1, 2)];
    assert_eq!(solve(3, &chain, |_, _, _| 0), Solved::TooLarge);
    let far = Difference {
        x: 0,
        y: ORIGIN,
        most: i128::MAX,
    };
    assert_eq!(solve(1, &[far], |_, _, _| 7), Solved::Numbers(vec![7]));
}
