//! Test cases of a pack as data: what is given and what must come out. Running them is not done here.

use compact_str::CompactString;
use rulec_facts::code::Code;
use rulec_facts::value::Partial;
use rulec_program::node::SlotId;
use rulec_program::program::{PackId, RuleId, SymptomId};
use rulec_syntax::source::Span;

/// One `test "…":`.
#[derive(Debug, Clone, PartialEq)]
pub struct TestCase {
    /// Its name.
    pub name: CompactString,
    /// Its pack.
    pub pack: PackId,
    /// Its statement.
    pub place: Span,
    /// What it starts from, in order.
    pub given: Vec<Given>,
    /// What is reported.
    pub complaint: Vec<Complaint>,
    /// The case's time, nanoseconds since 1970-01-01T00:00:00Z.
    pub now: Option<i128>,
    /// Values, in the order written; a later one replaces what it overlaps.
    pub sets: Vec<TestSet>,
    /// What must come out, in order.
    pub expects: Vec<Expect>,
    /// `expect others`: a confirmed rule that is not listed is no failure.
    pub others: bool,
}

/// What a test starts from.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// A recorded case folder; the path is relative to the folder of the pack's file at this place.
    Case(CompactString, Span),
    /// Another test: its number in `Analysis::tests`.
    Test(u32),
}

/// One report.
#[derive(Debug, Clone, PartialEq)]
pub enum Complaint {
    /// `symptom NAME`.
    Symptom(SymptomId),
    /// `symptom "0x80090326"`: all identities that it can spell.
    Code(CompactString, Vec<Code>),
    /// `pasted "…"`, as a person would.
    Pasted(CompactString),
}

/// `NAME = V`.
#[derive(Debug, Clone, PartialEq)]
pub struct TestSet {
    /// The fact or param.
    pub slot: SlotId,
    /// Numbers of fields, from the outermost record inwards; empty: the whole fact. An outer record
    /// that nothing else gives is known, with all other fields unknown.
    pub path: Vec<u32>,
    /// The value; fields of records that are not written are unknown (not-collected).
    pub value: Partial,
    /// Its line.
    pub place: Span,
}

/// One expectation; each rule of a line is one.
#[derive(Debug, Clone, PartialEq)]
pub struct Expect {
    /// The rule.
    pub rule: RuleId,
    /// What must come out.
    pub verdict: Expected,
    /// Where it is written.
    pub place: Span,
}

/// What must come out.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// Confirmed.
    Confirmed,
    /// Ruled out.
    RuledOut,
    /// Open, and each of these facts is among its needs.
    Open(Vec<SlotId>),
}
