//! The `rulec` binary: arguments in, exit code out. What each command does stands in `commands`.

mod args;
mod batch;
mod collecting;
mod commands;
mod corpus;
mod diagnosing;
mod dialogue;
mod failure;
mod findings;
mod fixing;
mod harmless;
mod keeping;
mod listing;
mod live;
mod load;
mod locale;
mod opening;
mod output;
mod picture;
mod places;
mod ready;
mod recorded;
mod redacting;
mod scripting;
mod sealing;
mod statement;
mod trial;
mod watch;
mod witnesses;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use failure::Failure;
use output::Output;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let mut output = Output::new(cli.color, cli.results());
    let result = dispatch(cli.command, &mut output).and_then(|code| {
        output.flush()?;
        Ok(code)
    });
    match result {
        Ok(code) => ExitCode::from(code),
        Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Err(failure) => {
            output.report(&failure);
            ExitCode::from(2)
        }
    }
}

/// Help and version are no failure; wrong use is 2.
fn usage(error: &clap::Error) -> ExitCode {
    // A closed pipe behind `rulec --help | head` leaves nobody to tell.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn dispatch(command: Option<Command>, output: &mut Output) -> Result<u8, Failure> {
    match command {
        None => commands::welcome::run(output),
        Some(Command::New(args)) => commands::new::run(&args, output),
        Some(Command::Check(args)) => commands::check::run(&args, output),
        Some(Command::Fmt(args)) => commands::fmt::run(&args, output),
        Some(Command::Test(args)) => commands::test::run(&args, output),
        Some(Command::Diff(args)) => commands::diff::run(&args, output),
        Some(Command::Compile(args)) => commands::compile::run(&args, output),
        Some(Command::Run(args)) => commands::run::run(&args, output),
        Some(Command::Why(args)) => commands::why::run(&args, output),
        Some(Command::WhyNot(args)) => commands::why_not::run(&args, output),
        Some(Command::Next(args)) => commands::next::run(&args, output),
        Some(Command::Verify(args)) => commands::verify::run(&args, output),
        Some(Command::Symptom(args)) => commands::symptom::run(&args, output),
        Some(Command::Facts(args)) => commands::facts::run(&args, output),
        Some(Command::Collect(args)) => commands::collect::run(&args, output),
        Some(Command::Redact(args)) => commands::redact::run(&args, output),
        Some(Command::Eval(args)) => commands::eval::run(&args, output),
        Some(Command::List(args)) => commands::list::run(&args, output),
        Some(Command::Show(args)) => commands::show::run(&args, output),
        Some(Command::Graph(args)) => commands::graph::run(&args, output),
        Some(Command::Provider(args)) => commands::provider::run(&args, output),
        Some(Command::Sources(args)) => commands::sources::run(&args, output),
        Some(Command::Completions(args)) => commands::completions::run(&args, output),
        Some(Command::Man(args)) => commands::man::run(&args, output),
    }
}
