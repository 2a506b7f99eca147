//! What Windows answers itself: its calls, each behind a safe function that copies what comes back.
//!
//! Forms of answers compile everywhere, so that what is made of them is tested everywhere; the calls only on Windows. Nothing here knows
//! facts, documents or sources; nothing here asks for more rights than its call needs, and nothing writes.

#[cfg(windows)]
pub mod certificates;
#[cfg(windows)]
pub mod devices;
#[cfg(windows)]
pub mod events;
#[cfg(windows)]
pub mod network;
#[cfg(windows)]
pub mod power;
#[cfg(windows)]
pub mod ras;
#[cfg(windows)]
pub mod registry;
#[cfg(windows)]
pub mod services;
#[cfg(windows)]
pub mod system;
#[cfg(windows)]
mod wide;

use std::net::IpAddr;

use rulec_facts::reason::Why;

/// Why a place could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Kind.
    pub why: Why,
    /// For a person: which call, and what came back.
    pub detail: String,
}

impl Trouble {
    /// Of that kind.
    pub fn new(why: Why, detail: impl Into<String>) -> Trouble {
        Trouble {
            why,
            detail: detail.into(),
        }
    }

    /// What an error number of Windows means for whoever asked `what`.
    pub fn of(what: &str, code: u32) -> Trouble {
        let (why, meaning) = match code {
            // Access denied; a privilege is not held; a log of another owner.
            5 | 1314 => (Why::Denied, "access is denied"),
            6 | 50 | 120 => (Why::Unsupported, "this system does not answer it"),
            1060 | 1062 | 1068 | 1115 | 1717 | 1722 => {
                (Why::Unsupported, "its service does not run")
            }
            1460 => (Why::TimedOut, "it took too long"),
            15007 => (Why::Unsupported, "this machine has no such log"),
            _ => (Why::Unsupported, "it failed"),
        };
        Trouble::new(why, format!("{what}: {meaning} (error {code})"))
    }
}

/// What was read; none where the place was read and nothing is there.
pub type Read<T> = Result<Option<T>, Trouble>;

/// A value of a registry key, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data {
    /// Its name; empty for the default value.
    pub name: String,
    /// `REG_SZ` is 1, `REG_DWORD` 4, …
    pub kind: u32,
    /// Its bytes, UTF-16LE for texts.
    pub bytes: Vec<u8>,
}

/// Whose certificate stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "plain")]
pub enum Place {
    CurrentUser,
    LocalMachine,
}

/// A certificate of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// DER.
    pub der: Vec<u8>,
    /// The store names a private key for it.
    pub key: bool,
}

/// Which records come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "plain")]
pub enum First {
    Newest,
    Oldest,
}

/// A network adapter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Adapter {
    /// `{…}`, by which the registry knows it.
    pub guid: String,
    /// Name of the connection.
    pub name: String,
    /// Name of the device.
    pub description: String,
    /// Interface index; that of IPv6 where it has no IPv4.
    pub index: u32,
    /// Kind as IANA numbers it.
    pub kind: u32,
    /// It has a link.
    pub up: bool,
    /// Its addresses and the length of their prefixes, bits.
    pub addresses: Vec<(IpAddr, u8)>,
    /// Its gateways.
    pub gateways: Vec<IpAddr>,
    /// Its DNS servers.
    pub dns_servers: Vec<IpAddr>,
    /// Its DNS suffix, or an empty text.
    pub dns_suffix: String,
    /// Interface metric of IPv4, if it has that.
    pub metric_v4: Option<u32>,
    /// Interface metric of IPv6, if it has that.
    pub metric_v6: Option<u32>,
    /// Largest packet, bytes.
    pub mtu: u32,
}

/// A row of the routing table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Network, and the length of its prefix, bits.
    pub prefix: (IpAddr, u8),
    /// Next hop; none on the link.
    pub next_hop: Option<IpAddr>,
    /// Interface index.
    pub index: u32,
    /// Metric of the route, to which that of its interface is added.
    pub metric: u32,
}

/// A service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Service {
    /// 1 stopped, 4 running, …
    pub state: u32,
    /// 2 automatic, 3 manual, 4 disabled, …
    pub start: u32,
}

/// A device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// As Device Manager shows it.
    pub name: Option<String>,
    /// The code that Device Manager shows; 0 where it works.
    pub problem: u32,
}

/// Timeouts of the active power plan, seconds; 0 is never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "plain")]
pub struct Power {
    pub standby_ac: u32,
    pub standby_dc: u32,
    pub hibernate_ac: u32,
    pub hibernate_dc: u32,
}
