//! Which unknown facts an expression mentions (N1), and which codes are reported (T7).

use rulec_syntax::ast::{Expr, ExprKind, Path};

use crate::Fails;
use crate::case::longest;
use crate::evaluate::{Evaluator, Scope};
use crate::lists;
use crate::types::Type;
use crate::value::{Collection, Element, Needs, Partial, Scalar, Truth};

impl Evaluator<'_, '_> {
    /// N1, "every unknown fact in the body or branches": of each fact that is written there, lets opened,
    /// what is unknown at the written path.
    pub fn unknown_facts(&self, expr: &Expr, scope: &Scope) -> Fails<Needs> {
        match &expr.kind {
            ExprKind::Path(path) => self.unknown_at(path, scope),
            ExprKind::Now => Ok(self.case.now().needs()),
            ExprKind::Reported => self.unknown_reports(),
            ExprKind::Quantified { variable, list, .. } | ExprKind::Each { variable, list, .. } => {
                let kind = self.infer(list, scope).map(|ty| ty.kind);
                let kind = kind
                    .as_ref()
                    .and_then(|kind| kind.element())
                    .cloned()
                    .ok_or("a quantifier over no list")?;
                let inner = scope.with(&variable.text, &kind, &Partial::unknown(Needs::default()));
                let mut all = self.unknown_facts(list, scope)?;
                for part in parts(expr).into_iter().skip(1) {
                    all = all.and(&self.unknown_facts(part, &inner)?);
                }
                Ok(all)
            }
            _ => {
                let mut all = Needs::default();
                for part in parts(expr) {
                    all = all.and(&self.unknown_facts(part, scope)?);
                }
                Ok(all)
            }
        }
    }

    fn unknown_at(&self, path: &Path, scope: &Scope) -> Fails<Needs> {
        let text = path.name.text.as_str();
        let first = text.split('.').next().unwrap_or(text);
        if scope.variable(first).is_some() {
            return Ok(Needs::default());
        }
        let names = self.program.places.keys().chain(self.program.lets.keys());
        let Some(name) = longest(names, text) else {
            return Ok(Needs::default());
        };
        if let Some((value, _)) = self.program.lets.get(name) {
            return self.unknown_facts(value, &Scope::default());
        }
        let whole = Expr {
            kind: ExprKind::Path(path.clone()),
            place: rulec_syntax::ast::Place::default(),
        };
        Ok(self.value(&whole, &Scope::default(), None)?.needs())
    }

    /// T7: the codes of every fact that reports, as one list; unknown as a whole if one of them is.
    fn reports(&self) -> Fails<Vec<Partial>> {
        let mut found = Vec::new();
        for (name, place) in &self.program.places {
            let Some(field) = &place.reports else {
                continue;
            };
            let value = self.case.fact(name);
            found.push(crate::evaluate::fields(
                value,
                Type::clone(&place.ty),
                &[field],
            )?);
        }
        Ok(found)
    }

    fn unknown_reports(&self) -> Fails<Needs> {
        let reports = self.reports()?;
        Ok(reports
            .iter()
            .fold(Needs::default(), |all, report| all.and(&report.needs())))
    }

    /// T7: T if the complaint has the code, else the `any` over the facts that report.
    pub fn is_reported(&self, code: &Partial) -> Fails<Truth> {
        let complaint = self
            .case
            .codes
            .iter()
            .map(|code| Element::certain(Partial::Known(Scalar::Code(code.clone()))));
        let complaint = Partial::List(Collection {
            set: true,
            elements: complaint.collect(),
        });
        let mut parts = vec![lists::is_member(code, &complaint)?];
        for report in self.reports()? {
            let report = match report {
                Partial::Known(_) => Partial::List(Collection {
                    set: false,
                    elements: vec![Element::certain(report)],
                }),
                other => other,
            };
            parts.push(lists::is_member(code, &report)?);
        }
        Ok(Truth::any(&parts))
    }
}

/// The expressions right below one.
pub fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Code(_)
        | ExprKind::Now
        | ExprKind::Reported
        | ExprKind::Path(_) => Vec::new(),
        ExprKind::Field(inner, _) | ExprKind::Not(inner) => vec![inner.as_ref()],
        ExprKind::Is { operand, .. } => vec![operand.as_ref()],
        ExprKind::Call(_, parts)
        | ExprKind::And(parts)
        | ExprKind::Or(parts)
        | ExprKind::List(parts) => parts.iter().collect(),
        ExprKind::Binary(_, left, right) => vec![left.as_ref(), right.as_ref()],
        ExprKind::Quantified {
            list, filter, body, ..
        } => {
            let mut all = vec![list.as_ref()];
            all.extend(filter.as_deref());
            all.push(body.as_ref());
            all
        }
        ExprKind::Each { list, filter, .. } => {
            let mut all = vec![list.as_ref()];
            all.extend(filter.as_deref());
            all
        }
        ExprKind::Match { scrutinee, arms } => {
            let mut all = vec![scrutinee.as_ref()];
            all.extend(arms.iter().map(|arm| &arm.value));
            all
        }
    }
}
