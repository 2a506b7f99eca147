//! `rulec` alone: three examples.

use std::io::Write;

use crate::failure::Failure;
use crate::output::Output;

/// Shows what a newcomer would try first.
pub fn run(output: &mut Output) -> Result<u8, Failure> {
    write!(
        output,
        "rulec writes down what fixes networks, proves it, tests it, and runs it against evidence.

  rulec new rules/my-first-pack
      makes a pack with one rule and its test

  rulec check rules/azure-p2s
      reports every mistake of a pack, with its place

  rulec run --case CASE --symptom 0x80090326
      tells from the evidence in a case folder which causes are confirmed, ruled out or open

`rulec --help` lists all commands; `rulec COMMAND --help` explains one, with examples.
"
    )?;
    Ok(0)
}
