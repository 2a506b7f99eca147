//! What would be asked, of whom, and what has to be granted for it: what a person agrees to before anything is asked.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rulec_eval::Request;
use rulec_eval::wanted::{Wanted, WantedPlace};
use rulec_facts::source as kinds;
use rulec_providers::azure;
use serde_json::{Value as Json, json};

use super::{Collector, is_probe};
use crate::harmless;

/// Longest place that is shown, characters.
const LONGEST: usize = 160;

/// A place, and the facts that are read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `azure`, …
    pub system: String,
    /// `arm`, …
    pub kind: String,
    /// As it is written, with what is known filled in.
    pub place: String,
    /// Names of facts.
    pub facts: Vec<String>,
    /// Who reads it here.
    pub reader: Option<String>,
    /// What has to be granted or allowed, in the words of the system.
    pub needs: String,
}

/// What would be asked.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Places that only read.
    pub asked: Vec<Line>,
    /// Places that send something into the network.
    pub probes: Vec<Line>,
    /// Places that nobody reads here, one line a kind.
    pub not_here: Vec<Line>,
    /// What has to be given, with the facts that wait for it.
    pub missing: BTreeMap<String, Vec<String>>,
    /// Facts that only a person can tell.
    pub questions: Vec<String>,
    /// About how long it takes, seconds.
    pub seconds: f64,
}

impl Plan {
    /// From what is wanted, and who is here to read it.
    pub fn new(wanted: &[Wanted], collector: &Collector) -> Plan {
        let mut plan = Plan::default();
        for fact in wanted {
            let read = fact.places.iter().any(|it| collector.reader(it).is_some());
            for name in fact.waits_for.iter().filter(|_| read) {
                plan.missing
                    .entry(name.clone())
                    .or_default()
                    .push(fact.name.clone());
            }
            if fact.places.is_empty() {
                plan.questions.push(fact.name.clone());
            }
            if read && !fact.waits_for.is_empty() {
                continue;
            }
            for place in &fact.places {
                plan.add(place, fact, collector);
            }
        }
        // What is missing can be asked of a person, too; it is told once.
        let missing = std::mem::take(&mut plan.missing);
        plan.questions.retain(|it| !missing.contains_key(it));
        plan.missing = missing;
        for lines in [&mut plan.asked, &mut plan.probes, &mut plan.not_here] {
            lines.sort_by(|a, b| {
                (&a.system, &a.kind, &a.place).cmp(&(&b.system, &b.kind, &b.place))
            });
        }
        plan
    }

    fn add(&mut self, place: &WantedPlace, fact: &Wanted, collector: &Collector) {
        let known = |it: &Request| collector.known(it).is_some();
        if !place.open && place.requests.iter().all(known) {
            return;
        }
        let sample = sample(place);
        let reader = collector.reader(place);
        let probe = is_probe(&place.system, &place.kind);
        let kind = format!("{} {}", place.system, place.kind);
        let (lines, shown) = match (reader, probe) {
            (None, _) => (&mut self.not_here, kind),
            (Some(_), true) => (&mut self.probes, place.shown.clone()),
            (Some(_), false) => (&mut self.asked, place.shown.clone()),
        };
        let line = lines.iter_mut().find(|it| it.place == shown);
        let line = match line {
            Some(line) => line,
            None => {
                lines.push(Line {
                    system: place.system.clone(),
                    kind: place.kind.clone(),
                    place: shown,
                    facts: Vec::new(),
                    reader: reader.map(|it| it.name().to_owned()),
                    needs: needs(&sample, place.requests.is_empty()),
                });
                match lines.last_mut() {
                    Some(line) => line,
                    None => return,
                }
            }
        };
        if !line.facts.contains(&fact.name) {
            line.facts.push(fact.name.clone());
        }
        if reader.is_some() && (!probe || collector.probes) {
            self.seconds = self.seconds.max(fact.seconds);
        }
    }

