//! Puts comments and mistakes into a text, and finds those of a text without the parser.

/// Where comments are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    LineEnds,
    /// On lines of their own, in column one or further in, now and then with blank lines around.
    BetweenLines,
    /// In place of a blank outside texts, at the end of a line that is cut there.
    Blanks,
}

/// `text` with one numbered comment for each of `choices`.
pub fn with_comments(text: &str, choices: &[u32], at: Where) -> String {
    match at {
        Where::LineEnds => by_line(text, choices, |line, comment, _| {
            if line.trim_start().starts_with("///") || line.is_empty() || line.contains("// #") {
                format!("{line}\n")
            } else {
                format!("{line} {comment}\n")
            }
        }),
        Where::BetweenLines => by_line(text, choices, |line, comment, choice| {
            let indent = ["", "    ", "  "][choice as usize % 3];
            let before = ["", "", "\n"][choice as usize / 3 % 3];
            let after = ["", "", "", "\n"][choice as usize / 9 % 4];
            format!("{line}\n{before}{indent}{comment}\n{after}")
        }),
        Where::Blanks => at_blanks(text, choices),
    }
}

fn by_line(text: &str, choices: &[u32], put: impl Fn(&str, &str, u32) -> String) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (number, choice) in choices.iter().enumerate() {
        let at = *choice as usize % lines.len();
        let comment = format!("// #{number} \"{{");
        lines[at] = put(&lines[at], &comment, choice / 7)
            .trim_end_matches('\n')
            .to_owned();
    }
    lines.join("\n") + "\n"
}

fn at_blanks(text: &str, choices: &[u32]) -> String {
    let mut text = text.to_owned();
    for (number, choice) in choices.iter().take(3).enumerate() {
        let blanks = blanks_of(&text);
        if blanks.is_empty() {
            continue;
        }
        let at = blanks[*choice as usize % blanks.len()];
        let own_line = if choice % 5 == 0 { "\n  " } else { "" };
        text.replace_range(at..=at, &format!(" {own_line}// #{number}\n  "));
    }
    text
}

/// `text` with one mistake for each of `choices`: some characters less, or some more.
pub fn with_mistakes(text: &str, choices: &[u32]) -> String {
    let added = ["and ", ")", "{", "x", "\"", "= ", "\nrule ", ": ", "not "];
    let mut text = text.to_owned();
    for choice in choices.iter().take(2) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let at = *choice as usize % places.len().max(1);
        let from = places.get(at).copied().unwrap_or(0);
        let to = places.get(at + choice.count_ones() as usize % 5);
        let to = to.copied().unwrap_or(text.len());
        match added.get(*choice as usize % 15) {
            Some(added) => text.insert_str(from, added),
            None => text.replace_range(from..to, ""),
        }
    }
    text
}

/// Blanks within lines, outside texts, comments and descriptions.
fn blanks_of(text: &str) -> Vec<usize> {
    let mut blanks = Vec::new();
    let mut quoted = false;
    let mut comment = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' => (quoted, comment) = (false, false),
            _ if comment => {}
            b'"' => quoted = !quoted,
            b'/' if !quoted && text[at..].starts_with("//") => comment = true,
            b' ' if !quoted && at > 0 && !text[..at].ends_with([' ', '\n']) => blanks.push(at),
            _ => {}
        }
    }
    blanks
}

/// The comments of a text, sorted; descriptions are none.
pub fn comments_in(text: &str) -> Vec<&str> {
    let mut comments: Vec<&str> = text.lines().filter_map(comment_of).collect();
    comments.sort_unstable();
    comments
}

fn comment_of(line: &str) -> Option<&str> {
    let mut quoted = false;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'/' if !quoted && line[at..].starts_with("//") => {
                let rest = line[at..].trim_end();
                let description = rest.starts_with("///") && !rest.starts_with("////");
                return (!description).then_some(rest);
            }
            _ => {}
        }
    }
    None
}
