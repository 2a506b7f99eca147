//! Addresses and networks: the prefix tree of the constants, one tree for each version of the protocol (T5).
//!
//! A network either lies on the way from the root to a constant, then it holds all constants below; or it has left the tree
//! at some place, then it holds none and lies in the constants above that place. All networks that leave the same edge, and all
//! that lie on it, answer every test alike, except for their size. An address is a network of full length.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use rulec_facts::value::{Partial, Value};
use rustc_hash::FxHashSet;

use super::signature::Signatures;
use super::{Room, Shape, Split, Test, TooMany};

/// Cells of addresses, or of networks.
#[derive(Debug, Clone)]
pub(super) struct Networks {
    addresses: bool,
    signatures: Signatures,
    /// By cell.
    regions: Vec<Vec<Region>>,
}

/// A prefix of one version: its bits stand at the right of the number, as many as the version has, host bits zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Prefix {
    v6: bool,
    bits: u128,
    length: u8,
}

/// Networks that all tests answer alike.
#[derive(Debug, Clone, Copy)]
struct Region {
    /// Where it begins.
    root: Prefix,
    /// Only the way from the root to this one; none: everything at and below the root.
    way: bool,
    /// Lengths, both inclusive, none shorter than the root's.
    shortest: u8,
    longest: u8,
}

/// Networks that look right wherever they lie in a cell.
const NATURAL_NETWORKS: [&str; 12] = [
    "10.1.0.0/16",
    "10.0.0.0/24",
    "10.2.0.0/24",
    "172.16.201.0/24",
    "192.168.1.0/24",
    "172.16.0.0/16",
    "10.0.0.0/8",
    "203.0.113.0/24",
    "198.51.100.0/24",
    "fd00:10::/48",
    "2001:db8::/32",
    "fd00:10:0:1::/64",
];
const NATURAL_ADDRESSES: [&str; 9] = [
    "10.1.0.4",
    "10.0.0.4",
    "192.168.1.10",
    "172.16.201.2",
    "203.0.113.10",
    "198.51.100.7",
    "10.2.0.5",
    "fd00:10::4",
    "2001:db8::10",
];

pub(super) fn split(addresses: bool, tests: &[Test], limit: u32) -> Result<Split, TooMany> {
    let mut constants: Vec<Prefix> = tests.iter().filter_map(constant).collect();
    constants.sort_unstable();
    constants.dedup();
    let mut cut = Cut {
        addresses,
        lengths: [false, true].map(|v6| runs(v6, tests)),
        networks: Networks {
            addresses,
            signatures: Signatures::new(tests),
            regions: Vec::new(),
        },
        limit,
    };
    for v6 in [false, true] {
        let inside = constants.iter().filter(|it| it.v6 == v6).copied().collect();
        let root = Prefix {
            v6,
            bits: 0,
            length: 0,
        };
        cut.walk(root, inside)?;
    }
    let networks = cut.networks;
    Ok(Split {
        cells: networks.signatures.count(),
        holds: networks.signatures.holds(),
        shape: Shape::Networks(networks),
    })
}

/// The constant of a test, as a prefix.
fn constant(test: &Test) -> Option<Prefix> {
    match test {
        Test::Compare(_, value) | Test::Holds(value) | Test::Overlaps(value) => {
            Prefix::of_value(value)
        }
        Test::Within(network) => Some(Prefix::of_network(*network)),
        _ => None,
    }
}

/// Lengths that all tests of size answer alike: first and last of each run.
fn runs(v6: bool, tests: &[Test]) -> Vec<(u8, u8)> {
    let sizes: Vec<&Test> = tests
        .iter()
        .filter(|test| matches!(test, Test::Size(..)))
        .collect();
    let mut runs: Vec<(u8, u8)> = Vec::new();
    let mut before = None;
    for length in 0..=width(v6) {
        let network = Prefix {
            v6,
            bits: 0,
            length,
        };
        let value = Partial::Known(network.value(false));
        let answers: Vec<bool> = sizes.iter().map(|test| test.holds(&value)).collect();
        match runs.last_mut() {
            Some(run) if before.as_ref() == Some(&answers) => run.1 = length,
            _ => runs.push((length, length)),
        }
        before = Some(answers);
    }
    runs
}

fn width(v6: bool) -> u8 {
    if v6 { 128 } else { 32 }
}

/// The walk through the tree.
struct Cut {
    addresses: bool,
    lengths: [Vec<(u8, u8)>; 2],
    networks: Networks,
    limit: u32,
}

