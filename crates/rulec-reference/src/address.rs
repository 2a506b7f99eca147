//! Addresses and networks by hand (T5) and the size of a union of networks (F3).

use crate::Fails;

/// An address; v4 and v6 never mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    pub v6: bool,
    pub bits: u128,
}

/// A network without host bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    pub v6: bool,
    pub bits: u128,
    pub length: u32,
}

impl Address {
    /// `10.0.0.1` or `fe80::1`.
    pub fn read(text: &str) -> Fails<Address> {
        if text.contains(':') {
            return Ok(Address {
                v6: true,
                bits: read_v6(text)?,
            });
        }
        Ok(Address {
            v6: false,
            bits: u128::from(read_v4(text)?),
        })
    }

    fn width(self) -> u32 {
        if self.v6 { 128 } else { 32 }
    }
}

impl Network {
    /// `10.0.0.0/8`; host bits are an error.
    pub fn read(text: &str) -> Fails<Network> {
        let (address, length) = text
            .split_once('/')
            .ok_or_else(|| format!("`{text}` is no network"))?;
        let address = Address::read(address)?;
        let length: u32 = length.parse().map_err(|_| format!("length of `{text}`"))?;
        let network = Network {
            v6: address.v6,
            bits: address.bits,
            length,
        };
        if length > address.width() || host_bits(network) != 0 {
            return Err(format!("`{text}` is no network"));
        }
        Ok(network)
    }

    /// Whether an address is inside.
    pub fn holds(self, address: Address) -> bool {
        let wide = Network {
            v6: address.v6,
            bits: address.bits,
            length: self.length,
        };
        self.v6 == address.v6 && prefix(wide) == self.bits
    }

    /// Whether a network is inside, itself included.
    pub fn covers(self, inner: Network) -> bool {
        let cut = Network {
            length: self.length,
            ..inner
        };
        self.v6 == inner.v6 && self.length <= inner.length && prefix(cut) == self.bits
    }

    /// Whether an address is in both: one is inside the other.
    pub fn overlaps(self, other: Network) -> bool {
        self.covers(other) || other.covers(self)
    }

    fn width(self) -> u32 {
        if self.v6 { 128 } else { 32 }
    }
}

/// F3: the number of addresses in the union, at most 2^63-1.
pub fn size(networks: &[Network]) -> i128 {
    let most = i128::from(i64::MAX);
    let mut total: i128 = 0;
    for (at, network) in networks.iter().enumerate() {
        let counted = networks.iter().enumerate().any(|(other_at, other)| {
            other_at != at && other.covers(*network) && (*other != *network || other_at < at)
        });
        if counted {
            continue;
        }
        let free = network.width() - network.length;
        total += if free >= 63 { most } else { 1_i128 << free };
    }
    total.min(most)
}

fn prefix(network: Network) -> u128 {
    network.bits - host_bits(network)
}

fn host_bits(network: Network) -> u128 {
    let free = network.width() - network.length;
    if free >= 128 {
        return network.bits;
    }
    network.bits & ((1_u128 << free) - 1)
}

fn read_v4(text: &str) -> Fails<u32> {
    let mut bits: u32 = 0;
    let mut parts = 0;
    for part in text.split('.') {
        let part: u8 = part
            .parse()
            .map_err(|_| format!("`{text}` is no address"))?;
        bits = (bits << 8) | u32::from(part);
        parts += 1;
    }
    if parts == 4 {
        Ok(bits)
    } else {
        Err(format!("`{text}` is no address"))
    }
}

fn read_v6(text: &str) -> Fails<u128> {
    let bad = || format!("`{text}` is no address");
    let groups = |half: &str| -> Fails<Vec<u16>> {
        if half.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for group in half.split(':') {
            if group.contains('.') {
                let four = read_v4(group)?;
                found.push((four >> 16) as u16);
                found.push((four & 0xffff) as u16);
            } else {
                found.push(u16::from_str_radix(group, 16).map_err(|_| bad())?);
            }
        }
        Ok(found)
    };
    let all = match text.split_once("::") {
        None => groups(text)?,
        Some((before, after)) => {
            let mut all = groups(before)?;
            let after = groups(after)?;
            let missing = 8_usize
                .checked_sub(all.len() + after.len())
                .ok_or_else(bad)?;
            all.extend(std::iter::repeat_n(0, missing));
            all.extend(after);
            all
        }
    };
    if all.len() != 8 {
        return Err(bad());
    }
    Ok(all
        .iter()
        .fold(0, |bits, group| (bits << 16) | u128::from(*group)))
}
