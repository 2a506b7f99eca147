//! Params, facts and derived facts.

use rulec_facts::literal;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Value};
use rulec_program::node::{LetId, Op, Place, SlotId};
use rulec_program::program::{Let, Named, Origin, PackId, Slot};
use rulec_syntax::ast::{self, Fact, Item, TypeKind};

use super::Lowering;
use crate::analysed::span_of;
use crate::codes;
use crate::constant::Place as ValuePlace;
use crate::index::{self, DeclarationId};
use crate::infer::Unrolled;
use crate::types::{error_type, is_error, same_kind, shown};

impl<'a> Lowering<'a> {
    /// Slots by name, derived facts in the given order.
    pub(super) fn values(&mut self, order: &[DeclarationId]) {
        let slots = self.bind(order);
        for (number, id) in (0u32..).zip(order) {
            self.set_number(*id, number);
            let it = self.derived(*id);
            self.program.lets.push(it);
        }
        self.check_extended_names();
        for id in slots {
            let slot = match id {
                None => now(),
                Some(id) => self.slot(id),
            };
            self.program.slots.push(slot);
        }
    }

    /// Numbers all values, so that expressions can name them; gives the slots in order, `now` as none.
    fn bind(&mut self, order: &[DeclarationId]) -> Vec<Option<DeclarationId>> {
        let index = &self.analysed.index;
        let packs = &self.program.packs;
        let ids = index
            .iter()
            .filter(|(_, it)| matches!(it.kind, index::Kind::Param | index::Kind::Fact));
        let mut slots: Vec<Option<DeclarationId>> =
            ids.map(|(id, _)| Some(id)).chain([None]).collect();
        let key = |id: &Option<DeclarationId>| match id.and_then(|id| index.get(id)) {
            Some(it) => (
                it.name.as_str(),
                packs.get(it.pack as usize).map(|it| it.name.as_str()),
            ),
            None => ("now", None),
        };
        slots.sort_by(|a, b| key(a).cmp(&key(b)));
        self.room.bindings = vec![None; index.declarations.len()];
        for (number, id) in (0u32..).zip(&slots) {
            match id {
                None => self.room.now = Some(Op::Slot(SlotId(number))),
                Some(id) => self.bind_one(*id, Op::Slot(SlotId(number))),
            }
        }
        for (number, id) in (0u32..).zip(order) {
            self.bind_one(*id, Op::Let(LetId(number)));
        }
        for (number, id) in (0u32..).zip(&slots) {
            if let Some(id) = id {
                self.set_number(*id, number);
            }
        }
        slots
    }

    fn bind_one(&mut self, id: DeclarationId, op: Op) {
        if let Some(slot) = self.room.bindings.get_mut(id.0 as usize) {
            *slot = Some(op);
        }
    }

    fn derived(&mut self, id: DeclarationId) -> Let {
        let pack = self.analysed.index.get(id).map_or(0, |it| it.pack);
        let Some(Item::Let(it)) = self.analysed.item(id) else {
            self.room.unrolled.push(Unrolled::default());
            return Let {
                named: self.named(id),
                ty: error_type(),
                value: rulec_program::node::NodeId(0),
            };
        };
        let declared = self.analysed.type_of(id).cloned();
        let start = self.room.nodes.ops.len();
        let mut reader = self.reader(pack, Some(id));
        let mut read = reader.expr(&it.value, declared.as_ref());
        if !reader.unroll(start, it.value.place.0) {
            read.ty = error_type();
        }
        let ty = match declared {
            None => {
                self.analysed.set_type(id, read.ty.clone());
                read.ty
            }
            Some(declared) => {
                self.check_declared(&declared, &read.ty, &it.value);
                declared
            }
        };
        Let {
            named: self.named(id),
            ty,
            value: read.node,
        }
    }

    fn check_declared(&mut self, declared: &Type, found: &Type, value: &ast::Expr) {
        if is_error(declared) || is_error(found) {
            return;
        }
        let fits = same_kind(declared, found) && (declared.optional || !found.optional);
        if fits {
            return;
        }
        if let (ast::ExprKind::Literal(it), false) = (&value.kind, same_kind(declared, found)) {
            self.analysed.report_wrong_constant(it, declared);
            return;
        }
        let message = format!(
            "declared as {}, but this is {}",
            shown(declared),
            shown(found)
        );
        self.analysed
            .report(codes::TYPE_MISMATCH.at(value.place.0, message));
    }

    fn slot(&mut self, id: DeclarationId) -> Slot {
        let ty = self
            .analysed
            .type_of(id)
            .cloned()
            .unwrap_or_else(error_type);
        let blank = Slot::bare(self.named(id), ty.clone(), Origin::Fact);
        let pack = self.analysed.index.get(id).map_or(0, |it| it.pack);
        match self.analysed.item(id) {
            Some(Item::Param(it)) => {
                let arm = match &it.ty.kind {
                    TypeKind::Arm(text) => Some(text.text.to_string()),
                    _ => None,
                };
                Slot {
                    origin: Origin::Param { arm },
                    ask: it.ask.as_ref().map(|it| it.text.to_string()),
                    ..blank
                }
            }
            Some(Item::Fact(it)) => {
                let sources = self.reader(pack, Some(id)).sources(it, &ty);
                Slot {
                    sources,
                    default: self.default(it, &ty),
                    ask: it.ask.as_ref().map(|it| it.text.to_string()),
                    reports: self.reports(it, &ty),
                    cost: self.cost(it),
                    secret: it.secret,
                    ..blank
                }
            }
            _ => blank,
        }
    }

