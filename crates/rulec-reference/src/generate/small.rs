//! Packs so small that all their states can be listed: a few facts of any type, a few conditions on them that come back in
//! several rules, and on purpose, in part of the packs, what a finding is about.

mod atoms;
mod plants;

use super::random::Random;
use atoms::Atoms;
use plants::Draft;

/// A pack; attempts differ, so that one can be taken that is small enough.
pub fn draw(seed: u64, attempt: u64) -> String {
    let mut random = Random::new(seed.wrapping_mul(64).wrapping_add(attempt));
    let atoms = Atoms::new(&mut random);
    let draft = Draft::new(atoms, &mut random);
    let mut statements = vec!["pack small 1.0.0\n    language 1".to_owned()];
    statements.extend(draft.written());
    let mut text = statements.join("\n\n");
    text.push('\n');
    text
}
