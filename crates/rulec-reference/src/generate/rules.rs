//! Symptoms and rules: several symptoms a rule, `symptom any`, latent faults, `otherwise`, `overrides`.

use super::Size;
use super::model::Model;
use super::random::Random;
use super::terms::Writer;

/// What was written.
pub struct Rules {
    pub statements: Vec<String>,
    /// Symptoms with a question.
    pub asked: Vec<String>,
    /// What a complaint may say: names, and codes that a symptom claims.
    pub complaints: Vec<String>,
}

/// A code that at most one symptom claims, and how a complaint spells it; none if it would be ambiguous.
const SIGNS: &[(&str, Option<&str>)] = &[
    ("sspi 0x80090326", Some("\"0x80090326\"")),
    ("hresult 0x800B0101", Some("\"0x800B0101\"")),
    ("ras 691", None),
    ("arm InvalidResourceName", None),
];

/// A rule before it is written.
struct Draft {
    name: String,
    /// Numbers of symptoms; none for a latent fault.
    symptoms: Option<Vec<usize>>,
    any: bool,
    otherwise: bool,
    /// Numbers of rules.
    overrides: Vec<usize>,
    overrides_all: bool,
}

/// Symptoms, rules, a fix and an assumption.
pub fn rules(model: &Model, random: &mut Random, size: Size) -> Rules {
    let count = 2 + random.below(3);
    let mut found = symptoms(model, random, count, size.depth);
    let mut drafts: Vec<Draft> = (0..size.rules).map(|at| draft(random, at, count)).collect();
    precedence(&mut drafts, random);
    for draft in &drafts {
        let text = written(draft, model, random, size.depth);
        found.statements.push(text);
    }
    found
        .statements
        .push("fix do-it:\n    step \"Do it.\"".to_owned());
    if random.chance(30) {
        let assumed = expression(model, random, 1);
        found.statements.push(format!("assume {assumed}"));
    }
    if random.chance(30) {
        let when = expression(model, random, size.depth);
        let text = format!("symptom \"0x800B0109\" when {when} => fix \"Try this; then 2 more.\"");
        found.statements.push(text);
        found.complaints.push("\"0x800B0109\"".to_owned());
    }
    found
}

fn expression(model: &Model, random: &mut Random, depth: usize) -> String {
    let mut writer = Writer {
        model,
        random,
        scope: Vec::new(),
        fresh: 0,
    };
    writer.condition(depth, None).text
}

fn symptom(at: usize) -> String {
    format!("sign-{at}")
}

fn symptoms(model: &Model, random: &mut Random, count: usize, depth: usize) -> Rules {
    let mut found = Rules {
        statements: Vec::new(),
        asked: Vec::new(),
        complaints: Vec::new(),
    };
    let mut codes = SIGNS.to_vec();
    random.shuffle(&mut codes);
    for at in 0..count {
        let mut signs = Vec::new();
        if random.chance(50)
            && let Some((code, spelled)) = codes.pop()
        {
            signs.push(format!("code {code}"));
            found.complaints.extend(spelled.map(str::to_owned));
        }
        if random.chance(45) {
            let condition = expression(model, random, depth.min(1));
            signs.push(format!("seen when {condition}"));
        }
        if random.chance(12) {
            signs.push(format!("ask \"Is it {at}?\""));
            found.asked.push(symptom(at));
        }
        if signs.is_empty() || random.chance(10) {
            signs.push(format!("text \"It says number {at} failed.\""));
        }
        let name = symptom(at);
        let signs: Vec<String> = signs.iter().map(|sign| format!("    | {sign}")).collect();
        let text = format!("symptom {name} =\n{}", signs.join("\n"));
        found.statements.push(text);
        found.complaints.push(name);
    }
    found
}

