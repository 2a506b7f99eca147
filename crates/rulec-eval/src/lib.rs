//! One case, from complaint to report: which symptoms it names, which facts to look for next, what is the cause, how it is repaired.
//!
//! No I/O, no parser, no checker, no clock, no globals, nothing printed: what an embedder links. Open a compiled [`Pack`], let it
//! load what a [`CaseInput`] needs, and begin a session; or, with a program at hand, give the input to [`Case::new`], the case to [`Session::new`], bring answers ([`run_session`] does, with providers), and read [`Session::report`].

pub mod case;
pub mod explain;
mod express;
pub mod kept;
pub mod lines;
pub mod pack;
mod place;
mod plan;
mod progress;
pub mod question;
mod readable;
pub mod recognise;
pub mod report;
mod run;
mod scope;
pub mod session;
mod settle;
mod told;
mod walk;
pub mod wanted;

pub use case::{Case, CaseInput, Given, Misuse, Misuses, Problem, Resource, Said, is_secret_name};
pub use lines::{LineError, Lines};
pub use pack::Pack;
pub use place::is_secret;
pub use question::{About, Question, Reply};
pub use recognise::Recogniser;
pub use report::Report;
pub use run::run_session;
pub use session::{RequestId, Session};

// An embedder needs no other crate of rulec, and the same JSON.
pub use rulec_facts::provider::{Answer, Provenance, Provider, Request};
pub use rulec_facts::reason::Why;
pub use serde_json;
