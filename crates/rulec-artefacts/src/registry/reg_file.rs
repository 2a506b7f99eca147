//! The text of a registry export: `Windows Registry Editor Version 5.00` and `REGEDIT4`.

use std::collections::BTreeMap;

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json};

use crate::{Finding, secrets, text};

/// Findings that are kept of one file; a damaged one has thousands alike.
const MOST_FINDINGS: usize = 20;

/// Most keys and values of one file.
const MOST: usize = 500_000;

/// A registry export, key by key in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RegFile {
    /// Key and its values.
    pub keys: Vec<(String, Map<String, Json>)>,
    /// Something could not be read, so that what is missing says nothing.
    pub cut: bool,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

/// Which of the two headers a text has.
#[derive(Clone, Copy, PartialEq)]
enum Header {
    Wide,
    Ansi,
}

/// Whether a text begins as an export does.
pub fn is_export(text: &str) -> bool {
    header(text).is_some()
}

fn header(text: &str) -> Option<Header> {
    let first = text.trim_start().lines().next()?.trim();
    match first {
        "Windows Registry Editor Version 5.00" => Some(Header::Wide),
        "REGEDIT4" => Some(Header::Ansi),
        _ => None,
    }
}

/// Reads an export. A line that fits nothing costs itself. A text that takes keys or values away is an instruction to `regedit` and no
/// export: it says nothing of what is there, and nothing of it is used.
pub fn read(text: &str) -> RegFile {
    let mut file = RegFile::default();
    let Some(header) = header(text) else {
        file.findings
            .push(Finding::whole("it has no header of a registry export"));
        return file;
    };
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut current: Option<usize> = None;
    let mut taken = 0;
    let unended = !text.ends_with(['\n', '\r']);
    for Logical {
        number,
        line,
        open,
        last,
    } in logical_lines(text)
    {
        taken += 1;
        let fault = match () {
            () if taken > MOST => {
                Some("more keys and values than are read of one file; the rest is left out")
            }
            () if open => Some("a value that is cut"),
            () if last && unended && is_short(&line) => {
                Some("the file ends inside of a line, and this value may be cut")
            }
            () => None,
        };
        if let Some(fault) = fault {
            file.damaged(current, number, fault);
            break;
        }
        let line = line.trim();
        if line.is_empty() || line.starts_with(';') || is_header(line) {
            continue;
        }
        if let Some(rest) = line.strip_prefix('[') {
            current = match rest.rsplit_once(']') {
                Some((name, _)) if name.starts_with('-') => return instruction(number),
                Some((name, _)) if !name.trim().is_empty() => {
                    Some(file.key(&mut places, name.trim()))
                }
                _ => file.complain(number, "a key without its closing bracket"),
            };
            continue;
        }
        match (value(line, header), current) {
            (Ok((_, None)), _) => return instruction(number),
            (Ok((name, Some(value))), Some(at)) => {
                if let Some((_, values)) = file.keys.get_mut(at) {
                    values.insert(name, value);
                }
            }
            (Ok(_), None) => _ = file.complain(number, "a value outside of a readable key"),
            (Err(message), at) => file.damaged(at, number, message),
        }
    }
    file.end(current, unended);
    file
}

/// Data that another cut could have left as well: a number of fewer digits, or a row of bytes.
fn is_short(line: &str) -> bool {
    let data = line.rsplit_once('=').map_or("", |(_, data)| data.trim());
    let digits = data.strip_prefix("dword:");
    data.starts_with("hex") || digits.is_some_and(|it| it.trim().len() < 8)
}

fn is_header(line: &str) -> bool {
    line == "REGEDIT4" || line.starts_with("Windows Registry Editor Version")
}

fn instruction(number: usize) -> RegFile {
    let message = "it takes keys or values away: an instruction to the registry editor and no export; nothing of it is used";
    RegFile {
        keys: Vec::new(),
        cut: true,
        findings: vec![Finding::line(number, message)],
    }
}

impl RegFile {
    fn key(&mut self, places: &mut BTreeMap<String, usize>, name: &str) -> usize {
        *places.entry(name.to_lowercase()).or_insert_with(|| {
            self.keys.push((name.to_owned(), Map::new()));
            self.keys.len() - 1
        })
    }

    /// Every export ends with a line end; without one, others may have followed.
    fn end(&mut self, key: Option<usize>, unended: bool) {
        let last = key.filter(|_| unended);
        if let Some((_, values)) = last.and_then(|at| self.keys.get_mut(at)) {
            untold::rest(values, Why::Malformed, "the file ends inside of this key");
            self.cut = true;
        }
    }

    /// A line of a key is damaged: which value it was is not sure, so that none that is missing is known to be absent.
    fn damaged(&mut self, key: Option<usize>, number: usize, message: &str) {
        if let Some((_, values)) = key.and_then(|at| self.keys.get_mut(at)) {
            untold::rest(values, Why::Malformed, "a line of this key cannot be read");
        }
        self.complain(number, message);
    }

    /// Always none, for a key that could not be read.
    fn complain(&mut self, number: usize, message: &str) -> Option<usize> {
        self.cut = true;
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(Finding::line(number, message));
        }
        None
    }
}

/// A line with the number of its first, from 0; hexadecimal values that go on behind a backslash are joined.
struct Logical {
    number: usize,
    line: String,
    /// It should go on, and the text ends.
    open: bool,
    /// The text ends behind it.
    last: bool,
}

