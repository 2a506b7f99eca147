//! Network adapters and the routing table.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ptr::{null, null_mut};
use std::slice;

use rulec_facts::reason::Why;
use windows_sys::Win32::Foundation::{ERROR_BUFFER_OVERFLOW, ERROR_NO_DATA, ERROR_SUCCESS};
use windows_sys::Win32::NetworkManagement::IpHelper::{
    FreeMibTable, GAA_FLAG_INCLUDE_GATEWAYS, GAA_FLAG_SKIP_ANYCAST, GAA_FLAG_SKIP_MULTICAST,
    GetAdaptersAddresses, GetIpForwardTable2, IP_ADAPTER_ADDRESSES_LH, MIB_IPFORWARD_ROW2,
    MIB_IPFORWARD_TABLE2,
};
use windows_sys::Win32::NetworkManagement::Ndis::IfOperStatusUp;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, AF_INET6, AF_UNSPEC, SOCKADDR_IN, SOCKADDR_IN6, SOCKADDR_INET, SOCKET_ADDRESS,
};

use crate::{Adapter, Route, Trouble, wide};

/// Most bytes that the list of adapters may take.
const ROOM: u32 = 16 << 20;

/// All adapters that `ipconfig` shows.
///
/// # Errors
/// They cannot be read.
pub fn adapters() -> Result<Vec<Adapter>, Trouble> {
    let flags = GAA_FLAG_INCLUDE_GATEWAYS | GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST;
    let mut size: u32 = 64 << 10;
    loop {
        // Words of eight bytes, as the records want to lie.
        let mut buffer = vec![0_u64; (size as usize).div_ceil(8)];
        let first: *mut IP_ADAPTER_ADDRESSES_LH = buffer.as_mut_ptr().cast();
        // SAFETY: the buffer has at least as many bytes as are said.
        let code = unsafe {
            GetAdaptersAddresses(u32::from(AF_UNSPEC), flags, null(), first, &raw mut size)
        };
        match code {
            // SAFETY: the call filled the buffer with a list that ends in a null pointer.
            ERROR_SUCCESS => return Ok(unsafe { list(first) }),
            ERROR_NO_DATA => return Ok(Vec::new()),
            ERROR_BUFFER_OVERFLOW if size <= ROOM => size += 4096,
            ERROR_BUFFER_OVERFLOW => {
                let detail = "there are more adapters than are read";
                return Err(Trouble::new(Why::OverBudget, detail));
            }
            code => return Err(Trouble::of("listing the network adapters", code)),
        }
    }
}

/// # Safety
/// The list is as the system filled it.
unsafe fn list(first: *const IP_ADAPTER_ADDRESSES_LH) -> Vec<Adapter> {
    let mut found = Vec::new();
    let mut at = first;
    // SAFETY: null, or a record of the list.
    while let Some(record) = unsafe { at.as_ref() } {
        // SAFETY: all its pointers lead into the same buffer.
        found.push(unsafe { adapter(record) });
        at = record.Next;
    }
    found
}

/// Follows one of the lists of a record, and takes the address of each member.
macro_rules! addresses {
    ($first:expr, |$member:ident| $what:expr) => {{
        let mut found = Vec::new();
        let mut at = $first;
        // SAFETY: null, or a member of the list of a record that the system filled.
        while let Some($member) = unsafe { at.as_ref() } {
            // SAFETY: the address is one of the same buffer.
            if let Some(address) = unsafe { address(&$member.Address) } {
                found.push($what(address));
            }
            at = $member.Next;
        }
        found
    }};
}

