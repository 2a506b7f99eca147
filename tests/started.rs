//! The real binary, started with arguments and an input, and what came of it. A module of the tests that need no more than that;
//! those that bound its memory, watch it or talk with it while it runs start it themselves.

#![allow(dead_code, reason = "each test uses its share")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What it said, and how it ended.
pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Outcome {
    pub fn ends_with(&self, code: i32) -> &Outcome {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    pub fn says(&self, text: &str) -> &Outcome {
        let found = self.out.contains(text) || self.err.contains(text);
        assert!(found, "no `{text}` in\n{}\n{}", self.out, self.err);
        self
    }

    pub fn hides(&self, text: &str) -> &Outcome {
        let found = self.out.contains(text) || self.err.contains(text);
        assert!(!found, "`{text}` in\n{}\n{}", self.out, self.err);
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("{}\n{}", self.out, self.err))
    }
}

/// In a folder, with that on standard input.
pub fn rulec_at(dir: &Path, arguments: &[&str], input: &str) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rulec"))
        .args(arguments)
        .current_dir(dir)
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Inputs here are smaller than a pipe's buffer; a process that reads none of it may be gone.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let outcome = Outcome {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    outcome.hides("panicked");
    outcome
}

/// In the folder of the tests.
pub fn rulec_in(arguments: &[&str], input: &str) -> Outcome {
    rulec_at(Path::new("."), arguments, input)
}
