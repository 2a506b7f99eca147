//! Repairs in a text; what they touch is formatted, and nothing else.

use rulec_syntax::diagnostic::{Level, Repair};
use rulec_syntax::format::format_text;
use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;

/// The text with repairs that do not overlap; none if a place is not in it.
pub fn applied(old: &str, repairs: &[&Repair]) -> Option<String> {
    let mut repairs: Vec<&Repair> = repairs.to_vec();
    repairs.sort_by_key(|it| it.span.start);
    let statements = parse(FileId(0), old).file.statements;
    let mut text = String::with_capacity(old.len());
    let mut from = 0;
    // Where something was changed within a statement, in bytes of the new text.
    let mut touched: Vec<(usize, usize)> = Vec::new();
    for repair in repairs {
        let (start, end) = (repair.span.start as usize, repair.span.end as usize);
        text.push_str(old.get(from..start)?);
        let at = text.len();
        text.push_str(&with_line_ends_of(old, &repair.text));
        from = end;
        let whole = statements.iter().any(|it| {
            let place = it.place.0;
            start <= place.start as usize && (place.end as usize) <= end
        });
        if !whole {
            touched.push((at, text.len()));
        }
    }
    text.push_str(old.get(from..)?);
    Some(formatted(text, &touched))
}

fn with_line_ends_of(old: &str, text: &str) -> String {
    match old.contains("\r\n") {
        true => text.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => text.to_owned(),
    }
}

/// Statements that were touched, in the one layout.
fn formatted(mut text: String, touched: &[(usize, usize)]) -> String {
    let statements = parse(FileId(0), &text).file.statements;
    for statement in statements.iter().rev() {
        let (start, end) = (
            statement.place.0.start as usize,
            statement.place.0.end as usize,
        );
        let within = |it: &(usize, usize)| match it.0 == it.1 {
            true => start < it.0 && it.0 <= end,
            false => start < it.1 && it.0 < end,
        };
        let Some(own) = text.get(start..end).filter(|_| touched.iter().any(within)) else {
            continue;
        };
        let new = format_text(FileId(0), own);
        if new.findings.iter().all(|it| it.level < Level::Error) {
            let new = with_line_ends_of(&text, new.text.trim_end());
            text.replace_range(start..end, &new);
        }
    }
    text
}
