//! Tells on standard error what is done: a line a place, and at a terminal what is being asked now.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rulec_eval::{Answer, Request};

use crate::harmless;

/// Longest place that is named, characters.
const LONGEST: usize = 100;

/// Where it is told.
pub struct Telling {
    bar: Option<ProgressBar>,
    running: BTreeMap<u32, String>,
    done: usize,
    lines: bool,
}

impl Telling {
    /// For so many places at most.
    pub fn new(most: usize) -> Telling {
        let bar = io::stderr().is_terminal().then(|| {
            let target = ProgressDrawTarget::stderr();
            let bar = ProgressBar::with_draw_target(Some(most as u64), target);
            let style =
                ProgressStyle::with_template("{spinner} {pos}/{len} places, {elapsed}: {wide_msg}");
            style.map_or(bar.clone(), |it| bar.with_style(it))
        });
        Telling {
            bar,
            running: BTreeMap::new(),
            done: 0,
            lines: true,
        }
    }

    /// Without a word.
    #[cfg(test)]
    pub fn quiet() -> Telling {
        Telling {
            lines: false,
            ..Telling::new(1)
        }
    }

    /// A place is being asked.
    pub fn begun(&mut self, number: u32, request: &Request) {
        self.running.insert(number, shown(request));
        self.draw();
    }

    /// Nothing has happened for a moment.
    pub fn waiting(&self) {
        self.bar.iter().for_each(ProgressBar::tick);
    }

    /// A place has answered, and what it said is kept.
    pub fn answered(&mut self, number: u32, request: &Request, answer: &Answer) {
        self.running.remove(&number);
        self.done += 1;
        let line = match answer {
            Answer::Found(..) => format!("done     {}", shown(request)),
            Answer::NotThere(_) => format!("done     {}: not there", shown(request)),
            Answer::Unknown(why, ..) => format!("unknown  {}: {}", shown(request), why.name()),
        };
        match &self.bar {
            Some(bar) => bar.println(line),
            None if !self.lines => {}
            // If nobody can read it, the case is the same.
            None => drop(writeln!(io::stderr(), "{line}")),
        }
        self.draw();
    }

    /// There is no more.
    pub fn end(&self) {
        self.bar.iter().for_each(ProgressBar::finish_and_clear);
    }

    fn draw(&self) {
        if let Some(bar) = &self.bar {
            let now: Vec<&str> = self.running.values().map(String::as_str).collect();
            bar.set_position(self.done as u64);
            bar.set_message(now.join(", "));
        }
    }
}

fn shown(request: &Request) -> String {
    harmless::line(&harmless::shortened(&request.shown(), LONGEST))
}
