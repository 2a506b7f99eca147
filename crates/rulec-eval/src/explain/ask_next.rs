//! What to find out next: everything that open verdicts need, in the order in which it is worth asking for.
//!
//! The order is that of expected cost until every verdict is settled; how it is found stands in [`worlds`]. Assumptions put back what
//! they foretell, they never leave it out: they are not evidence.

pub(crate) mod cells;
mod model;
mod moving;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};

use rulec_facts::source as kinds;
use rulec_facts::truth::Truth;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::SlotId;
use rulec_program::program::{Origin, RuleId, SymptomId};

use self::model::{Open, Test, Topic};
use super::{Answer, Next, NextLine, TestLine};
use crate::express;
use crate::plan::{Planner, Reach};
use crate::question::Question;
use crate::report::FORMAT;
use crate::report::build::{self, Build, sources_line};
use crate::report::fill::Fill;
use crate::report::texts::{self, Texts};
use crate::report::{places, plain};
use crate::session::Session;

/// Answers that are told of one fact.
const MOST_ANSWERS: usize = 6;

impl Session<'_> {
    /// What open verdicts need, what is worth most first. Empty once nothing is open.
    pub fn next(&self) -> Next {
        self.next_in(&Texts::new(self.program, self.locale.as_deref()))
    }

    /// Like [`Session::next`], for a caller that has the texts of the case's locale.
    pub fn next_in(&self, texts: &Texts) -> Next {
        let open = model::open(self);
        let ranked = ranked(self, &open);
        let mut scratch = Scratch::default();
        let fill = Fill {
            program: self.program,
            texts,
            look: Decider::new(self.program, &self.state, &mut scratch),
        };
        let build = Build::new(self, fill);
        let mut scratch = Scratch::default();
        let look = Decider::new(self.program, &self.state, &mut scratch);
        let mut tell = Tell {
            session: self,
            open: &open,
            decides: decides(self, &open),
            build,
            planner: Planner::new(self, look),
        };
        Next {
            format: FORMAT,
            pack: build::pack(self.program),
            locale: texts.locale().to_owned(),
            open: {
                let names = open.rules.iter().map(|it| tell.build.rule_name(*it));
                let mut names: Vec<String> = names.collect();
                names.sort();
                names
            },
            facts: ranked.iter().map(|it| tell.line(it)).collect(),
        }
    }

    /// The question that is worth most of those that a person can be asked now; none while requests are outstanding, or if nothing
    /// that a person could say would change a verdict.
    pub fn next_question(&self) -> Option<Question> {
        if !self.finished() {
            return None;
        }
        let open = model::open(self);
        ranked(self, &open)
            .into_iter()
            .find_map(|it| match it.topic {
                Topic::Symptom(id) => self.about_symptom(id),
                Topic::Fact(id) => self.about_slot(id, &open.paths(id)),
            })
    }
}

/// A topic with its place in the order.
struct Ranked {
    topic: Topic,
    number: usize,
    score: f64,
    forced: bool,
}

/// Everything that a verdict needs. A fact that another one waits for is worth what that one is, for the cost of both, and so is that one.
fn ranked(session: &Session<'_>, open: &Open) -> Vec<Ranked> {
    let model = &open.model;
    let answered = vec![false; model.costs.len()];
    let known = vec![None; model.groups.len()];
    let mut scores: BTreeMap<Topic, (f64, bool)> = BTreeMap::new();
    for it in model.rank(&model.worlds(), &answered, &known) {
        if let Some(topic) = open.topics.get(it.topic) {
            scores.insert(*topic, (it.score, it.forced));
        }
    }
    let mut all: BTreeMap<Topic, (f64, bool)> = BTreeMap::new();
    for topic in open.needed.keys() {
        let own = scores.get(topic).copied().unwrap_or((0.0, false));
        let before = waited_for(session, *topic);
        let cost = model::cost(session, *topic);
        let more: f64 = before.iter().map(|it| model::cost(session, *it)).sum();
        let worth = own.0 * cost / (cost + more);
        raise(&mut all, *topic, (worth, own.1));
        for it in before {
            // What another one waits for is looked for before it.
            raise(&mut all, it, (worth * 1.000_001, own.1));
        }
    }
    let mut ranked: Vec<Ranked> = all
        .into_iter()
        .map(|(topic, (score, forced))| Ranked {
            number: open.topics.binary_search(&topic).unwrap_or(usize::MAX),
            topic,
            score,
            forced,
        })
        .collect();
    ranked.sort_by(|a, b| {
        let costs = model::cost(session, a.topic).total_cmp(&model::cost(session, b.topic));
        let needs = |it: &Ranked| open.needed.get(&it.topic).map_or(0, |it| it.len());
        (a.forced.cmp(&b.forced))
            .then(b.score.total_cmp(&a.score))
            .then(costs)
            .then(needs(b).cmp(&needs(a)))
            .then(a.topic.cmp(&b.topic))
    });
    ranked
}