    fn default(&mut self, fact: &Fact, ty: &Type) -> Option<Partial> {
        let value = fact.default.as_ref()?;
        self.analysed
            .repeated_or_plain(value, ty, &ValuePlace::Default)
    }

    fn cost(&mut self, fact: &Fact) -> Option<i128> {
        let cost = fact.cost.as_ref()?;
        let duration = Type::of(Kind::Duration(None));
        match self.analysed.read_literal(cost, Some(&duration)) {
            Some((_, Value::Duration(length))) if length >= 0 => Some(length),
            Some((_, Value::Duration(_))) => {
                let message = format!("{} is less than nothing", literal::quoted(&cost.text));
                self.analysed
                    .report(codes::OUT_OF_RANGE.at(cost.place.0, message));
                None
            }
            Some(_) => {
                self.analysed.report_wrong_constant(cost, &duration);
                None
            }
            None => None,
        }
    }

    /// The field whose codes count as reported; the fact itself where it is a code or a list of codes.
    fn reports(&mut self, fact: &Fact, ty: &Type) -> Option<Option<u32>> {
        let name = fact.reports.as_ref()?;
        if is_error(ty) {
            return None;
        }
        let is_code = |ty: &Type| matches!(ty.member().unwrap_or(ty).kind, Kind::Code);
        let inner = ty.member().unwrap_or(ty).clone();
        let last = fact.name.text.rsplit('.').next().unwrap_or_default();
        if is_code(ty) {
            if name.text == "code" || name.text == last || name.text == fact.name.text {
                return Some(None);
            }
            let message = format!(
                "`{}` is a code itself and has no field `{}`",
                fact.name.text, name.text
            );
            self.analysed.report(
                codes::BAD_REPORTS
                    .at(span_of(name), message)
                    .help("write `reports code`"),
            );
            return None;
        }
        let Some(record) = inner.record().cloned() else {
            let message = format!(
                "only a code, or a field that is one, can be reported; the fact is {}",
                shown(ty)
            );
            self.analysed
                .report(codes::BAD_REPORTS.at(span_of(name), message));
            return None;
        };
        let Some((at, field)) = record.field(&name.text) else {
            self.analysed
                .report_no_field(&name.text, span_of(name), &record);
            return None;
        };
        if is_error(&field.ty) {
            return None;
        }
        if !is_code(&field.ty) {
            let message = format!("`{}` is {}, not a code", name.text, shown(&field.ty));
            let help =
                "declare the field as `code`, so that it can be compared with what is reported";
            self.analysed
                .report(codes::BAD_REPORTS.at(span_of(name), message).help(help));
            return None;
        }
        Some(u32::try_from(at).ok())
    }

    /// A name may extend another only if that is a record without such a field.
    fn check_extended_names(&mut self) {
        let mut wrong = Vec::new();
        for (id, declaration) in self.analysed.index.iter() {
            if !matches!(
                declaration.kind,
                index::Kind::Param | index::Kind::Fact | index::Kind::Let
            ) {
                continue;
            }
            let Some(pack) = self.analysed.pack(declaration.pack) else {
                continue;
            };
            for (head, rest) in crate::names::prefixes(&declaration.name).skip(1) {
                if let Some(base) = pack.values.get(head) {
                    wrong.extend(self.extends_wrongly(id, *base, rest));
                }
            }
        }
        for finding in wrong {
            self.analysed.report(finding);
        }
    }

    fn extends_wrongly(
        &self,
        id: DeclarationId,
        base: DeclarationId,
        rest: &str,
    ) -> Option<rulec_syntax::diagnostic::Diagnostic> {
        let ty = self.analysed.type_of(base)?;
        if is_error(ty) {
            return None;
        }
        let field = rest.split('.').next().unwrap_or(rest);
        let (name, other) = (self.analysed.index.get(id)?, self.analysed.index.get(base)?);
        let why = match ty.record() {
            Some(record) if record.field(field).is_none() => return None,
            Some(_) => format!("`{}` has a field `{field}`", other.name),
            None => format!("`{}` is {} and not a record", other.name, shown(ty)),
        };
        Some(
            codes::EXTENDED_NAME
                .at(
                    name.name_span,
                    format!(
                        "`{}` cannot be told from a field of `{}`: {why}",
                        name.name, other.name
                    ),
                )
                .also(other.name_span, format!("`{}`", other.name))
                .help("rename one of them"),
        )
    }
}

fn now() -> Slot {
    let named = Named {
        name: "now".into(),
        pack: PackId(0),
        title: None,
        description: None,
        place: Place::default(),
    };
    Slot::bare(named, Type::of(Kind::Time), Origin::Now)
}
