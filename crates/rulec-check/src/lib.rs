//! What text means: from trees to a program, with findings.
//!
//! [`analyse`] is the door. It never fails: it gives findings, an index, tests and a graph, and a program where no
//! error prevents one. It reads no files and decides no case; [`prove`]
//! also says what can be proved.

pub mod analysed;
pub mod checks;
pub mod graph;
pub mod index;
pub mod input;
pub mod shown;
pub mod tests;

mod analyse;
mod codes;
mod constant;
mod declare;
mod infer;
mod lower;
mod names;
mod order;
mod repairs;
mod settings;
mod slug;
mod sources;
mod texts;
mod translation;
mod types;
mod vocabulary;

pub use analyse::{Analysis, ReadCase, analyse, analyse_to_decide, look_over, prove, prove_with};
pub use codes::CODES;
pub use input::{Input, PackInput, RuleFile, SideFile};
pub use names::nearest;
pub use types::shown as type_name;

/// Every code of this crate: those of its core, and those of its checks.
pub fn codes() -> impl Iterator<Item = &'static rulec_syntax::diagnostic::Code> {
    CODES
        .iter()
        .copied()
        .chain(checks::CHECKS.iter().map(|it| it.code))
}
