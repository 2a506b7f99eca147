//! A verifier of proofs: given the pack, the facts of a case and a proof as JSON, it says whether the proof holds. It finds nothing
//! by itself.
//!
//! Of the facts it keeps only those that the proof names. Each step must follow from its parts (O1, O2, V1 to V4), and
//! no part may be missing where all are needed; each test must come out on these facts as the proof says.

use std::collections::{BTreeMap, BTreeSet};

use rulec_syntax::ast::{self, Expr, ExprKind, Item, Quantifier};
use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;
use serde_json::Value as Json;

use crate::case::{Case, longest};
use crate::evaluate::{Evaluator, Scope};
use crate::program::{Program, Rule, SymptomSign};
use crate::tally::Tally;
use crate::value::{Code, Needs, Partial, Truth};
use crate::{Fails, codes};

/// What was verified.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Steps that follow from their parts.
    pub steps: usize,
    /// Tests that come out as the proof says.
    pub tests: usize,
}

/// Verifies the proof of a verdict in the case that the test of that name is; `codes` are those of the complaint beside it, as a rule
/// writes them.
///
/// # Errors
/// The first step that does not hold; or what of the pack is not followed.
pub fn verify(files: &[&ast::File], test: &str, codes: &[String], proof: &Json) -> Fails<Verified> {
    let files: Vec<ast::File> = files.iter().map(|file| without_uses(file)).collect();
    let files: Vec<&ast::File> = files.iter().collect();
    let program = Program::new(&files)?;
    let mut case = Case::new(&program, test)?;
    for written in codes {
        case.codes.push(code(written)?);
    }
    let forced = proof.get("forced").ok_or("the proof names no facts")?;
    case.keep_only(&program, &kept(forced)?)?;
    let verifier = Verifier {
        evaluator: Evaluator {
            program: &program,
            case: &case,
            tally: Tally::default(),
        },
    };
    let mut done = Done::default();
    let tree = proof.get("proof").ok_or("there is no proof")?;
    let truth = verifier.step(tree, &Scope::default(), &mut done)?;
    let verdict = text(proof, "verdict")?;
    let claimed = match truth {
        'T' => "confirmed",
        'F' => "ruled-out",
        _ => "open",
    };
    if verdict != claimed || text(tree, "name")? != text(proof, "rule")? {
        return Err(format!("the tree proves {claimed}, not {verdict}"));
    }
    Ok(done.verified)
}

/// Names of packs before names are not followed: all packs of a program are read as one.
fn without_uses(file: &ast::File) -> ast::File {
    let mut file = file.clone();
    file.statements
        .retain(|it| !matches!(it.item, Item::Use(_)));
    file
}

/// A part of a fact, and whether only that it is there is kept.
pub type Kept = (String, bool);

fn kept(forced: &Json) -> Fails<Vec<Kept>> {
    let facts = forced.get("facts").and_then(Json::as_array);
    let facts = facts.ok_or("no list of facts")?;
    facts
        .iter()
        .map(|fact| {
            let there = fact.get("only_there").and_then(Json::as_bool);
            Ok((text(fact, "path")?.to_owned(), there.unwrap_or(false)))
        })
        .collect()
}

fn text<'j>(of: &'j Json, key: &str) -> Fails<&'j str> {
    let found = of.get(key).and_then(Json::as_str);
    found.ok_or_else(|| format!("no `{key}`"))
}

impl Case {
    /// Leaves only these parts known; the complaint stays.
    fn keep_only(&mut self, program: &Program<'_>, kept: &[Kept]) -> Fails<()> {
        let mut paths: BTreeMap<String, BTreeMap<Vec<String>, bool>> = BTreeMap::new();
        for (path, there) in kept {
            let name = longest(program.places.keys(), path);
            let name = name.map_or_else(|| path.clone(), Clone::clone);
            let rest = path.get(name.len()..).unwrap_or_default();
            let fields = rest.split('.').filter(|it| !it.is_empty());
            let fields = fields.map(str::to_owned).collect();
            paths.entry(name).or_default().insert(fields, *there);
        }
        let known = self.known();
        for name in known {
            let empty = BTreeMap::new();
            let kept = paths.get(&name).unwrap_or(&empty);
            let value = only(&name, &self.fact(&name), &mut Vec::new(), kept);
            self.put(&name, value);
        }
        if !paths.contains_key("now") {
            self.forget_now();
        }
        Ok(())
    }
}

/// What is left of a value.
fn only(
    fact: &str,
    value: &Partial,
    at: &mut Vec<String>,
    kept: &BTreeMap<Vec<String>, bool>,
) -> Partial {
    let unknown = || Partial::unknown(Needs::of(fact));
    let Partial::Record(fields) = value else {
        return match kept.get(at) {
            Some(false) => value.clone(),
            _ => unknown(),
        };
    };
    let mut there = kept.contains_key(at);
    let mut less = Vec::new();
    for (name, inner) in fields {
        at.push(name.clone());
        let inner = only(fact, inner, at, kept);
        at.pop();
        there |= !matches!(inner, Partial::Unknown(_));
        less.push((name.clone(), inner));
    }
    match there {
        true => Partial::Record(less),
        false => unknown(),
    }
}

