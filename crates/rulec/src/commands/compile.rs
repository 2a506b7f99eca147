//! `rulec compile`: a pack as one file that loads without its texts.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use rulec_program::pack_file;

use crate::args::Compile;
use crate::failure::Failure;
use crate::output::Output;
use crate::ready::{Readiness, ready_with};

/// Writes the file; a pack with errors is not written.
pub fn run(args: &Compile, output: &mut Output) -> Result<u8, Failure> {
    let path = args.path.clone().unwrap_or_else(|| PathBuf::from("."));
    let ready = match ready_with(&[path], &args.packs, output, |_| Ok(()))? {
        Readiness::Ready(ready) => ready,
        Readiness::NotReady(code) => return Ok(code),
    };
    let bytes =
        pack_file::write(&ready.program).map_err(|error| Failure::new(error.to_string()))?;
    let file = args.output.clone().unwrap_or_else(|| {
        let name = ready.program.packs.first().map_or("pack", |it| &it.name);
        PathBuf::from(format!("{}.rulepack", name.replace('.', "-")))
    });
    fs::write(&file, &bytes).map_err(|error| Failure::unwritable(&file, &error))?;
    let rules = ready.program.rules.len();
    let ending = if rules == 1 { "" } else { "s" };
    writeln!(
        output,
        "{}: {rules} rule{ending}, {} bytes",
        file.display(),
        bytes.len()
    )?;
    Ok(0)
}
