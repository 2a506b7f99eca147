//! What a pack's conditions look at: constants, texts compared, and how many elements of each list can make a difference.
//!
//! A list is reduced to the elements that a condition needs. A quantifier, membership or `overlaps` is an `or` of what it
//! says of each element; one element of the greatest value (F < U < T) keeps it, whatever becomes of the others. A count
//! against a constant k needs k or k + 1 that count or may. So as many elements as there are such conditions, each
//! counted once for what rules look at partly and once for what assumptions demand of the whole state, plus one for the
//! condition from which a literal was dropped, keep every value of a query. Within a quantifier over another
//! list each of that list's elements needs its own.

use std::collections::{BTreeMap, BTreeSet};

use rulec_syntax::ast::{Binary, Expr, ExprKind, Literal, LiteralKind, Pattern, Test};

use super::pack::Pack;
use super::shape::{Body, Shape};
use super::texts::Glob;
use crate::Fails;
use crate::address::{Address, Network};
use crate::case::{Case, longest};
use crate::evaluate::{Evaluator, Scope};
use crate::needs::parts;
use crate::tally::Tally;
use crate::types::Kind;
use crate::value::{Code, Needs, Partial, Scalar};
use crate::{codes, literal};

/// What was found.
#[derive(Debug, Default)]
pub struct Survey {
    /// Numbers, times and durations as numbers.
    pub ints: BTreeSet<i128>,
    pub times: BTreeSet<i128>,
    pub durations: BTreeSet<i128>,
    pub versions: BTreeSet<Vec<u64>>,
    pub addresses: Vec<Address>,
    pub networks: Vec<Network>,
    pub codes: Vec<Code>,
    /// Everything that is asked of texts, as patterns.
    pub globs: Vec<Glob>,
    pub base64: bool,
    /// The greatest number in a sum of numbers.
    pub shift: i128,
    /// Durations by which times are compared.
    pub offsets: BTreeSet<i128>,
    /// Times are compared with others than `now`.
    pub apart: bool,
    /// Types of which two values that are no constants are compared.
    pub linked: BTreeSet<&'static str>,
    /// Names of fields that are mentioned.
    pub fields: BTreeSet<String>,
    /// Codes of which conditions ask whether they are reported.
    pub reported: Vec<Code>,
    /// Elements that make a difference, by the key of their list.
    pub elements: BTreeMap<String, usize>,
    /// Lists of which equal elements are counted.
    pub counted: BTreeSet<String>,
    /// So many values and elements more than are enough.
    pub spare: usize,
}

/// A condition over a list, with the lists around it.
#[derive(Debug, Clone, PartialEq)]
struct Occurrence {
    key: String,
    around: Vec<String>,
    what: Expr,
    elements: usize,
    assumed: bool,
}

/// Walks conditions.
struct Walk<'w, 'a> {
    evaluator: Evaluator<'w, 'a>,
    shapes: &'w BTreeMap<String, Shape>,
    survey: Survey,
    occurrences: Vec<Occurrence>,
    assumed: bool,
}

/// Quantified variables: their types, the lists that they are of, and those lists in order.
#[derive(Clone, Default)]
struct Inside {
    scope: Scope,
    keys: BTreeMap<String, String>,
    around: Vec<String>,
}

impl Survey {
    /// Looks at all conditions of a pack, and at those from which literals were dropped.
    pub fn of(pack: &Pack<'_>, shortened: &[Expr]) -> Fails<Survey> {
        let case = Case::default();
        let mut walk = Walk {
            evaluator: Evaluator {
                program: &pack.program,
                case: &case,
                tally: Tally::default(),
            },
            shapes: &pack.shapes,
            survey: Survey::default(),
            occurrences: Vec::new(),
            assumed: false,
        };
        let whens = pack.rules.iter().filter_map(|rule| rule.when.as_ref());
        let seen = pack.symptoms.iter().flat_map(|symptom| &symptom.seen);
        let verify = pack.fixes.values().flat_map(|fix| &fix.verify);
        for condition in whens.chain(seen).chain(verify) {
            walk.at(condition, &Inside::default())?;
        }
        for symptom in &pack.symptoms {
            walk.survey.codes.extend(symptom.codes.iter().cloned());
        }
        let reporting = pack.program.places.values();
        let reporting = reporting.filter_map(|place| place.reports.clone());
        walk.survey.fields.extend(reporting);
        walk.reports(pack);
        walk.assumed = true;
        for (_, condition) in &pack.assumes {
            walk.at(condition, &Inside::default())?;
        }
        walk.assumed = false;
        let before = walk.occurrences.len();
        for condition in shortened {
            walk.at(condition, &Inside::default())?;
        }
        let dropped = walk.occurrences.split_off(before);
        walk.count(&dropped)?;
        walk.survey.of_tests(pack);
        Ok(walk.survey)
    }

