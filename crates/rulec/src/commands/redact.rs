//! `rulec redact`: a case that may be sent, and what in it was replaced.

use std::io::Write;
use std::path::Path;

use rulec_artefacts::redact::{Counts, Sort};
use rulec_program::seal::Sealed;
use rulec_providers::case_output;
use serde_json::{Map, Value as Json, json};

use crate::args::Format;
use crate::args::redact::Redact;
use crate::failure::{Failure, io_reason};
use crate::harmless;
use crate::opening::{self, Opened};
use crate::output::Output;
use crate::ready::{Readiness, runnable};
use crate::redacting::{self, Redacted};
use crate::sealing;

/// Differences that are told.
const MOST_TOLD: usize = 10;

/// Writes the redacted case; 2 if something of the case could not be read, and is therefore in neither.
pub fn run(args: &Redact, output: &mut Output) -> Result<u8, Failure> {
    if let (Some(map), Some(key)) = (&args.open, &args.map_key) {
        let text = sealing::open(map, &sealing::existing_key(key)?)?;
        output.write_all(text.as_bytes())?;
        return Ok(0);
    }
    // The arguments are such that both are there.
    let (Some(case), Some(to)) = (&args.case, &args.output) else {
        return Ok(2);
    };
    let program = match runnable(&args.packs, false, None, output)? {
        Readiness::Ready(ready) => ready.whole()?,
        Readiness::NotReady(code) => return Ok(code),
    };
    for path in [Some(to), args.map.as_ref()].into_iter().flatten() {
        if case_output::is_taken(path) {
            let text = format!("`{}` is there already", path.display());
            return Err(Failure::new(text).help("give a name that is not taken"));
        }
    }
    let mut opened = opening::open_folder(case)?;
    for finding in opened.folder.iter().flat_map(|folder| &folder.findings) {
        output.mistake(&format!("{finding}; the redacted case lacks this input"));
    }
    let redacted = redacted(&program, &mut opened)?;
    case_output::write(to, &redacted.files).map_err(|error| {
        Failure::new(format!(
            "cannot write `{}`: {}",
            to.display(),
            io_reason(&error)
        ))
    })?;
    if let (Some(map), Some(key)) = (&args.map, &args.map_key) {
        write_map(map, key, &redacted)?;
    }
    print(args, &redacted, output)?;
    Ok(if opened.damaged() { 2 } else { 0 })
}

/// The redacted case, if the same comes out of it.
fn redacted(program: &Sealed, opened: &mut Opened) -> Result<Redacted, Failure> {
    let input = std::mem::take(&mut opened.input);
    let (texts, locale) = (input.texts.clone(), input.locale.clone());
    let case = opening::fit(program, input)?;
    let session = redacting::look_up(program, case.clone(), &opened.providers());
    let vocabulary = redacting::vocabulary(program)?;
    // For this case alone; it is kept nowhere.
    let key = sealing::random()?;
    let redacted = redacting::redact(&session, &texts, locale.as_deref(), &vocabulary, key)?;
    let old = redacting::outcomes(program, &case, &opened.providers());
    let new = redacting::outcomes_of(program, &redacted)?;
    let differences = redacting::differences(&old, &new);
    match differences.is_empty() {
        true => Ok(redacted),
        false => Err(refused(&differences)),
    }
}

fn write_map(path: &Path, key: &Path, redacted: &Redacted) -> Result<(), Failure> {
    let tokens = redacted.map.iter();
    let tokens: Map<String, Json> = tokens
        .map(|(token, it)| (token.clone(), json!(it)))
        .collect();
    let text = format!("{:#}\n", json!({ "format": 1, "tokens": tokens }));
    let sealed = sealing::seal(&text, &sealing::key(key)?)?;
    case_output::write_private(path, &sealed).map_err(|error| Failure::unwritable(path, &error))
}

fn refused(differences: &[String]) -> Failure {
    let mut lines =
        vec!["nothing was written: other verdicts would come out of the redacted case".to_owned()];
    lines.extend(differences.iter().take(MOST_TOLD).cloned());
    if differences.len() > MOST_TOLD {
        lines.push(format!("and {} more", differences.len() - MOST_TOLD));
    }
    Failure::several(&lines)
}

fn print(args: &Redact, redacted: &Redacted, output: &mut Output) -> Result<(), Failure> {
    if args.format == Format::Json {
        let files: Map<String, Json> = redacted
            .counts
            .iter()
            .map(|(file, sorts)| {
                let sorts = sorts.iter().map(|(sort, count)| {
                    let count = json!({ "places": count.places, "different": count.tokens.len() });
                    (sort.name().to_owned(), count)
                });
                (file.clone(), Json::Object(sorts.collect()))
            })
            .collect();
        let object = json!({ "format": 1, "files": files });
        writeln!(output, "{object:#}")?;
        return Ok(());
    }
    writeln!(output, "replaced, by file as it is named now:")?;
    for (file, sorts) in &redacted.counts {
        let file = match file.as_str() {
            "" => "what a person said",
            file => file,
        };
        let parts = sorts.iter().map(|(sort, count)| {
            format!(
                "{} {} ({} different)",
                count.places,
                sort.name(),
                count.tokens.len()
            )
        });
        let parts: Vec<String> = parts.collect();
        writeln!(output, "  {}: {}", harmless::line(file), parts.join(", "))?;
    }
    writeln!(output, "{}", total(&redacted.counts))?;
    writeln!(output, "the same verdicts come out of both cases")?;
    Ok(())
}

fn total(counts: &Counts) -> String {
    let of = |sort: &Sort| {
        let files = counts.values().filter_map(|it| it.get(sort));
        let places: usize = files.map(|it| it.places).sum();
        (places > 0).then(|| format!("{places} {}", sort.name()))
    };
    let parts: Vec<String> = Sort::ALL.iter().filter_map(of).collect();
    match parts.is_empty() {
        true => "nothing had to be replaced".to_owned(),
        false => format!("in all: {}", parts.join(", ")),
    }
}
