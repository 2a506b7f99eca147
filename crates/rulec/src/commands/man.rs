//! `rulec man`.

use std::io::Write;

use clap::CommandFactory;

use crate::args::{Cli, Man};
use crate::failure::Failure;
use crate::output::Output;

/// Prints the manual page, or writes one page a command.
pub fn run(args: &Man, output: &mut Output) -> Result<u8, Failure> {
    let command = Cli::command();
    match &args.dir {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            output.write_all(&page)?;
        }
        Some(dir) => {
            std::fs::create_dir_all(dir).map_err(|error| Failure::unwritable(dir, &error))?;
            clap_mangen::generate_to(command, dir)
                .map_err(|error| Failure::unwritable(dir, &error))?;
            writeln!(output, "wrote the pages to {}", dir.display())?;
        }
    }
    Ok(0)
}
