//! What would have to be otherwise for a rule to be confirmed: a smallest set of parts of facts, with values, and the nearest others.
//!
//! Each answer was tried: with these values the rule is confirmed, overriding rules included, and no assumption is broken that was not
//! broken before. That fewer changes, or none at all, could not do it is not tried but proved, for all values ([`residual`]); where the
//! prover cannot tell, the answer says so.

use rulec_facts::show;
use rulec_facts::truth::Truth;
use rulec_facts::types::{FieldType, Type};
use rulec_facts::value::{Element, Partial, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::{NodeId, SlotId};
use rulec_program::program::RuleId;
use rulec_program::state::State;
use rulec_program::why::Seen;

use super::ask_next::cells;
use super::changes::{self, Changeable, Part};
use super::residual::{self, Answer, Free};
use super::smallest::{Limit, least, smallest};
use super::{ChangeLine, FieldChange, Way, WhyNot};
use crate::progress::path_text;
use crate::report::brief::At;
use crate::report::build::{self, Build};
use crate::report::fill::Fill;
use crate::report::reads::Reads;
use crate::report::texts::Texts;
use crate::report::{FORMAT, VerdictWord};
use crate::session::Session;

/// States that are tried to see whether some change of a set of parts is enough.
const TRIES: u32 = 1_500;
/// States that are tried altogether.
const ALL_TRIES: u32 = 100_000;
/// Sets of parts that the prover is asked about.
const MOST_PROOFS: u32 = 200;
/// Sets of one or two parts that are tried where no way was found.
const MOST_SETS: usize = 250;
/// Ways that are told.
const MOST_WAYS: usize = 4;

impl Session<'_> {
    /// What would confirm the rule; none if the program has no such rule.
    pub fn why_not(&self, rule: RuleId) -> Option<WhyNot> {
        let program = self.program;
        let texts = Texts::new(program, self.locale.as_deref());
        let told = program.rules.get(rule.0 as usize)?;
        let mut scratch = Scratch::default();
        let verdict = Decider::new(program, &self.state, &mut scratch).judge(rule);
        let mut search = Search::new(self, rule);
        let (ways, proved) = match verdict.truth {
            Truth::True => (Vec::new(), Proved::default()),
            _ => search.answer(),
        };
        let mut scratch = Scratch::default();
        let fill = Fill {
            program,
            texts: &texts,
            look: Decider::new(program, &self.state, &mut scratch),
        };
        let build = Build::new(self, fill);
        let ways = ways.iter().enumerate().map(|(at, changes)| Way {
            smallest: at == 0 && changes.len() <= proved.least,
            changes: changes
                .iter()
                .filter_map(|(at, value)| {
                    let changeable = search.parts.get(*at)?;
                    line(self, &build, changeable, value)
                })
                .collect(),
        });
        let ways: Vec<Way> = ways.collect();
        Some(WhyNot {
            format: FORMAT,
            pack: build::pack(program),
            locale: texts.locale().to_owned(),
            rule: build.rule_name(rule),
            title: build.fill.title("rule", &told.named),
            verdict: match verdict.truth {
                Truth::True => VerdictWord::Confirmed,
                Truth::False => VerdictWord::RuledOut,
                Truth::Unknown => VerdictWord::Open,
            },
            because: build::because(verdict.because),
            ways,
            impossible: proved.impossible,
            at_least: u32::try_from(proved.least).unwrap_or(u32::MAX),
            complete: !search.limited,
            tries: search.tries,
        })
    }
}

/// Parts with the values that they would have to have.
type Changes = Vec<(usize, Partial)>;

/// What holds for all values.
#[derive(Debug, Clone, Copy, Default)]
struct Proved {
    /// No change confirms the rule.
    impossible: bool,
    /// So many changes at least are needed.
    least: usize,
}

struct Search<'s, 'p> {
    session: &'s Session<'p>,
    rule: RuleId,
    parts: Vec<Changeable>,
    /// Assumptions that are not broken now.
    assumes: Vec<NodeId>,
    scratch: Scratch,
    tries: u32,
    limited: bool,
}

impl<'s, 'p> Search<'s, 'p> {
    fn new(session: &'s Session<'p>, rule: RuleId) -> Search<'s, 'p> {
        let program = session.program;
        let mut scratch = Scratch::default();
        let mut look = Decider::new(program, &session.state, &mut scratch);
        let assumes = program.assumes.iter().map(|it| it.condition);
        let assumes = assumes.filter(|it| look.truth(*it) != Truth::False);
        let assumes = assumes.collect();
        Search {
            session,
            rule,
            parts: changes::changeable(session, rule),
            assumes,
            scratch: Scratch::default(),
            tries: 0,
            limited: false,
        }
    }