impl Cut {
    /// Cuts everything at and below `root`; `inside` are the constants there.
    fn walk(&mut self, root: Prefix, mut inside: Vec<Prefix>) -> Result<(), TooMany> {
        let last = width(root.v6);
        let Some(first) = inside.first().copied() else {
            return self.add(&[Region {
                root,
                way: false,
                shortest: root.length,
                longest: last,
            }]);
        };
        let node = inside.iter().fold(first, |node, it| node.meet(*it));
        let way = |shortest, longest| Region {
            root: node,
            way: true,
            shortest,
            longest,
        };
        if root.length < node.length {
            self.add(&[way(root.length, node.length - 1)])?;
        }
        self.add(&[way(node.length, node.length)])?;
        let aside = (root.length + 1..=node.length).map(|length| Region {
            root: node.cut(length).sibling(),
            way: false,
            shortest: length,
            longest: last,
        });
        self.add(&aside.collect::<Vec<_>>())?;
        if node.length == last {
            return Ok(());
        }
        inside.retain(|it| *it != node);
        for child in node.children() {
            let below = inside.iter().filter(|it| child.holds(**it));
            self.walk(child, below.copied().collect())?;
        }
        Ok(())
    }

    /// Takes regions that only tests of size tell apart.
    fn add(&mut self, regions: &[Region]) -> Result<(), TooMany> {
        let Some(v6) = regions.first().map(|region| region.root.v6) else {
            return Ok(());
        };
        let [four, six] = &self.lengths;
        let runs = if v6 { six.clone() } else { four.clone() };
        for (shortest, longest) in runs {
            let least = if self.addresses { width(v6) } else { 0 };
            let part: Vec<Region> = regions
                .iter()
                .filter_map(|region| region.narrowed(shortest.max(least), longest))
                .collect();
            let Some(value) = part
                .first()
                .and_then(|region| region.nth(region.shortest, 0))
            else {
                continue;
            };
            let value = Partial::Known(value.value(self.addresses));
            let cell = self.networks.signatures.add(&value) as usize;
            if cell >= self.limit as usize {
                return Err(TooMany {
                    what: "cells",
                    limit: self.limit.into(),
                });
            }
            match self.networks.regions.get_mut(cell) {
                Some(known) => known.extend(part),
                None => self.networks.regions.push(part),
            }
        }
        Ok(())
    }
}

impl Prefix {
    fn of_network(network: IpNet) -> Prefix {
        match network {
            IpNet::V4(it) => Prefix {
                v6: false,
                bits: it.network().to_bits().into(),
                length: it.prefix_len(),
            },
            IpNet::V6(it) => Prefix {
                v6: true,
                bits: it.network().to_bits(),
                length: it.prefix_len(),
            },
        }
    }

    fn of_value(value: &Value) -> Option<Prefix> {
        match value {
            Value::Cidr(network) => Some(Prefix::of_network(*network)),
            Value::Ip(IpAddr::V4(it)) => Some(Prefix {
                v6: false,
                bits: it.to_bits().into(),
                length: 32,
            }),
            Value::Ip(IpAddr::V6(it)) => Some(Prefix {
                v6: true,
                bits: it.to_bits(),
                length: 128,
            }),
            _ => None,
        }
    }

    /// As an address (of a prefix of full length) or a network.
    fn value(self, address: bool) -> Value {
        if self.v6 {
            let ip = Ipv6Addr::from_bits(self.bits);
            if address {
                return Value::Ip(IpAddr::V6(ip));
            }
            let network = Ipv6Net::new(ip, self.length).unwrap_or_default();
            Value::Cidr(IpNet::V6(network))
        } else {
            let ip = Ipv4Addr::from_bits(u32::try_from(self.bits).unwrap_or_default());
            if address {
                return Value::Ip(IpAddr::V4(ip));
            }
            let network = Ipv4Net::new(ip, self.length).unwrap_or_default();
            Value::Cidr(IpNet::V4(network))
        }
    }

    /// The bit that a prefix of this length ends with.
    fn bit(self, length: u8) -> u128 {
        1u128
            .checked_shl(u32::from(width(self.v6).saturating_sub(length)))
            .unwrap_or(0)
    }

    /// The first `length` bits.
    fn cut(self, length: u8) -> Prefix {
        // For length 0 the bit lies outside; nothing is left then.
        let bits = match self.bit(length) {
            0 => 0,
            bit => self.bits & !(bit - 1),
        };
        let bits = if length == 0 { 0 } else { bits };
        Prefix {
            v6: self.v6,
            bits,
            length,
        }
    }

    /// The longest prefix of both.
    fn meet(self, other: Prefix) -> Prefix {
        let spare = 128 - u32::from(width(self.v6));
        let differ = ((self.bits ^ other.bits) << spare).leading_zeros();
        let length = u32::from(self.length.min(other.length)).min(differ);
        self.cut(length as u8)
    }

    fn holds(self, other: Prefix) -> bool {
        self.v6 == other.v6 && self.length <= other.length && other.cut(self.length) == self
    }

