//! Every verdict in every admissible state (V1 to V5), and what it would be with one literal dropped.

use std::collections::{BTreeMap, HashSet};

use rulec_syntax::ast::Expr;
use rulec_syntax::source::Span;

use super::pack::Pack;
use super::rewrite::{Dropped, drops, inlined};
use super::space::{Kleene, Node, Source, Space, What};
use crate::Fails;

/// A literal that is dropped, and the conditions of rules without it.
pub struct Shortened {
    /// `rule NAME` or `let NAME`.
    pub owner: String,
    pub dropped: Dropped,
    /// By rule; each of a let's users.
    pub whens: BTreeMap<usize, Expr>,
}

/// A state as far as clauses look at it. Equal ones are one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row {
    /// Nothing is hidden.
    pub total: bool,
    /// Nothing is hidden but facts, lists and fields.
    pub plain: bool,
    pub present: Vec<Kleene>,
    pub when: Vec<Kleene>,
    pub conf: Vec<Kleene>,
    /// For each shortened condition the verdicts of its rules.
    pub dropped: Vec<Vec<Kleene>>,
}

/// What is worked out in each state.
struct Conditions {
    whens: Vec<Option<Node>>,
    seen: Vec<Vec<Node>>,
    shortened: Vec<BTreeMap<usize, Node>>,
}

/// All literals of a pack, dropped one at a time (C6).
pub fn shortened(pack: &Pack<'_>) -> Vec<Shortened> {
    let mut found = Vec::new();
    for (at, rule) in pack.rules.iter().enumerate() {
        let Some(when) = &rule.written.when else {
            continue;
        };
        for dropped in drops(when) {
            let rest = pack.opened(&dropped.rest);
            found.push(Shortened {
                owner: format!("rule {}", rule.name),
                whens: BTreeMap::from([(at, rest)]),
                dropped,
            });
        }
    }
    for (name, value) in &pack.lets {
        for dropped in drops(value) {
            let mut lets = pack.lets.clone();
            lets.insert(name.clone(), dropped.rest.clone());
            let mut whens = BTreeMap::new();
            for (at, rule) in pack.rules.iter().enumerate() {
                let Some(when) = &rule.written.when else {
                    continue;
                };
                let rest = inlined(when, &lets, &pack.program);
                if Some(&rest) != rule.when.as_ref() {
                    whens.insert(at, rest);
                }
            }
            if !whens.is_empty() {
                found.push(Shortened {
                    owner: format!("let {name}"),
                    whens,
                    dropped,
                });
            }
        }
    }
    found
}

/// All rows of a pack.
pub fn rows(
    pack: &Pack<'_>,
    space: &mut Space<'_, '_>,
    shortened: &[Shortened],
) -> Fails<Vec<Row>> {
    let conditions = Conditions::new(pack, space, shortened)?;
    let visible = space.mentioned(&conditions.all());
    let mut distinct = HashSet::new();
    for state in space.states(&visible, false)? {
        let mut own = visible.iter().map(|place| (&space.places[*place], *place));
        let total = own.all(|(place, at)| state[at] < place.totals);
        let mut own = visible.iter().map(|place| (&space.places[*place], *place));
        let plain = own.all(|(place, at)| place.plain[state[at]]);
        distinct.insert((
            total,
            plain,
            space.truths(&state),
            named(pack, space, &state),
        ));
    }
    let mut rows = HashSet::new();
    for (total, plain, truths, named) in distinct {
        for reports in reports(pack, &named) {
            let known = !reports.contains(&Kleene::Unknown);
            let mut row = conditions.row(pack, space, &truths, &reports);
            row.total = total && known;
            row.plain = plain && known;
            rows.insert(row);
        }
    }
    Ok(rows.into_iter().collect())
}

impl Conditions {
    fn new(
        pack: &Pack<'_>,
        space: &mut Space<'_, '_>,
        shortened: &[Shortened],
    ) -> Fails<Conditions> {
        let mut conditions = Conditions {
            whens: Vec::new(),
            seen: Vec::new(),
            shortened: Vec::new(),
        };
        for rule in &pack.rules {
            conditions.whens.push(match &rule.when {
                Some(when) => Some(space.node(when)?),
                None => None,
            });
        }
        for symptom in &pack.symptoms {
            let mut signs = Vec::new();
            for seen in &symptom.seen {
                signs.push(space.node(seen)?);
            }
            for code in &symptom.codes {
                signs.push(space.leaf(Source::Reported(code.clone()))?);
            }
            conditions.seen.push(signs);
        }
        for shortened in shortened {
            let mut whens = BTreeMap::new();
            for (rule, when) in &shortened.whens {
                whens.insert(*rule, space.node(when)?);
            }
            conditions.shortened.push(whens);
        }
        Ok(conditions)
    }