    /// Ways, fewest changes first, and what is proved of them all.
    fn answer(&mut self) -> (Vec<Changes>, Proved) {
        let all = vec![true; self.parts.len()];
        if !self.may_do(&all) {
            let proved = Proved {
                impossible: true,
                least: 0,
            };
            return (Vec::new(), proved);
        }
        let mut ways = self.ways();
        if ways.is_empty() {
            ways.extend(self.one_or_two());
        }
        // As it is the rule is not confirmed: that takes no proof.
        let least = match ways.first().map(Vec::len) {
            None => 1,
            Some(count @ 0..=1) => count,
            Some(count) => {
                let limit = Limit {
                    checks: MOST_PROOFS,
                    ..Limit::default()
                };
                least(all.len(), count, limit, &mut |kept| self.may_do(kept)).max(1)
            }
        };
        let proved = Proved {
            impossible: false,
            least,
        };
        (ways, proved)
    }

    /// Changes of one part, or of two: where too much is free at once, what the prover finds need not be a case.
    fn one_or_two(&mut self) -> Option<Changes> {
        let count = self.parts.len();
        let single = (0..count).map(|it| vec![it]);
        let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| vec![a, b]));
        let sets = single.chain(pairs).take(MOST_SETS);
        sets.into_iter().find_map(|it| self.enough(&it))
    }

    /// It is not proved that changes of these parts cannot do it.
    fn may_do(&self, kept: &[bool]) -> bool {
        !matches!(self.ask(kept), Answer::Impossible)
    }

    /// Whether changes of these parts can do it, for the prover.
    fn ask(&self, kept: &[bool]) -> Answer {
        let mut free = Free::default();
        let mut state = self.session.state.clone();
        let some = self.parts.iter().zip(kept).filter(|(_, kept)| **kept);
        for (it, _) in some {
            match &it.part {
                Part::Fact(slot, path) => {
                    free.parts.push((*slot, path.clone()));
                    let unknown = Partial::Unknown(std::sync::Arc::from([]));
                    changes::put(self.session, &mut state, &it.part, &unknown);
                }
                Part::Symptom(symptom) => {
                    free.symptoms.insert(*symptom);
                }
            }
        }
        let program = self.session.program;
        residual::ask(program, &state, &free, self.rule, &self.assumes)
    }

    /// The smallest set of changes, then others that do without one of its parts.
    fn ways(&mut self) -> Vec<Changes> {
        let count = self.parts.len();
        let mut found: Vec<Changes> = Vec::new();
        let mut without: Vec<Vec<usize>> = vec![Vec::new()];
        let mut next = 0;
        while let Some(barred) = without.get(next).cloned() {
            next += 1;
            let allowed = |at: usize| !barred.contains(&at);
            let all: Vec<usize> = (0..count).filter(|it| allowed(*it)).collect();
            if self.enough(&all).is_none() {
                continue;
            }
            let limit = Limit {
                checks: 400,
                ..Limit::default()
            };
            let sets = smallest(all.len(), limit, &mut |kept| {
                let some = all.iter().zip(kept).filter(|(_, kept)| **kept);
                let some: Vec<usize> = some.map(|(at, _)| *at).collect();
                self.enough(&some).is_some()
            });
            let set: Vec<usize> = sets
                .kept
                .iter()
                .filter_map(|it| all.get(*it).copied())
                .collect();
            if let Some(changes) = self.enough(&set) {
                let parts = |it: &Changes| it.iter().map(|(at, _)| *at).collect::<Vec<_>>();
                if !found.iter().any(|it| parts(it) == parts(&changes)) {
                    found.push(changes);
                }
            }
            if found.len() >= MOST_WAYS || self.tries >= ALL_TRIES {
                break;
            }
            if barred.len() < 2 {
                let more = set.iter().map(|at| [barred.clone(), vec![*at]].concat());
                without.extend(more);
            }
        }
        found.sort_by_key(Vec::len);
        found
    }

    /// Changes of these parts alone with which the rule is confirmed: near values first, then those of the prover.
    fn enough(&mut self, allowed: &[usize]) -> Option<Changes> {
        let mut kept = vec![false; self.parts.len()];
        for at in allowed {
            if let Some(place) = kept.get_mut(*at) {
                *place = true;
            }
        }
        let Answer::Perhaps(states) = self.ask(&kept) else {
            return None;
        };
        if let Some(found) = self.search(allowed) {
            return Some(found);
        }
        let tried = states.iter().map(|it| self.as_in(it, allowed));
        let tried: Vec<Changes> = tried.collect();
        tried.iter().find_map(|it| self.settled(it))
    }

    /// What these parts are in a state.
    fn as_in(&self, state: &State, allowed: &[usize]) -> Changes {
        let mut found = Changes::new();
        for at in allowed {
            let value = match self.parts.get(*at).map(|it| &it.part) {
                Some(Part::Fact(slot, path)) => state.get(*slot).map(|it| {
                    let unknown = || Partial::Unknown(std::sync::Arc::from([]));
                    changes::at(it, path, &unknown)
                }),
                // Somebody reports it: else it would not be among what may change.
                Some(Part::Symptom(_)) => Some(Partial::Known(Value::Bool(true))),
                None => None,
            };
            // A record that is there stays what it is: its fields are parts of their own.
            let is_record = |it: &Partial| matches!(it, Partial::Known(Value::Record(_)));
            let stays = |it: &Partial| {
                is_record(it) && self.parts.get(*at).is_some_and(|it| is_record(&it.now))
            };
            let value = value.filter(|it| !it.is_unknown() && !stays(it));
            found.extend(value.map(|it| (*at, it)));
        }
        found
    }

    /// Changes of these parts to values that tests tell apart.
    fn search(&mut self, allowed: &[usize]) -> Option<Changes> {
        let mut state = self.session.state.clone();
        for at in allowed {
            if let Some(it) = self.parts.get(*at) {
                let unknown = match it.part {
                    Part::Fact(..) => Partial::Unknown(std::sync::Arc::from([])),
                    Part::Symptom(_) => Partial::Known(Value::Bool(false)),
                };
                changes::put(self.session, &mut state, &it.part, &unknown);
            }
        }
        let mut chosen = Vec::new();
        let mut left = TRIES;
        self.choose(state, allowed, &mut chosen, &mut left)
    }

    /// Gives the parts values, one after the other, as long as the rule may still be confirmed.
    fn choose(
        &mut self,
        state: State,
        allowed: &[usize],
        chosen: &mut Changes,
        left: &mut u32,
    ) -> Option<Changes> {
        self.tries += 1;
        *left = left.saturating_sub(1);
        if *left == 0 || self.tries >= ALL_TRIES {
            self.limited = true;
            return None;
        }
        let is_chosen = |at: usize| chosen.iter().any(|(it, _)| *it == at);
        let left_to_choose = allowed.iter().copied().filter(|at| !is_chosen(*at));
        let open: Vec<usize> = left_to_choose.collect();
        let has_symptom = open.iter().any(|at| self.is_symptom(*at));
        let program = self.session.program;
        let mut look = Decider::new(program, &state, &mut self.scratch);
        let truth = look.verdict(self.rule);
        if self
            .assumes
            .iter()
            .any(|it| look.truth(*it) == Truth::False)
        {
            return None;
        }
        if truth == Truth::True {
            return self.settled(chosen);
        }
        // A symptom that nobody reports is not unknown: the verdict may be false for that alone.
        if truth == Truth::False && !has_symptom {
            return None;
        }
        let needs = look.needs_of_rule(self.rule).all();
        let next = self.next_part(&open, &needs)?;
        let values = self.parts.get(next)?.values.clone();
        let part = self.parts.get(next)?.part.clone();
        for value in values {
            let mut then = state.clone();
            changes::put(self.session, &mut then, &part, &value);
            chosen.push((next, value));
            let found = self.choose(then, allowed, chosen, left);
            chosen.pop();
            if found.is_some() || self.tries >= ALL_TRIES || *left == 0 {
                return found;
            }
        }
        None
    }

    fn is_symptom(&self, at: usize) -> bool {
        let part = self.parts.get(at).map(|it| &it.part);
        matches!(part, Some(Part::Symptom(_)))
    }

    /// The part that is tried next: a symptom, else of those that are needed the one with the fewest values, because where they fail, that
    /// is seen soon.
    fn next_part(&self, open: &[usize], needs: &[SlotId]) -> Option<usize> {
        if let Some(symptom) = open.iter().find(|it| self.is_symptom(**it)) {
            return Some(*symptom);
        }
        let needed = |at: &&usize| match self.parts.get(**at).map(|it| &it.part) {
            Some(Part::Fact(slot, _)) => needs.contains(slot),
            _ => false,
        };
        let count = |at: &&usize| self.parts.get(**at).map_or(0, |it| it.values.len());
        open.iter().filter(needed).min_by_key(count).copied()
    }

    /// The changes, if the rule is confirmed with all else as it is now, and no assumption is broken by them.
    fn settled(&mut self, chosen: &Changes) -> Option<Changes> {
        let changed = chosen.iter().filter(|(at, value)| {
            let now = self.parts.get(*at).map(|it| &it.now);
            now != Some(value)
        });
        let mut changed: Changes = changed.cloned().collect();
        changed.sort_by_key(|(at, _)| *at);
        let mut state = self.session.state.clone();
        for (at, value) in &changed {
            if let Some(it) = self.parts.get(*at) {
                changes::put(self.session, &mut state, &it.part, value);
            }
        }
        let mut look = Decider::new(self.session.program, &state, &mut self.scratch);
        let holds = look.verdict(self.rule) == Truth::True;
        let broken = self
            .assumes
            .iter()
            .any(|it| look.truth(*it) == Truth::False);
        (holds && !broken).then_some(changed)
    }
}

