//! What can be counted in the pack, and how the book shows it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rulec_check::Analysis;
use rulec_check::tests::Expected;
use rulec_program::node::{NodeId, Op, SlotId};
use rulec_program::program::{Origin, Program, Slot};

use super::{entries, entries_of_rules, own, program};
use crate::causes;

/// Before what is computed.
pub const BEGIN: &str = "<!-- computed from here on, see tests/pack.rs -->\n";
/// After it.
pub const END: &str = "<!-- up to here -->\n";

/// On what a rule's condition rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// At least one fact that is read somewhere.
    Evidence,
    /// Nothing but answers of people, apart from params and the time.
    Asked,
    /// Nothing but what the case is about: params, such as a text that was pasted.
    Given,
    /// It has no condition.
    Nothing,
}

/// A rule.
pub struct RuleFigures {
    pub name: String,
    pub title: String,
    pub ground: Ground,
    /// What only a person can answer or give, of that which its condition names.
    pub asked: Vec<String>,
    /// Tests that expect it so.
    pub confirmed: usize,
    pub ruled_out: usize,
    pub open: usize,
}

/// The whole pack.
pub struct Figures {
    pub rules: Vec<RuleFigures>,
    facts: usize,
    read: usize,
    asked: usize,
    used_facts: usize,
    params: usize,
    derived: usize,
    symptoms: usize,
    fixes: usize,
    tests: usize,
    causes: usize,
    causes_without_rule: usize,
    finished: usize,
}

impl Figures {
    pub fn of(analysis: &Analysis, root: &Path) -> Figures {
        let program = program(analysis);
        let rules = rules(analysis);
        let facts = |used: bool, more: fn(&Slot) -> bool| {
            let slots = program.slots.iter();
            slots
                .filter(|it| it.origin == Origin::Fact && own(&it.named) != used && more(it))
                .count()
        };
        let params = program
            .slots
            .iter()
            .filter(|it| own(&it.named) && matches!(it.origin, Origin::Param { .. }));
        let all_causes = causes::read(root);
        Figures {
            facts: facts(false, |_| true),
            read: facts(false, |it| !it.sources.is_empty()),
            asked: facts(false, |it| it.sources.is_empty() && it.ask.is_some()),
            used_facts: facts(true, |_| true),
            params: params.count(),
            derived: program.lets.iter().filter(|it| own(&it.named)).count(),
            symptoms: program.symptoms.iter().filter(|it| own(&it.named)).count(),
            fixes: program.fixes.iter().filter(|it| own(&it.named)).count(),
            tests: analysis.tests.iter().filter(|it| it.pack.0 == 0).count(),
            causes: all_causes.len(),
            causes_without_rule: all_causes.iter().filter(|it| it.rule.is_none()).count(),
            finished: finished(program, &rules, root),
            rules,
        }
    }

    pub fn asked_alone(&self) -> Vec<&str> {
        let rules = self.of_ground(Ground::Asked);
        rules.iter().map(|it| it.name.as_str()).collect()
    }

    /// The part of the book's page.
    pub fn page(&self) -> String {
        let sum = |count: fn(&RuleFigures) -> usize| self.rules.iter().map(count).sum::<usize>();
        let mut out = String::new();
        let rows = [
            (
                format!("entries finished, of {}", super::ENTRIES),
                self.finished,
            ),
            ("causes listed".to_owned(), self.causes),
            (
                "of these without a rule or fix, with the reason".to_owned(),
                self.causes_without_rule,
            ),
            ("symptoms".to_owned(), self.symptoms),
            ("rules".to_owned(), self.rules.len()),
            ("fixes".to_owned(), self.fixes),
            ("facts of the pack".to_owned(), self.facts),
            ("of these read somewhere".to_owned(), self.read),
            ("of these asked of a person only".to_owned(), self.asked),
            (
                "facts of the packs that it uses".to_owned(),
                self.used_facts,
            ),
            ("params".to_owned(), self.params),
            ("derived facts".to_owned(), self.derived),
            ("tests".to_owned(), self.tests),
            (
                "verdicts expected: confirmed".to_owned(),
                sum(|it| it.confirmed),
            ),
            (
                "verdicts expected: ruled out".to_owned(),
                sum(|it| it.ruled_out),
            ),
            ("verdicts expected: open".to_owned(), sum(|it| it.open)),
        ];
        out.push_str("\n| | |\n|---|---:|\n");
        for (what, count) in rows {
            writeln!(out, "| {what} | {count} |").unwrap();
        }
        self.lists(&mut out);
        out
    }

    fn lists(&self, out: &mut String) {
        let alone = self.of_ground(Ground::Asked);
        self.list(
            out,
            &alone,
            "rest on answers of people alone, where one in eight may",
        );
        let given = self.of_ground(Ground::Given);
        self.list(
            out,
            &given,
            "rest on nothing but what the case is about: the text or name that was pasted into the portal",
        );
        let beside: Vec<_> = self
            .of_ground(Ground::Evidence)
            .into_iter()
            .filter(|it| !it.asked.is_empty())
            .collect();
        self.list(
            out,
            &beside,
            "ask a person something beside what can be read",
        );
        let nothing = self.of_ground(Ground::Nothing);
        self.list(out, &nothing, "have no condition");
    }

