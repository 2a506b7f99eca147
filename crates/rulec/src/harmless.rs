//! Text from files, cases and command lines before a person sees it: nothing in it reaches the terminal as a command, forges a line of
//! the output or turns its direction. Programs that read JSON get the text as it is, such characters escaped.

use std::borrow::Cow;

use rulec_facts::show::visible;

/// One line: line ends too are shown as pictures, so that a file name cannot forge a line.
pub fn line(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// Lines that are rulec's own; everything else becomes a picture.
pub fn lines(text: &str) -> String {
    text.chars()
        .map(|c| {
            if matches!(c, '\n' | '\t') {
                c
            } else {
                visible(c)
            }
        })
        .collect()
}

/// Lines as [`lines`], without the two characters more that XML 1.0 has no way to write.
pub fn for_xml(text: &str) -> String {
    lines(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// The last door: as [`lines`], but colours that rulec sets stay. Data that could hold a colour of its own went through [`line`] before.
pub fn styled(text: &str) -> Cow<'_, str> {
    if text
        .chars()
        .all(|c| matches!(c, '\n' | '\t') || visible(c) == c)
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        let (before, from) = rest.split_at(at);
        out.push_str(&lines(before));
        let length = style_length(from);
        let (style, after) = from.split_at(length.unwrap_or(1));
        match length {
            Some(_) => out.push_str(style),
            None => out.push_str(&lines(style)),
        }
        rest = after;
    }
    out.push_str(&lines(rest));
    Cow::Owned(out)
}

/// Bytes of `ESC [ 1;31 m` at the start of a text.
fn style_length(text: &str) -> Option<usize> {
    let numbers = text.strip_prefix("\u{1b}[")?;
    let end = numbers.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    numbers.get(end..)?.starts_with('m').then_some(end + 3)
}

/// At most this many characters, by leaving out the middle; says how many are missing.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    // No text has more characters than bytes.
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let count = text.chars().count();
    if count <= most {
        return Cow::Borrowed(text);
    }
    let tail = most / 3;
    let head: String = text.chars().take(most - tail).collect();
    let end: String = text.chars().skip(count - tail).collect();
    Cow::Owned(format!(
        "{head} … {} characters left out … {end}",
        count - most
    ))
}