fn line(
    session: &Session<'_>,
    build: &Build<'_, '_, '_>,
    it: &Changeable,
    value: &Partial,
) -> Option<ChangeLine> {
    let (id, path) = match &it.part {
        Part::Symptom(symptom) => {
            let told = session.program.symptoms.get(symptom.0 as usize)?;
            return Some(ChangeLine {
                symptom: true,
                fact: build.symptom_name(*symptom),
                path: build.symptom_name(*symptom),
                title: build.fill.title("symptom", &told.named),
                now: serde_json::Value::Bool(false),
                now_shown: build.fill.texts.word("value-no"),
                wanted: serde_json::Value::Bool(true),
                wanted_shown: build.fill.texts.word("value-yes"),
                fields: Vec::new(),
                source: None,
            });
        }
        Part::Fact(id, path) => (*id, path),
    };
    let slot = session.program.slots.get(id.0 as usize)?;
    let mut ty = &slot.ty;
    let mut secret = slot.secret;
    for at in path {
        let field = ty.record()?.fields.get(*at as usize)?;
        secret |= field.secret;
        ty = &field.ty;
    }
    let tell = |value: &Partial| {
        let seen = Seen {
            slot: id,
            path: path_text(&slot.ty, path),
            value: value.clone(),
            ty: Some(ty.clone()),
            secret,
        };
        build.told(&seen, &Reads::default(), "")
    };
    let (now, mut wanted) = (tell(&it.now), tell(value));
    match value {
        _ if secret => {}
        Partial::Known(Value::Text(text)) if text.raw() == cells::OTHER => {
            wanted.shown = build.fill.texts.word("why-not-other-text");
        }
        value => wanted.shown = all_alike(build, ty, value).unwrap_or(wanted.shown),
    }
    let fields = match secret {
        true => Vec::new(),
        false => fields_of(build, &now.path, ty, &it.now, value),
    };
    Some(ChangeLine {
        fields,
        symptom: false,
        fact: now.fact,
        path: now.path,
        title: now.title,
        now: now.value,
        now_shown: now.shown,
        wanted: wanted.value,
        wanted_shown: wanted.shown,
        source: now.source,
    })
}

