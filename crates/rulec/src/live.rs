//! `--live`: the cloud itself or this machine as a source, and `--record`: what it answered as a case folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rulec_eval::{CaseInput, Provider, is_secret_name};
use rulec_program::seal::Sealed;
use rulec_providers::azure::{Azure, Cloud, GivenToken, Recorder, SignIn};
use rulec_providers::clock;
use rulec_providers::plugin::{self, Limits, Plugin};
use rulec_providers::recording::Recording;

use crate::args::{LiveArgs, LiveSystem};
use crate::failure::{Failure, io_reason};
use crate::keeping;
use crate::opening::{self, Opened};
use crate::output::Output;

/// Name of the case file that a record has.
pub const CASE_FILE: &str = "case.json";

/// Longest file of a token, bytes.
const LONGEST_TOKEN: usize = 1 << 16;

/// A batch is read from a file.
pub fn refuse_batch(args: &LiveArgs) -> Result<(), Failure> {
    match args.live.is_some() || !args.provider.is_empty() {
        true => Err(Failure::new("a batch is not asked live")
            .help("run one case with `--live` or `--provider`")),
        false => Ok(()),
    }
}

/// Those who can be asked live, as the arguments want it, in the order in which they are asked. The one place where they are chosen: what
/// reads another system is added here.
pub fn sources(args: &LiveArgs, time: Duration) -> Result<Vec<Arc<dyn Provider>>, Failure> {
    let mut sources: Vec<Arc<dyn Provider>> = Vec::new();
    match args.live {
        None | Some(LiveSystem::Plugin(_)) => {}
        Some(LiveSystem::Azure) => sources.push(Arc::new(azure(args)?.within(time))),
        Some(LiveSystem::Windows) => sources.push(Arc::from(windows(args)?)),
    }
    for plugin in plugins(&plugin_names(args)?)? {
        sources.push(Arc::new(plugin));
    }
    Ok(sources)
}

/// Adds the live source that was asked for to a case. Without a time of its own the case is of now.
pub fn open(args: &LiveArgs, opened: &mut Opened) -> Result<(), Failure> {
    let names = plugin_names(args)?;
    opened.plugins = plugins(&names)?;
    if (args.live.is_some() || !names.is_empty()) && opened.input.now.is_none() {
        opened.input.now = Some(clock::now());
        opened.input.now_of_run = true;
    }
    match args.live {
        None | Some(LiveSystem::Plugin(_)) => return Ok(()),
        Some(LiveSystem::Windows) => {
            opened.machine = Some(windows(args)?);
            return Ok(());
        }
        Some(LiveSystem::Azure) => {}
    }
    opened.live = Some(azure(args)?);
    Ok(())
}

/// The plug-ins that are asked, by path or name.
fn plugin_names(args: &LiveArgs) -> Result<Vec<String>, Failure> {
    let mut names = args.provider.clone();
    if let Some(LiveSystem::Plugin(name)) = &args.live {
        let of_azure = [
            args.cloud.is_some(),
            args.sign_in.is_some(),
            args.tenant.is_some(),
            args.token.is_some(),
        ];
        if of_azure.contains(&true) {
            let text = format!("cloud and sign-in are those of `--live azure`, not of `{name}`");
            return Err(Failure::new(text).help("leave them out; a plug-in has its own settings"));
        }
        names.insert(0, name.clone());
    }
    Ok(names)
}

fn azure(args: &LiveArgs) -> Result<Azure, Failure> {
    let cloud = args.cloud.as_deref().unwrap_or("public");
    let cloud = Cloud::named(cloud).map_err(|error| {
        Failure::new(error)
            .help("name one of the three, or give `https://` and the host of a resource manager")
    })?;
    connect(args, cloud)
}

/// The machine on which this runs; what says how to sign in to the cloud is of no use there.
fn windows(args: &LiveArgs) -> Result<Box<dyn Provider>, Failure> {
    let of_the_cloud = [
        ("--cloud", args.cloud.is_some()),
        ("--sign-in", args.sign_in.is_some()),
        ("--tenant", args.tenant.is_some()),
        ("--token", args.token.is_some()),
    ];
    if let Some((word, _)) = of_the_cloud.iter().find(|(_, given)| *given) {
        return Err(Failure::new(format!(
            "`{word}` is for `--live azure`, not for `--live windows`"
        )));
    }
    this_machine()
}

