//! Addresses: each bit is turned or not by a keyed hash of the bits before it, so that two addresses have as many first bits in common
//! afterwards as before. Networks thus keep what lies in them, what they overlap, and their size.
//!
//! Private and special ranges, and the addresses and networks that the pack names, stay as they are. No bit is turned where both ways lead
//! to some of them: nothing gets into such a range, or out of it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use super::tokens::Tokens;
use super::{Redactor, Sort};

/// Ranges that say nothing of anybody, and where an address means something by itself.
const SPECIAL: &[&str] = &[
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "224.0.0.0/3",
    "::/8",
    "64:ff9b::/96",
    "fc00::/7",
    "fe80::/10",
    "ff00::/8",
];

/// Networks of the pack with fewer bits would keep half of all addresses.
const SHORTEST: u8 = 8;

#[derive(Debug)]
pub(super) struct Networks {
    /// Family by its bits, first bits at the top of 128, how many.
    kept: Vec<(u8, u128, u8)>,
}

impl Networks {
    pub(super) fn new(named: impl Iterator<Item = IpNet>) -> Networks {
        let special = SPECIAL.iter().filter_map(|it| it.parse().ok());
        let named = named.filter(|it| it.prefix_len() >= SHORTEST);
        let kept = special.chain(named).map(|it: IpNet| {
            let (width, bits) = bits(it.network());
            (width, bits, it.prefix_len())
        });
        Networks {
            kept: kept.collect(),
        }
    }

    /// The address that stands for another.
    fn instead(&self, address: IpAddr, tokens: &Tokens) -> IpAddr {
        let (width, old) = bits(address);
        let mut new = old;
        for at in 0..width {
            let first = first(old, at);
            let mut family = self.kept.iter().filter(|it| it.0 == width);
            if family.any(|(_, kept, length)| *length <= at && *kept == self::first(old, *length)) {
                break;
            }
            let mut family = self.kept.iter().filter(|it| it.0 == width);
            if family.any(|(_, kept, length)| *length > at && self::first(*kept, at) == first) {
                continue;
            }
            let mut bit = [0];
            let of = [&[width, at][..], &first.to_be_bytes()].concat();
            tokens.stream("address", &of, &mut bit);
            if bit.first().is_some_and(|it| it & 1 == 1) {
                new ^= 1 << (127 - at);
            }
        }
        address_of(width, new)
    }
}

/// How many bits an address has, and they, at the top of 128.
fn bits(address: IpAddr) -> (u8, u128) {
    match address {
        IpAddr::V4(it) => (32, u128::from(it.to_bits()) << 96),
        IpAddr::V6(it) => (128, it.to_bits()),
    }
}

fn address_of(width: u8, bits: u128) -> IpAddr {
    match width {
        32 => {
            let bits = u32::try_from(bits >> 96).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(bits))
        }
        _ => IpAddr::V6(Ipv6Addr::from_bits(bits)),
    }
}

/// The first bits alone.
fn first(bits: u128, count: u8) -> u128 {
    match count {
        0 => 0,
        count => bits & (u128::MAX << (128 - u32::from(count.min(128)))),
    }
}

impl Redactor {
    pub(super) fn address(&mut self, old: IpAddr) -> IpAddr {
        let new = self.networks.instead(old, &self.tokens);
        if new != old {
            self.count(Sort::Address, &new.to_string(), Some(&old.to_string()));
        }
        new
    }

    pub(super) fn network(&mut self, old: IpNet) -> IpNet {
        let new = self.networks.instead(old.network(), &self.tokens);
        let new = IpNet::new(new, old.prefix_len()).map_or(old, |it| it.trunc());
        if new != old {
            self.count(Sort::Address, &new.to_string(), Some(&old.to_string()));
        }
        new
    }
}

/// An address as a certificate has it.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(four) = <[u8; 4]>::try_from(bytes) {
        return Some(IpAddr::from(four));
    }
    <[u8; 16]>::try_from(bytes).ok().map(IpAddr::from)
}

/// Writes an address over one of its family.
pub(super) fn to_bytes(address: IpAddr, bytes: &mut [u8]) {
    let octets = match address {
        IpAddr::V4(it) => it.octets().to_vec(),
        IpAddr::V6(it) => it.octets().to_vec(),
    };
    for (place, byte) in bytes.iter_mut().zip(octets) {
        *place = byte;
    }
}