/// What a list of many elements is that are all the same, as those are that only have to be enough.
fn all_alike(build: &Build<'_, '_, '_>, ty: &Type, value: &Partial) -> Option<String> {
    let (first, rest) = value.known()?.elements()?.split_first()?;
    let known = matches!(first.value, Partial::Known(_));
    if !known || rest.is_empty() || rest.iter().any(|it| it != first) {
        return None;
    }
    let element = build.fill.brief(&first.value, ty.member(), &At::default());
    let count = (rest.len() + 1).to_string();
    let both = [("count", count.as_str()), ("value", element.as_str())];
    Some(build.fill.texts.word_with("why-not-each", &both))
}

/// The fields in which two lists differ, if one element alone does.
fn fields_of(
    build: &Build<'_, '_, '_>,
    path: &str,
    ty: &Type,
    now: &Partial,
    wanted: &Partial,
) -> Vec<FieldChange> {
    let elements = |it: &Partial| -> Vec<Element> {
        let value = it.known().and_then(Value::elements);
        value.unwrap_or_default().to_vec()
    };
    let (before, after) = (elements(now), elements(wanted));
    let gone: Vec<&Element> = before.iter().filter(|it| !after.contains(it)).collect();
    let new: Vec<&Element> = after.iter().filter(|it| !before.contains(it)).collect();
    let member = ty.member();
    let record = member.and_then(Type::record);
    let ([gone], [new], Some(member), Some(record)) =
        (gone.as_slice(), new.as_slice(), member, record)
    else {
        return Vec::new();
    };
    let (Partial::Known(Value::Record(old)), Partial::Known(Value::Record(other))) =
        (&gone.value, &new.value)
    else {
        return Vec::new();
    };
    let mut sorted = before.clone();
    show::sort(&mut sorted, member);
    let at = sorted.iter().position(|it| it == *gone).unwrap_or(0);
    let both = record.fields.iter().zip(old.iter().zip(other.iter()));
    let of_field = |field: &FieldType| At::default().field(record.name.as_deref(), &field.name);
    let changed = both.filter(|(field, (old, other))| old != other && !field.secret);
    changed
        .map(|(field, (old, other))| FieldChange {
            path: format!("{path}[{at}].{}", field.name),
            now: build.fill.brief(old, Some(&field.ty), &of_field(field)),
            wanted: build.fill.brief(other, Some(&field.ty), &of_field(field)),
        })
        .collect()
}
