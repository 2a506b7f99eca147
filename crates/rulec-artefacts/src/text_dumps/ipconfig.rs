//! `windows adapters` from `ipconfig` and `ipconfig /all`.
//!
//! A block begins with a heading that ends in a colon and is not indented. In it an address is told from a mask by what follows it, a
//! disconnected adapter by a line before its DNS suffix, and the rest by `DNS`, `DHCP` and `WINS`, which no language translates.

use std::net::{IpAddr, Ipv4Addr};

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json, json};

use super::{address, begins, network};

/// Blanks before a value that goes on in the next line.
const INDENT: usize = 16;

/// Beginnings of headings by kind; the name of the connection follows.
#[rustfmt::skip]
const HEADINGS: &[(&str, &[&str])] = &[
    ("ethernet", &[
        "Ethernet adapter ", "Ethernet-Adapter ", "Carte Ethernet ", "Adaptador de Ethernet ", "Adaptador Ethernet ", "Scheda Ethernet ",
        "Адаптер Ethernet ", "以太网适配器 ", "乙太網路介面卡 ", "乙太網路卡 ", "イーサネット アダプター ", "이더넷 어댑터 ", "Karta Ethernet ", "Adaptér Ethernet ",
        "Adaptér sítě Ethernet ", "Ethernet bağdaştırıcısı ", "Ethernet-kort ", "Ethernet-sovitin ", "Placă Ethernet ",
    ]),
    ("wifi", &[
        "Wireless LAN adapter ", "Drahtlos-LAN-Adapter ", "Carte réseau sans fil ", "Adaptador de LAN inalámbrica ", "Adaptador de Rede sem Fio ",
        "Adaptador de LAN sem fios ", "Scheda LAN wireless ", "Draadloos LAN-adapter ", "Адаптер беспроводной локальной сети ", "无线局域网适配器 ", "無線區域網路介面卡 ",
        "ワイヤレス LAN アダプター ", "무선 LAN 어댑터 ", "Karta bezprzewodowej sieci LAN ", "Adaptér bezdrátové sítě LAN ", "Kablosuz LAN bağdaştırıcısı ",
    ]),
    ("ppp", &[
        "PPP adapter ", "PPP-Adapter ", "Carte PPP ", "Adaptador PPP ", "Adaptador de PPP ", "Scheda PPP ", "Адаптер PPP ", "PPP 适配器 ", "PPP 介面卡 ",
        "PPP アダプター ", "PPP 어댑터 ", "Karta PPP ", "Adaptér PPP ", "PPP bağdaştırıcısı ",
    ]),
    ("tunnel", &[
        "Tunnel adapter ", "Tunneladapter ", "Tunnel-adapter ", "Carte Tunnel ", "Adaptador de túnel ", "Adaptador Túnel ", "Scheda Tunnel ", "Туннельный адаптер ",
        "隧道适配器 ", "通道介面卡 ", "Tunnel アダプター ", "トンネル アダプター ", "터널 어댑터 ", "Karta tunelowa ", "Adaptér pro tunelové propojení ", "Tünel bağdaştırıcısı ",
    ]),
    ("other", &[
        "Unknown adapter ", "Unbekannter Adapter ", "Carte inconnue ", "Adaptador desconocido ", "Adaptador desconhecido ", "Scheda sconosciuta ", "Onbekende adapter ",
        "Неизвестный адаптер ", "未知适配器 ", "未知的介面卡 ", "不明なアダプター ", "알 수 없는 어댑터 ", "Nieznana karta ", "Neznámý adaptér ", "Bilinmeyen bağdaştırıcı ",
        "Mobile Broadband adapter ", "Mobiler Breitbandadapter ",
    ]),
];

/// One adapter as it was printed.
#[derive(Debug, Default)]
struct Block<'a> {
    heading: &'a str,
    entries: Vec<Entry<'a>>,
}

#[derive(Debug)]
struct Entry<'a> {
    label: &'a str,
    values: Vec<&'a str>,
}

