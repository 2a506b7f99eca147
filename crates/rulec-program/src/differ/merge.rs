//! Two programs as one of derived facts: what both observe, the conditions of both, each verdict (V1) and each presence (V4) as a derived
//! fact. Whether a symptom is reported, and the answer to its question, are facts that both share.
//!
//! Expressions that are the same in both are one, so that what was not edited is known to be the same without a question.

mod copy;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use rulec_facts::types::{Kind, Type};

use super::case::rule_name;
use crate::node::{NodeId, Op, Place, SlotId};
use crate::program::{Named, Origin, Pack, PackId, Program, RuleId, Slot, SymptomId};
use crate::seal::{SealError, Sealed};
use copy::Copying;
pub(super) use told::Told;

/// The merged program, and what stands where in it.
pub(super) struct Merged {
    pub program: Sealed,
    /// What each slot stands for.
    pub roles: Vec<Role>,
    pub buckets: Vec<Questions>,
    /// Rules and symptoms that were compared.
    pub compared: usize,
    /// Facts that have other types.
    pub other_types: BTreeSet<String>,
    /// What each says besides verdicts.
    pub told: (Told, Told),
    /// Files of the old program; those of the new one follow.
    files: u32,
}

/// What a slot stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Role {
    Fact(String),
    Reported(String),
    Answered(String),
}

/// The questions about one symptom.
pub(super) struct Questions {
    pub symptom: Option<String>,
    /// Some rule is confirmed.
    pub any_old: NodeId,
    pub any_new: NodeId,
    pub pairs: Vec<Pair>,
}

/// A rule of a symptom whose condition is not the same in both.
pub(super) struct Pair {
    pub rule: String,
    /// The new program confirms it, the old one does not; none where that cannot be.
    pub gained: Option<NodeId>,
    pub lost: Option<NodeId>,
    /// A fact that it depends on and that has another type.
    pub other_type: Option<String>,
}

impl Merged {
    /// A place as one of the old (false) or the new (true) program.
    pub(super) fn place(&self, place: Place) -> (bool, Place) {
        match place.file.checked_sub(self.files) {
            Some(file) => (true, Place { file, ..place }),
            None => (false, place),
        }
    }
}

/// Puts two programs together.
pub(super) fn merge(old: &Sealed, new: &Sealed) -> Result<Merged, Vec<SealError>> {
    let mut tables = Tables::of(old, new);
    let mut program = Program {
        packs: vec![Pack {
            name: "difference".into(),
            version: "1.0.0".into(),
            title: None,
        }],
        files: old.files.iter().chain(&new.files).cloned().collect(),
        slots: std::mem::take(&mut tables.slots),
        ..Program::default()
    };
    let files = u32::try_from(old.files.len()).unwrap_or(u32::MAX);
    let mut copying = Copying::new(&mut program);
    let mut one = copying.side(
        old,
        &tables.numbers.0,
        0,
        &tables.by_symptom,
        &tables.shared_reports,
    );
    let mut two = copying.side(
        new,
        &tables.numbers.1,
        files,
        &tables.by_symptom,
        &tables.shared_reports,
    );
    let causes = (one.causes(&mut copying, old), two.causes(&mut copying, new));
    one.assume(&mut copying, old);
    two.assume(&mut copying, new);
    let told = (
        told::told(&mut one, &mut copying, old),
        told::told(&mut two, &mut copying, new),
    );
    let (buckets, compared) = questions(&mut copying, causes, &tables);
    Ok(Merged {
        program: program.seal()?,
        roles: tables.roles,
        buckets,
        compared,
        other_types: tables.other_types,
        told,
        files,
    })
}

/// The causes of each symptom (none: of no symptom) in one program: the rule's name, and the node that says that it is one.
pub(super) type Causes = BTreeMap<(bool, String), BTreeMap<String, NodeId>>;