    /// Everything in a state, by what each leaf is and which symptoms are reported.
    fn row(
        &self,
        pack: &Pack<'_>,
        space: &Space<'_, '_>,
        truths: &[Kleene],
        reports: &[Kleene],
    ) -> Row {
        let signs = self.seen.iter().zip(reports);
        let present: Vec<Kleene> = signs
            .map(|(signs, reported)| {
                let seen = signs.iter().map(|sign| space.decide(sign, truths));
                seen.fold(*reported, Kleene::max)
            })
            .collect();
        let whens = self.whens.iter();
        let when: Vec<Kleene> = whens
            .map(|when| match when {
                Some(when) => space.decide(when, truths),
                None => Kleene::True,
            })
            .collect();
        let conf = verdicts(pack, &present, &when);
        let dropped = self.shortened.iter().map(|shortened| {
            let mut without = when.clone();
            for (rule, condition) in shortened {
                without[*rule] = space.decide(condition, truths);
            }
            let conf = match without == when {
                true => conf.clone(),
                false => verdicts(pack, &present, &without),
            };
            shortened.keys().map(|rule| conf[*rule]).collect()
        });
        Row {
            total: false,
            plain: false,
            dropped: dropped.collect(),
            present,
            when,
            conf,
        }
    }

    fn all(&self) -> Vec<&Node> {
        let whens = self.whens.iter().flatten();
        let seen = self.seen.iter().flatten();
        let shortened = self.shortened.iter().flat_map(BTreeMap::values);
        whens.chain(seen).chain(shortened).collect()
    }
}

/// "Having a code of s implies `reported(s)`": which symptoms the codes of the complaint report.
pub fn named(pack: &Pack<'_>, space: &Space<'_, '_>, state: &[usize]) -> Vec<bool> {
    let has = |place: usize| match &space.places[place].what {
        What::Complaint(code) if state[place] == 1 => Some(code),
        _ => None,
    };
    let codes: Vec<_> = (0..space.places.len()).filter_map(has).collect();
    let symptoms = pack.symptoms.iter();
    symptoms
        .map(|symptom| symptom.codes.iter().any(|code| codes.contains(&code)))
        .collect()
}

/// "`reported(s)` and the answer to its `ask`, each in {T, F}, for every symptom (free, by name)". Both do the same to
/// `present(s)`; what one of them says is all that is seen. While nobody has answered, it is unknown.
pub fn reports(pack: &Pack<'_>, named: &[bool]) -> Vec<Vec<Kleene>> {
    let mut found = vec![Vec::new()];
    for (symptom, named) in pack.symptoms.iter().zip(named) {
        let mut choices = vec![Kleene::True];
        if !named {
            choices.push(Kleene::False);
        }
        if symptom.asked && !named {
            choices.push(Kleene::Unknown);
        }
        let longer = found.iter().flat_map(|reports: &Vec<Kleene>| {
            choices.iter().map(|choice| {
                let mut reports = reports.clone();
                reports.push(*choice);
                reports
            })
        });
        found = longer.collect();
    }
    found
}

/// `conf(r)` of every rule.
pub fn verdicts(pack: &Pack<'_>, present: &[Kleene], when: &[Kleene]) -> Vec<Kleene> {
    let mut known = vec![None; pack.rules.len()];
    let rules = 0..pack.rules.len();
    rules
        .map(|rule| verdict(pack, present, when, rule, &mut known))
        .collect()
}

/// V1 to V3.
fn verdict(
    pack: &Pack<'_>,
    present: &[Kleene],
    when: &[Kleene],
    at: usize,
    known: &mut Vec<Option<Kleene>>,
) -> Kleene {
    if let Some(known) = known[at] {
        return known;
    }
    let rule = &pack.rules[at];
    let mut conf = when[at];
    if let Some(symptoms) = &rule.symptoms {
        let mut under = Kleene::False;
        for symptom in symptoms {
            let mut part = present[*symptom];
            for (other, ordinary) in pack.rules.iter().enumerate() {
                let of_symptom = ordinary.symptoms.as_ref();
                let of_symptom = of_symptom.is_some_and(|all| all.contains(symptom));
                if rule.otherwise && other != at && !ordinary.otherwise && of_symptom {
                    part = part.min(!verdict(pack, present, when, other, known));
                }
            }
            under = under.max(part);
        }
        conf = conf.min(under);
    }
    for (other, overriding) in pack.rules.iter().enumerate() {
        if overriding.overrides.contains(&at) {
            conf = conf.min(!verdict(pack, present, when, other, known));
        }
    }
    known[at] = Some(conf);
    conf
}

/// Where a literal stands, in bytes.
pub fn place(span: Span) -> String {
    format!("{}..{}", span.start, span.end)
}
