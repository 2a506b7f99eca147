//! Standard output and error: the one place that knows whether there is colour and how wide a line is.

use std::io::{self, IsTerminal, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};

use crate::args::Color;
use crate::failure::Failure;

/// Where results go.
pub struct Output {
    out: io::BufWriter<AutoStream<StdoutLock<'static>>>,
    choice: Color,
    width: usize,
    terminal: bool,
}

/// Width where there is no terminal.
const PLAIN_WIDTH: usize = 100;

impl Output {
    /// Decides about colour and width once.
    pub fn new(choice: Color) -> Output {
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
        }
    }

    /// Results are shown in colour.
    pub fn colored(&self) -> bool {
        self.out.get_ref().current_choice() != ColorChoice::Never
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
        let _ = self.out.flush();
        let mut stream = AutoStream::new(io::stderr().lock(), color_choice(self.choice));
        let red = anstyle::AnsiColor::Red.on_default().bold();
        let _ = writeln!(stream, "{red}error{red:#}: {failure}");
    }

    /// Text for standard error.
    pub fn stderr(&mut self, text: &str) {
        let _ = self.out.flush();
        let _ = AutoStream::new(io::stderr().lock(), color_choice(self.choice))
            .write_all(text.as_bytes());
    }

    /// A note on standard error that is no failure.
    pub fn note(&mut self, label: &str, text: &str) {
        let _ = self.out.flush();
        let mut stream = AutoStream::new(io::stderr().lock(), color_choice(self.choice));
        let yellow = anstyle::AnsiColor::Yellow.on_default().bold();
        let _ = writeln!(stream, "{yellow}{label}{yellow:#}: {text}");
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
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