/// What was verified so far.
#[derive(Default)]
struct Done {
    verified: Verified,
    /// Rules and derived facts whose parts were told, with their truth.
    told: BTreeSet<(String, char)>,
}

struct Verifier<'e, 'a> {
    evaluator: Evaluator<'e, 'a>,
}

impl<'a> Verifier<'_, 'a> {
    /// The truth of a step, once it is verified.
    fn step(&self, step: &Json, scope: &Scope, done: &mut Done) -> Fails<char> {
        let claim = text(step, "claim")?;
        let claimed = match text(step, "truth")? {
            "true" => 'T',
            "false" => 'F',
            _ => return Err(format!("{claim}: nothing is proved by what is unknown")),
        };
        let name = step.get("name").and_then(Json::as_str).unwrap_or_default();
        let found = match claim {
            "test" | "any" | "and" | "or" | "not" | "let" => {
                self.condition(step, claim, claimed, scope, done)?
            }
            "named" | "reported" => self.complaint(claim, name)?,
            "rule" => self.rule(step, name, claimed, done)?,
            "symptoms" => joined(&self.parts(step, scope, done)?, false, None)?,
            "free" => joined(&self.parts(step, scope, done)?, true, Some(2))?,
            "present" => {
                let signs = self.signs(name)?.len() + 1;
                joined(&self.parts(step, scope, done)?, false, Some(signs))?
            }
            "unclaimed" => {
                let others = self.ordinary(name);
                joined(&self.parts(step, scope, done)?, true, Some(others))?
            }
            other => return Err(format!("`{other}` is not followed")),
        };
        if found != claimed {
            return Err(format!(
                "{claim} `{name}` is {found}, not {claimed}: {step}"
            ));
        }
        done.verified.steps += 1;
        Ok(found)
    }

    fn parts(&self, step: &Json, scope: &Scope, done: &mut Done) -> Fails<Vec<char>> {
        parts_of(step)
            .iter()
            .map(|it| self.step(it, scope, done))
            .collect()
    }

    /// V1: symptom, condition, and the rules that override it.
    fn rule(&self, step: &Json, name: &str, claimed: char, done: &mut Done) -> Fails<char> {
        if step.get("elsewhere").is_some() {
            return told_before(done, &format!("rule {name}"), claimed);
        }
        let rule = self.evaluator.program.rules.get(name);
        let rule: &Rule<'a> = rule.ok_or_else(|| format!("no rule `{name}`"))?;
        let overriding = self.evaluator.overriding(name)?.len();
        let all = usize::from(rule.symptoms.is_some()) + usize::from(rule.when.is_some());
        for part in parts_of(step) {
            let is_condition =
                !matches!(text(part, "claim")?, "symptoms" | "not") || part.get("text").is_some();
            if let (true, Some(when)) = (is_condition, rule.when) {
                let truth = self.evaluator.truth(when, &Scope::default())?.letter();
                let told = text(part, "truth")?;
                if (truth == 'T') != (told == "true") || truth == 'U' {
                    return Err(format!("the condition of `{name}` is {truth}, not {told}"));
                }
            }
        }
        let parts = self.parts(step, &Scope::default(), done)?;
        done.told.insert((format!("rule {name}"), claimed));
        joined(&parts, true, Some(all + overriding))
    }

    /// T7, V4: what the complaint says; a code may also come from a fact.
    fn complaint(&self, claim: &str, name: &str) -> Fails<char> {
        if claim == "reported" {
            let expr = condition(&format!("{name} in reported"))?;
            return Ok(self.evaluator.truth(&expr, &Scope::default())?.letter());
        }
        let case = self.evaluator.case;
        let codes = self.signs(name)?.iter().any(|sign| match sign {
            SymptomSign::Code(code) => case.codes.contains(code),
            _ => false,
        });
        Ok(Truth::known(codes || case.symptoms.contains(name)).letter())
    }

    fn signs(&self, symptom: &str) -> Fails<&[SymptomSign<'a>]> {
        let signs = self.evaluator.program.symptoms.get(symptom);
        signs
            .map(Vec::as_slice)
            .ok_or_else(|| format!("no symptom `{symptom}`"))
    }

    /// How many ordinary rules a symptom has; V3.
    fn ordinary(&self, symptom: &str) -> usize {
        let has = |rule: &&Rule<'_>| {
            let symptoms = rule.symptoms.iter().flatten();
            !rule.otherwise && symptoms.into_iter().any(|it| it == symptom)
        };
        self.evaluator.program.rules.values().filter(has).count()
    }

    fn condition(
        &self,
        step: &Json,
        claim: &str,
        claimed: char,
        scope: &Scope,
        done: &mut Done,
    ) -> Fails<char> {
        // That a rule is not confirmed.
        if claim == "not" && step.get("text").is_none() {
            return joined(&denied(self.parts(step, scope, done)?), true, Some(1));
        }
        let written = match claim {
            "let" => text(step, "name")?,
            _ => text(step, "text")?,
        };
        let expr = condition(written)?;
        let truth = self.evaluator.truth(&expr, scope)?.letter();
        done.verified.tests += 1;
        if truth != claimed {
            return Err(format!("`{written}` is {truth}, not {claimed}"));
        }
        if claim == "let" && step.get("elsewhere").is_some() {
            return told_before(done, &format!("let {written}"), claimed);
        }
        let count = match &expr.kind {
            ExprKind::And(all) | ExprKind::Or(all) => Some(all.len()),
            _ => Some(1),
        };
        match claim {
            "and" => joined(&self.parts(step, scope, done)?, true, count),
            "or" => joined(&self.parts(step, scope, done)?, false, count),
            "not" => joined(&denied(self.parts(step, scope, done)?), true, count),
            "let" => {
                done.told.insert((format!("let {written}"), claimed));
                joined(&self.parts(step, &Scope::default(), done)?, true, count)
            }
            "any" => {
                for element in parts_of(step) {
                    self.element(&expr, element, scope, done)?;
                }
                Ok(truth)
            }
            _ => Ok(truth),
        }
    }

    /// Some element of the list is as the proof tells.
    fn element(&self, expr: &Expr, step: &Json, scope: &Scope, done: &mut Done) -> Fails<()> {
        let ExprKind::Quantified {
            quantifier: Quantifier::Any,
            variable,
            list,
            ..
        } = &expr.kind
        else {
            return Err("elements stand under no quantifier".to_owned());
        };
        let kind = self.evaluator.element_kind(list, scope)?;
        let Partial::List(elements) = self.evaluator.value(list, scope, None)? else {
            return Err("elements of a list that is not known".to_owned());
        };
        let mut failed = "the list is empty".to_owned();
        for element in &elements.elements {
            let inner = scope.with(&variable.text, &kind, &element.value);
            let mut then = Done {
                verified: done.verified.clone(),
                told: done.told.clone(),
            };
            match self.parts(step, &inner, &mut then) {
                Ok(_) => {
                    *done = then;
                    done.verified.steps += 1;
                    return Ok(());
                }
                Err(why) => failed = why,
            }
        }
        Err(format!("no element is as told: {failed}"))
    }
}

