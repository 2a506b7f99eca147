//! Text that Markdown takes as text.

use rulec_facts::show::visible;

/// One line of prose. CommonMark lets every ASCII punctuation mark be escaped; only those that could mean something where they stand
/// are, so that the source stays readable.
pub(super) fn prose(text: &str) -> String {
    let clean = line(text);
    let mut out = String::with_capacity(clean.len());
    let mut before = ' ';
    for (at, c) in clean.char_indices() {
        let after = clean
            .get(at + c.len_utf8()..)
            .and_then(|it| it.chars().next());
        let escaped = match c {
            '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' => true,
            // Inside a word it is no emphasis.
            '_' => !(before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric)),
            // Before anything else it is a backslash.
            '\\' => after.is_none_or(|it| it.is_ascii_punctuation()),
            '&' => after.is_some_and(|it| it.is_ascii_alphanumeric() || it == '#'),
            // These begin a heading, a list or a quotation.
            '#' | '>' | '-' | '+' | '=' => at == 0,
            '.' | ')' => is_number(clean.get(..at)),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
        // Nobody is called by a customer's data: what follows is not taken for the name of an account.
        if c == '@' && !before.is_alphanumeric() {
            out.push_str("<!-- -->");
        }
        before = c;
    }
    out
}

/// A value in a cell of a table: a stroke would end the cell, even in a code span.
pub(super) fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// A value, as a code span that holds whatever is in it.
pub(super) fn code(text: &str) -> String {
    let clean = line(text);
    if clean.is_empty() {
        return String::new();
    }
    let mut longest = 0;
    let mut run = 0;
    for c in clean.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    // A blank at both ends is taken away again by who reads it; a text that begins or ends with a backtick needs it.
    let pad = if clean.starts_with(['`', ' ']) || clean.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{clean}{pad}{fence}")
}

fn is_number(text: Option<&str>) -> bool {
    text.is_some_and(|it| !it.is_empty() && it.chars().all(|c| c.is_ascii_digit()))
}

/// Line ends and tabs become blanks, other control characters and marks of direction are shown.
fn line(text: &str) -> String {
    let clean = text.chars().map(|c| match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        c => visible(c),
    });
    let clean: String = clean.collect();
    clean.trim().to_owned()
}
