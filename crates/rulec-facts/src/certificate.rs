//! Certificates: a text as the built-in record `Certificate`.
//!
//! A text holds one certificate in PEM, in base64 (with or without line breaks), or in base64 of a whole PEM file; Azure stores all
//! three. Only what stands in the certificate itself is read: no signature is checked, no chain is built, no store is asked.

use std::borrow::Cow;
use std::sync::Arc;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use sha1::{Digest, Sha1};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::{DistributionPointName, GeneralName, ParsedExtension};
use x509_parser::oid_registry::Oid;
use x509_parser::prelude::{FromDer, X509Version};

use crate::source::certificate_type;
use crate::types::RecordType;
use crate::value::{Element, Partial, Value};

/// Longest text that is tried, in bytes; a certificate has some thousand.
const LONGEST: usize = 1 << 20;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// User principal name, an alternative name that the registry of the library does not know.
const UPN: &str = "1.3.6.1.4.1.311.20.2.3";

/// The certificate that the text holds; none if it holds none, more than one, or anything else besides, such as a key or a PKCS#12 file.
pub fn certificate(text: &str) -> Option<Value> {
    if text.len() > LONGEST {
        return None;
    }
    let der = if text.contains("-----BEGIN") {
        one_block(text)?
    } else {
        let bytes = decoded(text)?;
        match std::str::from_utf8(&bytes) {
            Ok(pem) if pem.contains("-----BEGIN") => one_block(pem)?,
            _ => bytes,
        }
    };
    from_der(&der)
}

/// `certificate(text)` of an expression: strict; what cannot be turned is absent (F1).
pub fn function(text: &Partial) -> Partial {
    match text {
        Partial::Known(Value::Text(text)) => {
            certificate(text.raw()).map_or(Partial::Absent, Partial::Known)
        }
        Partial::Known(_) | Partial::Absent => Partial::Absent,
        Partial::Unknown(reasons) => Partial::Unknown(reasons.clone()),
    }
}

/// The one certificate in these bytes; none if there is more.
pub fn from_der(der: &[u8]) -> Option<Value> {
    let (rest, parsed) = X509Certificate::from_der(der).ok()?;
    rest.is_empty().then(|| record(der, &parsed))
}

/// The built-in record, not another of the same name.
pub(crate) fn is_certificate(record: &RecordType) -> bool {
    record.name.as_deref() == Some("Certificate")
        && record.fields.len() == certificate_type().fields.len()
}

/// The bytes of the only block of a PEM text, if it is a certificate; text around it is ignored, line breaks do not matter.
fn one_block(text: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    if !matches!(
        label,
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE"
    ) {
        return None;
    }
    let (body, rest) = rest.split_once("-----END ")?;
    let rest = rest.strip_prefix(label)?.strip_prefix("-----")?;
    if rest.contains("-----BEGIN") {
        return None;
    }
    decoded(body)
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    let dense: Cow<'_, str> = if text.contains(char::is_whitespace) {
        Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    };
    if dense.is_empty() {
        return None;
    }
    BASE64.decode(dense.as_bytes()).ok()
}

fn record(der: &[u8], certificate: &X509Certificate<'_>) -> Value {
    let found = Extensions::of(certificate);
    let thumbprint = hex(&Sha1::digest(der));
    let key_id = found.key_id.clone().unwrap_or_else(|| {
        hex(&Sha1::digest(
            &certificate.public_key().subject_public_key.data,
        ))
    });
    let same_name = certificate.subject().as_raw() == certificate.issuer().as_raw();
    let self_signed = same_name && found.issuer_key_id.as_ref().is_none_or(|it| *it == key_id);
    let own = || optional(self_signed.then(|| thumbprint.clone()));
    let may_sign = match (found.ca, found.signs_certificates) {
        (Some(ca), _) => ca,
        (None, Some(signs)) => signs,
        (None, None) => self_signed && certificate.version() == X509Version::V1,
    };
    let ty = certificate_type();
    let fields = ty.fields.iter().map(|field| match field.name.as_str() {
        "thumbprint" => text(&thumbprint),
        "subject" => text(&certificate.subject().to_string()),
        "issuer" => text(&certificate.issuer().to_string()),
        "serial" => text(&serial(certificate.raw_serial())),
        "key_id" => text(&key_id),
        "issuer_key_id" => optional(found.issuer_key_id.clone()),
        "issuer_thumbprint" | "root_thumbprint" => own(),
        "not_before" => time(certificate.validity().not_before.timestamp()),
        "not_after" => time(certificate.validity().not_after.timestamp()),
        "eku" => found.eku.as_deref().map_or(Partial::Absent, set),
        "names" => set(&found.names),
        "is_ca" => Partial::Known(Value::Bool(may_sign)),
        "self_signed" => Partial::Known(Value::Bool(self_signed)),
        "has_private_key" => Partial::Known(Value::Bool(false)),
        "crl_urls" => Partial::Known(Value::List(elements(&found.crl_urls))),
        _ => Partial::Absent,
    });
    Value::Record(fields.collect())
}

/// What the extensions say; one that cannot be read says nothing, but for `eku`, where it allows nothing.
#[derive(Default)]
struct Extensions {
    key_id: Option<String>,
    issuer_key_id: Option<String>,
    eku: Option<Vec<String>>,
    names: Vec<String>,
    ca: Option<bool>,
    signs_certificates: Option<bool>,
    crl_urls: Vec<String>,
}