    /// Constants of the cases of tests: their states are judged too (C10).
    fn of_tests(&mut self, pack: &Pack<'_>) {
        use rulec_syntax::ast::{TestLine, Value, ValueKind};
        fn value(survey: &mut Survey, of: &Value) {
            match &of.kind {
                ValueKind::Literal(written) => survey.constant(written),
                ValueKind::Code(code) => survey.codes.extend(codes::of_literal(code)),
                ValueKind::Of(_, inner) => value(survey, inner),
                ValueKind::List(values) => values.iter().for_each(|it| value(survey, it)),
                ValueKind::Record(entries) => entries.iter().for_each(|(_, it)| value(survey, it)),
                ValueKind::Word(_) | ValueKind::Absent | ValueKind::Unknown(_) => {}
            }
        }
        if pack.assumes.is_empty() {
            return;
        }
        for line in pack.program.tests.values().flat_map(|test| &test.lines) {
            match line {
                TestLine::Set(_, of) => value(self, of),
                TestLine::Now(time) => self.constant(time),
                _ => {}
            }
        }
    }

    /// A constant, read in every way in which its form can be meant: more values than needed do no harm.
    fn constant(&mut self, written: &Literal) {
        let text = written.text.as_str();
        match written.kind {
            LiteralKind::Bool => {}
            LiteralKind::Int | LiteralKind::Hex => {
                if let Ok(Scalar::Int(number)) = literal::read(written, Some(&Kind::Int)) {
                    self.ints.insert(number);
                }
            }
            LiteralKind::Duration => {
                if let Ok(Scalar::Duration(of)) = literal::read(written, None) {
                    self.durations.insert(of);
                }
            }
            LiteralKind::Time => {
                if let Ok(Scalar::Time(at)) = literal::read(written, None) {
                    self.times.insert(at);
                }
            }
            LiteralKind::Dotted | LiteralKind::Ipv6 => {
                self.addresses.extend(Address::read(text));
                if let Ok(Scalar::Version(parts)) = literal::version(text) {
                    self.versions.insert(parts);
                }
            }
            LiteralKind::Cidr => self.networks.extend(Network::read(text)),
            LiteralKind::Text => {
                self.globs.push(Glob::equal(text));
                self.codes.extend(codes::of_text(text));
            }
        }
    }
}

impl Walk<'_, '_> {
    /// A condition or operand and all below it.
    fn at(&mut self, expr: &Expr, inside: &Inside) -> Fails<()> {
        match &expr.kind {
            ExprKind::Literal(written) => self.survey.constant(written),
            ExprKind::Code(code) => self.survey.codes.push(codes::of_literal(code)?),
            ExprKind::Path(path) => self.mention(&path.name.text),
            ExprKind::Field(_, fields) => self.mention(&fields.text),
            ExprKind::Quantified {
                variable,
                list,
                filter,
                body,
                ..
            } => {
                self.occurs(list, expr, inside, 1)?;
                self.at(list, inside)?;
                let inner = self.enter(&variable.text, list, inside)?;
                for part in filter.iter().chain([body]) {
                    self.at(part, &inner)?;
                }
                return Ok(());
            }
            ExprKind::Each {
                variable,
                list,
                filter,
            } => {
                self.at(list, inside)?;
                let inner = self.enter(&variable.text, list, inside)?;
                if let Some(filter) = filter {
                    self.at(filter, &inner)?;
                }
                return Ok(());
            }
            ExprKind::Binary(operator, left, right) => {
                self.compared(expr, *operator, left, right, inside)?;
            }
            ExprKind::Is { operand, test, .. } => match test {
                Test::Empty => self.emptiness(expr, operand, inside)?,
                Test::Base64 => self.survey.base64 = true,
                Test::Absent | Test::Present => {}
            },
            ExprKind::Match { arms, .. } => {
                for pattern in arms.iter().flat_map(|arm| &arm.patterns) {
                    match pattern {
                        Pattern::Literal(written) => self.survey.constant(written),
                        Pattern::Code(code) => self.survey.codes.push(codes::of_literal(code)?),
                        Pattern::Word(_) | Pattern::Absent(_) | Pattern::Else(_) => {}
                    }
                }
            }
            ExprKind::Call(name, _) if !matches!(name.text.as_str(), "count" | "length") => {
                return Err(format!("`{}` is not enumerated", name.text));
            }
            _ => {}
        }
        for part in parts(expr) {
            self.at(part, inside)?;
        }
        Ok(())
    }