fn parts_of(step: &Json) -> &[Json] {
    let parts = step.get("parts").and_then(Json::as_array);
    parts.map_or(&[], Vec::as_slice)
}

fn denied(parts: Vec<char>) -> Vec<char> {
    let deny = |it| if it == 'T' { 'F' } else { 'T' };
    parts.into_iter().map(deny).collect()
}

fn told_before(done: &Done, what: &str, claimed: char) -> Fails<char> {
    match done.told.contains(&(what.to_owned(), claimed)) {
        true => Ok(claimed),
        false => Err(format!("{what} was not told before")),
    }
}

/// O2: the truth of `and` or `or`. One part decides; where none does alone, all `count` of them must be there.
fn joined(parts: &[char], and: bool, count: Option<usize>) -> Fails<char> {
    let (deciding, other) = if and { ('F', 'T') } else { ('T', 'F') };
    if parts.contains(&deciding) {
        return Ok(deciding);
    }
    match count {
        Some(count) if count != parts.len() => Err(format!(
            "{} of {count} parts are told, and none decides",
            parts.len()
        )),
        _ => Ok(other),
    }
}

/// A code as a rule writes it.
fn code(text: &str) -> Fails<Code> {
    match condition(&format!("{text} in reported"))?.kind {
        ExprKind::Binary(_, left, _) => match &left.kind {
            ExprKind::Code(literal) => codes::of_literal(literal),
            _ => Err(format!("`{text}` is no code")),
        },
        _ => Err(format!("`{text}` is no code")),
    }
}

/// A condition as text.
fn condition(text: &str) -> Fails<Expr> {
    let rule = format!("rule r:\n    when {text}\n    => no fix\n");
    let parsed = parse(FileId(0), &rule);
    if let Some(finding) = parsed.findings.first() {
        return Err(format!("`{text}` does not parse: {}", finding.message));
    }
    let statements = parsed.file.statements.into_iter();
    let mut found = statements.filter_map(|it| match it.item {
        Item::Rule(rule) => rule.when,
        _ => None,
    });
    found
        .next_back()
        .ok_or_else(|| format!("`{text}` is no condition"))
}