    fn sibling(self) -> Prefix {
        Prefix {
            bits: self.bits ^ self.bit(self.length),
            ..self
        }
    }

    fn children(self) -> [Prefix; 2] {
        let left = Prefix {
            length: self.length + 1,
            ..self
        };
        [left, left.sibling()]
    }
}

impl Region {
    fn narrowed(&self, shortest: u8, longest: u8) -> Option<Region> {
        let region = Region {
            shortest: self.shortest.max(shortest),
            longest: self.longest.min(longest),
            ..*self
        };
        (region.shortest <= region.longest).then_some(region)
    }

    /// How many networks of a length; more than 128 bits count stop at the end.
    fn of_length(&self, length: u8) -> u128 {
        if self.way {
            return 1;
        }
        let free = u32::from(length.saturating_sub(self.root.length));
        1u128.checked_shl(free).unwrap_or(u128::MAX)
    }

    fn count(&self) -> u128 {
        (self.shortest..=self.longest)
            .map(|length| self.of_length(length))
            .fold(0, u128::saturating_add)
    }

    /// The nth network of a length.
    fn nth(&self, length: u8, nth: u128) -> Option<Prefix> {
        if nth >= self.of_length(length) {
            return None;
        }
        if self.way {
            return Some(self.root.cut(length));
        }
        let bits = nth.checked_mul(self.root.bit(length)).unwrap_or(0);
        Some(Prefix {
            bits: self.root.bits | bits,
            length,
            ..self.root
        })
    }

    /// Up to `wanted` networks of each length, lengths that people use first.
    fn some(&self, wanted: u32) -> impl Iterator<Item = Prefix> + '_ {
        let usual = |length: &u8| length.is_multiple_of(8);
        let lengths = self.shortest..=self.longest;
        let first = lengths.clone().filter(usual);
        let lengths = first.chain(lengths.filter(move |length| !usual(length)));
        lengths.flat_map(move |length| {
            let count = self.of_length(length);
            // The first addresses of a subnet are the network's own and, in a cloud, the provider's.
            let skip = if length == width(self.root.v6) && count > 8 {
                4
            } else {
                0
            };
            let order = (skip..count).chain(0..skip);
            order
                .take(wanted as usize)
                .filter_map(move |nth| self.nth(length, nth))
        })
    }
}

impl Networks {
    pub(super) fn value(&self, cell: u32, nth: u32) -> Option<Value> {
        let regions = self.regions.get(cell as usize)?;
        let wanted = nth.saturating_add(1);
        let more = regions
            .iter()
            .flat_map(|region| region.some(wanted))
            .map(|prefix| prefix.value(self.addresses));
        let natural = self.natural().into_iter();
        let inside = natural.filter(|value| self.cell_of(value) == Some(cell));
        let mut seen = FxHashSet::default();
        inside
            .chain(more)
            .filter(|value| {
                Prefix::of_value(value).is_some_and(|it| seen.insert((it.v6, it.bits, it.length)))
            })
            .nth(nth as usize)
    }

    /// Values that a person would think of: known ones, and some near each constant.
    fn natural(&self) -> Vec<Value> {
        let near = self.signatures.tests().iter().filter_map(constant);
        if self.addresses {
            let known = NATURAL_ADDRESSES
                .iter()
                .filter_map(|text| text.parse().ok());
            let mut natural: Vec<Value> = known.map(Value::Ip).collect();
            for prefix in near {
                let full = width(prefix.v6);
                let hosts = [4u128, 5, 10].map(|host| Prefix {
                    bits: prefix.bits | host,
                    length: full,
                    ..prefix
                });
                natural.extend(hosts.map(|it| it.value(true)));
            }
            return natural;
        }
        let known = NATURAL_NETWORKS.iter().filter_map(|text| text.parse().ok());
        let mut natural: Vec<Value> = known.map(Value::Cidr).collect();
        for prefix in near {
            let longer = prefix.length.saturating_add(8).min(width(prefix.v6));
            let below = Prefix {
                bits: prefix.bits | prefix.bit(longer),
                length: longer,
                ..prefix
            };
            natural.push(below.cut(longer).value(false));
            natural.push(prefix.cut(prefix.length.saturating_sub(8)).value(false));
        }
        natural
    }

    pub(super) fn room(&self, cell: u32) -> Room {
        let regions = self.regions.get(cell as usize);
        let counts = regions.into_iter().flatten().map(Region::count);
        Room::of(counts.fold(0, u128::saturating_add))
    }

    pub(super) fn cell_of(&self, value: &Value) -> Option<u32> {
        match (value, self.addresses) {
            (Value::Ip(_), true) | (Value::Cidr(_), false) => {
                self.signatures.find(&Partial::Known(value.clone()))
            }
            _ => None,
        }
    }
}