    fn of_ground(&self, ground: Ground) -> Vec<&RuleFigures> {
        self.rules.iter().filter(|it| it.ground == ground).collect()
    }

    fn list(&self, out: &mut String, rules: &[&RuleFigures], words: &str) {
        let end = if rules.is_empty() { "." } else { ":\n" };
        let all = self.rules.len();
        writeln!(out, "\n{} of {all} rules {words}{end}", rules.len()).unwrap();
        for rule in rules {
            write!(out, "- `{}`: {}", rule.name, rule.title).unwrap();
            if !rule.asked.is_empty() {
                let asked: Vec<_> = rule.asked.iter().map(|it| format!("`{it}`")).collect();
                write!(out, " ({})", asked.join(", ")).unwrap();
            }
            out.push('\n');
        }
    }
}

/// The rules of the root pack.
pub fn rules(analysis: &Analysis) -> Vec<RuleFigures> {
    let program = program(analysis);
    let mut counts: BTreeMap<u32, [usize; 3]> = BTreeMap::new();
    for expect in analysis.tests.iter().flat_map(|it| &it.expects) {
        let kind = match expect.verdict {
            Expected::Confirmed => 0,
            Expected::RuledOut => 1,
            Expected::Open(_) => 2,
        };
        counts.entry(expect.rule.0).or_default()[kind] += 1;
    }
    let rules = (0..).zip(&program.rules).filter(|(_, it)| own(&it.named));
    rules
        .map(|(number, rule)| {
            let [confirmed, ruled_out, open] = counts.get(&number).copied().unwrap_or_default();
            let mut slots = BTreeSet::new();
            if let Some(node) = rule.when {
                slots_of(program, node, &mut slots);
            }
            let slots: Vec<&Slot> = slots
                .iter()
                .map(|it| &program.slots[it.0 as usize])
                .collect();
            RuleFigures {
                name: rule.named.name.to_string(),
                title: rule.named.title.clone().unwrap_or_default(),
                ground: ground(&slots, rule.when.is_some()),
                asked: asked(&slots, rule.when.is_some()),
                confirmed,
                ruled_out,
                open,
            }
        })
        .collect()
}

fn ground(slots: &[&Slot], conditional: bool) -> Ground {
    let facts = slots.iter().filter(|it| it.origin == Origin::Fact);
    let (read, asked): (Vec<&Slot>, Vec<&Slot>) =
        facts.copied().partition(|it| !it.sources.is_empty());
    match (conditional, read.is_empty(), asked.is_empty()) {
        (false, ..) => Ground::Nothing,
        (true, false, _) => Ground::Evidence,
        (true, true, false) => Ground::Asked,
        (true, true, true) => Ground::Given,
    }
}

/// Facts that only a person can answer; params where nothing else is named.
fn asked(slots: &[&Slot], conditional: bool) -> Vec<String> {
    let given = ground(slots, conditional) == Ground::Given;
    let asked = slots.iter().filter(|it| {
        let by_a_person = it.origin == Origin::Fact && it.sources.is_empty();
        by_a_person || (given && matches!(it.origin, Origin::Param { .. }))
    });
    asked.map(|it| it.named.name.to_string()).collect()
}

/// What a condition names, derived facts looked through.
fn slots_of(program: &Program, node: NodeId, found: &mut BTreeSet<SlotId>) {
    match program.nodes.op(node).unwrap() {
        Op::Slot(slot) => {
            found.insert(slot);
        }
        Op::Let(it) => slots_of(program, program.lets[it.0 as usize].value, found),
        op => program
            .nodes
            .each_operand(op, |operand| slots_of(program, operand, found)),
    }
}

/// Entries with causes, all of whose rules are tested in three ways, and that have a case folder. That nothing lacks its
/// translation is held elsewhere: `rulec check` has no finding.
fn finished(program: &Program, rules: &[RuleFigures], root: &Path) -> usize {
    let causes = causes::read(root);
    let of_rules = entries_of_rules(program);
    let mut cases = BTreeSet::new();
    for case in fs::read_dir(root.join("rules/azure-p2s/cases")).unwrap() {
        let name = case.unwrap().file_name().to_string_lossy().into_owned();
        cases.insert(name.split('-').next().unwrap().to_uppercase());
    }
    let tested = |entry: &String| {
        let own = rules
            .iter()
            .filter(|rule| of_rules[&rule.name].contains(entry));
        own.clone().count() > 0
            && own
                .clone()
                .all(|it| it.confirmed > 0 && it.ruled_out > 0 && it.open > 0)
    };
    let done = entries().into_iter().filter(|entry| {
        let same = if entry == "S22" { "S05" } else { entry }.to_owned();
        causes.iter().any(|it| it.entry == *entry) && tested(&same) && cases.contains(entry)
    });
    done.count()
}
