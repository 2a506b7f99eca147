//! Repairs as changes of text: an operand less, a clause more, a statement less or more.
//!
//! None is offered that would take a comment with it, or that the language would not read. Whether a repair does what it should is not known
//! here: who carries it out checks again.

mod operands;

use std::collections::BTreeSet;

use rulec_program::program::{Rule as SealedRule, RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_syntax::ast::{FixRef, Item, Overrides, Plan, Rule, Statement, Symptoms};
use rulec_syntax::diagnostic::{Applies, Repair};
use rulec_syntax::source::Span;

use crate::checks::Subject;
use crate::index::{DeclarationId, Kind};

pub(crate) use operands::without_operand;

/// The statement that holds a place, with its text.
pub(crate) fn statement_at<'a>(subject: &Subject<'_, 'a>, span: Span) -> Option<&'a Statement> {
    let mut all = subject.analysed.all_statements();
    let found = all.find(|(_, it)| {
        let place = it.place.0;
        place.file == span.file && place.start <= span.start && span.end <= place.end
    });
    found.map(|(_, it)| it)
}

fn text<'s>(subject: &'s Subject<'_, '_>, span: Span) -> &'s str {
    let file = subject.analysed.sources.get(span.file);
    file.map_or("", |it| &*it.text)
}

/// A comment would go with it.
fn holds_comment(statement: &Statement, start: u32, end: u32) -> bool {
    let mut comments = statement.comments.iter().map(|it| it.place.0);
    comments.any(|it| it.start < end && start < it.end)
}

/// Takes a statement out of its text, with its description and the blank line behind it.
pub(crate) fn without_statement(
    subject: &Subject<'_, '_>,
    statement: &Statement,
    applies: Applies,
    title: String,
) -> Option<Repair> {
    if !statement.comments.is_empty() {
        return None;
    }
    let place = statement.place.0;
    let text = text(subject, place);
    let before = text.get(..place.start as usize)?;
    let mut start = before.len();
    for line in before.lines().rev() {
        if !line.starts_with("///") {
            break;
        }
        start = before.get(..start)?.rfind(line)?;
    }
    let after = text.get(place.end as usize..)?;
    // A comment behind the last clause belongs to it.
    let line = after.split('\n').next().unwrap_or_default();
    if !line.trim().is_empty() {
        return None;
    }
    let blank = after.len() - after.trim_start_matches(['\n', '\r', ' ', '\t']).len();
    let mut end = place.end as usize + blank;
    if end >= text.len() {
        // The last one: the blank line before it goes.
        start = text.get(..start)?.trim_end().len();
        end = text.trim_end().len().max(place.end as usize);
    }
    let span = Span::new(
        place.file,
        u32::try_from(start).ok()?,
        u32::try_from(end).ok()?,
    );
    Some(Repair {
        applies,
        title,
        span,
        text: String::new(),
    })
}

/// Takes out the statement of a declaration that nothing names but itself.
pub(crate) fn without_unused(
    subject: &Subject<'_, '_>,
    id: DeclarationId,
    applies: Applies,
) -> Option<Repair> {
    let analysed = subject.analysed;
    let mut references = analysed.index.references.iter();
    if references.any(|it| it.to == id && it.from != Some(id)) {
        return None;
    }
    let declared = analysed.index.get(id)?;
    let statement = analysed.statements.get(id.0 as usize).copied().flatten()?;
    let title = format!("remove the {} `{}`", declared.kind.name(), declared.name);
    without_statement(subject, statement, applies, title)
}

/// The written rule of a number.
fn written<'a>(
    subject: &Subject<'_, 'a>,
    program: &Sealed,
    id: RuleId,
) -> Option<(&'a Statement, &'a Rule)> {
    let rule = program.rules.get(id.0 as usize)?;
    let statement = statement_at(subject, subject.span(rule.named.place))?;
    match &statement.item {
        Item::Rule(written) => Some((statement, written)),
        _ => None,
    }
}

/// The declaration of a rule.
fn declaration(subject: &Subject<'_, '_>, rule: &SealedRule) -> Option<DeclarationId> {
    let mut rules = subject.analysed.of_kind(Kind::Rule);
    rules
        .find(|(_, it)| it.name == rule.named.name && it.pack == rule.named.pack.0)
        .map(|(id, _)| id)
}

/// Takes out a rule that nothing names.
pub(crate) fn without_rule(
    subject: &Subject<'_, '_>,
    program: &Sealed,
    id: RuleId,
    applies: Applies,
) -> Option<Repair> {
    let rule = program.rules.get(id.0 as usize)?;
    if rule.named.pack.0 >= subject.roots {
        return None;
    }
    without_unused(subject, declaration(subject, rule)?, applies)
}

/// Lets one of two rules override the other: the second the first, if that is possible, else the first the second.
pub(crate) fn overriding(
    subject: &Subject<'_, '_>,
    program: &Sealed,
    first: RuleId,
    second: RuleId,
) -> Option<Repair> {
    overrides(subject, program, second, first)
        .or_else(|| overrides(subject, program, first, second))
}