fn questions(
    copying: &mut Copying<'_>,
    (old, new): (Causes, Causes),
    tables: &Tables,
) -> (Vec<Questions>, usize) {
    let none = BTreeMap::new();
    let keys: BTreeSet<&(bool, String)> = old.keys().chain(new.keys()).collect();
    let mut compared = 0;
    let mut buckets = Vec::new();
    for key in keys {
        let (before, after) = (old.get(key).unwrap_or(&none), new.get(key).unwrap_or(&none));
        let rules: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        compared += rules.len();
        let differing = rules
            .into_iter()
            .filter(|it| before.get(*it) != after.get(*it));
        let differing: Vec<&String> = differing.collect();
        if differing.is_empty() {
            continue;
        }
        let any_old = copying.any(before.values().copied().collect());
        let any_new = copying.any(after.values().copied().collect());
        let mut pairs = Vec::new();
        for rule in differing {
            let (one, two) = (before.get(rule).copied(), after.get(rule).copied());
            let gained = two.map(|it| copying.but_not(it, one));
            let lost = one.map(|it| copying.but_not(it, two));
            let cone = copying.facts_of([one, two].into_iter().flatten());
            let mut cone = cone
                .into_iter()
                .filter_map(|it| tables.roles.get(it.0 as usize));
            let other_type = cone.find_map(|it| match it {
                Role::Fact(name) if tables.other_types.contains(name) => Some(name.clone()),
                _ => None,
            });
            pairs.push(Pair {
                rule: rule.clone(),
                gained,
                lost,
                other_type,
            });
        }
        buckets.push(Questions {
            symptom: (!key.0).then(|| key.1.clone()),
            any_old,
            any_new,
            pairs,
        });
    }
    (buckets, compared)
}

/// Facts of both programs.
struct Tables {
    slots: Vec<Slot>,
    roles: Vec<Role>,
    /// Of each program, by its own number.
    numbers: (Vec<SlotId>, Vec<SlotId>),
    /// Of each symptom: whether it is reported, and the answer to its question.
    by_symptom: BTreeMap<String, (SlotId, SlotId)>,
    /// Slots whose codes count as reported in both.
    shared_reports: BTreeSet<SlotId>,
    other_types: BTreeSet<String>,
}

impl Tables {
    fn of(old: &Sealed, new: &Sealed) -> Tables {
        let mut rows: Vec<(String, Slot, Role, [Option<usize>; 2])> = Vec::new();
        let mut other_types = BTreeSet::new();
        let names = |program: &Sealed| -> Vec<String> {
            let slots = program.slots.iter();
            slots
                .map(|it| {
                    shown(
                        program,
                        &it.named,
                        program.slot_named(&it.named.name).is_none(),
                    )
                })
                .collect()
        };
        for (at, (slot, name)) in old.slots.iter().zip(names(old)).enumerate() {
            rows.push((
                name.clone(),
                observed(slot),
                Role::Fact(name),
                [Some(at), None],
            ));
        }
        let first = rows.len();
        for (at, (slot, name)) in new.slots.iter().zip(names(new)).enumerate() {
            let same = rows.iter_mut().take(first).find(|it| it.0 == name);
            match same {
                Some((_, of_old, _, numbers)) if same_values(&of_old.ty, &slot.ty) => {
                    numbers[1] = Some(at);
                }
                Some(_) => {
                    other_types.insert(name.clone());
                    let row = (
                        format!("{name} in the new pack"),
                        observed(slot),
                        Role::Fact(name),
                        [None, Some(at)],
                    );
                    rows.push(row);
                }
                None => rows.push((
                    name.clone(),
                    observed(slot),
                    Role::Fact(name),
                    [None, Some(at)],
                )),
            }
        }
        for name in symptoms(old).union(&symptoms(new)) {
            for (word, role) in [
                ("reported", Role::Reported(name.clone())),
                ("answered", Role::Answered(name.clone())),
            ] {
                let key = format!("symptom {name} {word}");
                rows.push((key, truth_of_symptom(), role, [None, None]));
            }
        }
        Tables::numbered(rows, other_types, old, new)
    }

