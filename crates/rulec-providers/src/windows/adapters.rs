//! `windows adapters` and `windows routes`, as `ipconfig` and `route print` show them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use rulec_facts::reason::Why;
use rulec_facts::untold;
use rulec_windows::{Adapter, Read, Route, Trouble};
use serde_json::{Value as Json, json};

use super::keys::{self, Driver};
use super::system::System;

pub(super) fn adapters(system: &dyn System) -> Read<Json> {
    let drivers = keys::drivers_of_adapters(system);
    let all = system.adapters()?;
    let list = all.iter().map(|it| adapter(it, &drivers)).collect();
    Ok(Some(Json::Array(list)))
}

fn adapter(adapter: &Adapter, drivers: &Result<(Vec<Driver>, Option<Trouble>), Trouble>) -> Json {
    let addresses: Vec<&IpAddr> = adapter.addresses.iter().map(|(it, _)| it).collect();
    let prefixes = adapter.addresses.iter().map(|(it, bits)| cidr(*it, *bits));
    let suffix = Some(&adapter.dns_suffix).filter(|it| !it.is_empty());
    let driver = |of: fn(&Driver) -> Option<&String>| match drivers {
        Err(trouble) => untold::value(trouble.why, &trouble.detail),
        Ok((all, trouble)) => {
            let own = all.iter().find(|it| {
                let guid = it.guid.as_deref();
                guid.is_some_and(|it| it.eq_ignore_ascii_case(&adapter.guid))
            });
            match (own, trouble) {
                (Some(driver), _) => json!(of(driver)),
                (None, Some(trouble)) => untold::value(trouble.why, &trouble.detail),
                (None, None) => Json::Null,
            }
        }
    };
    json!({
        "name": adapter.name,
        "description": adapter.description,
        "index": adapter.index,
        "kind": kind(adapter),
        "up": adapter.up,
        "addresses": addresses,
        "prefixes": prefixes.collect::<Vec<String>>(),
        "gateways": adapter.gateways,
        "dns_servers": adapter.dns_servers,
        "dns_suffix": suffix,
        "metric": adapter.metric_v4.or(adapter.metric_v6),
        "mtu": adapter.mtu,
        "driver_date": driver(|it| it.date.as_ref()),
        "driver_version": driver(|it| it.version.as_ref()),
    })
}

/// By the numbers of IANA; a miniport calls itself one.
fn kind(adapter: &Adapter) -> &'static str {
    match adapter.kind {
        _ if adapter.description.starts_with("WAN Miniport") => "miniport",
        6 => "ethernet",
        71 => "wifi",
        23 => "ppp",
        24 => "loopback",
        131 => "tunnel",
        _ => "other",
    }
}

/// `10.0.0.0/8`, with the bits of the host cut off.
fn cidr(address: IpAddr, bits: u8) -> String {
    match address {
        IpAddr::V4(four) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits.min(32)));
            let network = Ipv4Addr::from(u32::from(four) & mask.unwrap_or(0));
            format!("{network}/{}", bits.min(32))
        }
        IpAddr::V6(six) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits.min(128)));
            let network = Ipv6Addr::from(u128::from(six) & mask.unwrap_or(0));
            format!("{network}/{}", bits.min(128))
        }
    }
}

pub(super) fn routes(system: &dyn System) -> Read<Json> {
    let routes = system.routes()?;
    // Their names only make it easier to read: without them the index stands there, as in `route print`.
    let adapters = system.adapters().unwrap_or_default();
    let persistent = keys::persistent_routes(system);
    let list = routes
        .iter()
        .map(|it| route(it, &adapters, &persistent))
        .collect();
    Ok(Some(Json::Array(list)))
}

fn route(route: &Route, adapters: &[Adapter], persistent: &Result<Vec<String>, Trouble>) -> Json {
    let (network, bits) = route.prefix;
    let adapter = adapters.iter().find(|it| it.index == route.index);
    let interface = adapter.map_or_else(|| route.index.to_string(), |it| it.name.clone());
    // `route print` shows both together, and so they count.
    let own = adapter.and_then(|it| match network {
        IpAddr::V4(_) => it.metric_v4,
        IpAddr::V6(_) => it.metric_v6,
    });
    let metric = match own {
        Some(own) => json!(own.saturating_add(route.metric)),
        None => untold::value(
            Why::Unsupported,
            "the metric of the interface, which counts with that of the route, is not told",
        ),
    };
    let persistent = match (network, persistent) {
        (IpAddr::V6(_), _) => untold::value(
            Why::NotCollected,
            "Windows tells of no call which routes of IPv6 are persistent",
        ),
        (_, Err(trouble)) => untold::value(trouble.why, &trouble.detail),
        (IpAddr::V4(network), Ok(all)) => json!(
            all.iter()
                .any(|it| { is_it(it, network, bits, route.next_hop) })
        ),
    };
    json!({
        "prefix": cidr(network, bits),
        "next_hop": route.next_hop,
        "interface": interface,
        "metric": metric,
        "persistent": persistent,
    })
}

/// `10.0.0.0,255.0.0.0,10.1.1.1,1` is this route.
fn is_it(written: &str, network: Ipv4Addr, bits: u8, hop: Option<IpAddr>) -> bool {
    let mut parts = written.split(',').map(|it| it.trim().parse::<Ipv4Addr>());
    let (Some(Ok(destination)), Some(Ok(mask)), Some(Ok(gateway))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let same_hop = match hop {
        Some(hop) => hop == IpAddr::V4(gateway),
        None => gateway.is_unspecified(),
    };
    destination == network && u32::from(mask).leading_ones() == u32::from(bits) && same_hop
}