/// The adapters; none for a text that is no output of `ipconfig`.
pub fn read(text: &str) -> Option<Json> {
    let blocks = blocks(text);
    let dotted = blocks
        .iter()
        .flat_map(|it| &it.entries)
        .filter(|it| it.label.contains("DNS"))
        .count();
    // Dots that lead to a value stand in every output, in all languages.
    if blocks.is_empty() || dotted == 0 || !text.contains(". . .") {
        return None;
    }
    let all = blocks
        .iter()
        .flat_map(|it| &it.entries)
        .any(|it| is_mac(it.first()));
    Some(
        blocks
            .iter()
            .map(|it| Json::Object(it.adapter(all)))
            .collect(),
    )
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() {
            continue;
        }
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        if indent == 0 {
            match line.strip_suffix(':').filter(|it| entry(it).is_none()) {
                Some(heading) => blocks.push(Block {
                    heading,
                    entries: Vec::new(),
                }),
                // A line of another text, or the general part.
                None if blocks.last().is_some_and(|it| !it.entries.is_empty()) => {
                    break_off(&mut blocks)
                }
                None => {}
            }
            continue;
        }
        let Some(block) = blocks.last_mut() else {
            continue;
        };
        match (entry(line.trim()), block.entries.last_mut()) {
            (_, Some(last)) if indent >= INDENT => last.values.push(line.trim()),
            (Some((label, value)), _) => block.entries.push(Entry {
                label,
                values: vec![value],
            }),
            _ => {}
        }
    }
    blocks.retain(|it| !it.entries.is_empty());
    blocks
}

/// What follows belongs to no adapter.
fn break_off(blocks: &mut Vec<Block<'_>>) {
    blocks.push(Block::default());
}

/// `LABEL . . . : VALUE`. The colon that counts is the first behind a dot, because labels and values have colons, too; some labels have no
/// dots at all.
fn entry(line: &str) -> Option<(&str, &str)> {
    let colons = line.match_indices(':').map(|(at, _)| at);
    let dotted = colons.clone().find(|at| {
        let before = line.get(..*at).unwrap_or("").trim_end();
        before.ends_with('.') && before.trim_end_matches(['.', ' ']).len() + 1 < before.len()
    });
    let at = dotted.or_else(|| {
        let mut all = colons;
        all.find(|at| {
            line.get(at + 1..)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
        .filter(|at| {
            line.get(..*at)
                .is_some_and(|it| it.contains("DNS") || it.contains('('))
        })
    })?;
    let label = line.get(..at)?.trim_end_matches(['.', ' ']);
    Some((label.trim(), line.get(at + 1..)?.trim()))
}

impl<'a> Entry<'a> {
    fn first(&self) -> &'a str {
        self.values.first().copied().unwrap_or("")
    }

    fn addresses(&self) -> Vec<IpAddr> {
        self.values.iter().filter_map(|it| address(it)).collect()
    }

    fn is_suffix(&self) -> bool {
        self.label.contains("DNS") && self.addresses().is_empty()
    }

    fn mask(&self) -> Option<Ipv4Addr> {
        match address(self.first())? {
            IpAddr::V4(mask)
                if u32::from(mask).leading_ones() > 0 && super::network(mask, mask).is_some() =>
            {
                Some(mask)
            }
            _ => None,
        }
    }
}

impl Block<'_> {
    fn adapter(&self, all: bool) -> Map<String, Json> {
        let found = Found::of(&self.entries);
        let untold = |detail: &str| untold::value(Why::NotCollected, detail);
        let (name, kind) = self.name_and_kind(found.description);
        let short = "`ipconfig` without `/all` does not tell";
        let description = match found.description {
            Some(text) => json!(text),
            None if all => json!(""),
            None => untold(short),
        };
        let index = found.index.map_or_else(
            || untold("`ipconfig` tells the index only beside an IPv6 address"),
            Json::from,
        );
        let mut prefixes: Vec<Json> = found.networks.into_iter().map(Json::from).collect();
        let (local, other) = sixes(&found.addresses);
        // The network of every link-local address is the same (RFC 4291, 2.5.6; Windows gives it 64 bits).
        prefixes.extend(local.then(|| json!("fe80::/64")));
        let length = "`ipconfig` tells no length of an IPv6 network";
        prefixes.extend((0..other).map(|_| untold::more(Why::NotCollected, length)));
        let dns_servers = if all {
            json!(found.dns_servers)
        } else {
            untold(short)
        };
        let fields = [
            ("name", name),
            ("description", description),
            ("index", index),
            ("kind", kind),
            ("up", json!(!found.disconnected)),
            ("addresses", json!(found.addresses)),
            ("prefixes", json!(prefixes)),
            ("gateways", json!(found.gateways)),
            ("dns_servers", dns_servers),
            ("dns_suffix", found.suffix.map_or(Json::Null, Json::from)),
        ];
        let fields = fields.into_iter();
        let mut record: Map<String, Json> = fields
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        untold::rest(&mut record, Why::NotCollected, "`ipconfig` does not tell");
        record
    }

    /// Both stand in the heading, in the language of the system.
    fn name_and_kind(&self, description: Option<&str>) -> (Json, Json) {
        let heading = HEADINGS.iter().find_map(|(kind, starts)| {
            let end = starts
                .iter()
                .find_map(|start| begins(self.heading, start))?;
            Some((*kind, self.heading.get(end..)?))
        });
        let detail = "the heading is in a language that is not read";
        let untold = || untold::value(Why::NotCollected, detail);
        let (name, kind) = match heading {
            Some((kind, name)) => (json!(name), json!(kind)),
            None => (untold(), untold()),
        };
        match description {
            Some(it) if it.starts_with("WAN Miniport") => (name, json!("miniport")),
            _ => (name, kind),
        }
    }
}

