//! `rulec collect`: what may be typed.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use rulec_facts::literal;

use super::{CaseArgs, Format, LiveArgs, RunPackArgs, Seen};

/// `rulec collect`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec collect --live azure --symptom \"Error 798\" --param gateway_id=/subscriptions/… --plan
  rulec collect --live azure --symptom \"Error 798\" --param gateway_id=/subscriptions/… -o 4711.zip
  rulec collect --live azure --resume -o 4711.zip
  rulec collect --live azure --case cases/4711 -o 4711-more --yes
  rulec collect --script --symptom \"Error 798\" > collect.cmd

Only what can still change a verdict in question is asked, and nothing before you have agreed to it. What is written has tokens in place of
what is personal, as by `rulec redact`, unless `--raw` is given.

Exit codes: 0 every place that was asked has answered; 4 some have not, or it was stopped; 1 the pack has errors;
2 wrong use, nobody agreed, or what was gathered could not be written.")]
pub struct Collect {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub packs: RunPackArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub case: CaseArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub seen: Seen,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub live: LiveArgs,
    /// Where the case goes: a new folder, or a zip if the name ends in `.zip`.
    #[arg(short, long, value_name = "DIR|ZIP", required_unless_present_any = ["plan", "script"])]
    pub output: Option<PathBuf>,
    /// Only show what would be asked of whom, and what has to be granted for it.
    #[arg(long, conflicts_with_all = ["yes", "resume"])]
    pub plan: bool,
    /// Print a batch file in place of asking: on a Windows machine on which no foreign program may run it gathers the same with what Windows
    /// ships. What it leaves there is not redacted.
    #[arg(long, conflicts_with_all = ["output", "plan", "yes", "probe", "raw", "resume", "live"])]
    pub script: bool,
    /// Agree to what `--plan` shows, without being asked.
    #[arg(long)]
    pub yes: bool,
    /// Agree to probes too: what sends something into the network to see what answers.
    #[arg(long)]
    pub probe: bool,
    /// Also look for what rules of symptoms need that nobody reported.
    #[arg(long)]
    pub all: bool,
    /// Time for each place, such as `30s`.
    #[arg(long, value_name = "TIME", default_value = "90s", value_parser = duration)]
    pub deadline: Duration,
    /// Time for all places together.
    #[arg(long, value_name = "TIME", default_value = "5min", value_parser = duration)]
    pub total_deadline: Duration,
    /// Keep answers as they came, with all that is personal in them.
    #[arg(long)]
    pub raw: bool,
    /// Go on with a case that was interrupted.
    #[arg(long, conflicts_with_all = ["case", "symptom"])]
    pub resume: bool,
    /// How the plan and what came of it are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

fn duration(text: &str) -> Result<Duration, String> {
    let nanoseconds = literal::duration(text)?;
    match u64::try_from(nanoseconds) {
        Ok(nanoseconds) if nanoseconds > 0 => Ok(Duration::from_nanos(nanoseconds)),
        _ => Err("it has to be longer than nothing, and shorter than 584 years".to_owned()),
    }
}
