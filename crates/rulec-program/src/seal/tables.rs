//! Tables of a program: sorted, numbers in range, symptoms and rules agree. Expressions are not looked at.

use rulec_facts::types::Kind;

use super::Faults;
use crate::program::{Named, Origin, Program, Rule, RuleId, SymptomId};

pub(super) fn check(program: &Program, faults: &mut Faults) {
    sorted(
        "slots",
        program.slots.iter().map(|it| &it.named),
        program,
        faults,
    );
    sorted(
        "symptoms",
        program.symptoms.iter().map(|it| &it.named),
        program,
        faults,
    );
    sorted(
        "rules",
        program.rules.iter().map(|it| &it.named),
        program,
        faults,
    );
    sorted(
        "fixes",
        program.fixes.iter().map(|it| &it.named),
        program,
        faults,
    );
    for it in &program.lets {
        pack_exists(&it.named, program, faults);
    }
    slots(program, faults);
    symptoms(program, faults);
    for (at, rule) in program.rules.iter().enumerate() {
        self::rule(program, at, rule, faults);
    }
    for fix in &program.fixes {
        if !ascending(&fix.excludes)
            || fix
                .excludes
                .iter()
                .any(|it| it.0 as usize >= program.fixes.len())
        {
            faults.named(&fix.named, "its `excludes` are not sorted or name no fix");
        }
    }
}

fn sorted<'a>(
    what: &str,
    all: impl Iterator<Item = &'a Named>,
    program: &Program,
    faults: &mut Faults,
) {
    let mut before: Option<&Named> = None;
    for named in all {
        pack_exists(named, program, faults);
        if before.is_some_and(|it| key(it, program) >= key(named, program)) {
            faults.named(
                named,
                format_args!("{what} are not sorted by name, or a name is there twice"),
            );
        }
        before = Some(named);
    }
}

fn key<'a>(named: &'a Named, program: &'a Program) -> (&'a str, Option<&'a str>) {
    let pack = program.packs.get(named.pack.0 as usize);
    (named.name.as_str(), pack.map(|it| it.name.as_str()))
}

fn pack_exists(named: &Named, program: &Program, faults: &mut Faults) {
    if named.pack.0 as usize >= program.packs.len() {
        faults.named(named, "belongs to no pack");
    }
}

fn slots(program: &Program, faults: &mut Faults) {
    let now = program
        .slots
        .iter()
        .filter(|slot| slot.origin == Origin::Now);
    if now.count() > 1 {
        faults.add(None, "`now` is there twice");
    }
    for slot in &program.slots {
        let Some(field) = slot.reports else { continue };
        let inner = slot.ty.member().unwrap_or(&slot.ty);
        let reported = match field {
            None => Some(inner),
            Some(field) => inner
                .record()
                .and_then(|record| record.fields.get(field as usize))
                .map(|field| &field.ty),
        };
        let kind = reported.map(|ty| &ty.member().unwrap_or(ty).kind);
        if kind != Some(&Kind::Code) {
            faults.named(&slot.named, "what it `reports` is not a code");
        }
    }
}

fn symptoms(program: &Program, faults: &mut Faults) {
    for (at, symptom) in program.symptoms.iter().enumerate() {
        if !ascending(&symptom.rules) {
            faults.named(&symptom.named, "its rules are not sorted");
        }
        for rule in &symptom.rules {
            let has = program
                .rules
                .get(rule.0 as usize)
                .is_some_and(|rule| rule.symptoms.binary_search(&SymptomId(at as u32)).is_ok());
            if !has {
                faults.named(&symptom.named, "names a rule that does not have it");
            }
        }
    }
}

fn rule(program: &Program, at: usize, rule: &Rule, faults: &mut Faults) {
    if !ascending(&rule.symptoms) || !ascending(&rule.overridden_by) {
        faults.named(
            &rule.named,
            "its symptoms or overriding rules are not sorted",
        );
    }
    for symptom in &rule.symptoms {
        if !knows(program, *symptom, at) {
            faults.named(&rule.named, "has a symptom that does not name it");
        }
    }
    if rule.any_symptom && rule.symptoms.len() != program.symptoms.len() {
        faults.named(
            &rule.named,
            "stands for every symptom and does not have all",
        );
    }
    if rule
        .overridden_by
        .iter()
        .any(|it| it.0 as usize >= program.rules.len())
    {
        faults.named(&rule.named, "is overridden by no rule of the program");
    }
    if rule
        .plan
        .fixes
        .iter()
        .any(|it| it.0 as usize >= program.fixes.len())
    {
        faults.named(&rule.named, "has a fix that is not in the program");
    }
    let latent = rule.is_latent();
    if latent && rule.otherwise {
        faults.named(&rule.named, "has `otherwise` and no symptom");
    }
    if latent && rule.when.is_none() {
        faults.named(&rule.named, "has neither a symptom nor a condition");
    }
}

/// Binary search: rules of a symptom are sorted (checked above; an unsorted table is an error anyway).
fn knows(program: &Program, symptom: SymptomId, rule: usize) -> bool {
    program
        .symptoms
        .get(symptom.0 as usize)
        .is_some_and(|it| it.rules.binary_search(&RuleId(rule as u32)).is_ok())
}

fn ascending<T: Ord>(all: &[T]) -> bool {
    all.is_sorted_by(|a, b| a < b)
}
