//! A certificate or revocation list as a document: the fields of the built-in record, and what stands in the file beside them.

use rulec_facts::certificate;
use rulec_facts::reason::Why;
use rulec_facts::show;
use rulec_facts::source::certificate_type;
use rulec_facts::untold;
use rulec_facts::value::{Partial, Value};
use serde_json::{Map, Value as Json, json};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::ParsedExtension;
use x509_parser::oid_registry::Oid;
use x509_parser::prelude::FromDer;
use x509_parser::revocation_list::CertificateRevocationList;
use x509_parser::time::ASN1Time;

/// The fields of `Certificate` by their names, and `signature`, `version`, `unknown-critical`, `extensions`.
pub fn document(der: &[u8], private_key: bool) -> Option<Map<String, Json>> {
    let Value::Record(fields) = certificate::from_der(der)? else {
        return None;
    };
    let ty = certificate_type();
    let mut object: Map<String, Json> = ty
        .fields
        .iter()
        .zip(fields.iter())
        .map(|(field, value)| (field.name.to_string(), plain(value)))
        .collect();
    object.insert("has_private_key".to_owned(), private_key.into());
    let asks = "how its key is guarded stands beside the key, not in the certificate";
    let asks = untold::value(Why::NotCollected, asks);
    object.insert("strong_protection".to_owned(), asks);
    let (_, parsed) = X509Certificate::from_der(der).ok()?;
    let signature = signature(&parsed.tbs_certificate.signature.algorithm);
    object.insert("signature".to_owned(), signature.into());
    object.insert("version".to_owned(), (parsed.version().0 + 1).into());
    let oids = |known: bool| -> Vec<String> {
        let all = parsed.extensions().iter();
        all.filter(|it| known || it.critical && is_unknown(it.parsed_extension()))
            .map(|it| it.oid.to_id_string())
            .collect()
    };
    object.insert("extensions".to_owned(), json!(oids(true)));
    object.insert("unknown-critical".to_owned(), json!(oids(false)));
    Some(object)
}

fn is_unknown(extension: &ParsedExtension<'_>) -> bool {
    matches!(
        extension,
        ParsedExtension::UnsupportedExtension { .. }
            | ParsedExtension::ParseError { .. }
            | ParsedExtension::Unparsed
    )
}

/// A value as a document has it.
fn plain(value: &Partial) -> Json {
    match value {
        Partial::Known(Value::Text(text)) => text.raw().into(),
        Partial::Known(Value::Bool(flag)) => (*flag).into(),
        Partial::Known(Value::List(members) | Value::Set(members)) => {
            members.iter().map(|it| plain(&it.value)).collect()
        }
        Partial::Known(other) => show::scalar_text(other, None).into(),
        Partial::Absent | Partial::Unknown(_) => Json::Null,
    }
}

/// The name by which Windows and people call an algorithm; its OID where it has none here.
fn signature(oid: &Oid<'_>) -> String {
    let dotted = oid.to_id_string();
    let name = match dotted.as_str() {
        "1.2.840.113549.1.1.2" => "md2RSA",
        "1.2.840.113549.1.1.4" => "md5RSA",
        "1.2.840.113549.1.1.5" => "sha1RSA",
        "1.2.840.113549.1.1.10" => "RSASSA-PSS",
        "1.2.840.113549.1.1.11" => "sha256RSA",
        "1.2.840.113549.1.1.12" => "sha384RSA",
        "1.2.840.113549.1.1.13" => "sha512RSA",
        "1.2.840.10040.4.3" => "sha1DSA",
        "1.2.840.10045.4.1" => "ecdsa-sha1",
        "1.2.840.10045.4.3.2" => "ecdsa-sha256",
        "1.2.840.10045.4.3.3" => "ecdsa-sha384",
        "1.2.840.10045.4.3.4" => "ecdsa-sha512",
        "1.3.101.112" => "Ed25519",
        "1.3.101.113" => "Ed448",
        _ => return dotted,
    };
    name.to_owned()
}

/// `issuer`, `this-update`, `next-update`, `serials`, upper-case hexadecimal as in a certificate.
pub fn crl(der: &[u8]) -> Option<Json> {
    let (_, parsed) = CertificateRevocationList::from_der(der).ok()?;
    let serials = parsed
        .iter_revoked_certificates()
        .map(|it| serial(it.raw_serial()));
    Some(json!({
        "issuer": parsed.issuer().to_string(),
        "this-update": time(&parsed.last_update()),
        "next-update": parsed.next_update().map(|it| time(&it)),
        "serials": serials.collect::<Vec<String>>(),
    }))
}

fn time(time: &ASN1Time) -> Json {
    let stamp = jiff::Timestamp::from_second(time.timestamp());
    stamp.map_or(Json::Null, |it| it.to_string().into())
}

fn serial(bytes: &[u8]) -> String {
    let bytes = match bytes.split_first() {
        Some((0, rest)) if !rest.is_empty() => rest,
        _ => bytes,
    };
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}