    fn mention(&mut self, path: &str) {
        self.survey
            .fields
            .extend(path.split('.').map(str::to_owned));
    }

    /// A comparison: what it compares with what, and which lists it looks through.
    fn compared(
        &mut self,
        whole: &Expr,
        operator: Binary,
        left: &Expr,
        right: &Expr,
        inside: &Inside,
    ) -> Fails<()> {
        match operator {
            Binary::Plus | Binary::Minus => return self.sum(left, right, inside),
            Binary::StartsWith | Binary::EndsWith | Binary::Contains | Binary::Matches => {
                self.pattern(operator, left, right, inside)?;
            }
            _ => {}
        }
        if right.kind == ExprKind::Reported || left.kind == ExprKind::Reported {
            let code = if right.kind == ExprKind::Reported {
                left
            } else {
                right
            };
            let ExprKind::Code(code) = &code.kind else {
                return Err("whether something that is no constant is reported".to_owned());
            };
            self.survey.reported.push(codes::of_literal(code)?);
            return Ok(());
        }
        for (side, other) in [(left, right), (right, left)] {
            if let ExprKind::Call(name, arguments) = &unshifted(side).kind
                && let [argument] = arguments.as_slice()
            {
                match name.text.as_str() {
                    "count" => {
                        self.counting(whole, operator, side, argument, other, inside)?;
                    }
                    "length" => self.length(other)?,
                    _ => {}
                }
            }
            self.occurs(side, whole, inside, 1)?;
        }
        if !is_constant(left, self.shapes, inside) && !is_constant(right, self.shapes, inside) {
            self.link(operator, left, right, inside)?;
        }
        Ok(())
    }

    /// Two values of one type that are no constants.
    fn link(&mut self, operator: Binary, left: &Expr, right: &Expr, inside: &Inside) -> Fails<()> {
        let of = |expr: &Expr| {
            let ty = self.evaluator.infer(expr, &inside.scope)?;
            Some(ty.kind.element().cloned().unwrap_or(ty.kind))
        };
        let kind = of(left)
            .or_else(|| of(right))
            .ok_or("an untyped comparison")?;
        let plain = matches!(operator, Binary::Equal | Binary::NotEqual);
        let name = match kind {
            Kind::Bool | Kind::Enum(_) => return Ok(()),
            Kind::Int => "int",
            Kind::Version => "version",
            Kind::Time => "time",
            Kind::Duration => "duration",
            Kind::Code => "code",
            Kind::Text => "text",
            Kind::Ip | Kind::Cidr if plain && of(left) == of(right) => "address",
            other => return Err(format!("comparisons of {other:?} are not enumerated")),
        };
        let membership = matches!(operator, Binary::In | Binary::NotIn | Binary::Overlaps);
        let ordered = !plain && !membership;
        if name == "text" && ordered && !self.of_list(left, inside) {
            return Err("texts compared by their parts are not enumerated".to_owned());
        }
        if name == "duration" && (unshifted(left) != left || unshifted(right) != right) {
            return Err("a difference of times against a fact is not enumerated".to_owned());
        }
        self.survey.apart |= name == "time" && !is_now(left) && !is_now(right);
        self.survey.linked.insert(name);
        Ok(())
    }

    fn of_list(&self, expr: &Expr, inside: &Inside) -> bool {
        let ty = self.evaluator.infer(expr, &inside.scope);
        ty.is_some_and(|ty| ty.kind.element().is_some())
    }

