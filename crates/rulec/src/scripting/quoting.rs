//! Texts in a batch file, so that the command processor takes them for nothing but texts.
//!
//! It reads a line in this order: `%` first, wherever it stands; then `"`, between two of which nothing else counts; then `^ & | < > ( )`.
//! `!` counts only with delayed expansion, which is off.

/// A text between quotes, as an argument of a command; none if it cannot be one: it has a quote, a character that is no printable ASCII,
/// or ends so that the program would take the closing quote for a part of it.
pub fn argument(text: &str) -> Option<String> {
    let fits = text.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    if text.is_empty() || !fits || text.contains('"') || text.ends_with('\\') {
        return None;
    }
    Some(format!("\"{}\"", text.replace('%', "%%")))
}

/// A text between single quotes for PowerShell, inside the double quotes of its argument; none where [`argument`] has none.
pub fn for_powershell(text: &str) -> Option<String> {
    // What PowerShell takes for another single quote is no ASCII.
    let fits = text.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    if text.is_empty() || !fits || text.contains('"') {
        return None;
    }
    Some(format!("'{}'", text.replace('\'', "''").replace('%', "%%")))
}

/// A line behind `echo `, as it is to be printed: it is printable ASCII, and neither empty nor `on`, `off` or `/?`.
pub fn echoed(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '%' => out.push_str("%%"),
            // A quote is escaped too, so that none opens and everything else stays escaped.
            '^' | '&' | '|' | '<' | '>' | '(' | ')' | '"' => {
                out.push('^');
                out.push(c);
            }
            ' '..='~' => out.push(c),
            _ => out.push('_'),
        }
    }
    out
}

/// A line of JSON in which everything but letters, digits and what JSON itself needs stands as its number.
pub fn json_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut units = [0; 2];
    for c in line.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => out.push(c),
            ' ' | '.' | ',' | ':' | '/' | '_' | '-' | '+' | '\\' | '"' | '{' | '}' | '[' | ']' => {
                out.push(c);
            }
            other => {
                for unit in other.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out
}

/// A text in a remark: what could mean something there is left out.
pub fn plain(text: &str) -> String {
    let harmless = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                ' ' | '.' | ',' | ':' | '/' | '\\' | '_' | '-' | '{' | '}' | '*'
            )
    };
    text.chars()
        .map(|c| if harmless(c) { c } else { '_' })
        .collect()
}
