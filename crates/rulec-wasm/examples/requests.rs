//! Writes requests for a host of the module, and what the checker answers to them on this machine: `NAME.request.json`, `NAME.answer.json`.
//!
//! Arguments: a folder to write to, then folders of packs, whose used packs lie beside them. To these come packs made by a seed.
//! Each pack is asked twice, the second time with its files in another order; that has to change nothing.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rulec_wasm::{Pack, Request, Side, Text, check};

/// Rules of the packs that are made.
const MADE: &[(u64, usize, usize)] = &[
    (1, 40, 12),
    (2, 200, 40),
    (3, 1_000, 200),
    (7, 10_000, 2_000),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let to = arguments.next().ok_or("give a folder to write to")?;
    fs::create_dir_all(&to)?;
    for folder in arguments {
        let name = folder.file_name().ok_or("a folder of a pack has a name")?;
        let name = name.to_string_lossy().into_owned();
        keep(&to, &name, read(&folder)?)?;
    }
    for (seed, rules, facts) in MADE {
        let files = rulec_generate::pack_files(*seed, *rules, *facts).into_iter();
        let pack = Pack {
            name: "made".to_owned(),
            files: files.map(|(path, text)| Text { path, text }).collect(),
            locales: Vec::new(),
            texts: Vec::new(),
        };
        let request = Request {
            packs: vec![pack],
            roots: 1,
            // A case for each of thousands takes long.
            gaps: *rules <= 1_000,
        };
        keep(&to, &format!("made-{rules}"), request)?;
    }
    Ok(())
}

fn keep(to: &Path, name: &str, mut request: Request) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let answer = write(to, name, &request)?;
    let seconds = begun.elapsed().as_secs_f64();
    for pack in &mut request.packs {
        pack.files.reverse();
        let middle = pack.files.len() / 3;
        pack.files.rotate_left(middle);
        pack.locales.reverse();
        pack.texts.reverse();
    }
    if write(to, &format!("{name}-shuffled"), &request)? != answer {
        return Err(format!("{name}: another order of its files gives other findings").into());
    }
    println!(
        "{name}: {} bytes of findings, {seconds:.2} s here",
        answer.len()
    );
    Ok(())
}

fn write(to: &Path, name: &str, request: &Request) -> Result<String, Box<dyn Error>> {
    let request = serde_json::to_string(request)?;
    let answer = check(&request);
    fs::write(to.join(format!("{name}.request.json")), &request)?;
    fs::write(to.join(format!("{name}.answer.json")), &answer)?;
    Ok(answer)
}

/// A pack and what it uses.
fn read(folder: &Path) -> Result<Request, Box<dyn Error>> {
    let mut request = Request {
        packs: Vec::new(),
        roots: 1,
        gaps: true,
    };
    let mut waiting = vec![folder.to_owned()];
    let mut seen = Vec::new();
    while let Some(folder) = waiting.pop() {
        if seen.contains(&folder) {
            continue;
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let files = texts(&folder, "rules")?;
        let uses = files.iter().flat_map(|(_, text)| text.lines());
        let uses = uses.filter_map(|it| it.strip_prefix("use ")?.split_whitespace().next());
        waiting.extend(uses.map(|it| folder.with_file_name(it.replace('.', "-"))));
        request.packs.push(Pack {
            name: name.replace('-', "."),
            locales: sides(&folder.join("locales"), "ftl")?,
            texts: sides(&folder.join("texts"), "tsv")?,
            files: files
                .into_iter()
                .map(|(path, text)| Text {
                    path: path.to_string_lossy().into_owned(),
                    text,
                })
                .collect(),
        });
        seen.push(folder);
    }
    Ok(request)
}

fn sides(folder: &Path, ending: &str) -> Result<Vec<Side>, Box<dyn Error>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let files = texts(folder, ending)?.into_iter();
    Ok(files
        .map(|(path, text)| Side {
            locale: path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            path: path.to_string_lossy().into_owned(),
            text,
        })
        .collect())
}

fn texts(folder: &Path, ending: &str) -> Result<Vec<(PathBuf, String)>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == ending) {
            let text = fs::read_to_string(&path)?;
            found.push((path, text));
        }
    }
    found.sort();
    Ok(found)
}