    /// O10: constants shift the boundaries of what is compared.
    fn sum(&mut self, left: &Expr, right: &Expr, inside: &Inside) -> Fails<()> {
        let kind = |expr: &Expr| {
            let ty = self.evaluator.infer(expr, &inside.scope);
            ty.map(|ty| ty.kind)
        };
        let times = [left, right].map(|it| kind(it) == Some(Kind::Time));
        if times == [true, true] {
            // A difference of times; what it is compared with is an offset, as all durations then are.
            self.survey.linked.insert("time");
            self.survey.offsets.insert(0);
            self.survey.apart |= !is_now(left) && !is_now(right);
        }
        for side in [left, right] {
            if let ExprKind::Literal(written) = &side.kind {
                match literal::read(written, None) {
                    Ok(Scalar::Int(number)) if matches!(left.kind, ExprKind::Path(_)) => {
                        self.survey.shift = self.survey.shift.max(number.abs());
                    }
                    Ok(Scalar::Duration(of)) if times.contains(&true) => {
                        self.survey.offsets.insert(of);
                    }
                    Ok(Scalar::Duration(_)) => {
                        return Err("sums of durations are not enumerated".to_owned());
                    }
                    _ => {}
                }
            } else if !times.contains(&true)
                && !matches!(side.kind, ExprKind::Path(_) | ExprKind::Call(..))
            {
                return Err("sums of sums are not enumerated".to_owned());
            }
        }
        Ok(())
    }

    /// O3, T4: what is asked of a text as a pattern.
    fn pattern(
        &mut self,
        operator: Binary,
        left: &Expr,
        right: &Expr,
        inside: &Inside,
    ) -> Fails<()> {
        if operator == Binary::Contains && self.of_list(left, inside) {
            return Ok(());
        }
        let ty = self.evaluator.infer(left, &inside.scope);
        if operator == Binary::Contains && ty.is_some_and(|ty| ty.kind == Kind::Cidr) {
            return Ok(());
        }
        let ExprKind::Literal(written) = &right.kind else {
            return Err("texts compared by their parts are not enumerated".to_owned());
        };
        let text = written.text.as_str();
        self.survey.globs.push(match operator {
            Binary::StartsWith => Glob::starts(text),
            Binary::EndsWith => Glob::ends(text),
            Binary::Contains => Glob::contains(text),
            _ => Glob::matches(text),
        });
        Ok(())
    }

    /// `length(t) < 3` tells the texts of each length up to 3 and the longer ones apart.
    fn length(&mut self, other: &Expr) -> Fails<()> {
        let ExprKind::Literal(written) = &other.kind else {
            return Err("a length against something that is no constant".to_owned());
        };
        let Scalar::Int(most) = literal::read(written, Some(&Kind::Int))? else {
            return Err("a length against no number".to_owned());
        };
        let lengths = (0..=most.clamp(0, 8)).map(Glob::of_length);
        self.survey.globs.extend(lengths);
        Ok(())
    }

    fn emptiness(&mut self, whole: &Expr, operand: &Expr, inside: &Inside) -> Fails<()> {
        if self.of_list(operand, inside) {
            return self.occurs(operand, whole, inside, 1);
        }
        self.survey.globs.push(Glob::equal(""));
        Ok(())
    }

    /// O7: a count, shifted perhaps, against a constant.
    fn counting(
        &mut self,
        whole: &Expr,
        operator: Binary,
        side: &Expr,
        list: &Expr,
        other: &Expr,
        inside: &Inside,
    ) -> Fails<()> {
        let ExprKind::Literal(written) = &other.kind else {
            return Err("a count against something that is no constant".to_owned());
        };
        let Scalar::Int(mut most) = literal::read(written, Some(&Kind::Int))? else {
            return Err("a count against no number".to_owned());
        };
        if let ExprKind::Binary(sign, _, by) = &side.kind
            && let ExprKind::Literal(by) = &by.kind
            && let Scalar::Int(by) = literal::read(by, Some(&Kind::Int))?
        {
            most += if *sign == Binary::Plus { -by } else { by };
        }
        let exact = !matches!(operator, Binary::GreaterEqual | Binary::Less);
        let most = usize::try_from(most.max(0)).map_err(|_| "a great count")?;
        let elements = most + usize::from(exact);
        let root = self.occurs_as(list, whole, inside, elements)?;
        self.survey.counted.extend(root);
        Ok(())
    }

