//! What is ruled out, and by what, in few words: a line a cause, in which conditions about one thing stand together.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::brief::joined;
use super::say::{Say, evidence};
use super::{Because, Evidence, Report, VerdictLine, VerdictWord};

/// What is ruled out, by what.
pub(super) struct RuledOut<'r> {
    /// Rules that one thing rules out, where the first of them stands.
    pub(super) by: Vec<(String, Vec<&'r String>)>,
    /// How many have a symptom that is not there.
    pub(super) silent: usize,
}

/// A piece of what decided, in one line.
struct Short {
    /// What all that is said is said about, with its colon.
    about: Option<String>,
    said: Vec<String>,
    /// The facts behind it.
    facts: Vec<String>,
}

impl Short {
    fn alone(said: String) -> Short {
        Short {
            about: None,
            said: vec![said],
            facts: Vec::new(),
        }
    }

    /// Takes in what is said about the same thing; gives back what is not.
    fn goes_on(&mut self, part: Short) -> Option<Short> {
        let Some(about) = self.about.as_deref() else {
            return Some(part);
        };
        let same = part.about.as_deref() == Some(about);
        let after = |it: &String| it.strip_prefix(about).map(str::to_owned);
        let said: Vec<String> = match (same, &part.about) {
            (true, _) => part.said.clone(),
            (false, None) => part.said.iter().filter_map(after).collect(),
            (false, Some(_)) => Vec::new(),
        };
        if said.is_empty() {
            return Some(part);
        }
        self.said.extend(said);
        self.facts.extend(part.facts);
        None
    }
}

impl Say<'_> {
    /// By what: rules that one thing rules out stand together, where the first of them would.
    pub(super) fn ruled_out<'r>(&self, report: &'r Report) -> RuledOut<'r> {
        let out = report.verdicts.iter();
        let out = out.filter(|it| it.verdict == VerdictWord::RuledOut);
        let out = out.filter(|it| it.because != Because::Overridden);
        let (silent, others): (Vec<&VerdictLine>, Vec<&VerdictLine>) =
            out.partition(|it| it.because == Because::Symptom);
        RuledOut {
            by: self.grouped(others),
            silent: silent.len(),
        }
    }

    /// Rules whose condition holds, and which a confirmed cause explains; by which.
    pub(super) fn covered<'r>(&self, report: &'r Report) -> Vec<(String, Vec<&'r String>)> {
        let all = report.verdicts.iter();
        let all = all.filter(|it| it.verdict == VerdictWord::RuledOut);
        self.grouped(all.filter(|it| it.because == Because::Overridden))
    }

    fn grouped<'r>(
        &self,
        all: impl IntoIterator<Item = &'r VerdictLine>,
    ) -> Vec<(String, Vec<&'r String>)> {
        let mut by: Vec<(String, Vec<&String>)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for verdict in all {
            let why = self.ruled_out_by(verdict);
            let at = *places.entry(why.clone()).or_insert(by.len());
            match by.get_mut(at) {
                Some((_, rules)) => rules.push(&verdict.rule),
                None => by.push((why, vec![&verdict.rule])),
            }
        }
        by
    }

    /// That rules are ruled out because their symptom is not there.
    pub(super) fn silent(&self, count: usize) -> String {
        let count = count.to_string();
        self.texts
            .word_with("ruled-out-symptoms", &[("count", &count)])
    }

    fn ruled_out_by(&self, verdict: &VerdictLine) -> String {
        let rules = self.titled_list(&verdict.decided_by);
        match verdict.because {
            Because::Overridden => self
                .texts
                .word_with("ruled-out-overridden", &[("rules", &rules)]),
            Because::Otherwise => self
                .texts
                .word_with("ruled-out-otherwise", &[("rules", &rules)]),
            _ => match self.in_short(&evidence(&verdict.grounds)) {
                facts if facts.is_empty() => self.texts.word("ruled-out-condition"),
                facts => facts,
            },
        }
    }

    /// What decided, in one line: what was looked for with the facts behind it, or the facts alone.
    fn in_short(&self, all: &[&Evidence]) -> String {
        let mut parts: Vec<Short> = Vec::new();
        let mut rest = all;
        while let Some((first, _)) = rest.split_first() {
            let same = rest.iter().take_while(|it| it.leaf == first.leaf).count();
            let (leaf, after) = rest.split_at(same.max(1));
            rest = after;
            for part in self.of_leaf(leaf) {
                let last = parts.last_mut();
                let part = match last {
                    Some(last) => last.goes_on(part),
                    None => Some(part),
                };
                parts.extend(part);
            }
        }
        let parts: Vec<String> = parts.into_iter().map(|it| self.of_part(it)).collect();
        parts.join(&self.texts.word("semicolon"))
    }

    fn of_leaf(&self, leaf: &[&Evidence]) -> Vec<Short> {
        let facts = leaf.iter().filter(|it| !it.said);
        let Some(said) = leaf.iter().find(|it| it.said) else {
            return facts.map(|it| Short::alone(self.counted(it))).collect();
        };
        let titles = facts.clone().filter_map(|it| it.titled.as_ref());
        let mut about = titles.map(|it| self.label(it));
        let about = about.find_map(|it| Some((said.shown.strip_prefix(it.as_str())?, it)));
        let told = |it: &&Evidence| match (&about, &it.titled) {
            (Some((_, about)), Some(title)) if *about == self.label(title) => it.shown.clone(),
            _ => self.counted(it),
        };
        let facts = facts.map(told).collect();
        let (said, about) = match &about {
            Some((said, about)) => ((*said).to_owned(), Some(about.clone())),
            None => (said.shown.clone(), None),
        };
        let said = vec![said];
        vec![Short { about, said, facts }]
    }

    fn of_part(&self, part: Short) -> String {
        let mut text = part.about.unwrap_or_default();
        text.push_str(&part.said.join(&self.texts.word("comma")));
        if !part.facts.is_empty() {
            let facts = joined(self.texts, &part.facts);
            text.push_str(&self.in_brackets(&facts));
        }
        text
    }

    /// By its title, where it has one. A list of records says how long it is: that it was looked at is what matters.
    fn counted(&self, evidence: &Evidence) -> String {
        let all = evidence.value.as_array();
        let records = all.filter(|all| all.iter().any(Json::is_object));
        let count = records.map(|all| {
            let count = all.len().to_string();
            self.texts.word_with("value-entries", &[("count", &count)])
        });
        match (&evidence.titled, count) {
            (Some(title), count) => {
                let value = count.unwrap_or_else(|| evidence.shown.clone());
                format!("{}{value}", self.label(title))
            }
            (None, Some(count)) => format!("{} = {count}", evidence.label),
            (None, None) => self.equation(evidence),
        }
    }
}
