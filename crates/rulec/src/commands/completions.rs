//! `rulec completions`.

use std::io::Write;

use clap::CommandFactory;

use crate::args::{Cli, Completions};
use crate::failure::Failure;
use crate::output::Output;

/// Prints the completions of one shell.
pub fn run(args: &Completions, output: &mut Output) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "rulec", &mut script);
    output.write_all(&script)?;
    Ok(0)
}