/// Whether some IPv6 address is link-local, and how many are not.
fn sixes(addresses: &[IpAddr]) -> (bool, usize) {
    let (mut local, mut other) = (false, 0);
    for address in addresses {
        match address {
            IpAddr::V6(it) if it.is_unicast_link_local() => local = true,
            IpAddr::V6(_) => other += 1,
            IpAddr::V4(_) => {}
        }
    }
    (local, other)
}

/// What the entries of a block mean.
#[derive(Default)]
struct Found<'a> {
    description: Option<&'a str>,
    suffix: Option<&'a str>,
    disconnected: bool,
    index: Option<u32>,
    addresses: Vec<IpAddr>,
    networks: Vec<String>,
    gateways: Vec<IpAddr>,
    dns_servers: Vec<IpAddr>,
}

impl<'a> Found<'a> {
    fn of(entries: &[Entry<'a>]) -> Found<'a> {
        let mut found = Found::default();
        let suffix = entries.iter().position(Entry::is_suffix);
        found.suffix = suffix
            .and_then(|at| entries.get(at))
            .map(Entry::first)
            .filter(|it| !it.is_empty());
        found.disconnected = suffix.is_some_and(|at| at > 0);
        found.description = suffix
            .and_then(|at| entries.get(at + 1))
            .filter(|it| is_description(it))
            .map(Entry::first);
        let mut before: Option<&Entry<'a>> = None;
        for (at, entry) in entries.iter().enumerate() {
            let next = entries.get(at + 1);
            found.take(entry, next, before);
            before = Some(entry);
        }
        found
    }

    fn take(&mut self, entry: &Entry<'a>, next: Option<&Entry<'a>>, before: Option<&Entry<'a>>) {
        let addresses = entry.addresses();
        if addresses.is_empty() || ["DHCP", "WINS"].iter().any(|it| entry.label.contains(it)) {
            return;
        }
        if entry.label.contains("DNS") {
            self.dns_servers.extend(addresses);
            return;
        }
        let first = addresses.first().copied();
        if let (Some(IpAddr::V4(own)), Some(mask)) = (first, next.and_then(Entry::mask)) {
            self.networks.extend(network(own, mask));
            self.addresses.push(IpAddr::V4(own));
        } else if entry.mask().is_some()
            && before.is_some_and(|it| matches!(it.addresses().first(), Some(IpAddr::V4(_))))
        {
            // The mask of the address before.
        } else if entry.label.contains("IP") {
            let zone = entry.first().split_once('%').map(|(_, zone)| zone);
            let digits = zone.map(|it| {
                it.chars()
                    .take_while(char::is_ascii_digit)
                    .collect::<String>()
            });
            self.index = digits.and_then(|it| it.parse().ok()).or(self.index);
            self.addresses.extend(first);
        } else {
            self.gateways.extend(addresses);
        }
    }
}

/// What stands behind the DNS suffix, before the physical address, and is no address.
fn is_description(entry: &Entry<'_>) -> bool {
    entry.addresses().is_empty()
        && !entry.first().is_empty()
        && !entry.label.contains("IP")
        && !entry.label.contains("DHCP")
        && !is_mac(entry.first())
}

/// `00-50-56-C0-00-01`.
fn is_mac(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() >= 6
        && parts
            .iter()
            .all(|it| it.len() == 2 && it.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
