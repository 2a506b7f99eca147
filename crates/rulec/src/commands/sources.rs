//! `rulec sources`: the table of what may stand after `from`.

use std::io::Write;

use rulec_facts::source::{self, Argument, ArgumentValue, Locator, Presence, SourceKind, Yields};
use rulec_facts::types::RecordType;
use serde_json::json;

use crate::args::{Format, Sources};
use crate::failure::Failure;
use crate::live;
use crate::output::Output;

/// Prints the rows whose name holds the text.
pub fn run(args: &Sources, output: &mut Output) -> Result<u8, Failure> {
    let filter = args.filter.as_deref().unwrap_or("").to_lowercase();
    let plugins = live::plugins(&args.provider)?;
    let described = plugins
        .iter()
        .flat_map(|it| it.description().kinds.iter().copied());
    let table = source::all().filter(|_| args.provider.is_empty());
    let rows: Vec<&SourceKind> = table
        .chain(described)
        .filter(|row| row.name().contains(&filter))
        .collect();
    if rows.is_empty() {
        return Err(
            Failure::new(format!("no kind of source has `{filter}` in its name"))
                .help("`rulec sources` prints them all"),
        );
    }
    match args.format {
        Format::Json => {
            let all: Vec<_> = rows.into_iter().map(as_json).collect();
            writeln!(output, "{:#}", json!({ "format": 1, "sources": all }))?;
        }
        Format::Text => {
            for row in rows {
                print(row, output)?;
            }
            if filter.is_empty() && args.provider.is_empty() {
                print_records(output)?;
            }
        }
    }
    Ok(0)
}

fn print(row: &SourceKind, output: &mut Output) -> Result<(), Failure> {
    writeln!(output, "{}\n    {}", row.name(), row.title)?;
    writeln!(output, "    locator     {}", locator(row.locator))?;
    for argument in row.arguments {
        let must = if argument.required { ", required" } else { "" };
        writeln!(
            output,
            "    {:<11} {}{must}: {}",
            argument.word,
            value(argument),
            argument.about
        )?;
    }
    if row.at != Presence::Never {
        let must = if row.at == Presence::Required {
            "required: "
        } else {
            ""
        };
        writeln!(output, "    at          {must}{}", row.path.describe())?;
    }
    writeln!(output, "    result      {}", result(row))?;
    writeln!(output, "    not there   {}", row.not_there)?;
    writeln!(
        output,
        "    privilege   {}; {}",
        row.privilege, row.permission
    )?;
    if row.consent {
        writeln!(output, "    consent     asked for before it is used")?;
    }
    for line in row.example.lines() {
        writeln!(output, "    example     {}", line.trim())?;
    }
    writeln!(output)?;
    Ok(())
}

fn locator(locator: Locator) -> String {
    match locator {
        Locator::None => "none".to_owned(),
        Locator::Required(what) => what.to_owned(),
        Locator::OneOf(texts) => format!(
            "one of {}",
            texts
                .iter()
                .map(|it| format!("\"{it}\""))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}

fn value(argument: &Argument) -> String {
    match argument.value {
        ArgumentValue::Flag => "alone".to_owned(),
        ArgumentValue::Text => "\"text\"".to_owned(),
        ArgumentValue::Number => "number".to_owned(),
        ArgumentValue::Numbers => "numbers".to_owned(),
        ArgumentValue::Duration => "duration".to_owned(),
        ArgumentValue::OneOf(words) => words.join(" | "),
    }
}

fn result(row: &SourceKind) -> String {
    match row.result {
        Yields::Declared => "by the declared type".to_owned(),
        Yields::Described(result) => rulec_check::type_name(result),
        Yields::One(shapes) => shapes
            .iter()
            .map(|it| rulec_check::type_name(&it.ty()))
            .collect::<Vec<_>>()
            .join(" or "),
        Yields::Records(records) => {
            let mut names: Vec<String> = records
                .iter()
                .map(|it| format!("list of {}", it.name()))
                .collect();
            names.push("a list of a declared record".to_owned());
            format!(
                "{}; with `newest 1` one of them, or absent",
                names.join(" or ")
            )
        }
    }
}

fn print_records(output: &mut Output) -> Result<(), Failure> {
    writeln!(output, "built-in records (`?` may be absent)\n")?;
    for record in source::built_in_types() {
        writeln!(
            output,
            "{}\n    {}",
            record.name.as_deref().unwrap_or(""),
            fields(record).join(", ")
        )?;
    }
    Ok(())
}

fn fields(record: &RecordType) -> Vec<String> {
    record
        .fields
        .iter()
        .map(|field| format!("{}{}", field.name, if field.ty.optional { "?" } else { "" }))
        .collect()
}

fn as_json(row: &SourceKind) -> serde_json::Value {
    let arguments: Vec<_> = row
        .arguments
        .iter()
        .map(|it| json!({ "word": it.word, "value": value(it), "required": it.required, "about": it.about }))
        .collect();
    json!({
        "system": row.system,
        "kind": row.kind,
        "title": row.title,
        "locator": locator(row.locator),
        "arguments": arguments,
        "each": row.each,
        "at": (row.at != Presence::Never).then(|| row.path.describe()),
        "result": result(row),
        "not_there": row.not_there,
        "privilege": row.privilege,
        "permission": row.permission,
        "cost_ms": u64::try_from(row.cost.as_millis()).unwrap_or(u64::MAX),
        "consent": row.consent,
        "example": row.example,
    })
}
