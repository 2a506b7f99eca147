//! Real answers of Azure, and real certificates, through the whole way: a case folder, a request, a fact's clause, a value.
//!
//! The data lies outside of the project (`RULEC_REAL_DATA`, or `../shared/real-data` beside the workspace); where it is missing every test counts as
//! *ignored*. `expected.tsv` there says what was read out with other tools; each row used here is quoted, so that a changed row fails.

mod real_azure {
    pub mod rows;
}

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use real_azure::rows::{CERTIFICATES, Certificate, OUTSIDE, ROWS, Row, Want};
use rulec_facts::decode::{Outcome, select_and_decode};
use rulec_facts::path::PathLanguage;
use rulec_facts::provider::{Answer, Provider, Request};
use rulec_facts::source::{BuiltIn, arm_path};
use rulec_facts::value::{Partial, Value};
use rulec_facts::{certificate, show};
use rulec_providers::case_folder::CaseFolder;
use serde_json::{Value as Json, json};

fn main() {
    let arguments = Arguments::from_args();
    let data = real_data();
    let mut trials = Vec::new();
    for row in ROWS {
        let name = format!("{}: {}", row.file, row.look_at);
        trials.push(trial(name, data.as_deref(), move |data| {
            row_holds(data, row)
        }));
    }
    for sample in CERTIFICATES {
        let name = format!("certificate {}", sample.file);
        trials.push(trial(name, data.as_deref(), move |data| {
            certificate_holds(data, sample)
        }));
    }
    let whole = "every expected row of Azure answers is used or named as outside";
    trials.push(trial(whole.to_owned(), data.as_deref(), every_row_is_used));
    let newest = "of four answers for one gateway the newest is used";
    trials.push(trial(
        newest.to_owned(),
        data.as_deref(),
        newest_answer_is_used,
    ));
    libtest_mimic::run(&arguments, trials).exit();
}

fn trial(
    name: String,
    data: Option<&Path>,
    run: impl FnOnce(&Path) -> Result<(), Failed> + Send + 'static,
) -> Trial {
    let data = data.map(Path::to_path_buf);
    let missing = data.is_none();
    Trial::test(name, move || data.map_or(Ok(()), |data| run(&data))).with_ignored_flag(missing)
}

fn real_data() -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let found = match std::env::var_os("RULEC_REAL_DATA") {
        Some(path) => PathBuf::from(path),
        None => workspace.join("../shared/real-data"),
    };
    found.join("expected.tsv").is_file().then_some(found)
}

/// File, what to look at, what is expected.
fn expected(data: &Path) -> Result<BTreeSet<(String, String, String)>, Failed> {
    let text = fs::read_to_string(data.join("expected.tsv"))?;
    let rows = text.lines().skip(1).filter_map(|line| {
        let mut cells = line.splitn(3, '\t').map(str::to_owned);
        Some((cells.next()?, cells.next()?, cells.next()?))
    });
    Ok(rows.collect())
}

fn every_row_is_used(data: &Path) -> Result<(), Failed> {
    for (file, look_at, _) in expected(data)? {
        let ours = ["azure/recorded/", "azure/errors/", "azure/rest-examples/"];
        if !ours.iter().any(|folder| file.starts_with(folder)) {
            continue;
        }
        let used = ROWS
            .iter()
            .any(|row| row.file == file && row.look_at == look_at);
        let outside = OUTSIDE
            .iter()
            .any(|(name, at, _)| *name == file && *at == look_at);
        if used == outside {
            return Err(format!("{file}: {look_at}: used {used}, outside {outside}").into());
        }
    }
    Ok(())
}

fn row_holds(data: &Path, row: &Row) -> Result<(), Failed> {
    let wanted = (
        row.file.to_owned(),
        row.look_at.to_owned(),
        row.expected.to_owned(),
    );
    if !expected(data)?.contains(&wanted) {
        return Err("the row of expected.tsv has changed".into());
    }
    let saved: Json = serde_json::from_slice(&fs::read(data.join(row.file))?)?;
    let answer = ask(&saved)?;
    check(row, &answer).map_err(|message| {
        format!("{message}\n{answer:?}")
            .chars()
            .take(2000)
            .collect::<String>()
            .into()
    })
}

/// Puts one saved answer into a case folder and asks for what it answers. Recorded writes that failed stand for reads that failed so.
fn ask(saved: &Json) -> Result<Answer, Failed> {
    let folder = tempfile::tempdir()?;
    let mut saved = saved.clone();
    let mut post = false;
    let locator = match saved.pointer("/request/uri").and_then(Json::as_str) {
        Some(uri) => {
            let uri = uri.to_owned();
            let method = saved
                .pointer("/request/method")
                .and_then(Json::as_str)
                .unwrap_or("GET");
            post = method == "POST";
            if !post && let Some(method) = saved.pointer_mut("/request/method") {
                *method = json!("GET");
            }
            uri
        }
        None => {
            let body = saved.pointer("/responses/200/body").ok_or("no body")?;
            let member = body
                .get("value")
                .and_then(Json::as_array)
                .and_then(|it| it.first());
            let id = member
                .unwrap_or(body)
                .get("id")
                .and_then(Json::as_str)
                .ok_or("no id")?;
            let list = id.rsplit_once('/').map_or(id, |(collection, _)| collection);
            if member.is_some() { list } else { id }.to_owned()
        }
    };
    fs::create_dir(folder.path().join("azure"))?;
    fs::write(folder.path().join("azure/saved.json"), saved.to_string())?;
    let case = CaseFolder::open(folder.path())?;
    if !case.findings.is_empty() {
        return Err(format!("{:?}", case.findings).into());
    }
    Ok(case.fetch(&request(&locator, post)?, Duration::from_secs(1)))
}