fn logical_lines(text: &str) -> impl Iterator<Item = Logical> + '_ {
    let mut lines = text.lines().enumerate().peekable();
    std::iter::from_fn(move || {
        let (number, first) = lines.next()?;
        let mut whole = first.trim_end().to_owned();
        let mut open = false;
        while whole.ends_with('\\') && whole.contains("=hex") {
            whole.pop();
            match lines.next() {
                Some((_, next)) if !next.trim().is_empty() => whole.push_str(next.trim()),
                _ => open = true,
            }
        }
        Some(Logical {
            number,
            line: whole,
            open,
            last: lines.peek().is_none(),
        })
    })
}

/// `"NAME"=DATA` or `@=DATA`; no data for `-`.
fn value(line: &str, header: Header) -> Result<(String, Option<Json>), &'static str> {
    let (name, rest) = match line.strip_prefix('@') {
        Some(rest) => (String::new(), rest),
        None => quoted(line).ok_or("neither a key nor a value")?,
    };
    let data = rest
        .trim_start()
        .strip_prefix('=')
        .ok_or("a value without `=`")?
        .trim();
    if data == "-" {
        return Ok((name, None));
    }
    let mut value = read_data(data, header)?;
    hide(&name, &mut value);
    Ok((name, Some(value)))
}

fn read_data(data: &str, header: Header) -> Result<Json, &'static str> {
    if data.starts_with('"') {
        let (text, rest) = quoted(data).ok_or("a text without its closing quote")?;
        let rest = rest.trim_start();
        return match rest.is_empty() || rest.starts_with(';') {
            true => Ok(Json::String(text)),
            false => Err("something stands behind a text"),
        };
    }
    let data = data.split(';').next().unwrap_or(data).trim();
    if let Some(digits) = data.strip_prefix("dword:") {
        let number = u32::from_str_radix(digits.trim(), 16);
        return number
            .map(Json::from)
            .map_err(|_| "a `dword` that is no hexadecimal number");
    }
    let (kind, digits) = data
        .strip_prefix("hex")
        .and_then(|rest| rest.split_once(':'))
        .ok_or("a kind of data that is not known")?;
    let bytes = hex_bytes(digits).ok_or("bytes that are no hexadecimal numbers")?;
    let kind = match kind {
        "" => 3,
        numbered => numbered
            .strip_prefix('(')
            .and_then(|it| it.strip_suffix(')'))
            .and_then(|it| u32::from_str_radix(it, 16).ok())
            .ok_or("a kind of data that is not known")?,
    };
    Ok(data_of(kind, &bytes, header == Header::Wide))
}

/// The data of a value by the number of its kind.
fn data_of(kind: u32, bytes: &[u8], wide: bool) -> Json {
    match kind {
        1 | 2 => Json::String(string(bytes, wide)),
        7 => {
            let whole = string_whole(bytes, wide);
            let parts = whole.split('\0').filter(|it| !it.is_empty());
            parts.map(|it| Json::String(it.to_owned())).collect()
        }
        4 => u32_of(bytes).map_or_else(|| Json::String(hex(bytes)), Json::from),
        11 => u64_of(bytes).map_or_else(|| Json::String(hex(bytes)), Json::from),
        _ => Json::String(hex(bytes)),
    }
}

/// A value as the registry itself keeps it, in the form in which one of an export is read: its name, the number of its kind
/// (`REG_SZ` is 1, …) and its bytes.
pub fn kept(name: &str, kind: u32, bytes: &[u8]) -> Json {
    let mut value = data_of(kind, bytes, true);
    hide(name, &mut value);
    value
}

/// A number is a switch or an age here.
fn hide(name: &str, value: &mut Json) {
    if !value.is_number() {
        secrets::hide_member(name, value);
    }
}

/// A text in quotes with its escapes undone, and what follows.
fn quoted(line: &str) -> Option<(String, &str)> {
    let mut rest = line.strip_prefix('"')?.char_indices();
    let mut out = String::new();
    while let Some((at, c)) = rest.next() {
        match c {
            '"' => return Some((out, line.get(at + 2..)?)),
            '\\' => out.push(rest.next()?.1),
            c => out.push(c),
        }
    }
    None
}

fn hex_bytes(digits: &str) -> Option<Vec<u8>> {
    let parts = digits.split(',').map(str::trim).filter(|it| !it.is_empty());
    parts.map(|it| u8::from_str_radix(it, 16).ok()).collect()
}

/// Bytes as the documents of registry values write them.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The bytes of such a text.
pub fn bytes(hex: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    pairs.iter().map(byte).collect()
}

/// A text up to its first NUL.
fn string(bytes: &[u8], wide: bool) -> String {
    let whole = string_whole(bytes, wide);
    whole.split('\0').next().unwrap_or("").to_owned()
}

fn string_whole(bytes: &[u8], wide: bool) -> String {
    if !wide {
        let without = bytes.iter().rposition(|it| *it != 0).map_or(0, |at| at + 1);
        let parts = bytes.get(..without).unwrap_or(&[]).split(|it| *it == 0);
        let parts: Vec<String> = parts
            .map(|it| text::decode(it).unwrap_or_default())
            .collect();
        return parts.join("\0");
    }
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| u16::from_le_bytes(*pair));
    char::decode_utf16(units)
        .map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn u32_of(bytes: &[u8]) -> Option<u32> {
    <[u8; 4]>::try_from(bytes).ok().map(u32::from_le_bytes)
}

fn u64_of(bytes: &[u8]) -> Option<u64> {
    <[u8; 8]>::try_from(bytes).ok().map(u64::from_le_bytes)
}