    /// An operand that is a list is looked through.
    fn occurs(
        &mut self,
        operand: &Expr,
        whole: &Expr,
        inside: &Inside,
        elements: usize,
    ) -> Fails<()> {
        self.occurs_as(operand, whole, inside, elements).map(|_| ())
    }

    fn occurs_as(
        &mut self,
        operand: &Expr,
        whole: &Expr,
        inside: &Inside,
        elements: usize,
    ) -> Fails<Vec<String>> {
        if matches!(operand.kind, ExprKind::Quantified { .. }) || !self.of_list(operand, inside) {
            return Ok(Vec::new());
        }
        let keys = self.keys(operand, inside)?;
        let mut around = inside.around.clone();
        for key in &keys {
            if around.contains(key) {
                return Err("a list within itself is not enumerated".to_owned());
            }
            let occurrence = Occurrence {
                key: key.clone(),
                around: around.clone(),
                what: whole.clone(),
                elements,
                assumed: self.assumed,
            };
            if !self.occurrences.contains(&occurrence) {
                self.occurrences.push(occurrence);
            }
            around.push(key.clone());
        }
        Ok(keys)
    }

    /// The keys of the lists behind a list: outermost first; those of `[…]` are none.
    fn keys(&self, list: &Expr, inside: &Inside) -> Fails<Vec<String>> {
        match &list.kind {
            ExprKind::Each { list, .. } => self.keys(list, inside),
            ExprKind::List(_) => Ok(Vec::new()),
            ExprKind::Path(path) => {
                let text = path.name.text.as_str();
                let (first, rest) = text.split_once('.').unwrap_or((text, ""));
                if let Some(of) = inside.keys.get(first) {
                    let shape = self.element(of)?;
                    return lists_behind(&format!("{of}[]"), &shape, rest);
                }
                let name = longest(self.shapes.keys(), text).ok_or("no place")?;
                let shape = self.shapes.get(name).ok_or("no place")?;
                let rest = text.get(name.len() + 1..).unwrap_or("");
                lists_behind(name, shape, rest)
            }
            ExprKind::Field(inner, fields) => {
                let mut keys = self.keys(inner, inside)?;
                let Some(last) = keys.last().cloned() else {
                    return Ok(keys);
                };
                let shape = self.element(&last)?;
                keys.extend(lists_behind(&format!("{last}[]"), &shape, &fields.text)?);
                Ok(keys)
            }
            other => Err(format!("a list that is not enumerated: {other:?}")),
        }
    }

    /// The shape of the elements of the list of a key.
    fn element(&self, key: &str) -> Fails<Shape> {
        let mut parts = key.split("[]");
        let place = parts.next().unwrap_or(key);
        let name = longest(self.shapes.keys(), place).ok_or("no place")?;
        let mut shape = self.shapes.get(name).ok_or("no place")?.clone();
        let fields = place.get(name.len() + 1..).unwrap_or("");
        shape = behind(&shape, fields)?;
        shape = element_of(&shape)?;
        for part in parts {
            let part = part.trim_start_matches('.');
            if !part.is_empty() {
                shape = element_of(&behind(&shape, part)?)?;
            }
        }
        Ok(shape)
    }

    fn enter(&self, variable: &str, list: &Expr, inside: &Inside) -> Fails<Inside> {
        let ty = self.evaluator.infer(list, &inside.scope);
        let kind = ty.as_ref().and_then(|ty| ty.kind.element().cloned());
        let kind = kind.ok_or("a quantifier over no list")?;
        let mut inner = inside.clone();
        let unknown = Partial::unknown(Needs::default());
        inner.scope = inside.scope.with(variable, &kind, &unknown);
        let keys = self.keys(list, inside)?;
        if let Some(last) = keys.last() {
            inner.keys.insert(variable.to_owned(), last.clone());
        }
        inner.around.extend(keys);
        Ok(inner)
    }

