//! Compiles a pack into the binary: what `run`, `symptom` and `facts` use without `--pack`. A pack with errors stops the build
//! with the messages of `rulec check`. `RULEC_BUILT_IN_PACK` names another folder than that of this repository.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rulec_check::analyse;
use rulec_program::pack_file;
use rulec_syntax::diagnostic::Level;

use failure::Failure;
use load::{Carried, Loaded};

/// The one loader and the one way to show findings; a build script cannot use the package that it builds.
#[allow(dead_code, reason = "the binary uses more of them")]
#[path = "src"]
mod shared {
    pub mod failure;
    pub mod findings;
    pub mod harmless;
    pub mod load;
}
use shared::{failure, findings, harmless, load};

const FOLDER: &str = "RULEC_BUILT_IN_PACK";
/// Columns of the messages; cargo does not say how wide the terminal is.
const WIDTH: usize = 100;

fn main() -> ExitCode {
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

fn write() -> Result<(), String> {
    let own = PathBuf::from(needed("CARGO_MANIFEST_DIR")?).join("../../rules/azure-p2s");
    let folder = env::var_os(FOLDER).map_or(own, PathBuf::from);
    println!("cargo:rerun-if-env-changed={FOLDER}");
    println!("cargo:rerun-if-changed=build.rs");
    // A test runs this script on a pack with errors.
    if let Some(script) = env::current_exe().ok().as_ref().and_then(|it| it.to_str()) {
        println!("cargo:rustc-env=RULEC_BUILD_SCRIPT={script}");
    }
    let (bytes, texts) = compile(&folder)?;
    let out = PathBuf::from(needed("OUT_DIR")?);
    for (name, bytes) in [("built-in.rulepack", bytes), ("built-in.json", texts)] {
        let file = out.join(name);
        let written = fs::write(&file, bytes);
        written.map_err(|error| Failure::unwritable(&file, &error).to_string())?;
    }
    Ok(())
}

fn needed(name: &str) -> Result<OsString, String> {
    env::var_os(name).ok_or_else(|| format!("cargo has not set {name}"))
}

/// The pack as a file, and its texts for commands that show them; or why there is none.
fn compile(folder: &Path) -> Result<(Vec<u8>, Vec<u8>), String> {
    let loaded = load::load(&[folder.to_owned()], &[]).map_err(|failure| failure.to_string())?;
    watch(&loaded, folder);
    let analysis = analyse(&loaded.input, &loaded.sources);
    let mut found = loaded.findings.clone();
    found.extend(analysis.findings);
    let mut errors = findings::in_order(&found, &loaded.sources);
    errors.retain(|it| it.level == Level::Error);
    match analysis.program {
        Some(program) if errors.is_empty() => {
            let texts = serde_json::to_vec(&carried(&loaded)).map_err(|error| error.to_string())?;
            let pack = pack_file::write(&program).map_err(|error| error.to_string())?;
            Ok((pack, texts))
        }
        _ => {
            let text = findings::to_text(&errors, &loaded.sources, false, WIDTH);
            let folder = folder.display();
            Err(format!(
                "{text}\nthe pack that is built in, `{folder}`, has errors: `rulec check` shows them, too"
            ))
        }
    }
}

/// The texts that the binary carries; paths begin with the folder of the pack.
fn carried(loaded: &Loaded) -> Carried {
    let packs = loaded.input.packs.iter().map(|pack| {
        let files = pack.files.iter().filter_map(|file| {
            let source = loaded.sources.get(file.id)?;
            let name = source.path.rsplit('/').next()?;
            let folder = &loaded.homes.get(file.id.0 as usize)?.name;
            Some((format!("{folder}/{name}"), source.text.to_string()))
        });
        (pack.name_hint.clone(), files.collect())
    });
    packs.collect()
}

/// Cargo looks at files, and at folders with all that lies in them: the cases beside the rules are none of its business. A new
/// rule brings a translation with it.
fn watch(loaded: &Loaded, folder: &Path) {
    for (_, source) in loaded.sources.iter() {
        println!("cargo:rerun-if-changed={}", source.path);
    }
    for side in ["locales", "texts"] {
        let side = folder.join(side);
        if side.is_dir() {
            println!("cargo:rerun-if-changed={}", side.display());
        }
    }
}
