//! Standard output and error: the one place that knows whether there is colour and how wide a line is.

use std::io::{self, IsTerminal, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};
use rulec_eval::report::json::escaped;
use rulec_eval::report::text::Style;

use crate::args::{Color, ResultFormat};
use crate::failure::Failure;
use crate::harmless;
use crate::listing;

/// Where results go.
pub struct Output {
    out: io::BufWriter<AutoStream<StdoutLock<'static>>>,
    choice: Color,
    width: usize,
    terminal: bool,
    results: ResultFormat,
}

/// Width where there is no terminal.
const PLAIN_WIDTH: usize = 100;

impl Output {
    /// Decides about colour and width once.
    pub fn new(choice: Color, results: ResultFormat) -> Output {
        let terminal = io::stdout().is_terminal();
        let stream = AutoStream::new(io::stdout().lock(), color_choice(choice));
        Output {
            out: io::BufWriter::new(stream),
            choice,
            width: if terminal {
                terminal_width()
            } else {
                PLAIN_WIDTH
            },
            terminal,
            results,
        }
    }

    /// Who reads standard output.
    pub fn results(&self) -> ResultFormat {
        self.results
    }

    /// Writes what goes on into files and other programs as it is; a person at a terminal sees it without what a terminal would obey.
    pub fn exact(&mut self, text: &str) -> io::Result<()> {
        if self.terminal || self.results == ResultFormat::Json {
            self.write_all(text.as_bytes())
        } else {
            self.out.write_all(text.as_bytes())
        }
    }

    /// Like [`Output::exact`], for lines of JSON in which everything that a terminal obeys is escaped, so that nothing need look for it.
    pub fn exact_json(&mut self, lines: &[u8]) -> io::Result<()> {
        self.out.flush()?;
        io::stdout().lock().write_all(lines)
    }

    /// Results are shown in colour.
    pub fn colored(&self) -> bool {
        self.out.get_ref().current_choice() != ColorChoice::Never
    }

    /// The colours of a report.
    pub fn style(&self) -> Style {
        match self.colored() {
            true => Style::coloured(),
            false => Style::plain(),
        }
    }

    /// A value as JSON, for programs and for people who look at it.
    pub fn json_of(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        let json = serde_json::to_string_pretty(value);
        let json =
            json.map_err(|error| Failure::new(format!("cannot write it as JSON: {error}")))?;
        self.write_all(escaped(&json).as_bytes())?;
        self.write_all(b"\n")?;
        Ok(())
    }

    /// Columns of a line.
    pub fn width(&self) -> usize {
        self.width
    }

    /// A person watches standard output.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Writes what was buffered.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Says on standard error why the command could not do its work.
    pub fn report(&mut self, failure: &Failure) {
        // What was written before the failure is shown first; if that fails too, there is nobody to tell.
        let findings = match self.results {
            ResultFormat::Text => None,
            ResultFormat::Json => failure.findings().map(|it| format!("{it}\n")),
            format => listing::of_failure(format, failure),
        };
        if let Some(findings) = findings {
            let _ = self.out.write_all(findings.as_bytes());
        }
        let _ = self.out.flush();
        let mut stream = AutoStream::new(io::stderr().lock(), color_choice(self.choice));
        let red = anstyle::AnsiColor::Red.on_default().bold();
        let _ = writeln!(stream, "{red}error{red:#}: {failure}");
    }

    /// Text for standard error.
    pub fn stderr(&mut self, text: &str) {
        let _ = self.out.flush();
        let _ = AutoStream::new(io::stderr().lock(), color_choice(self.choice))
            .write_all(harmless::styled(text).as_bytes());
    }

    /// A mistake that does not end the command.
    pub fn mistake(&mut self, text: &str) {
        self.labelled("error", anstyle::AnsiColor::Red, text);
    }

    /// A note on standard error that is no failure.
    pub fn note(&mut self, label: &str, text: &str) {
        self.labelled(label, anstyle::AnsiColor::Yellow, text);
    }

    fn labelled(&mut self, label: &str, color: anstyle::AnsiColor, text: &str) {
        let _ = self.out.flush();
        let mut stream = AutoStream::new(io::stderr().lock(), color_choice(self.choice));
        let style = color.on_default().bold();
        let text = harmless::line(text);
        let _ = writeln!(stream, "{style}{label}{style:#}: {text}");
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Pieces that are written at once are whole characters and whole styles. Other formats escape what they must themselves.
        match std::str::from_utf8(bytes) {
            Ok(text) if self.results == ResultFormat::Text => {
                self.out.write_all(harmless::styled(text).as_bytes())?
            }
            Ok(text) if self.results == ResultFormat::Json => {
                self.out.write_all(escaped(text).as_bytes())?
            }
            _ => self.out.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn color_choice(choice: Color) -> ColorChoice {
    match choice {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
}

fn terminal_width() -> usize {
    terminal_size::terminal_size()
        .map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0))
        .clamp(40, 160)
}
