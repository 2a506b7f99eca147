//! Why a command could not do its work: wrong use, or input that could not be read. Exit code 2.

use std::fmt;
use std::io;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::harmless;
use crate::load::UNREADABLE_FILE;

/// A failure at the border; findings in rule files are no failures.
#[derive(Debug)]
pub enum Failure {
    /// What went wrong and what to do next.
    Message {
        /// Lower case, no full stop.
        message: String,
        /// What to do next.
        help: Option<String>,
        /// The file or folder that could not be read.
        path: Option<String>,
    },
    /// Nobody reads the output any more.
    ClosedPipe,
}

impl Failure {
    /// A failure with its message.
    pub fn new(message: impl Into<String>) -> Failure {
        Failure::several(&[message.into()])
    }

    /// Several messages, a line each.
    pub fn several(messages: &[String]) -> Failure {
        let lines: Vec<String> = messages.iter().map(|it| harmless::line(it)).collect();
        Failure::Message {
            message: lines.join("\n       "),
            help: None,
            path: None,
        }
    }

    /// Adds what to do next.
    #[must_use]
    pub fn help(self, text: impl Into<String>) -> Failure {
        match self {
            Failure::Message { message, path, .. } => Failure::Message {
                message,
                help: Some(harmless::lines(&text.into())),
                path,
            },
            Failure::ClosedPipe => Failure::ClosedPipe,
        }
    }

    /// Names the file or folder that could not be read.
    #[must_use]
    pub fn about(self, file: &Path) -> Failure {
        match self {
            Failure::Message { message, help, .. } => Failure::Message {
                message,
                help,
                path: Some(file.display().to_string()),
            },
            Failure::ClosedPipe => Failure::ClosedPipe,
        }
    }

    /// As `--format json` shows it, if something could not be read: like a finding of `check`, without a place.
    pub fn findings(&self) -> Option<Json> {
        let Failure::Message {
            message,
            help,
            path: Some(path),
        } = self
        else {
            return None;
        };
        let finding = json!({
            "code": UNREADABLE_FILE.name,
            "level": UNREADABLE_FILE.level.name(),
            "file": path,
            "message": message,
            "help": help,
            "related": [],
            "witness": null,
            "fixes": [],
        });
        Some(json!({ "format": 1, "findings": [finding] }))
    }

    /// A file that could not be read.
    pub fn unreadable(path: &Path, error: &io::Error) -> Failure {
        Failure::new(format!(
            "cannot read `{}`: {}",
            path.display(),
            io_reason(error)
        ))
        .about(path)
    }

    /// A file that could not be written.
    pub fn unwritable(path: &Path, error: &io::Error) -> Failure {
        Failure::new(format!(
            "cannot write `{}`: {}",
            path.display(),
            io_reason(error)
        ))
    }
}

/// An I/O error in words, without the number of the operating system.
pub fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        _ => error.to_string(),
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Failure::ClosedPipe
        } else {
            Failure::new(format!("cannot write the output: {}", io_reason(&error)))
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Message {
                message,
                help: None,
                ..
            } => write!(f, "{message}"),
            Failure::Message {
                message,
                help: Some(help),
                ..
            } => write!(f, "{message}\n  help: {help}"),
            Failure::ClosedPipe => write!(f, "the output was closed"),
        }
    }
}