fn overrides(
    subject: &Subject<'_, '_>,
    program: &Sealed,
    winner: RuleId,
    loser: RuleId,
) -> Option<Repair> {
    let rule = |id: RuleId| program.rules.get(id.0 as usize);
    let (one, other) = (rule(winner)?, rule(loser)?);
    let within = other.symptoms.iter().all(|it| one.symptoms.contains(it));
    let same_pack = one.named.pack == other.named.pack && one.named.pack.0 < subject.roots;
    // Where the winner's symptom is not there it would not win (C9).
    if !same_pack
        || !(one.is_latent() || within && !other.is_latent())
        || waits(program, winner, loser)
    {
        return None;
    }
    let (statement, written) = written(subject, program, winner)?;
    written.name.as_ref()?;
    let place = statement.place.0;
    let text = text(subject, place);
    let name = &other.named.name;
    let (at, new) = match &written.overrides {
        Overrides::All(_) => return None,
        Overrides::Listed(names) => (names.last()?.place.0.end, format!(", {name}")),
        Overrides::None => {
            let plan = plan_start(&written.plan)?;
            let before = text.get(..plan as usize)?;
            let arrow = before
                .rfind("=>")
                .filter(|it| *it >= place.start as usize)?;
            (
                u32::try_from(arrow).ok()?,
                format!("overrides {name}\n    "),
            )
        }
    };
    Some(Repair {
        applies: Applies::Unsafe,
        title: format!("let `{}` override `{name}`", one.named.name),
        span: Span::new(place.file, at, at),
        text: new,
    })
}

fn plan_start(plan: &Plan) -> Option<u32> {
    match plan {
        Plan::NoFix(place) => Some(place.0.start),
        Plan::Fixes { first, .. } => Some(match first {
            FixRef::Name(name) => name.place.0.start,
            FixRef::Text(text) => text.place.0.start,
        }),
    }
}

/// The first waits for the verdict of the second, directly or through others (V2, V3).
fn waits(program: &Sealed, first: RuleId, second: RuleId) -> bool {
    let mut met = BTreeSet::new();
    let mut open = vec![first];
    while let Some(id) = open.pop() {
        if id == second {
            return true;
        }
        let Some(rule) = program.rules.get(id.0 as usize).filter(|_| met.insert(id)) else {
            continue;
        };
        open.extend(&rule.overridden_by);
        if rule.otherwise {
            for symptom in &rule.symptoms {
                open.extend(
                    program
                        .ordinary_rules(*symptom)
                        .iter()
                        .filter(|it| **it != id),
                );
            }
        }
    }
    false
}

/// Adds a last word to a symptom: a rule with `otherwise`, without a fix.
pub(crate) fn last_word(
    subject: &Subject<'_, '_>,
    program: &Sealed,
    id: SymptomId,
) -> Option<Repair> {
    let symptom = program.symptoms.get(id.0 as usize)?;
    let last = |it: &RuleId| {
        let rule = program.rules.get(it.0 as usize);
        rule.is_none_or(|it| it.otherwise)
    };
    if symptom.implicit || symptom.rules.iter().any(last) {
        return None;
    }
    let name = format!("{}-otherwise", symptom.named.name);
    let pack = subject.analysed.pack(symptom.named.pack.0)?;
    if pack.rules.contains_key(name.as_str()) {
        return None;
    }
    let own = symptom
        .rules
        .iter()
        .filter_map(|it| program.rules.get(it.0 as usize));
    let own = own.filter(|it| it.named.pack == symptom.named.pack && !it.any_symptom);
    let after = own
        .map(|it| it.named.place)
        .max()
        .unwrap_or(symptom.named.place);
    let statement = statement_at(subject, subject.span(after))?;
    let place = statement.place.0;
    let rest = text(subject, place).get(place.end as usize..)?;
    let line = rest.find('\n').unwrap_or(rest.len());
    let at = place.end + u32::try_from(line).ok()?;
    Some(Repair {
        applies: Applies::Unsafe,
        title: format!("add the rule `{name}`"),
        span: Span::new(place.file, at, at),
        text: format!(
            "\n\nrule {name}:\n    symptom {}\n    otherwise\n    => no fix",
            symptom.named.name
        ),
    })
}

/// Takes the condition out of a rule that has a symptom.
pub(crate) fn without_condition(
    subject: &Subject<'_, '_>,
    program: &Sealed,
    id: RuleId,
) -> Option<Repair> {
    let (statement, rule) = written(subject, program, id)?;
    let when = rule.when.as_ref()?;
    if rule.symptoms == Symptoms::None {
        return None;
    }
    let place = statement.place.0;
    let text = text(subject, place);
    let (start, end) = operands::extent(text, when.place.0);
    let before = text.get(..start)?.trim_end().strip_suffix("when")?;
    let start = u32::try_from(before.trim_end().len()).ok()?;
    let end = u32::try_from(end).ok()?;
    if start < place.start || holds_comment(statement, start, end) {
        return None;
    }
    let one_line = !text.get(start as usize..end as usize)?.contains('\n');
    Some(Repair {
        applies: Applies::Unsafe,
        title: "take the condition out".to_owned(),
        span: Span::new(place.file, start, end),
        text: if one_line {
            String::new()
        } else {
            " ".to_owned()
        },
    })
}
