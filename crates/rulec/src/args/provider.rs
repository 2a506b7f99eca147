//! The command line of `rulec provider`.

use clap::{Args, Subcommand};

use super::Format;

/// `rulec provider`.
#[derive(Debug, Args)]
pub struct Provider {
    /// What to do with it.
    #[command(subcommand)]
    pub command: ProviderCommand,
}

/// What is done with a plug-in.
#[derive(Debug, Subcommand)]
pub enum ProviderCommand {
    /// Try whether a plug-in keeps to the protocol: types, the same answers again, refusals, garbage, lines in pieces, its end.
    Test(Test),
    /// Print what a plug-in says of itself, to be saved as `sources/NAME.json` in the folder of a pack.
    Describe(Describe),
}

impl Provider {
    /// How results are printed.
    pub fn format(&self) -> Format {
        match &self.command {
            ProviderCommand::Test(it) => it.format,
            ProviderCommand::Describe(_) => Format::Json,
        }
    }
}

/// `rulec provider test`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec provider test ./rulec-provider-acme
  rulec provider test acme --format json

Exit codes: 0 it keeps to the protocol, 1 it does not, 2 wrong use, or no such executable.")]
pub struct Test {
    /// An executable by its path, or `rulec-provider-NAME` of the PATH by its name.
    #[arg(value_name = "EXE|NAME")]
    pub provider: String,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `rulec provider describe`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  rulec provider describe ./rulec-provider-acme > my-pack/sources/acme.json")]
pub struct Describe {
    /// An executable by its path, or `rulec-provider-NAME` of the PATH by its name.
    #[arg(value_name = "EXE|NAME")]
    pub provider: String,
}
