//! `--live`: the cloud itself as a source, and `--record`: what it answered as a case folder.

use std::path::Path;

use rulec_providers::azure::{Azure, Cloud, GivenToken, Recorder, SignIn};
use rulec_providers::clock;
use serde_json::{Map, Value as Json, json};

use crate::args::{LiveArgs, LiveSystem};
use crate::failure::{Failure, io_reason};
use crate::opening::{self, Opened};

/// Name of the case file that a record has.
const CASE_FILE: &str = "case.json";

/// Longest file of a token, bytes.
const LONGEST_TOKEN: usize = 1 << 16;

/// A batch is read from a file.
pub fn refuse_batch(args: &LiveArgs) -> Result<(), Failure> {
    match args.live {
        Some(_) => {
            Err(Failure::new("a batch is not asked live").help("run one case with `--live`"))
        }
        None => Ok(()),
    }
}

/// Adds the live source that was asked for to a case. Without a time of its own the case is of now.
pub fn open(args: &LiveArgs, opened: &mut Opened) -> Result<(), Failure> {
    let Some(LiveSystem::Azure) = args.live else {
        return Ok(());
    };
    opened.input.now.get_or_insert_with(clock::now);
    let cloud = args.cloud.as_deref().unwrap_or("public");
    let cloud = Cloud::named(cloud).map_err(|error| {
        Failure::new(error)
            .help("name one of the three, or give `https://` and the host of a resource manager")
    })?;
    let mut azure = connect(args, cloud)?;
    if let Some(folder) = &args.record {
        azure = azure.recording(record(folder, opened)?);
    }
    opened.live = Some(azure);
    Ok(())
}

/// A new record, with what was given for the case.
fn record(folder: &Path, opened: &mut Opened) -> Result<Recorder, Failure> {
    let wrong = |error: std::io::Error| {
        let reason = io_reason(&error);
        Failure::new(format!(
            "cannot record into `{}`: {reason}",
            folder.display()
        ))
        .help("give a folder that is new or empty")
        .about(folder)
    };
    let recorder = Recorder::new(folder).map_err(wrong)?;
    let input = &mut opened.input;
    let (mut params, mut facts) = (Map::new(), Map::new());
    for given in &mut input.given {
        let named = match given.file {
            None => &mut params,
            Some(_) => &mut facts,
        };
        named.insert(given.name.clone(), given.value.clone());
        // The report of the record names the record's own file; so does this one.
        given.file = Some(CASE_FILE.to_owned());
    }
    let mut case = json!({ "symptoms": input.texts, "now": input.now });
    if let Some(case) = case.as_object_mut() {
        let rest = [
            ("params", Json::Object(params)),
            ("facts", Json::Object(facts)),
            ("locale", json!(input.locale)),
        ];
        let said = rest.into_iter().filter(|(_, it)| !it.is_null());
        case.extend(said.map(|(name, value)| (name.to_owned(), value)));
    }
    let text = format!("{case:#}\n");
    recorder.write(CASE_FILE, text.as_bytes()).map_err(wrong)?;
    Ok(recorder)
}

/// A token from a file.
fn given(path: &Path) -> Result<Box<dyn SignIn>, Failure> {
    let bytes = opening::read_bounded(path, LONGEST_TOKEN)?;
    let token = GivenToken::read(&String::from_utf8_lossy(&bytes)).map_err(|error| {
        Failure::new(format!("`{}`: {error}", path.display()))
            .help("`az account get-access-token > FILE` writes one")
    })?;
    Ok(Box::new(token))
}

#[cfg(feature = "azure")]
fn connect(args: &LiveArgs, cloud: Cloud) -> Result<Azure, Failure> {
    use crate::args::SignInWay;
    use rulec_providers::azure::{Http, Identity, IdentityKind};

    let wrong = |error: std::io::Error| Failure::new(format!("cannot go online: {error}"));
    let sign_in: Box<dyn SignIn> = match &args.token {
        Some(path) => given(path)?,
        None => {
            let kind = match args.sign_in {
                None => IdentityKind::Auto,
                Some(SignInWay::Cli) => IdentityKind::AzureCli,
                Some(SignInWay::Environment) => IdentityKind::Environment,
                Some(SignInWay::ManagedIdentity) => IdentityKind::ManagedIdentity,
                Some(SignInWay::WorkloadIdentity) => IdentityKind::WorkloadIdentity,
            };
            let identity = Identity::new(kind, args.tenant.clone(), &cloud).map_err(wrong)?;
            Box::new(identity)
        }
    };
    let http = Http::new().map_err(wrong)?;
    Ok(Azure::new(cloud, Box::new(http), sign_in))
}

#[cfg(not(feature = "azure"))]
fn connect(args: &LiveArgs, _cloud: Cloud) -> Result<Azure, Failure> {
    // Wrong use is told first, whatever the build; which way to sign in is of no use here.
    let _ = (args.sign_in, &args.tenant);
    if let Some(path) = &args.token {
        given(path)?;
    }
    Err(Failure::new("this `rulec` was built without live sources")
        .help("`cargo install --path crates/rulec --features azure` builds one that has them"))
}
