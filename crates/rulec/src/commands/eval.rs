//! `rulec eval`: one expression on a case. The expression becomes a derived fact of the pack, so it means what it means there.

use std::io::Write;

use rulec_eval::{Session, is_secret, run_session};
use rulec_facts::show;
use rulec_facts::value::Partial;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::program::Let;
use rulec_syntax::ast::{Item, Let as LetStatement, Name, Place, Statement};
use rulec_syntax::parse::parse_expression;
use rulec_syntax::source::{SourceFile, Span};
use serde_json::json;

use crate::args::{Eval, Format};
use crate::commands::run::BUDGET;
use crate::failure::Failure;
use crate::load::Loaded;
use crate::opening;
use crate::output::Output;
use crate::ready::{Readiness, Ready, ready_and};

/// Name of the derived fact; packs cannot declare it, because their names have no capital letters.
const NAME: &str = "Evaluated";

/// Prints the value; 4 if it is unknown.
pub fn run(args: &Eval, output: &mut Output) -> Result<u8, Failure> {
    let readiness = ready_and(&args.packs, output, |loaded| add(loaded, &args.expression));
    let ready = match readiness? {
        Readiness::Ready(ready) => ready,
        Readiness::NotReady(code) => return Ok(code),
    };
    let Some(derived) = ready.program.lets.iter().find(|it| it.named.name == NAME) else {
        return Err(Failure::new(
            "the expression was lost; this is a fault of rulec",
        ));
    };
    let mut opened = opening::open(&args.case, output)?;
    let mut case = opening::fit(&ready.program, std::mem::take(&mut opened.input))?;
    case.look_at(Vec::new(), vec![derived.value]);
    let mut session = Session::new(&ready.program, case);
    run_session(&mut session, &opened.providers(), BUDGET);
    let unknown = print(args.format, &ready, derived, &session, output)?;
    Ok(match (opened.damaged(), unknown) {
        (true, _) => 2,
        (false, true) => 4,
        (false, false) => 0,
    })
}

/// Puts the expression into the root pack, as a derived fact in a text of its own.
fn add(loaded: &mut Loaded, expression: &str) -> Result<(), Failure> {
    let id = loaded
        .sources
        .add(SourceFile::new("expression", expression));
    let place = Place(Span::new(
        id,
        0,
        u32::try_from(expression.len()).unwrap_or(u32::MAX),
    ));
    match parse_expression(id, expression) {
        Ok(value) => {
            let item = Item::Let(LetStatement {
                name: Name {
                    text: NAME.into(),
                    place,
                },
                ty: None,
                value,
            });
            let statement = Statement {
                doc: Vec::new(),
                item,
                allows: Vec::new(),
                place,
                comments: Vec::new(),
                blank_before: false,
            };
            loaded.add_statement(id, statement);
        }
        Err(findings) => loaded.findings.extend(findings),
    }
    Ok(())
}

fn print(
    format: Format,
    ready: &Ready,
    derived: &Let,
    session: &Session<'_>,
    output: &mut Output,
) -> Result<bool, Failure> {
    let mut scratch = Scratch::default();
    let mut look = Decider::new(&ready.program, session.state(), &mut scratch);
    let value = look.term(derived.value);
    let needs = look.needs_of(derived.value).all();
    let slots = needs
        .iter()
        .filter_map(|id| ready.program.slots.get(id.0 as usize));
    let needs: Vec<&str> = slots.map(|slot| slot.named.name.as_str()).collect();
    let unknown = matches!(value, Partial::Unknown(_));
    let hidden = !unknown && is_secret(&ready.program, derived.value);
    match format {
        Format::Json if hidden => writeln!(
            output,
            "{:#}",
            json!({ "format": 1, "value": show::SECRET })
        )?,
        Format::Text if hidden => writeln!(output, "{}", show::SECRET)?,
        Format::Json if unknown => writeln!(
            output,
            "{:#}",
            json!({ "format": 1, "value": show::json(&value, &derived.ty), "needs": needs })
        )?,
        Format::Json => writeln!(
            output,
            "{:#}",
            json!({ "format": 1, "value": show::json(&value, &derived.ty) })
        )?,
        Format::Text => {
            writeln!(output, "{}", show::text(&value, &derived.ty))?;
            if unknown {
                writeln!(output, "it needs {}", needs.join(", "))?;
            }
        }
    }
    Ok(unknown)
}
