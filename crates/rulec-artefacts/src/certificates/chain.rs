//! Which certificate of a case issued which: by names and identifiers of keys, without a check of signatures.

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json};

/// Longest chain that is followed.
const LONGEST: usize = 8;

/// Fills in the thumbprints of issuer and root where they are among `pool`; where they are not, they are unknown.
pub fn complete(certificates: &mut [Json], pool: &[Json]) {
    for record in certificates.iter_mut().filter_map(Json::as_object_mut) {
        if record.get("issuer_thumbprint") != Some(&Json::Null) {
            continue;
        }
        let chain = chain(record, pool);
        let issuer = chain.first().and_then(|it| it.get("thumbprint")).cloned();
        let root = chain
            .last()
            .filter(|it| is_self_signed(it))
            .and_then(|it| it.get("thumbprint"))
            .cloned();
        let missing = |what: &str| {
            untold::value(
                Why::NotCollected,
                &format!("its {what} is not among the certificates of the case"),
            )
        };
        record.insert(
            "issuer_thumbprint".to_owned(),
            issuer.unwrap_or_else(|| missing("issuer")),
        );
        record.insert(
            "root_thumbprint".to_owned(),
            root.unwrap_or_else(|| missing("root")),
        );
    }
}

/// The issuers of a certificate, up to one that issued itself or that is not there.
fn chain<'a>(record: &Map<String, Json>, pool: &'a [Json]) -> Vec<&'a Map<String, Json>> {
    let mut chain: Vec<&Map<String, Json>> = Vec::new();
    while chain.len() < LONGEST {
        let last = chain.last().copied().unwrap_or(record);
        if is_self_signed(last) {
            break;
        }
        let mut all = pool.iter().filter_map(Json::as_object);
        match all.find(|it| issued(it, last)) {
            Some(issuer) => chain.push(issuer),
            None => break,
        }
    }
    chain
}

fn is_self_signed(record: &Map<String, Json>) -> bool {
    record.get("self_signed") == Some(&Json::Bool(true))
}

fn issued(issuer: &Map<String, Json>, record: &Map<String, Json>) -> bool {
    let text = |of: &'_ Map<String, Json>, name: &str| {
        of.get(name).and_then(Json::as_str).map(str::to_owned)
    };
    let by_name =
        text(issuer, "subject").is_some() && text(issuer, "subject") == text(record, "issuer");
    let by_key = match (text(record, "issuer_key_id"), text(issuer, "key_id")) {
        (Some(wanted), Some(found)) => wanted == found,
        _ => true,
    };
    by_name && by_key && issuer.get("is_ca") == Some(&Json::Bool(true))
}