    /// Nothing can be asked here.
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty() && self.probes.is_empty()
    }

    /// Places that are asked at most, as far as they can be counted now.
    pub fn places(&self, probes: bool) -> usize {
        self.asked.len() + if probes { self.probes.len() } else { 0 }
    }

    /// For people, in so many columns.
    pub fn text(&self, about: &str, most: &str, width: usize) -> String {
        let mut text = String::new();
        let facts: std::collections::BTreeSet<&String> =
            self.asked.iter().flat_map(|it| &it.facts).collect();
        let _ = match self.asked.is_empty() {
            true => writeln!(text, "{about}: nothing can be read here."),
            false => writeln!(
                text,
                "{about}: {} from {}, in about {:.0} s, at most {most}. Nothing is changed.",
                count(facts.len(), "fact"),
                count(self.asked.len(), "place"),
                self.seconds.max(1.0)
            ),
        };
        for reader in readers(&self.asked) {
            let _ = writeln!(text, "\nAsked of {reader}:");
            let of = |it: &&Line| it.reader.as_deref() == Some(reader);
            for line in self.asked.iter().filter(of) {
                place_text(&mut text, line, width);
            }
        }
        if !self.probes.is_empty() {
            let _ = writeln!(
                text,
                "\nProbes, which send something to see what answers; only with `--probe`:"
            );
            for line in &self.probes {
                place_text(&mut text, line, width);
            }
        }
        if !self.missing.is_empty() {
            let _ = writeln!(text, "\nNot known, and wanted to know where to look:");
            for (name, facts) in &self.missing {
                let told = format!("`--param {name}=…` for {}", facts.join(", "));
                fill(&mut text, &told, "  ", width);
            }
        }
        if !self.not_here.is_empty() {
            let _ = writeln!(text, "\nNot answerable here:");
            for line in &self.not_here {
                let told = format!("{}: {}", line.place, line.facts.join(", "));
                fill(&mut text, &told, "  ", width);
            }
            if self.not_here.iter().any(|it| it.system == "windows") {
                let told = "`rulec collect --script` makes a batch file that gathers what it can of this on the Windows machine.";
                fill(&mut text, told, "  ", width);
            }
        }
        if !self.questions.is_empty() {
            let told = format!(
                "A person is asked by `rulec run --ask`: {}",
                self.questions.join(", ")
            );
            text.push('\n');
            fill(&mut text, &told, "", width);
        }
        text
    }

    /// For programs.
    pub fn json(&self) -> Json {
        let lines = |lines: &[Line]| -> Vec<Json> {
            let all = lines.iter().map(|it| {
                json!({ "place": it.place, "facts": it.facts, "reader": it.reader, "needs": it.needs })
            });
            all.collect()
        };
        json!({
            "format": 1,
            "asked": lines(&self.asked),
            "probes": lines(&self.probes),
            "not_here": lines(&self.not_here),
            "missing": self.missing,
            "questions": self.questions,
            "seconds": self.seconds,
        })
    }
}

/// A request for the place, or for one like it while it is not known which one it is.
pub fn sample(place: &WantedPlace) -> Request {
    let first = place.requests.first().cloned();
    first.unwrap_or_else(|| Request {
        system: place.system.clone(),
        kind: place.kind.clone(),
        locator: Some(String::new()),
        arguments: Vec::new(),
        on: None,
        secret: false,
    })
}

fn readers(lines: &[Line]) -> Vec<&str> {
    let mut all: Vec<&str> = lines.iter().filter_map(|it| it.reader.as_deref()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What has to be granted for a place; `general` where it is not known yet which one it is.
fn needs(request: &Request, general: bool) -> String {
    let Some(kind) = kinds::find(&request.system, &request.kind) else {
        return String::new();
    };
    if request.system == "azure"
        && !general
        && let Ok((_, permission)) = azure::permission(request)
    {
        return permission;
    }
    match request.system.as_str() {
        "windows" => match kind.privilege {
            "none" => String::new(),
            privilege => privilege.to_owned(),
        },
        _ => kind.permission.to_owned(),
    }
}

fn place_text(text: &mut String, line: &Line, width: usize) {
    let place = harmless::shortened(&line.place, LONGEST);
    fill(text, &place, "  ", width);
    fill(
        text,
        &format!("for {}", line.facts.join(", ")),
        "      ",
        width,
    );
    if !line.needs.is_empty() {
        fill(text, &format!("needs {}", line.needs), "      ", width);
    }
}

fn fill(text: &mut String, line: &str, indent: &str, width: usize) {
    let further = format!("{indent}  ");
    let options = textwrap::Options::new(width)
        .initial_indent(indent)
        .subsequent_indent(&further)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let line = harmless::line(line);
    let _ = writeln!(text, "{}", textwrap::fill(&line, options));
}

/// `1 place`, `2 places`.
pub fn count(number: usize, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {what}{ending}")
}
