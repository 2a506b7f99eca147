//! `rulec redact`: what may be typed.

use std::path::PathBuf;

use clap::Args;

use super::{Format, RunPackArgs};

/// `rulec redact`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec redact cases/4711 -o 4711-to-send.zip
  rulec redact cases/4711.zip -o to-send --map 4711.map --map-key map.key
  rulec redact --open 4711.map --map-key map.key
  rulec redact cases/4711 -o to-send --pack rules/azure-p2s --format json")]
pub struct Redact {
    /// Case: a folder, or a zip of it.
    #[arg(value_name = "CASE", required_unless_present = "open")]
    pub case: Option<PathBuf>,
    /// Where the redacted case goes: a new folder, or a zip if the name ends in `.zip`.
    #[arg(short, long, value_name = "DIR|ZIP", required_unless_present = "open")]
    pub output: Option<PathBuf>,
    /// Also write what each token stands for, sealed with the key.
    #[arg(long, value_name = "FILE", requires = "map_key")]
    pub map: Option<PathBuf>,
    /// Key of the map; a new one, if there is no such file: keep it, and send it to nobody.
    #[arg(long, value_name = "FILE")]
    pub map_key: Option<PathBuf>,
    /// Print a sealed map.
    #[arg(long, value_name = "MAP", requires = "map_key", conflicts_with_all = ["case", "output", "map"])]
    pub open: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub packs: RunPackArgs,
    /// How the counts of what was replaced are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}