fn request(locator: &str, post: bool) -> Result<Request, Failed> {
    Ok(Request {
        system: "azure".to_owned(),
        kind: "arm".to_owned(),
        locator: Some(arm_path(locator)?),
        arguments: if post {
            vec![("post".to_owned(), Vec::new())]
        } else {
            Vec::new()
        },
        on: None,
        secret: false,
    })
}

fn check(row: &Row, answer: &Answer) -> Result<(), String> {
    match (&row.want, answer) {
        (Want::NotThere, Answer::NotThere(_)) => Ok(()),
        (Want::Unknown(why, part), Answer::Unknown(found, detail, _))
            if why == found && detail.contains(part) =>
        {
            Ok(())
        }
        (Want::NotThere | Want::Unknown(..), _) => Err("another answer".to_owned()),
        (want, Answer::Found(document, from)) => {
            if from.file.as_deref() != Some("azure/saved.json") {
                return Err(format!("comes from {:?}", from.file));
            }
            let ty = (row.ty)();
            let outcome =
                select_and_decode("f", &ty, None, Some(row.at), PathLanguage::Json, document);
            let Outcome::Settled(value) = outcome else {
                return Err(format!("{outcome:?}"));
            };
            value_holds(want, &value, &show::text(&value, &ty))
        }
        _ => Err("another answer".to_owned()),
    }
}

fn value_holds(want: &Want, value: &Partial, shown: &str) -> Result<(), String> {
    let holds = match (want, value) {
        (Want::Shown(wanted), _) => shown == *wanted,
        (Want::Begins(wanted), _) => shown.starts_with(wanted),
        (Want::Count(count), Partial::Known(Value::List(elements) | Value::Set(elements))) => {
            elements.len() == *count
        }
        (Want::Raw(wanted), Partial::Known(Value::Text(text))) => text.raw() == *wanted,
        (Want::Lines(length, breaks), Partial::Known(Value::Text(text))) => {
            text.raw().chars().count() == *length && text.raw().matches("\r\n").count() == *breaks
        }
        (Want::Certificate(fields), Partial::Known(record)) => {
            return fields.iter().try_for_each(|(name, wanted)| {
                let found = certificate_field(record, name);
                if found == *wanted {
                    Ok(())
                } else {
                    Err(format!("{name} is {found}"))
                }
            });
        }
        _ => false,
    };
    if holds {
        Ok(())
    } else {
        Err(format!("is {shown}"))
    }
}

fn certificate_field(record: &Value, name: &str) -> String {
    let ty = BuiltIn::Certificate.record();
    match (ty.field(name), record) {
        (Some((at, field)), Value::Record(fields)) => fields
            .get(at)
            .map_or_else(String::new, |it| show::text(it, &field.ty)),
        _ => String::new(),
    }
}

fn certificate_holds(data: &Path, sample: &Certificate) -> Result<(), Failed> {
    let bytes = fs::read(data.join(sample.file))?;
    let record = match std::str::from_utf8(&bytes) {
        Ok(text) => certificate::certificate(text),
        Err(_) => certificate::from_der(&bytes),
    };
    let record = record.ok_or("no certificate")?;
    for (name, wanted) in sample.fields {
        let found = certificate_field(&record, name);
        if !found.starts_with(wanted) {
            return Err(format!("{name} is {found}, not {wanted}").into());
        }
    }
    let rows = expected(data)?;
    let thumbprint = certificate_field(&record, "thumbprint");
    let row = (sample.file.to_owned(), "SHA-1".to_owned(), thumbprint);
    if rows.contains(&row) {
        Ok(())
    } else {
        Err(format!("expected.tsv has no {row:?}").into())
    }
}

fn newest_answer_is_used(data: &Path) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let names = [
        "no-p2s",
        "p2s-no-root-cert",
        "p2s-revoked-and-root",
        "p2s-root-cert",
    ];
    for name in names {
        let file = format!("gateway-get-{name}.json");
        fs::copy(
            data.join("azure/recorded").join(&file),
            folder.path().join(&file),
        )?;
    }
    let case = CaseFolder::open(folder.path())?;
    let gateways: Vec<String> = case
        .resources()
        .into_iter()
        .filter(|it| it.kind == "Microsoft.Network/virtualNetworkGateways")
        .map(|it| it.id)
        .collect();
    let [gateway] = gateways.as_slice() else {
        return Err(format!("{gateways:?}").into());
    };
    match case.fetch(&request(gateway, false)?, Duration::from_secs(1)) {
        Answer::Found(_, from)
            if from.file.as_deref() == Some("gateway-get-p2s-no-root-cert.json") =>
        {
            Ok(())
        }
        other => Err(format!("{other:?}")
            .chars()
            .take(500)
            .collect::<String>()
            .into()),
    }
}