impl Extensions {
    fn of(certificate: &X509Certificate<'_>) -> Extensions {
        let mut out = Extensions::default();
        for extension in certificate.extensions() {
            let is_eku =
                extension.oid == x509_parser::oid_registry::OID_X509_EXT_EXTENDED_KEY_USAGE;
            match extension.parsed_extension() {
                ParsedExtension::SubjectKeyIdentifier(it) => out.key_id = Some(hex(it.0)),
                ParsedExtension::AuthorityKeyIdentifier(it) => {
                    out.issuer_key_id = it.key_identifier.as_ref().map(|it| hex(it.0));
                }
                ParsedExtension::ExtendedKeyUsage(it) => out.eku = Some(purposes(it)),
                ParsedExtension::SubjectAlternativeName(it) => {
                    out.names = distinct(
                        it.general_names
                            .iter()
                            .filter_map(alternative_name)
                            .collect(),
                    );
                }
                ParsedExtension::BasicConstraints(it) => out.ca = Some(it.ca),
                ParsedExtension::KeyUsage(it) => out.signs_certificates = Some(it.key_cert_sign()),
                ParsedExtension::CRLDistributionPoints(it) => {
                    let points = it
                        .points
                        .iter()
                        .filter_map(|point| point.distribution_point.as_ref());
                    out.crl_urls = points.flat_map(urls).collect();
                }
                _ if is_eku => out.eku = Some(Vec::new()),
                _ => {}
            }
        }
        out
    }
}

fn purposes(usage: &x509_parser::extensions::ExtendedKeyUsage<'_>) -> Vec<String> {
    let known = [
        (usage.any, "2.5.29.37.0"),
        (usage.server_auth, "1.3.6.1.5.5.7.3.1"),
        (usage.client_auth, "1.3.6.1.5.5.7.3.2"),
        (usage.code_signing, "1.3.6.1.5.5.7.3.3"),
        (usage.email_protection, "1.3.6.1.5.5.7.3.4"),
        (usage.time_stamping, "1.3.6.1.5.5.7.3.8"),
        (usage.ocsp_signing, "1.3.6.1.5.5.7.3.9"),
    ];
    let known = known
        .into_iter()
        .filter(|(set, _)| *set)
        .map(|(_, oid)| oid.to_owned());
    distinct(
        known
            .chain(usage.other.iter().map(Oid::to_id_string))
            .collect(),
    )
}

fn alternative_name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::RFC822Name(text) | GeneralName::DNSName(text) | GeneralName::URI(text) => {
            Some((*text).to_owned())
        }
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes)
                .ok()
                .map(|it| std::net::Ipv4Addr::from(it).to_string()),
            16 => <[u8; 16]>::try_from(*bytes)
                .ok()
                .map(|it| std::net::Ipv6Addr::from(it).to_string()),
            _ => None,
        },
        GeneralName::OtherName(oid, bytes) if oid.to_id_string() == UPN => principal_name(bytes),
        _ => None,
    }
}

/// `[0] EXPLICIT UTF8String`, short enough for one-byte lengths; longer ones have `81` before the length.
fn principal_name(bytes: &[u8]) -> Option<String> {
    let inside = element(bytes, 0xa0)?;
    let text = element(inside, 0x0c)?;
    std::str::from_utf8(text).ok().map(str::to_owned)
}

fn element(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(&[tag])?;
    let (length, rest) = match rest.split_first()? {
        (0x81, rest) => rest.split_first()?,
        short => short,
    };
    rest.get(..usize::from(*length))
}

fn urls<'a>(point: &'a DistributionPointName<'a>) -> Vec<String> {
    match point {
        DistributionPointName::FullName(names) => names
            .iter()
            .filter_map(|name| match name {
                GeneralName::URI(url) => Some((*url).to_owned()),
                _ => None,
            })
            .collect(),
        DistributionPointName::NameRelativeToCRLIssuer(_) => Vec::new(),
    }
}

/// Upper-case hexadecimal without the zero byte that only says that the number is positive.
fn serial(bytes: &[u8]) -> String {
    match bytes.split_first() {
        Some((0, rest)) if !rest.is_empty() => hex(rest),
        _ => hex(bytes),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// Each once, without case, in the order of the first.
fn distinct(texts: Vec<String>) -> Vec<String> {
    let mut seen = rustc_hash::FxHashSet::default();
    texts
        .into_iter()
        .filter(|it| seen.insert(crate::value::Text::new(it).folded().to_owned()))
        .collect()
}

fn text(raw: &str) -> Partial {
    Partial::Known(Value::Text(crate::value::Text::new(raw)))
}

fn optional(raw: Option<String>) -> Partial {
    raw.map_or(Partial::Absent, |it| text(&it))
}

fn time(seconds: i64) -> Partial {
    Partial::Known(Value::Time(i128::from(seconds) * 1_000_000_000))
}

fn set(texts: &[String]) -> Partial {
    Partial::Known(Value::Set(elements(texts)))
}

fn elements(texts: &[String]) -> Arc<[Element]> {
    texts.iter().map(|it| Element::certain(text(it))).collect()
}

#[cfg(test)]
mod tests;
