//! Texts that are base64 or PEM as a whole: certificates become other certificates, everything else becomes noise. Length, line breaks and
//! labels stay, because packs look at them, and whether it can be decoded stays too.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD_NO_PAD};

use super::{Redactor, Sort, thumbprint};

/// Shortest text that is taken for base64, bytes.
pub(super) const SHORTEST: usize = 64;
/// Shortest beginning of a file that is, and what it begins with: it was cut when it was pasted.
const SHORTEST_DER: usize = 16;
const DER: &str = "MII";
/// Shorter pieces between white space are words.
const SHORTEST_PIECE: usize = 24;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";

/// What base64 of PEM and of long DER begins with, and how many letters behind that are tags, lengths, a version and what kind it is; packs
/// know files by these.
const BEGINNINGS: [(&str, usize); 2] = [("LS0tLS1CRUdJTi", 16), ("MI", 24)];

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl Redactor {
    /// The text with other contents, if it is of that kind.
    pub(super) fn blob(&mut self, text: &str) -> Option<String> {
        if text.len() < SHORTEST_DER {
            return None;
        }
        if text.contains(BEGIN) {
            return Some(self.pem(text));
        }
        let pieces = text.split_whitespace().count();
        let dense: String = text.split_whitespace().collect();
        let is_long = dense.len() >= SHORTEST || dense.starts_with(DER);
        let is_one = is_long
            && dense.len() >= pieces.saturating_mul(SHORTEST_PIECE)
            && dense.bytes().all(|it| it.is_ascii_alphanumeric() || b"+/=".contains(&it))
            // So long a word has digits or both cases in it.
            && dense.bytes().any(|it| it.is_ascii_digit() || b"+/=".contains(&it))
            && !dense.bytes().all(|it| it.is_ascii_hexdigit());
        is_one.then(|| spread(text, &self.dense(&dense)))
    }

    /// The bodies of PEM blocks are replaced as such, what stands around them as text.
    fn pem(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(BEGIN) {
            out.push_str(&self.plain(before));
            out.push_str(BEGIN);
            let Some((label, after)) = after.split_once("-----") else {
                rest = after;
                continue;
            };
            let (body, tail) = match after.find(END) {
                Some(at) => after.split_at(at),
                None => (after, ""),
            };
            out.push_str(&self.plain(label));
            out.push_str("-----");
            let dense: String = body.split_whitespace().collect();
            let is_base64 = dense
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"+/=".contains(&it));
            match is_base64 && !label.contains("KEY") {
                true => out.push_str(&spread(body, &self.dense(&dense))),
                false => out.push_str(" [hidden] "),
            }
            rest = tail;
            if let Some(after) = tail.strip_prefix(END) {
                out.push_str(END);
                rest = after;
            }
        }
        out.push_str(&self.plain(rest));
        out
    }

    /// Base64 without white space.
    fn dense(&mut self, dense: &str) -> String {
        let Ok(bytes) = BASE64.decode(dense) else {
            return self.noise(dense);
        };
        let old = thumbprint(&bytes);
        if old.as_ref().is_some_and(|it| self.vocabulary.has(it)) {
            return dense.to_owned();
        }
        if old.is_some()
            && let Some(new) = self.certificate_of(&bytes)
        {
            self.count(
                Sort::Certificate,
                &thumbprint(&new).unwrap_or_default(),
                None,
            );
            return encoded(&new, dense);
        }
        if let Ok(inner) = std::str::from_utf8(&bytes)
            && inner.contains(BEGIN)
        {
            let new = self.pem(inner);
            if new.len() == inner.len() {
                return encoded(new.as_bytes(), dense);
            }
        }
        let mut new = vec![0; bytes.len()];
        self.tokens.stream("bytes", &bytes, &mut new);
        for (new, old) in new.iter_mut().zip(&bytes).take(beginning(dense) / 4 * 3) {
            *new = *old;
        }
        self.count(Sort::Certificate, "", None);
        encoded(&new, dense)
    }

    /// Cannot be decoded, and shall not be afterwards: its padding and its last letters stay.
    fn noise(&mut self, dense: &str) -> String {
        const LETTERS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut bytes = vec![0; dense.len()];
        self.tokens.stream("noise", dense.as_bytes(), &mut bytes);
        self.count(Sort::Certificate, "", None);
        let kept = beginning(dense);
        let end = dense.trim_end_matches('=').len().saturating_sub(1);
        let all = dense.chars().zip(bytes).enumerate();
        all.map(|(at, (c, byte))| {
            let new = LETTERS.get(usize::from(byte % 64)).copied();
            match c == '=' || at < kept || at >= end {
                true => c,
                false => new.map_or(c, char::from),
            }
        })
        .collect()
    }
}

/// So many letters at the start say what kind of file it is.
fn beginning(dense: &str) -> usize {
    let mut all = BEGINNINGS.iter();
    all.find(|(start, _)| dense.starts_with(start))
        .map_or(0, |(_, length)| *length)
}

/// Encoded as the old text was: with as much padding.
fn encoded(bytes: &[u8], old: &str) -> String {
    let mut new = STANDARD_NO_PAD.encode(bytes);
    let padding = old.len() - old.trim_end_matches('=').len();
    new.extend(std::iter::repeat_n('=', padding));
    new
}

/// Letters put where those of the old text stand, between its white space.
fn spread(old: &str, letters: &str) -> String {
    let mut letters = letters.chars();
    old.chars()
        .map(|c| match c.is_whitespace() {
            true => c,
            false => letters.next().unwrap_or(c),
        })
        .collect()
}