fn draft(random: &mut Random, at: usize, count: usize) -> Draft {
    let symptoms = match random.below(10) {
        0 | 1 => None,
        2..7 => Some(vec![random.below(count)]),
        _ => {
            let first = random.below(count);
            let second = (first + 1 + random.below(count - 1)) % count;
            Some(vec![first, second])
        }
    };
    let any = symptoms.is_some() && random.chance(12);
    Draft {
        name: format!("rule-{at}"),
        otherwise: symptoms.is_some() && random.chance(25),
        symptoms: if any {
            Some((0..count).collect())
        } else {
            symptoms
        },
        any,
        overrides: Vec::new(),
        overrides_all: false,
    }
}

/// Overrides wherever they close no cycle (V5).
fn precedence(drafts: &mut [Draft], random: &mut Random) {
    for at in 0..drafts.len() {
        let latent = drafts.get(at).is_none_or(|draft| draft.symptoms.is_none());
        let any = drafts.get(at).is_none_or(|draft| draft.any);
        if !latent && !any && random.chance(12) {
            change(drafts, at, |draft| draft.overrides_all = true);
            if cyclic(drafts) {
                change(drafts, at, |draft| draft.overrides_all = false);
            }
        } else if random.chance(35) {
            let other = random.below(drafts.len());
            change(drafts, at, |draft| draft.overrides.push(other));
            if other == at || cyclic(drafts) {
                change(drafts, at, |draft| draft.overrides.clear());
            }
        }
    }
}

fn change(drafts: &mut [Draft], at: usize, mut change: impl FnMut(&mut Draft)) {
    if let Some(draft) = drafts.get_mut(at) {
        change(draft);
    }
}

/// V5: whether the graph r → e (e overrides r), r → q (q in V3) has a cycle.
fn cyclic(drafts: &[Draft]) -> bool {
    let mut settled: Vec<usize> = Vec::new();
    loop {
        let next = (0..drafts.len()).find(|at| {
            !settled.contains(at)
                && (0..drafts.len())
                    .all(|other| settled.contains(&other) || !depends(drafts, *at, other))
        });
        match next {
            Some(at) => settled.push(at),
            None => return settled.len() < drafts.len(),
        }
    }
}

fn depends(drafts: &[Draft], on: usize, other: usize) -> bool {
    let (Some(own), Some(theirs)) = (drafts.get(on), drafts.get(other)) else {
        return false;
    };
    let share = match (&own.symptoms, &theirs.symptoms) {
        (Some(own), Some(theirs)) => own.iter().any(|one| theirs.contains(one)),
        _ => false,
    };
    let overridden = theirs.overrides.contains(&on) || (theirs.overrides_all && share);
    let waits = own.otherwise && !theirs.otherwise && share;
    on != other && (overridden || waits)
}

fn written(draft: &Draft, model: &Model, random: &mut Random, depth: usize) -> String {
    let mut lines = vec![format!("rule {}:", draft.name)];
    match &draft.symptoms {
        Some(_) if draft.any => lines.push("    symptom any".to_owned()),
        Some(symptoms) => {
            let names: Vec<String> = symptoms.iter().map(|at| symptom(*at)).collect();
            lines.push(format!("    symptom {}", names.join(", ")));
        }
        None => {}
    }
    let bare = draft.symptoms.is_some() && (draft.otherwise || random.chance(8));
    if !(bare && random.chance(50)) {
        let when = expression(model, random, depth);
        lines.push(format!("    when {when}"));
    }
    if draft.otherwise {
        lines.push("    otherwise".to_owned());
    }
    if draft.overrides_all {
        lines.push("    overrides all".to_owned());
    } else if !draft.overrides.is_empty() {
        let names: Vec<String> = draft
            .overrides
            .iter()
            .map(|at| format!("rule-{at}"))
            .collect();
        lines.push(format!("    overrides {}", names.join(", ")));
    }
    let plan = match random.below(3) {
        0 => "fix do-it".to_owned(),
        1 => "no fix".to_owned(),
        _ => format!("fix \"Do something else for {}.\"", draft.name),
    };
    lines.push(format!("    => {plan}"));
    lines.join("\n")
}