    fn numbered(
        mut rows: Vec<(String, Slot, Role, [Option<usize>; 2])>,
        other_types: BTreeSet<String>,
        old: &Sealed,
        new: &Sealed,
    ) -> Tables {
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        let nowhere = SlotId(u32::MAX);
        let mut tables = Tables {
            slots: Vec::new(),
            roles: Vec::new(),
            numbers: (
                vec![nowhere; old.slots.len()],
                vec![nowhere; new.slots.len()],
            ),
            by_symptom: BTreeMap::new(),
            shared_reports: BTreeSet::new(),
            other_types,
        };
        for (number, (key, mut slot, role, [of_old, of_new])) in (0u32..).zip(rows) {
            let id = SlotId(number);
            for (own, numbers) in [
                (of_old, &mut tables.numbers.0),
                (of_new, &mut tables.numbers.1),
            ] {
                if let Some(place) = own.and_then(|it| numbers.get_mut(it)) {
                    *place = id;
                }
            }
            let reports = |program: &Sealed, own: Option<usize>| {
                own.and_then(|it| program.slots.get(it))
                    .and_then(|it| it.reports)
            };
            let (one, two) = (reports(old, of_old), reports(new, of_new));
            slot.reports = one.filter(|it| two == Some(*it));
            if slot.reports.is_some() {
                tables.shared_reports.insert(id);
            }
            match &role {
                Role::Reported(name) => {
                    tables.by_symptom.entry(name.clone()).or_insert((id, id)).0 = id
                }
                Role::Answered(name) => {
                    tables.by_symptom.entry(name.clone()).or_insert((id, id)).1 = id
                }
                Role::Fact(_) => {}
            }
            slot.named.name = key.as_str().into();
            tables.slots.push(slot);
            tables.roles.push(role);
        }
        tables
    }
}

fn symptoms(program: &Sealed) -> BTreeSet<String> {
    let all = (0u32..).zip(&program.symptoms);
    all.map(|(at, _)| symptom_name(program, SymptomId(at)))
        .collect()
}

/// The name by which a symptom is found again in the other program.
pub(super) fn symptom_name(program: &Sealed, id: SymptomId) -> String {
    let Some(symptom) = program.symptoms.get(id.0 as usize) else {
        return String::new();
    };
    let ambiguous = program.symptom_named(&symptom.named.name).is_none();
    shown(program, &symptom.named, ambiguous)
}

fn shown(program: &Sealed, named: &Named, ambiguous: bool) -> String {
    program.shown_name(named, ambiguous)
}

/// A fact without the places where it is read.
fn observed(slot: &Slot) -> Slot {
    Slot {
        secret: slot.secret,
        ..Slot::bare(named(""), slot.ty.clone(), slot.origin.clone())
    }
}

fn truth_of_symptom() -> Slot {
    Slot::bare(named(""), Type::of(Kind::Bool), Origin::Fact)
}

pub(super) fn named(name: &str) -> Named {
    Named {
        name: name.into(),
        pack: PackId(0),
        title: None,
        description: None,
        place: Place::default(),
    }
}

/// Values of one type are values of the other, with the same meaning.
pub(super) fn same_values(one: &Type, other: &Type) -> bool {
    let same = match (&one.kind, &other.kind) {
        (Kind::List(a), Kind::List(b)) | (Kind::Set(a), Kind::Set(b)) => same_values(a, b),
        (Kind::Record(a), Kind::Record(b)) => {
            a.fields.len() == b.fields.len()
                && a.fields
                    .iter()
                    .zip(&b.fields)
                    .all(|(a, b)| a.name == b.name && same_values(&a.ty, &b.ty))
        }
        (Kind::Enum(a), Kind::Enum(b)) => {
            a.open == b.open
                && a.members.len() == b.members.len()
                && a.members
                    .iter()
                    .zip(&b.members)
                    .all(|(a, b)| a.name == b.name)
        }
        // The unit of bare numbers is a matter of reading.
        (Kind::Duration(_), Kind::Duration(_)) => true,
        (a, b) => a == b,
    };
    same && one.optional == other.optional
}

/// The rules of a symptom of a program.
pub(super) fn rules_of(program: &Sealed, symptom: Option<SymptomId>) -> Vec<(String, RuleId)> {
    let ids: Vec<RuleId> = match symptom {
        Some(id) => {
            let symptom = program.symptoms.get(id.0 as usize);
            symptom.map_or_else(Vec::new, |it| it.rules.clone())
        }
        None => {
            let rules = (0u32..).zip(&program.rules);
            let latent = rules.filter(|(_, rule)| rule.is_latent());
            latent.map(|(at, _)| RuleId(at)).collect()
        }
    };
    ids.into_iter()
        .map(|id| (rule_name(program, id), id))
        .collect()
}

/// An operation that is no operation: what it is about stands in its operand.
pub(super) fn is_let(op: Option<Op>) -> bool {
    matches!(op, Some(Op::Let(_)))
}
