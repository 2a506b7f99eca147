//! The engine and the reference on the text of one pack: both give verdicts, presences and needs by name.

use std::collections::{BTreeMap, BTreeSet};

use rulec_check::tests::{Complaint, Given, TestCase};
use rulec_check::{Analysis, Input, PackInput, RuleFile, analyse};
use rulec_eval::{Case, CaseInput, Session};
use rulec_facts::provider::Provenance;
use rulec_facts::truth::Truth;
use rulec_facts::value::{Partial, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::program::{RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_reference::{Outcome, Tally};
use rulec_syntax::ast;
use rulec_syntax::diagnostic::Level;
use rulec_syntax::parse::{Parsed, parse};
use rulec_syntax::source::{FileId, SourceFile, Sources};

/// What a verdict is: its letter and the names of what it needs.
pub type Decided = (char, BTreeSet<String>);

/// Everything that one test of a pack comes to.
#[derive(Debug, PartialEq)]
pub struct Found {
    pub rules: BTreeMap<String, Decided>,
    pub symptoms: BTreeMap<String, char>,
}

/// A pack as the engine takes it.
pub struct Engine {
    analysis: Analysis,
    program: Sealed,
}

impl Engine {
    /// Parses and checks; what is wrong with the pack otherwise.
    pub fn new(texts: &[String]) -> Result<Engine, String> {
        let mut sources = Sources::default();
        let mut pack = PackInput::new("generated");
        for (at, text) in texts.iter().enumerate() {
            let id = sources.add(SourceFile::new(format!("{at}.rules"), text.as_str()));
            let Parsed { file, findings } = parse(id, text);
            if let Some(finding) = findings.first() {
                return Err(format!("{}: {}", finding.code.name, finding.message));
            }
            pack.files.push(RuleFile { id, tree: file });
        }
        let input = Input {
            packs: vec![pack],
            roots: 1,
        };
        let mut analysis = analyse(&input, &sources);
        let errors: Vec<String> = analysis
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .map(|finding| {
                let text = &texts[finding.span.file.0 as usize];
                let place = &text[finding.span.start as usize..finding.span.end as usize];
                let line = text[..finding.span.start as usize]
                    .rfind('\n')
                    .map_or(0, |at| at + 1);
                let line = text[line..].lines().next().unwrap_or("");
                format!(
                    "{}: {} at `{place}` in\n{line}",
                    finding.code.name, finding.message
                )
            })
            .collect();
        match analysis.program.take() {
            Some(program) if errors.is_empty() => Ok(Engine { analysis, program }),
            _ => Err(errors.join("\n")),
        }
    }

    /// Verdicts of all rules in the case of a test.
    pub fn run(&self, test: &str) -> Found {
        let case = self.case(test);
        let session = Session::new(&self.program, case);
        let mut scratch = Scratch::default();
        let mut decider = Decider::new(&self.program, session.state(), &mut scratch);
        let mut rules = BTreeMap::new();
        for (at, rule) in self.program.rules.iter().enumerate() {
            let id = RuleId(at as u32);
            let truth = decider.verdict(id);
            let needs = decider.needs_of_rule(id);
            let slots = needs.all().into_iter();
            let slots =
                slots.map(|slot| self.program.slots[slot.0 as usize].named.name.to_string());
            let asks = needs.asks.iter().map(|ask| {
                let symptom = &self.program.symptoms[ask.0 as usize];
                format!("symptom {}", symptom.named.name)
            });
            let needs = slots.chain(asks).collect();
            rules.insert(rule.named.name.to_string(), (letter(truth), needs));
        }
        let mut symptoms = BTreeMap::new();
        for (at, symptom) in self.program.symptoms.iter().enumerate() {
            let truth = decider.present(SymptomId(at as u32));
            symptoms.insert(symptom.named.name.to_string(), letter(truth));
        }
        Found { rules, symptoms }
    }

    fn case(&self, test: &str) -> Case {
        let mut complaint = Vec::new();
        let mut sets = Vec::new();
        self.gather(self.test(test), &mut complaint, &mut sets);
        let mut case = Case::new(&self.program, CaseInput::default()).unwrap();
        let mut symptoms = Vec::new();
        let mut texts = Vec::new();
        for said in complaint {
            match said {
                Complaint::Symptom(symptom) => symptoms.push(symptom),
                Complaint::Code(text, _) | Complaint::Pasted(text) => texts.push(text.to_string()),
            }
        }
        case.complain(texts, symptoms);
        for (slot, path, value) in sets {
            case.give(slot, path, value, Provenance::default());
        }
        case
    }

    fn test(&self, name: &str) -> &TestCase {
        let found = self.analysis.tests.iter().find(|test| test.name == name);
        found.unwrap_or_else(|| panic!("no test `{name}`"))
    }

    /// What a test sets, that from which it starts first.
    fn gather(
        &self,
        test: &TestCase,
        complaint: &mut Vec<Complaint>,
        sets: &mut Vec<(rulec_program::node::SlotId, Vec<u32>, Partial)>,
    ) {
        for given in &test.given {
            match given {
                Given::Test(number) => {
                    self.gather(&self.analysis.tests[*number as usize], complaint, sets);
                }
                Given::Case(..) => panic!("generated tests have no folders"),
            }
        }
        if !test.complaint.is_empty() {
            complaint.clone_from(&test.complaint);
        }
        if let Some(now) = test.now {
            let slot = self.program.slot_named("now").unwrap();
            sets.push((slot, Vec::new(), Partial::Known(Value::Time(now))));
        }
        let own = test.sets.iter();
        sets.extend(own.map(|set| (set.slot, set.path.clone(), set.value.clone())));
    }
}

fn letter(truth: Truth) -> char {
    match truth {
        Truth::True => 'T',
        Truth::False => 'F',
        Truth::Unknown => 'U',
    }
}

/// Trees for the reference, parsed once a pack.
pub fn trees(texts: &[String]) -> Vec<ast::File> {
    let texts = texts.iter().enumerate();
    texts
        .map(|(at, text)| parse(FileId(at as u32), text).file)
        .collect()
}

/// What the reference makes of a test.
pub fn reference(trees: &[ast::File], test: &str) -> Result<(Found, Tally), String> {
    let files: Vec<_> = trees.iter().collect();
    let Outcome {
        rules,
        symptoms,
        tally,
    } = rulec_reference::evaluate(&files, test)?;
    let rules = rules.into_iter().map(|(name, truth)| {
        let needs = match &truth {
            rulec_reference::Truth::Unknown(needs) => needs.names().into_iter().collect(),
            _ => BTreeSet::new(),
        };
        (name, (truth.letter(), needs))
    });
    let symptoms = symptoms
        .into_iter()
        .map(|(name, truth)| (name, truth.letter()));
    Ok((
        Found {
            rules: rules.collect(),
            symptoms: symptoms.collect(),
        },
        tally,
    ))
}
