//! Explanations as text for a terminal, like the report: plain lines, wrapped at the caller's width.

use super::{
    ChangeLine, Claim, Elsewhere, Forced, Next, NextLine, Proof, StepLine, TruthWord, WhyNot,
};
use crate::question::Question;
use crate::report::Evidence;
use crate::report::VerdictWord;
use crate::report::say::Say;
use crate::report::text::{Page, Style, titled};
use crate::report::texts::Texts;

/// Deepest indent; steps that lie deeper stand below each other.
const DEEPEST: usize = 24;
/// Rules that are named where not everything is asked for.
const FEW_RULES: usize = 6;

/// A proof as text, with a line end after the last line. `width` in columns; less than 40 is taken as 40.
pub fn render_proof(proof: &Proof, texts: &Texts, width: usize, style: Style) -> String {
    let mut page = Page::new(texts, width, style);
    page.verdict(proof.verdict, proof.title.as_ref(), &proof.rule);
    if let (Some(cause), VerdictWord::Confirmed) = (&proof.cause, proof.verdict) {
        page.wrapped(2, cause);
    }
    match &proof.forced {
        Some(forced) => page.forced(forced),
        None => {
            let key = match proof.verdict {
                VerdictWord::Open => "proof-nothing-forces",
                _ => "proof-full",
            };
            let text = texts.word(key);
            page.gap();
            page.wrapped(0, &text);
        }
    }
    page.heading("heading-proof");
    let facts = proof.forced.iter().flat_map(|it| &it.facts);
    let mut told: Vec<String> = facts.map(|it| it.path.clone()).collect();
    for part in &proof.proof.parts {
        page.step(2, part, &mut told);
    }
    page.out
}

/// What would confirm a rule as text.
pub fn render_why_not(why_not: &WhyNot, texts: &Texts, width: usize, style: Style) -> String {
    let mut page = Page::new(texts, width, style);
    page.verdict(why_not.verdict, why_not.title.as_ref(), &why_not.rule);
    if why_not.verdict == VerdictWord::Confirmed {
        return page.out;
    }
    if why_not.ways.is_empty() {
        let count = why_not.tries.to_string();
        let key = match why_not.impossible {
            true => "why-not-impossible",
            false => "why-not-none",
        };
        let text = texts.word_with(key, &[("count", &count)]);
        page.wrapped(0, &text);
        return page.out;
    }
    for (way, at) in why_not.ways.iter().zip(0..) {
        let count = way.changes.len().to_string();
        let key = if at == 0 { "why-not-way" } else { "why-not-or" };
        let head = texts.word_with(key, &[("count", &count)]);
        let least = why_not.at_least.to_string();
        let more = match (at, way.smallest) {
            (0, true) => Some(texts.word("why-not-smallest")),
            (0, false) => Some(texts.word_with("why-not-undecided", &[("count", &least)])),
            _ => None,
        };
        let head = more.map_or(head.clone(), |more| {
            let both = [("text", head.as_str()), ("more", more.as_str())];
            texts.word_with("with-more", &both)
        });
        page.gap();
        page.wrapped(0, &head);
        for change in &way.changes {
            page.change(change);
        }
    }
    page.out
}

/// What to find out next as text; of many facts the first `most`, and if there are more, many rules are counted.
pub fn render_next(next: &Next, texts: &Texts, width: usize, style: Style, most: usize) -> String {
    let mut page = Page::new(texts, width, style);
    if next.open.is_empty() {
        let text = texts.word("next-nothing");
        page.wrapped(0, &text);
        return page.out;
    }
    page.say = Say::of_next(texts, &next.facts);
    let short = most < next.facts.len();
    let head = match short && next.open.len() > FEW_RULES {
        true => texts.word_with(
            "next-open-count",
            &[("count", &next.open.len().to_string())],
        ),
        false => {
            let rules = page.say.titled_list(&next.open);
            texts.word_with("next-open", &[("rules", &rules)])
        }
    };
    page.wrapped(0, &head);
    page.heading("heading-next");
    let told = if short { FEW_RULES } else { usize::MAX };
    for (fact, number) in next.facts.iter().zip(1..).take(most) {
        page.next_line(2, &format!("{number}. "), fact, told);
    }
    if next.facts.len() > most {
        let count = (next.facts.len() - most).to_string();
        let text = texts.word_with("next-more", &[("count", &count)]);
        page.dim(2, &text);
    }
    page.out
}