#[cfg(windows)]
fn this_machine() -> Result<Box<dyn Provider>, Failure> {
    Ok(Box::new(rulec_providers::windows::Windows::here()))
}

#[cfg(not(windows))]
fn this_machine() -> Result<Box<dyn Provider>, Failure> {
    Err(
        Failure::new("`--live windows` asks the machine on which it runs, and this is no Windows")
            .help("run `rulec.exe` on that machine, or give what was saved of it with `--case`"),
    )
}

/// Begins the record that was asked for, with what was given for the case. What the pack declares secret is left out, and told.
pub fn record(
    folder: Option<&Path>,
    opened: &mut Opened,
    program: &Sealed,
    output: &mut Output,
) -> Result<(), Failure> {
    let live = opened.live.is_some() || opened.machine.is_some() || !opened.plugins.is_empty();
    let Some(folder) = folder.filter(|_| live) else {
        return Ok(());
    };
    let recorder = begun(folder, &mut opened.input, |name| {
        is_secret_name(program, name)
    })?;
    for given in &opened.input.given {
        if is_secret_name(program, &given.name) == Some(true) {
            let text = format!(
                "`{}` is secret and not in the record: give it again with the record",
                given.name
            );
            output.note("note", &text);
        }
    }
    let plugins = std::mem::take(&mut opened.plugins).into_iter();
    opened.plugins = plugins.map(|it| it.recording(recorder.clone())).collect();
    match opened.machine.take() {
        Some(machine) => opened.recorded = Some(Recording::new(machine, recorder)),
        None => opened.live = opened.live.take().map(|it| it.recording(recorder)),
    }
    Ok(())
}

/// The executable of a plug-in: a path, or a name of the PATH.
pub fn executable(name: &str) -> Result<PathBuf, Failure> {
    if name.contains(['/', '\\']) {
        let path = Path::new(name);
        return match path.is_file() {
            true => Ok(path.to_owned()),
            false => Err(Failure::new(format!("there is no executable `{name}`"))),
        };
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    plugin::find(name, &folders).ok_or_else(|| {
        Failure::new(format!("no folder of the PATH has `rulec-provider-{name}`"))
            .help("give the path of the executable, as in `./rulec-provider-acme`; `--live azure` asks the cloud")
    })
}

/// A plug-in, started and described.
pub fn plugin(name: &str) -> Result<Plugin, Failure> {
    let path = executable(name)?;
    Plugin::start(&path, Limits::default()).map_err(|why| {
        Failure::new(format!("`{name}` is no plug-in that can be used: {why}")).help(format!(
            "`rulec provider test {name}` says what is wrong with it"
        ))
    })
}

/// All of them; no two answer for the same kinds.
pub fn plugins(names: &[String]) -> Result<Vec<Plugin>, Failure> {
    let mut all: Vec<Plugin> = Vec::new();
    for name in names {
        let new = plugin(name)?;
        let system = &new.description().system;
        if all.iter().any(|it| it.description().system == *system) {
            return Err(Failure::new(format!("two plug-ins answer for `{system}`"))
                .help("leave one of them out"));
        }
        all.push(new);
    }
    Ok(all)
}

/// A new record with its case file.
fn begun(
    folder: &Path,
    input: &mut CaseInput,
    is_secret: impl Fn(&str) -> Option<bool>,
) -> Result<Recorder, Failure> {
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
    let text = keeping::case_file(input, &is_secret);
    // The report of the record names the record's own file; so does this one, of the time as of every fact.
    input.now_file = Some(CASE_FILE.to_owned());
    input.now_of_run = false;
    let known = input.given.iter_mut();
    for given in known.filter(|it| is_secret(&it.name) == Some(false)) {
        given.file = Some(CASE_FILE.to_owned());
    }
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
    use crate::args::live::SignInWay;
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