    /// Codes of facts that report are looked for: those of symptoms, and those that conditions name.
    fn reports(&mut self, pack: &Pack<'_>) {
        let asked = self.survey.reported.len();
        let codes = pack.symptoms.iter().map(|symptom| symptom.codes.len());
        let codes = codes.sum::<usize>() + asked;
        for (name, place) in &pack.program.places {
            if place.reports.is_some() && place.ty.kind.element().is_some() {
                let elements = self.survey.elements.entry(name.clone()).or_default();
                *elements += codes;
            }
        }
    }

    /// Sums up how many elements each list needs.
    fn count(&mut self, dropped: &[Occurrence]) -> Fails<()> {
        let mut keys: Vec<String> = Vec::new();
        for occurrence in self.occurrences.iter().chain(dropped) {
            if !keys.contains(&occurrence.key) {
                keys.push(occurrence.key.clone());
            }
        }
        let mut open = keys;
        while !open.is_empty() {
            // A list can be counted when those around it have been.
            let all = || self.occurrences.iter().chain(dropped);
            let ready = |key: &String| {
                let mut own = all().filter(|it| it.key == *key);
                own.all(|it| it.around.iter().all(|around| !open.contains(around)))
            };
            let Some(at) = open.iter().position(ready) else {
                return Err("lists around each other are not enumerated".to_owned());
            };
            let key = open.remove(at);
            let weight = |it: &Occurrence| -> usize {
                let around = it.around.iter();
                let around = around.map(|key| self.survey.elements.get(key).copied().unwrap_or(1));
                it.elements * around.product::<usize>()
            };
            let own = self.occurrences.iter().filter(|it| it.key == key);
            let known: usize = own.map(weight).sum();
            // Literals are dropped one at a time; what a dropped one leaves as it was is there already.
            let fresh = dropped.iter().filter(|it| {
                it.key == key && !self.occurrences.iter().any(|own| own.what == it.what)
            });
            let most = fresh.map(weight).max().unwrap_or(0);
            *self.survey.elements.entry(key).or_default() += known + most;
        }
        Ok(())
    }
}

/// `now`, shifted perhaps.
fn is_now(expr: &Expr) -> bool {
    unshifted(expr).kind == ExprKind::Now
}

/// `count(L) + 1` without its shift.
fn unshifted(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Binary(Binary::Plus | Binary::Minus, left, right)
            if matches!(right.kind, ExprKind::Literal(_)) =>
        {
            left
        }
        _ => expr,
    }
}

/// Whether nothing in it varies.
fn is_constant(expr: &Expr, shapes: &BTreeMap<String, Shape>, inside: &Inside) -> bool {
    match &expr.kind {
        ExprKind::Path(path) => {
            let text = path.name.text.as_str();
            let first = text.split('.').next().unwrap_or(text);
            inside.scope.variable(first).is_none() && longest(shapes.keys(), text).is_none()
        }
        ExprKind::Now | ExprKind::Reported => false,
        _ => parts(expr)
            .iter()
            .all(|part| is_constant(part, shapes, inside)),
    }
}

/// The lists on the way from a value through some fields, as keys.
fn lists_behind(start: &str, shape: &Shape, fields: &str) -> Fails<Vec<String>> {
    let mut key = start.to_owned();
    let mut shape = shape.clone();
    let mut found = Vec::new();
    for field in fields.split('.').filter(|field| !field.is_empty()) {
        if matches!(shape.body, Body::List(_) | Body::Set(_)) {
            found.push(key.clone());
            key.push_str("[]");
            shape = element_of(&shape)?;
        }
        shape = behind(&shape, field)?;
        key = format!("{key}.{field}");
    }
    if matches!(shape.body, Body::List(_) | Body::Set(_)) {
        found.push(key);
    }
    Ok(found)
}

fn element_of(shape: &Shape) -> Fails<Shape> {
    match &shape.body {
        Body::List(element) | Body::Set(element) => Ok(element.as_ref().clone()),
        other => Err(format!("no list: {other:?}")),
    }
}

/// The shape behind fields of records.
fn behind(shape: &Shape, fields: &str) -> Fails<Shape> {
    let mut shape = shape.clone();
    for name in fields.split('.').filter(|field| !field.is_empty()) {
        let Body::Record(known) = &shape.body else {
            return Err(format!("no field `{name}`"));
        };
        let found = known.iter().find(|(own, _)| own == name);
        shape = found.ok_or_else(|| format!("no field `{name}`"))?.1.clone();
    }
    Ok(shape)
}