fn raise(all: &mut BTreeMap<Topic, (f64, bool)>, topic: Topic, (score, forced): (f64, bool)) {
    let place = all.entry(topic).or_insert((score, forced));
    place.0 = place.0.max(score);
    place.1 &= forced;
}

/// The rules that hang on each topic: those that need it, and those that need what waits for it.
fn decides(session: &Session<'_>, open: &Open) -> BTreeMap<Topic, BTreeSet<RuleId>> {
    let mut decides = open.needed.clone();
    for (topic, rules) in &open.needed {
        for before in waited_for(session, *topic) {
            decides.entry(before).or_default().extend(rules);
        }
    }
    decides
}

/// Facts that its place names and that nobody knows yet.
fn waited_for(session: &Session<'_>, topic: Topic) -> Vec<Topic> {
    let Topic::Fact(id) = topic else {
        return Vec::new();
    };
    let found = build::origins(session, id);
    found.into_iter().map(Topic::Fact).collect()
}

struct Tell<'s, 'p, 't> {
    session: &'s Session<'p>,
    open: &'s Open,
    decides: BTreeMap<Topic, BTreeSet<RuleId>>,
    build: Build<'s, 'p, 't>,
    planner: Planner<'s, 'p>,
}

impl Tell<'_, '_, '_> {
    fn line(&mut self, it: &Ranked) -> NextLine {
        let rules = self.decides.get(&it.topic);
        let rules = rules.into_iter().flatten();
        let mut rules: Vec<String> = rules.map(|it| self.build.rule_name(*it)).collect();
        rules.sort();
        let line = NextLine {
            name: String::new(),
            symptom: false,
            title: None,
            seconds: model::cost(self.session, it.topic),
            score: it.score,
            foretold: it.forced,
            obtainable: false,
            sources: Vec::new(),
            privileges: Vec::new(),
            questions: Vec::new(),
            titles: self.titles(it.topic),
            rules,
            answers: self.answers(it.number),
            places: Vec::new(),
            wanted: Vec::new(),
        };
        match it.topic {
            Topic::Symptom(id) => self.symptom(id, line),
            Topic::Fact(id) => self.fact(id, line),
        }
    }

    /// Of all open rules: an answer may settle others than those that need it.
    fn titles(&self, topic: Topic) -> BTreeMap<String, String> {
        let needed = self.decides.get(&topic).into_iter().flatten();
        let rules = self.open.rules.iter().chain(needed);
        let titles = rules.filter_map(|id| {
            let rule = self.session.program.rules.get(id.0 as usize)?;
            let title = self.build.fill.title("rule", &rule.named)?;
            Some((self.build.rule_name(*id), title))
        });
        titles.collect()
    }

    fn symptom(&self, id: SymptomId, line: NextLine) -> NextLine {
        let symptom = self.session.program.symptoms.get(id.0 as usize);
        let texts = self.build.fill.texts;
        let questions = symptom
            .into_iter()
            .flat_map(|it| (0..it.asks.len()).filter_map(move |at| texts::question(texts, it, at)));
        NextLine {
            name: self.build.symptom_name(id),
            symptom: true,
            title: symptom.and_then(|it| self.build.fill.title("symptom", &it.named)),
            obtainable: !self.session.unsure.contains(&id),
            questions: questions.collect(),
            ..line
        }
    }

    fn fact(&mut self, id: SlotId, line: NextLine) -> NextLine {
        let name = self.build.slot_name(id);
        let Some(slot) = self.session.program.slots.get(id.0 as usize) else {
            return NextLine { name, ..line };
        };
        let kinds = slot
            .sources
            .iter()
            .filter_map(|it| kinds::find(&it.system, &it.kind));
        let mut privileges: Vec<String> = Vec::new();
        for privilege in kinds.map(|it| it.privilege).filter(|it| *it != "none") {
            if !privileges.iter().any(|it| it == privilege) {
                privileges.push(privilege.to_owned());
            }
        }
        let sources = slot.sources.iter();
        let texts = self.build.fill.texts;
        let places = sources.clone();
        let places = places.map(|it| places::of_clause(&mut self.build.fill, it));
        let mut places: Vec<String> = places.collect();
        let now = match slot.origin {
            Origin::Now => {
                places.push(texts.word("how-now"));
                Some(texts.word("title-now"))
            }
            Origin::Param { .. } => {
                places.push(texts.word_with("how-param", &[("name", &name)]));
                None
            }
            Origin::Fact => None,
        };
        NextLine {
            places,
            wanted: privileges
                .iter()
                .map(|it| places::privilege(texts, it))
                .collect(),
            name,
            title: now.or_else(|| self.build.fill.slot_title(slot)),
            obtainable: self.planner.reach(id) > Reach::Never,
            sources: sources
                .map(|it| sources_line(&mut self.planner, it))
                .collect(),
            privileges,
            questions: self.build.fill.question(slot).into_iter().collect(),
            ..line
        }
    }

    /// What each answer would settle by itself, for parts of the fact that hang on nothing else.
    fn answers(&self, topic: usize) -> Vec<Answer> {
        let model = &self.open.model;
        let mut answers = Vec::new();
        for (at, group) in model.groups.iter().enumerate() {
            if group.topics != [topic] {
                continue;
            }
            for (number, row) in group.rows.iter().enumerate() {
                let mut known = vec![None; model.groups.len()];
                if let Some(place) = known.get_mut(at) {
                    *place = Some(number);
                }
                let truths = model.truths(&known);
                let settled = |wanted: Truth| {
                    let both = self.open.rules.iter().zip(&model.goals);
                    let fits = both.filter(|(_, goal)| truths.get(**goal) == Some(&wanted));
                    let names = fits.map(|(rule, _): (&RuleId, _)| self.build.rule_name(*rule));
                    let mut names: Vec<String> = names.collect();
                    names.sort();
                    names
                };
                let (confirms, rules_out) = (settled(Truth::True), settled(Truth::False));
                if !confirms.is_empty() || !rules_out.is_empty() {
                    let tests = self.open.tests.get(at).into_iter().flatten().zip(row);
                    answers.push(Answer {
                        tests: tests.map(|(test, holds)| self.test(test, *holds)).collect(),
                        confirms,
                        rules_out,
                    });
                }
            }
        }
        // What confirms a cause ends the search.
        answers.sort_by_key(|it| {
            let settled = it.confirms.len() + it.rules_out.len();
            (it.confirms.is_empty(), std::cmp::Reverse(settled))
        });
        answers.truncate(MOST_ANSWERS);
        answers
    }

    fn test(&self, test: &Test, holds: bool) -> TestLine {
        let program = self.session.program;
        let text = match test {
            Test::Node(node) => express::text(program, *node),
            Test::Reported(code) => format!("{code} in reported"),
            Test::Answered(symptom) => self.build.symptom_name(*symptom),
        };
        let said = match test {
            Test::Node(node) => plain::that(&self.build.fill, *node, holds),
            Test::Reported(code) => {
                let key = if holds {
                    "proof-reported-true"
                } else {
                    "proof-reported-false"
                };
                let name = code.to_string();
                self.build.fill.texts.word_with(key, &[("name", &name)])
            }
            Test::Answered(_) => text.clone(),
        };
        TestLine { text, holds, said }
    }
}
