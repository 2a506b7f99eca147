//! `rulec show`: one statement, its place, and what names it.

use std::collections::BTreeSet;
use std::io::Write;

use rulec_check::index::{Declaration, DeclarationId};
use serde_json::json;

use crate::args::{Format, Show};
use crate::failure::Failure;
use crate::output::Output;
use crate::ready::{Readiness, Ready, ready};

/// Shows every declaration of that name.
pub fn run(args: &Show, output: &mut Output) -> Result<u8, Failure> {
    let ready = match ready(&args.packs, output)? {
        Readiness::Ready(ready) => ready,
        Readiness::NotReady(code) => return Ok(code),
    };
    let index = &ready.analysis.index;
    let found: Vec<_> = index.named(&args.name).collect();
    if found.is_empty() {
        let names = index.declarations.iter().map(|it| it.name.as_str());
        let help = match rulec_check::nearest(&args.name, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`rulec list` names everything that the pack declares".to_owned(),
        };
        return Err(Failure::new(format!("the pack declares no `{}`", args.name)).help(help));
    }
    match args.format {
        Format::Json => {
            let all: Vec<_> = found
                .iter()
                .map(|(id, it)| as_json(&ready, *id, it))
                .collect();
            writeln!(output, "{:#}", json!({ "format": 1, "declarations": all }))?;
        }
        Format::Text => {
            for (number, (id, it)) in found.iter().enumerate() {
                if number > 0 {
                    writeln!(output)?;
                }
                print(&ready, *id, it, output)?;
            }
        }
    }
    Ok(0)
}

fn print(
    ready: &Ready,
    id: DeclarationId,
    it: &Declaration,
    output: &mut Output,
) -> Result<(), Failure> {
    if let Some(file) = ready.sources.get(it.span.file) {
        writeln!(
            output,
            "// {}:{}",
            file.path,
            file.line_column(it.span.start).line
        )?;
    }
    if let Some(title) = &it.title {
        writeln!(output, "/// {title}")?;
    }
    writeln!(output, "{}", ready.sources.slice(it.span).trim_end())?;
    for (label, names) in [
        ("names", names(ready, id)),
        ("is named by", named_by(ready, id)),
    ] {
        if !names.is_empty() {
            let names: Vec<String> = names.into_iter().collect();
            writeln!(output, "// {label}: {}", names.join(", "))?;
        }
    }
    Ok(())
}

fn label(it: &Declaration) -> String {
    format!("{} {}", it.kind.keyword(), it.name)
}

fn names(ready: &Ready, id: DeclarationId) -> BTreeSet<String> {
    let index = &ready.analysis.index;
    let references = index
        .references
        .iter()
        .filter(|it| it.from == Some(id) && it.to != id);
    references
        .filter_map(|it| index.get(it.to))
        .map(label)
        .collect()
}

fn named_by(ready: &Ready, id: DeclarationId) -> BTreeSet<String> {
    let index = &ready.analysis.index;
    let references = index
        .references
        .iter()
        .filter(|it| it.to == id && it.from != Some(id));
    references
        .map(|it| {
            it.from
                .and_then(|from| index.get(from))
                .map_or_else(|| "assume".to_owned(), label)
        })
        .collect()
}

fn as_json(ready: &Ready, id: DeclarationId, it: &Declaration) -> serde_json::Value {
    let file = ready.sources.get(it.span.file);
    json!({
        "kind": it.kind.keyword(),
        "name": it.name,
        "title": it.title,
        "file": file.map(|file| &file.path),
        "line": file.map(|file| file.line_column(it.span.start).line),
        "text": ready.sources.slice(it.span),
        "names": names(ready, id),
        "named_by": named_by(ready, id),
    })
}
