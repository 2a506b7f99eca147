//! One file a command.

pub mod check;
pub mod collect;
pub mod compile;
pub mod completions;
pub mod diff;
pub mod eval;
pub mod facts;
pub mod fmt;
pub mod graph;
pub mod list;
pub mod man;
pub mod new;
pub mod next;
pub mod provider;
pub mod redact;
pub mod run;
pub mod show;
pub mod sources;
pub mod symptom;
pub mod test;
pub mod verify;
pub mod welcome;
pub mod why;
pub mod why_not;
