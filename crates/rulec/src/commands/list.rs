//! `rulec list`: what a pack declares.

use std::io::Write;

use rulec_check::index::{Declaration, Kind as Declared};
use serde_json::json;

use crate::args::{Format, Kind, List};
use crate::failure::Failure;
use crate::output::Output;
use crate::ready::{Readiness, Ready, ready};

const ORDER: [(Declared, Kind, &str); 8] = [
    (Declared::Param, Kind::Params, "params"),
    (Declared::Type, Kind::Types, "types"),
    (Declared::Fact, Kind::Facts, "facts"),
    (Declared::Let, Kind::Lets, "derived facts"),
    (Declared::Symptom, Kind::Symptoms, "symptoms"),
    (Declared::Rule, Kind::Rules, "rules"),
    (Declared::Fix, Kind::Fixes, "fixes"),
    (Declared::Test, Kind::Tests, "tests"),
];

/// Lists one kind of declaration, or all.
pub fn run(args: &List, output: &mut Output) -> Result<u8, Failure> {
    let ready = match ready(&args.packs, output)? {
        Readiness::Ready(ready) => ready,
        Readiness::NotReady(code) => return Ok(code),
    };
    let wanted: Vec<_> = ORDER
        .into_iter()
        .filter(|(_, kind, _)| args.kind.is_none_or(|it| it == *kind))
        .collect();
    match args.format {
        Format::Json => {
            let all: Vec<_> = wanted
                .iter()
                .flat_map(|(kind, ..)| of_kind(&ready, *kind))
                .map(|it| as_json(&ready, it))
                .collect();
            writeln!(output, "{:#}", json!({ "format": 1, "declarations": all }))?;
        }
        Format::Text => {
            for (kind, _, heading) in wanted {
                let all = of_kind(&ready, kind);
                if args.kind.is_none() && !all.is_empty() {
                    writeln!(output, "{heading}")?;
                }
                let indent = if args.kind.is_none() { "  " } else { "" };
                for it in all {
                    let title = it
                        .title
                        .as_deref()
                        .map_or_else(String::new, |title| format!("  {title}"));
                    writeln!(output, "{indent}{}{title}", it.name)?;
                }
            }
        }
    }
    Ok(0)
}

/// Declarations of a kind, in order of name.
fn of_kind(ready: &Ready, kind: Declared) -> Vec<&Declaration> {
    let mut all: Vec<_> = ready
        .analysis
        .index
        .declarations
        .iter()
        .filter(|it| it.kind == kind)
        .collect();
    all.sort_by(|a, b| (&a.name, a.pack).cmp(&(&b.name, b.pack)));
    all
}

fn as_json(ready: &Ready, it: &Declaration) -> serde_json::Value {
    let file = ready.sources.get(it.span.file);
    let place = file.map(|file| file.line_column(it.span.start));
    json!({
        "kind": it.kind.keyword(),
        "name": it.name,
        "title": it.title,
        "file": file.map(|file| &file.path),
        "line": place.map(|place| place.line),
    })
}
