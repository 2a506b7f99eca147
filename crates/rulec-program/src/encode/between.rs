//! Values for places that are compared in ways that cells do not tell: one network in another, one text in another.
//!
//! A search over a few likely values of each place. That it finds none proves nothing.

use std::net::IpAddr;

use ipnet::IpNet;
use rulec_facts::ops;
use rulec_facts::truth::Truth;
use rulec_facts::value::{Partial, Value};
use rustc_hash::FxHashMap;

use super::atlas::PlaceId;
use super::encoder::Between;
use crate::node::TextTest;

/// Values of a place that are tried.
const TRIED: usize = 12;
/// Choices in all.
const STEPS: u32 = 2_000;

/// What is to hold between two places.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub what: What,
    pub a: PlaceId,
    pub b: PlaceId,
    pub truth: bool,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Between(Between),
    Equal,
}

impl What {
    fn holds(self, a: &Partial, b: &Partial) -> bool {
        let truth = match self {
            What::Equal => ops::equal(a, true, b, true),
            What::Between(Between::Within) => ops::within(a, b),
            What::Between(Between::Overlaps) => ops::overlaps(a, b),
            What::Between(Between::Text(test)) => match test {
                TextTest::Contains => ops::contains(a, b),
                TextTest::StartsWith => ops::starts_with(a, b),
                TextTest::EndsWith => ops::ends_with(a, b),
                TextTest::Matches => ops::matches(a, b),
            },
        };
        truth == Truth::True
    }
}

/// Other values for the places of these pairs so that all hold, if they are found; `own` gives values of a place's cell, `fits` tells whether
/// a value lies in it.
pub(crate) fn settle(
    pairs: &[Pair],
    values: &FxHashMap<PlaceId, Partial>,
    own: impl Fn(PlaceId, u32) -> Option<Partial>,
    fits: impl Fn(PlaceId, &Partial) -> bool,
) -> Option<Vec<(PlaceId, Partial)>> {
    let mut places: Vec<PlaceId> = Vec::new();
    for pair in pairs
        .iter()
        .filter(|it| matches!(it.what, What::Between(_)))
    {
        places.extend([pair.a, pair.b]);
    }
    places.sort_unstable();
    places.dedup();
    let mut tried: Vec<Vec<Partial>> = Vec::with_capacity(places.len());
    for place in &places {
        let mut all: Vec<Partial> = values.get(place).cloned().into_iter().collect();
        for nth in 0..TRIED as u32 / 2 {
            match own(*place, nth) {
                Some(value) if !all.contains(&value) => all.push(value),
                Some(_) => {}
                None => break,
            }
        }
        tried.push(all);
    }
    add_neighbours(pairs, &places, &mut tried, fits);
    let mut chosen: FxHashMap<PlaceId, Partial> = values.clone();
    for place in &places {
        chosen.remove(place);
    }
    let mut steps = STEPS;
    if !choose(&places, &tried, pairs, &mut chosen, &mut steps) {
        return None;
    }
    let found = places
        .iter()
        .filter_map(|it| Some((*it, chosen.get(it)?.clone())));
    Some(found.collect())
}

/// Adds values that stand in some way to those of a partner.
fn add_neighbours(
    pairs: &[Pair],
    places: &[PlaceId],
    tried: &mut [Vec<Partial>],
    fits: impl Fn(PlaceId, &Partial) -> bool,
) {
    let before = tried.to_vec();
    for (at, place) in places.iter().enumerate() {
        let partners = pairs
            .iter()
            .filter_map(|pair| match (pair.a == *place, pair.b == *place) {
                (true, false) => Some(pair.b),
                (false, true) => Some(pair.a),
                _ => None,
            });
        let mut near = Vec::new();
        for partner in partners {
            let theirs = places
                .binary_search(&partner)
                .ok()
                .and_then(|at| before.get(at));
            let own = before.get(at).and_then(|all| all.first());
            for value in theirs.into_iter().flatten().take(6) {
                near.extend(neighbours(value, own));
            }
        }
        if let Some(all) = tried.get_mut(at) {
            for value in near {
                if all.len() < 2 * TRIED && !all.contains(&value) && fits(*place, &value) {
                    all.push(value);
                }
            }
        }
    }
}

fn choose(
    places: &[PlaceId],
    tried: &[Vec<Partial>],
    pairs: &[Pair],
    chosen: &mut FxHashMap<PlaceId, Partial>,
    steps: &mut u32,
) -> bool {
    let (Some((place, places)), Some((values, tried))) =
        (places.split_first(), tried.split_first())
    else {
        return true;
    };
    for value in values {
        if *steps == 0 {
            return false;
        }
        *steps -= 1;
        chosen.insert(*place, value.clone());
        let mine = pairs.iter().filter(|it| it.a == *place || it.b == *place);
        let holds = mine
            .clone()
            .all(|pair| match (chosen.get(&pair.a), chosen.get(&pair.b)) {
                (Some(a), Some(b)) => pair.what.holds(a, b) == pair.truth,
                _ => true,
            });
        if holds && choose(places, tried, pairs, chosen, steps) {
            return true;
        }
    }
    chosen.remove(place);
    false
}

/// Values that stand in some way to another one.
fn neighbours(value: &Partial, own: Option<&Partial>) -> Vec<Partial> {
    let Partial::Known(value) = value else {
        return Vec::new();
    };
    let mut all: Vec<Value> = Vec::new();
    match value {
        Value::Ip(ip) => {
            let bits: &[u8] = if ip.is_ipv4() {
                &[24, 16, 8, 32, 0]
            } else {
                &[64, 48, 128, 0]
            };
            all.push(Value::Ip(*ip));
            all.extend(bits.iter().filter_map(|it| network(*ip, *it)));
        }
        Value::Cidr(net) => {
            all.push(Value::Cidr(*net));
            let first = net.network();
            all.push(Value::Ip(after(first)));
            all.push(Value::Ip(first));
            all.extend(net.supernet().map(Value::Cidr));
            let inner = net.prefix_len().saturating_add(8).min(net.max_prefix_len());
            all.extend(network(first, inner));
        }
        Value::Text(text) => {
            all.push(value.clone());
            if let Some(Partial::Known(Value::Text(own))) = own {
                let joined = [
                    format!("{}{}", own.raw(), text.raw()),
                    format!("{}{}", text.raw(), own.raw()),
                ];
                all.extend(joined.iter().map(|it| Value::text(it)));
            }
        }
        _ => {}
    }
    all.into_iter().map(Partial::Known).collect()
}

fn network(ip: IpAddr, bits: u8) -> Option<Value> {
    Some(Value::Cidr(IpNet::new(ip, bits).ok()?.trunc()))
}

/// The next address; the same if there is none.
fn after(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(ip) => IpAddr::V4(u32::from(ip).saturating_add(1).into()),
        IpAddr::V6(ip) => IpAddr::V6(u128::from(ip).saturating_add(1).into()),
    }
}