/// A question as text; `number` counts them, `open` the rules that are open, `hint` says what may be typed.
pub fn render_question(
    question: &Question,
    number: usize,
    open: usize,
    hint: &str,
    texts: &Texts,
    width: usize,
    style: Style,
) -> String {
    let mut page = Page::new(texts, width, style);
    let (number, open) = (number.to_string(), open.to_string());
    let counts = [("number", number.as_str()), ("count", open.as_str())];
    let head = texts.word_with("ask-head", &counts);
    // Between what was said before and the question.
    page.out.push('\n');
    page.painted(page.style.heading, 0, "", &head);
    page.painted(page.style.open, 0, "", &question.text);
    page.dim(2, hint);
    let keys = texts.word("ask-keys");
    page.dim(2, &keys);
    page.out
}

/// A line between questions.
pub fn render_note(text: &str, texts: &Texts, width: usize, style: Style) -> String {
    let mut page = Page::new(texts, width, style);
    page.wrapped(2, text);
    page.out
}

/// What an answer has settled: rules with their titles; `key` is `next-confirms` or `next-rules-out`.
pub fn render_settled(
    key: &str,
    rules: &[(&str, Option<&str>)],
    texts: &Texts,
    width: usize,
    style: Style,
) -> String {
    let mut page = Page::new(texts, width, style);
    let rules = rules.iter();
    let rules = rules.map(|(rule, title)| titled(title.map(str::to_owned).as_ref(), rule));
    let rules = page.list(rules);
    let text = texts.word_with(key, &[("rules", &rules)]);
    page.wrapped(2, &text);
    page.out
}

/// Why something is asked, and what hangs on it.
pub fn render_reason(
    line: &NextLine,
    name: &str,
    texts: &Texts,
    width: usize,
    style: Style,
) -> String {
    let mut page = Page::new(texts, width, style);
    page.say = Say::of_next(texts, std::slice::from_ref(line));
    let rules = page.say.titled_list(&line.rules);
    let why = texts.word_with("ask-why", &[("rules", &rules)]);
    page.wrapped(2, &why);
    if !line.answers.is_empty() {
        for text in page.say.answers(line, usize::MAX) {
            page.wrapped(2, &text);
        }
    }
    if !line.symptom {
        let label = page.word_label("missing-from");
        for place in &line.places {
            page.hanging(2, &label, place);
        }
        let text = texts.word_with("ask-name", &[("name", name)]);
        page.dim(2, &text);
    }
    page.out
}

