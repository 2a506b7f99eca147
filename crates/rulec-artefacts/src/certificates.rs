//! Certificates and revocation lists in files: DER, PEM with any text around it, PKCS#7 bundles. A PKCS#12 file is known as such; what
//! is in it is behind its password, and stays unknown.
//!
//! Private keys are never read; that one stands in a file is all that leaves this reader. No signature is checked.

mod chain;
mod der;
mod describe;
mod parts;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::Value as Json;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;
use x509_parser::revocation_list::CertificateRevocationList;

use crate::Finding;

pub use chain::complete;
pub use describe::{crl, document};
pub use parts::parts;

/// Certificates, or blocks of PEM, that are read of one file.
const MOST: usize = 10_000;

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contents {
    /// Certificates, DER.
    pub certificates: Vec<Vec<u8>>,
    /// Revocation lists, DER.
    pub crls: Vec<Vec<u8>>,
    /// A private key stands beside them.
    pub private_key: bool,
    /// A PKCS#12 file: everything is behind a password.
    pub locked: bool,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

impl Contents {
    /// Nothing of use, and nothing to tell.
    pub fn is_empty(&self) -> bool {
        *self == Contents::default()
    }

    fn take(&mut self, der: &[u8]) -> bool {
        if X509Certificate::from_der(der).is_ok_and(|(rest, _)| rest.is_empty()) {
            self.certificates.push(der.to_vec());
        } else if CertificateRevocationList::from_der(der).is_ok_and(|(rest, _)| rest.is_empty()) {
            self.crls.push(der.to_vec());
        } else if let Some(bundle) = der::signed_data(der) {
            for der in bundle.into_iter().take(MOST) {
                if !self.take_one(der) {
                    self.findings
                        .push(Finding::whole("one part of the bundle is no certificate"));
                }
            }
        } else {
            return false;
        }
        true
    }

    fn take_one(&mut self, der: &[u8]) -> bool {
        if X509Certificate::from_der(der).is_ok() {
            self.certificates.push(der.to_vec());
            true
        } else if CertificateRevocationList::from_der(der).is_ok() {
            self.crls.push(der.to_vec());
            true
        } else {
            false
        }
    }
}

/// Whether bytes begin as DER of some length does, which no text does.
pub fn begins_like_der(bytes: &[u8]) -> bool {
    matches!(bytes, [0x30, 0x81..=0x84, ..])
}

/// Reads DER.
pub fn read_der(bytes: &[u8]) -> Contents {
    let mut contents = Contents::default();
    let Some(length) = der::whole_length(bytes) else {
        contents.findings.push(Finding::whole(
            "it begins like a certificate, but its length makes no sense",
        ));
        return contents;
    };
    let Some(der) = bytes.get(..length) else {
        let message = format!("it is cut: {} of {length} bytes are there", bytes.len());
        contents.findings.push(Finding::whole(message));
        return contents;
    };
    if contents.take(der) {
        return contents;
    }
    if der::is_pkcs12(der) {
        contents.locked = true;
    } else {
        let message = "it is neither a certificate, nor a revocation list, nor a bundle of them that can be read";
        contents.findings.push(Finding::whole(message));
    }
    contents
}

/// Whether a text has blocks of PEM.
pub fn has_pem(text: &str) -> bool {
    text.contains("-----BEGIN ")
}

/// Reads all blocks of a PEM text; a block that is cut or damaged costs itself.
pub fn read_pem(text: &str) -> Contents {
    let mut contents = Contents::default();
    let mut rest = text;
    let mut blocks = 0;
    while let Some(at) = rest.find("-----BEGIN ") {
        let line = line_of(text, rest, at);
        let after = rest.get(at + "-----BEGIN ".len()..).unwrap_or("");
        let Some((label, body)) = after.split_once("-----") else {
            break;
        };
        blocks += 1;
        if blocks > MOST {
            contents
                .findings
                .push(Finding::line(line, "there are more blocks than are read"));
            break;
        }
        let end = body.find("-----").unwrap_or(body.len());
        let (body, tail) = body.split_at(end);
        if label.contains("PRIVATE KEY") {
            contents.private_key = true;
        } else if !tail.starts_with(&format!("-----END {label}-----")) {
            contents
                .findings
                .push(Finding::line(line, "a block without its end"));
        } else if label.contains("CERTIFICATE") || label.contains("CRL") || label == "PKCS7" {
            let bytes = base64_of(body);
            if !bytes.is_some_and(|der| contents.take(&der)) {
                contents
                    .findings
                    .push(Finding::line(line, "a block that cannot be read"));
            }
        }
        rest = tail.strip_prefix("-----END ").unwrap_or(tail);
    }
    contents
}

/// A text that is nothing but base64 of DER, as `certutil -encode` without its frame and some portals write it.
pub fn read_base64(text: &str) -> Option<Contents> {
    if !text.trim_start().starts_with("MII") || text.len() > 1 << 20 {
        return None;
    }
    let mut contents = Contents::default();
    contents.take(&base64_of(text)?).then_some(contents)
}

fn base64_of(text: &str) -> Option<Vec<u8>> {
    // A line of the form `Name: value` belongs to the head of a block.
    let body = text.lines().filter(|line| !line.contains(':'));
    let dense: String = body
        .flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
        .collect();
    STANDARD.decode(dense).ok()
}

/// The line of a place in the rest of a text, from 0.
fn line_of(text: &str, rest: &str, at: usize) -> usize {
    let end = text.len() - rest.len() + at;
    text.get(..end).unwrap_or("").matches('\n').count()
}

/// A certificate that a store holds, as a document; a mark for one that cannot be read.
pub fn held(der: &[u8], private_key: bool) -> Json {
    document(der, private_key).map_or_else(unreadable, Json::Object)
}

/// Stands for a certificate of which nothing more is known than that it is there.
pub(crate) fn unreadable() -> Json {
    untold::more(Why::Malformed, "a certificate that is there cannot be read")
}

/// The certificate in a value `Blob` of the registry, and whether a private key belongs to it. A blob is a row of properties: number, 1,
/// length, bytes.
pub fn of_blob(blob: &[u8]) -> Option<(&[u8], bool)> {
    /// The property that is the certificate, and the one that names its key.
    const CERTIFICATE: u32 = 32;
    const KEY: u32 = 2;
    let mut rest = blob;
    let (mut der, mut key) = (None, false);
    while let Some((head, tail)) = rest.split_at_checked(12) {
        let number = |at: usize| {
            head.get(at..at + 4)
                .and_then(|it| Some(u32::from_le_bytes(it.try_into().ok()?)))
        };
        let (property, length) = (number(0)?, usize::try_from(number(8)?).ok()?);
        let (value, after) = tail.split_at_checked(length)?;
        match property {
            CERTIFICATE => der = Some(value),
            KEY => key = true,
            _ => {}
        }
        rest = after;
    }
    Some((der?, key))
}

#[cfg(test)]
mod tests;