/// # Safety
/// The record is as the system filled it.
unsafe fn adapter(record: &IP_ADAPTER_ADDRESSES_LH) -> Adapter {
    // SAFETY: both forms of the union are numbers.
    let index = unsafe { record.Anonymous1.Anonymous.IfIndex };
    let four = index != 0;
    let guid = match record.AdapterName.is_null() {
        true => String::new(),
        // SAFETY: a text that ends in a zero.
        false => unsafe { std::ffi::CStr::from_ptr(record.AdapterName.cast()) }
            .to_string_lossy()
            .into_owned(),
    };
    // SAFETY: these are null or end in a zero.
    let (name, description, dns_suffix) = unsafe {
        (
            wide::behind(record.FriendlyName),
            wide::behind(record.Description),
            wide::behind(record.DnsSuffix),
        )
    };
    Adapter {
        guid,
        name,
        description,
        index: if four { index } else { record.Ipv6IfIndex },
        kind: record.IfType,
        up: record.OperStatus == IfOperStatusUp,
        addresses: addresses!(record.FirstUnicastAddress, |member| |it| (
            it,
            member.OnLinkPrefixLength
        )),
        gateways: addresses!(record.FirstGatewayAddress, |member| |it| it),
        dns_servers: addresses!(record.FirstDnsServerAddress, |member| |it| it),
        dns_suffix,
        metric_v4: four.then_some(record.Ipv4Metric),
        metric_v6: (record.Ipv6IfIndex != 0).then_some(record.Ipv6Metric),
        mtu: record.Mtu,
    }
}

/// # Safety
/// The pointer is null or leads to an address of the length that is said.
unsafe fn address(address: &SOCKET_ADDRESS) -> Option<IpAddr> {
    let pointer = address.lpSockaddr;
    let length = usize::try_from(address.iSockaddrLength).ok()?;
    // SAFETY: every address begins with its family.
    let family = unsafe { pointer.as_ref() }?.sa_family;
    match family {
        AF_INET if length >= size_of::<SOCKADDR_IN>() => {
            // SAFETY: family and length say so.
            let four = unsafe { &*pointer.cast::<SOCKADDR_IN>() };
            Some(v4(four))
        }
        AF_INET6 if length >= size_of::<SOCKADDR_IN6>() => {
            // SAFETY: family and length say so.
            let six = unsafe { &*pointer.cast::<SOCKADDR_IN6>() };
            Some(v6(six))
        }
        _ => None,
    }
}

fn v4(address: &SOCKADDR_IN) -> IpAddr {
    // SAFETY: all forms of the union are the same four bytes.
    let bytes = unsafe { address.sin_addr.S_un.S_addr }.to_ne_bytes();
    IpAddr::V4(Ipv4Addr::from(bytes))
}

fn v6(address: &SOCKADDR_IN6) -> IpAddr {
    // SAFETY: all forms of the union are the same sixteen bytes.
    let bytes = unsafe { address.sin6_addr.u.Byte };
    IpAddr::V6(Ipv6Addr::from(bytes))
}

fn inet(address: &SOCKADDR_INET) -> Option<IpAddr> {
    // SAFETY: all forms of the union begin with the family.
    match unsafe { address.si_family } {
        // SAFETY: the family says so.
        AF_INET => Some(v4(unsafe { &address.Ipv4 })),
        // SAFETY: the family says so.
        AF_INET6 => Some(v6(unsafe { &address.Ipv6 })),
        _ => None,
    }
}

/// The routing table of both families.
///
/// # Errors
/// It cannot be read.
pub fn routes() -> Result<Vec<Route>, Trouble> {
    let mut found = Vec::new();
    for family in [AF_INET, AF_INET6] {
        let mut table: *mut MIB_IPFORWARD_TABLE2 = null_mut();
        // SAFETY: the table is written by the call alone.
        let code = unsafe { GetIpForwardTable2(family, &raw mut table) };
        if code != ERROR_SUCCESS {
            return Err(Trouble::of("reading the routing table", code));
        }
        if table.is_null() {
            continue;
        }
        // SAFETY: the table has as many rows as it says, and is freed once.
        unsafe {
            let count = (*table).NumEntries as usize;
            let rows: *const MIB_IPFORWARD_ROW2 = (&raw const (*table).Table).cast();
            found.extend(slice::from_raw_parts(rows, count).iter().filter_map(route));
            FreeMibTable(table.cast());
        }
    }
    Ok(found)
}

fn route(row: &MIB_IPFORWARD_ROW2) -> Option<Route> {
    let network = inet(&row.DestinationPrefix.Prefix)?;
    let hop = inet(&row.NextHop).filter(|it| !it.is_unspecified());
    Some(Route {
        prefix: (network, row.DestinationPrefix.PrefixLength),
        next_hop: hop,
        index: row.InterfaceIndex,
        metric: row.Metric,
    })
}