impl Page<'_> {
    fn would_be(&self, path: &str, wanted: &str, now: &str) -> String {
        let text = format!("{path} = {wanted}");
        let now = self.texts.word_with("why-not-now", &[("value", now)]);
        let both = [("text", text.as_str()), ("more", now.as_str())];
        self.texts.word_with("with-more", &both)
    }

    fn change(&mut self, change: &ChangeLine) {
        let text = match change.symptom {
            true => {
                let name = titled(change.title.as_ref(), &change.path);
                self.texts.word_with("why-not-symptom", &[("name", &name)])
            }
            false if !change.fields.is_empty() => {
                let fields = change.fields.iter();
                let fields = fields.map(|it| self.would_be(&it.path, &it.wanted, &it.now));
                let fields: Vec<String> = fields.collect();
                fields.join("; ")
            }
            false => {
                let mut text = self.would_be(&change.path, &change.wanted_shown, &change.now_shown);
                if let Some(title) = &change.title {
                    text.push_str(&self.texts.word_with("in-brackets", &[("text", title)]));
                }
                text
            }
        };
        self.hanging(2, "- ", &text);
        if let Some(source) = &change.source {
            let text = self.source(source);
            self.dim(6, &text);
        }
    }

    fn verdict(&mut self, verdict: VerdictWord, title: Option<&String>, rule: &str) {
        let (key, style) = match verdict {
            VerdictWord::Confirmed | VerdictWord::Latent => {
                ("proof-confirmed", self.style.confirmed)
            }
            VerdictWord::RuledOut => ("proof-ruled-out", self.style.heading),
            VerdictWord::Open => ("proof-open", self.style.open),
        };
        let head = titled(title, rule);
        let head = format!("{}{}", self.label(&head), self.texts.word(key));
        self.painted(style, 0, "", &head);
    }

    fn forced(&mut self, forced: &Forced) {
        let count = (forced.facts.len() + forced.answers.len()).to_string();
        let head = self.texts.word_with("proof-forced", &[("count", &count)]);
        let key = match forced.smallest {
            true => "proof-smallest",
            false => "proof-not-smallest",
        };
        let more = self.texts.word(key);
        let both = [("text", head.as_str()), ("more", more.as_str())];
        let head = match count.as_str() {
            "0" => head,
            _ => self.texts.word_with("with-more", &both),
        };
        self.gap();
        self.wrapped(0, &head);
        for fact in &forced.facts {
            let mut text = match fact.only_there {
                true => {
                    let there = self.texts.word("proof-only-there");
                    format!("{}{there}", self.label(&fact.path))
                }
                false => format!("{} = {}", fact.path, fact.shown),
            };
            if let Some(title) = &fact.title {
                text.push_str(&self.texts.word_with("in-brackets", &[("text", title)]));
            }
            self.hanging(2, "- ", &text);
            if let Some(source) = &fact.source {
                let text = self.source(source);
                self.dim(6, &text);
            }
        }
        for said in &forced.answers {
            let key = if said.answer {
                "proof-answered-true"
            } else {
                "proof-answered-false"
            };
            let text = format!("{}{}", self.label(&said.symptom), self.texts.word(key));
            self.hanging(2, "- ", &text);
        }
    }

    /// `told` are the places whose values were shown before.
    fn step(&mut self, indent: usize, step: &StepLine, told: &mut Vec<String>) {
        // A single way leads on without a line of its own.
        let leads_on = matches!(step.claim, Claim::Symptoms | Claim::And | Claim::Or)
            || step.claim == Claim::Not && step.text.is_none();
        if let (true, [only]) = (leads_on, step.parts.as_slice()) {
            return self.step(indent, only, told);
        }
        let mut text = self.claimed(step);
        if let Some(elsewhere) = step.elsewhere {
            let key = match elsewhere {
                Elsewhere::Before => "proof-before",
                Elsewhere::Deeper => "proof-deeper",
            };
            let more = self.texts.word(key);
            text.push_str(&self.texts.word_with("in-brackets", &[("text", &more)]));
        }
        let (mark, style) = match step.truth {
            TruthWord::True => ("+ ", self.style.confirmed),
            TruthWord::False => ("- ", self.style.risk),
            TruthWord::Unknown => ("? ", self.style.open),
        };
        let mark = format!("{style}{mark}{style:#}");
        self.hanging(indent, &mark, &text);
        let shown = without_denied(step);
        if step.claim != Claim::Element {
            self.seen(indent + 4, step.truth, &shown.facts, told);
        }
        let inner = (indent + 2).min(DEEPEST);
        for part in &shown.parts {
            self.step(inner, part, told);
        }
        if shown.left_out > 0 {
            let count = shown.left_out.to_string();
            let text = self.texts.word_with("proof-left-out", &[("count", &count)]);
            self.dim(inner, &text);
        }
    }

    fn claimed(&self, step: &StepLine) -> String {
        let truth = match step.truth {
            TruthWord::True => "true",
            TruthWord::False => "false",
            TruthWord::Unknown => "unknown",
        };
        let name = step.name.as_deref().unwrap_or_default();
        let titled = titled(step.title.as_ref(), name);
        let about = |kind: &str, name: &str| {
            let key = format!("proof-{kind}-{truth}");
            self.texts.word_with(&key, &[("name", name)])
        };
        match step.claim {
            Claim::Rule => about("rule", &titled),
            Claim::Symptoms => about("symptoms", ""),
            Claim::Free => about("free", name),
            Claim::Present => about("present", &titled),
            Claim::Unclaimed => about("unclaimed", name),
            Claim::Named => about("named", name),
            Claim::Reported => about("reported", name),
            Claim::Answered => about("answered", name),
            Claim::And => about("and", ""),
            Claim::Or => about("or", ""),
            Claim::Let => titled,
            Claim::Element => match step.facts.first() {
                Some(fact) => format!("{} = {}", fact.label, fact.shown),
                None => name.to_owned(),
            },
            Claim::Not | Claim::Any | Claim::Test => step.said.clone().unwrap_or_default(),
        }
    }

    /// Facts that a step looks at; what is unknown decided nothing, though the text names it. A value is shown once.
    fn seen(
        &mut self,
        indent: usize,
        truth: TruthWord,
        facts: &[Evidence],
        told: &mut Vec<String>,
    ) {
        let is_open = truth == TruthWord::Unknown;
        let known = facts.iter().filter(|it| is_open || !it.is_unknown());
        let (again, new): (Vec<&Evidence>, Vec<&Evidence>) =
            known.partition(|it| told.contains(&it.path));
        let before = self.texts.word("proof-before");
        let before = self.texts.word_with("in-brackets", &[("text", &before)]);
        for evidence in again {
            self.dim(indent, &format!("- {}{before}", evidence.label));
        }
        told.extend(new.iter().map(|it| it.path.clone()));
        self.all_evidence(indent, &new);
    }
}

/// Below a `not` with its text the quantifier that it denies says nothing new: its elements do.
fn without_denied(step: &StepLine) -> &StepLine {
    match (step.claim, step.parts.as_slice()) {
        (Claim::Not, [only]) if only.claim == Claim::Any => only,
        _ => step,
    }
}
