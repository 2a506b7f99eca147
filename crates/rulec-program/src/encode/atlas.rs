//! Places: everything in a total state that has a value of its own.
//!
//! A place is a slot, a field of a record, the i-th copy of a list's element, or what a function makes of a text. Copies of one element
//! share a *kind*: what the pack asks of one it asks of all, so they are split into the same cells.

use rulec_facts::types::{Kind, Type};
use rustc_hash::FxHashMap;

use crate::node::{Function, SlotId};

/// Number of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PlaceId(pub u32);

/// Number of a kind of places: a place with the numbers of its copies left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct KindId(pub u32);

/// From a place to one inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// A field of a record.
    Field(u32),
    /// A copy of the element of a list.
    Element(u32),
    /// The result of a function of a text.
    Call(Function),
}

impl Step {
    /// The same for all copies.
    fn general(self) -> Step {
        match self {
            Step::Element(_) => Step::Element(0),
            other => other,
        }
    }
}

/// Where a place begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// A fact, param or `now`.
    Slot(SlotId),
    /// Inside another place.
    Inside(PlaceId, Step),
}

/// A place.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub origin: Origin,
    pub kind: KindId,
}

/// A kind of places.
#[derive(Debug, Clone)]
pub(crate) struct PlaceKind {
    pub ty: Type,
    pub parent: Option<(KindId, Step)>,
    pub slot: SlotId,
}

/// All places that were asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Atlas {
    places: Vec<Place>,
    kinds: Vec<PlaceKind>,
    slots: FxHashMap<SlotId, PlaceId>,
    inside: FxHashMap<(PlaceId, Step), PlaceId>,
    slot_kinds: FxHashMap<SlotId, KindId>,
    inside_kinds: FxHashMap<(KindId, Step), KindId>,
}

impl Atlas {
    /// The place of a slot.
    pub(crate) fn slot(&mut self, slot: SlotId, ty: &Type) -> PlaceId {
        if let Some(known) = self.slots.get(&slot) {
            return *known;
        }
        let kind = self.slot_kind(slot, ty);
        let place = self.push(Origin::Slot(slot), kind);
        self.slots.insert(slot, place);
        place
    }

    /// A place inside another one; `ty` is its type.
    pub(crate) fn inside(&mut self, of: PlaceId, step: Step, ty: &Type) -> PlaceId {
        if let Some(known) = self.inside.get(&(of, step)) {
            return *known;
        }
        let parent = self.kind_of(of);
        let kind = self.inside_kind(parent, step, ty);
        let place = self.push(Origin::Inside(of, step), kind);
        self.inside.insert((of, step), place);
        place
    }

    /// The kind of a slot's place.
    pub(crate) fn slot_kind(&mut self, slot: SlotId, ty: &Type) -> KindId {
        if let Some(known) = self.slot_kinds.get(&slot) {
            return *known;
        }
        let kind = self.push_kind(PlaceKind {
            ty: ty.clone(),
            parent: None,
            slot,
        });
        self.slot_kinds.insert(slot, kind);
        kind
    }

    /// The kind of places inside a kind.
    pub(crate) fn inside_kind(&mut self, of: KindId, step: Step, ty: &Type) -> KindId {
        let step = step.general();
        if let Some(known) = self.inside_kinds.get(&(of, step)) {
            return *known;
        }
        let slot = self
            .kinds
            .get(of.0 as usize)
            .map_or(SlotId(0), |it| it.slot);
        let kind = self.push_kind(PlaceKind {
            ty: ty.clone(),
            parent: Some((of, step)),
            slot,
        });
        self.inside_kinds.insert((of, step), kind);
        kind
    }

    /// The kind of places inside a kind, if one was asked for.
    pub(crate) fn find_inside_kind(&self, of: KindId, step: Step) -> Option<KindId> {
        self.inside_kinds.get(&(of, step.general())).copied()
    }

    /// A place inside another one, if it was asked for.
    pub(crate) fn find_inside(&self, of: PlaceId, step: Step) -> Option<PlaceId> {
        self.inside.get(&(of, step)).copied()
    }

    /// The place of a slot, if it was asked for.
    pub(crate) fn find_slot(&self, slot: SlotId) -> Option<PlaceId> {
        self.slots.get(&slot).copied()
    }

    pub(crate) fn place(&self, place: PlaceId) -> Option<&Place> {
        self.places.get(place.0 as usize)
    }

    pub(crate) fn kind_of(&self, place: PlaceId) -> KindId {
        self.place(place).map_or(KindId(0), |it| it.kind)
    }

    pub(crate) fn kind(&self, kind: KindId) -> Option<&PlaceKind> {
        self.kinds.get(kind.0 as usize)
    }

    /// The declared type of a place.
    pub(crate) fn ty(&self, place: PlaceId) -> Option<&Type> {
        self.kind(self.kind_of(place)).map(|it| &it.ty)
    }

    /// The text whose function result the place is or lies in.
    pub(crate) fn argument(&self, place: PlaceId) -> Option<PlaceId> {
        let mut at = place;
        loop {
            match self.place(at)?.origin {
                Origin::Inside(of, Step::Call(_)) => return Some(of),
                Origin::Inside(of, _) => at = of,
                Origin::Slot(_) => return None,
            }
        }
    }

    fn push(&mut self, origin: Origin, kind: KindId) -> PlaceId {
        self.places.push(Place { origin, kind });
        PlaceId(self.places.len() as u32 - 1)
    }

    fn push_kind(&mut self, kind: PlaceKind) -> KindId {
        self.kinds.push(kind);
        KindId(self.kinds.len() as u32 - 1)
    }
}

/// How a place of that type is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One variable over cells.
    Scalar,
    /// Fields; whether it is there if it can be absent.
    Record,
    /// How many elements, and whether it is there.
    Elements,
}

impl Shape {
    pub(crate) fn of(ty: &Type) -> Shape {
        match ty.kind {
            Kind::Record(_) => Shape::Record,
            Kind::List(_) | Kind::Set(_) => Shape::Elements,
            _ => Shape::Scalar,
        }
    }
}
