//! Addresses and networks that tell constants apart (T5).
//!
//! A network is a prefix of some constant, or hangs under such a prefix beside all constants. Those that hang under one
//! prefix on one side are alike to every constant, so a first few of them stand for all; and so do addresses.

use crate::address::{Address, Network};

/// Every prefix of every constant, and of both families the whole.
fn prefixes(networks: &[Network], addresses: &[Address]) -> Vec<Network> {
    let hosts = addresses.iter().map(|address| Network {
        v6: address.v6,
        bits: address.bits,
        length: width(address.v6),
    });
    let mut found: Vec<Network> = Vec::new();
    for v6 in [false, true] {
        found.push(Network {
            v6,
            bits: 0,
            length: 0,
        });
    }
    for network in networks.iter().copied().chain(hosts) {
        for length in 0..=network.length {
            let cut = cut(network, length);
            if !found.contains(&cut) {
                found.push(cut);
            }
        }
    }
    found
}

fn width(v6: bool) -> u32 {
    if v6 { 128 } else { 32 }
}

fn cut(network: Network, length: u32) -> Network {
    let free = width(network.v6) - length;
    let bits = if free >= 128 {
        0
    } else {
        network.bits >> free << free
    };
    Network {
        v6: network.v6,
        bits,
        length,
    }
}

/// One half of a network; none of a single address.
fn half(of: Network, upper: bool) -> Option<Network> {
    let free = width(of.v6).checked_sub(of.length + 1)?;
    let bit = if upper { 1_u128 << free } else { 0 };
    Some(Network {
        v6: of.v6,
        bits: of.bits | bit,
        length: of.length + 1,
    })
}

/// Networks beside all prefixes, right under one of them.
fn beside(prefixes: &[Network]) -> Vec<Network> {
    let mut found = Vec::new();
    for prefix in prefixes {
        for upper in [false, true] {
            if let Some(half) = half(*prefix, upper)
                && !prefixes.contains(&half)
            {
                found.push(half);
            }
        }
    }
    found
}

/// So many networks of each kind.
pub fn networks(constants: &[Network], addresses: &[Address], each: usize) -> Vec<Network> {
    let prefixes = prefixes(constants, addresses);
    let mut candidates: Vec<Network> = constants.to_vec();
    candidates.extend(&prefixes);
    for mut network in beside(&prefixes) {
        candidates.push(network);
        for _ in 1..each {
            match half(network, false) {
                Some(inner) => network = inner,
                None => break,
            }
            candidates.push(network);
        }
    }
    let says = |network: &Network| -> Vec<bool> {
        let of_networks = constants.iter().flat_map(|constant| {
            [
                constant.covers(*network),
                network.covers(*constant),
                constant == network,
            ]
        });
        let of_addresses = addresses.iter().map(|address| network.holds(*address));
        of_networks.chain(of_addresses).collect()
    };
    some_of_each(candidates, says, each)
}

/// So many addresses of each kind.
pub fn addresses(constants: &[Network], own: &[Address], each: usize) -> Vec<Address> {
    let prefixes = prefixes(constants, own);
    let mut candidates: Vec<Address> = own.to_vec();
    for network in beside(&prefixes) {
        let free = width(network.v6) - network.length;
        for at in 0..each as u128 {
            if free >= 64 || at < 1_u128 << free {
                candidates.push(Address {
                    v6: network.v6,
                    bits: network.bits + at,
                });
            }
        }
    }
    // A constant of one address has nothing under it but itself.
    for constant in constants {
        candidates.push(Address {
            v6: constant.v6,
            bits: constant.bits,
        });
    }
    let says = |address: &Address| -> Vec<bool> {
        let of_networks = constants.iter().map(|constant| constant.holds(*address));
        let of_addresses = own.iter().map(|other| other == address);
        of_networks.chain(of_addresses).collect()
    };
    some_of_each(candidates, says, each)
}

fn some_of_each<T: PartialEq + Copy>(
    candidates: Vec<T>,
    says: impl Fn(&T) -> Vec<bool>,
    each: usize,
) -> Vec<T> {
    let mut kept: Vec<(Vec<bool>, T)> = Vec::new();
    for candidate in candidates {
        let says = says(&candidate);
        let alike = kept.iter().filter(|(own, _)| *own == says).count();
        if alike < each && !kept.iter().any(|(_, own)| *own == candidate) {
            kept.push((says, candidate));
        }
    }
    kept.into_iter().map(|(_, one)| one).collect()
}
