//! How wide a text is, and where it is broken, without knowing the font that will show it.
//!
//! Widths are those of wide fonts (Verdana, DejaVu), so that a narrower one leaves room and no label is cut.

/// A kind of writing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Font {
    /// Titles.
    Heading,
    /// Sentences.
    Plain,
    /// Names of the language.
    Code,
}

impl Font {
    /// Size in pixels.
    pub fn size(self) -> f64 {
        match self {
            Font::Heading => 14.0,
            Font::Plain => 12.0,
            Font::Code => 11.0,
        }
    }

    /// From one line to the next.
    pub fn line(self) -> f64 {
        self.size() + 5.0
    }
}

/// The width of a line in pixels, at most.
pub fn width(text: &str, font: Font) -> f64 {
    text.chars().map(|c| of_char(c, font)).sum::<f64>() * font.size()
}

fn of_char(c: char, font: Font) -> f64 {
    match (font, c) {
        (_, '\u{1f000}'..) => 1.5,
        (_, '\u{1100}'..) => 1.05,
        (Font::Code, c) if c.is_ascii() => 0.62,
        (_, c) if !c.is_ascii() => 0.9,
        (Font::Heading, c) => sans(c) * 1.13,
        (_, c) => sans(c),
    }
}

fn sans(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 0.4,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' | '`' | '"' => 0.48,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 1.0,
        'A'..='Z' | '+' | '<' | '>' | '=' | '~' | '#' | '&' => 0.82,
        _ => 0.65,
    }
}

/// Lines no wider than that; a word that is wider is broken behind one of its hyphens, dots or underscores, else where it must.
pub fn wrap(text: &str, most: f64, font: Font) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if width(&longer, font) <= most {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            line.push(c);
            if width(&line, font) > most && line.chars().count() > 1 {
                line.pop();
                // A break that leaves less than half of the line is worse than one within a part.
                let half = line.len() / 2;
                let part = line.rfind(['-', '.', '_']).filter(|it| *it >= half);
                let mut rest = part.map_or(String::new(), |it| line.split_off(it + 1));
                rest.push(c);
                lines.push(std::mem::replace(&mut line, rest));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_keeps_every_character_and_the_width() {
        let texts = [
            "No client certificate was found",
            "用戶端憑證遺失或私密金鑰不可用，請重新匯入",
            "a-name-that-is-far-too-long-for-one-line-and-has-no-blank",
            "",
        ];
        for text in texts {
            let lines = wrap(text, 90.0, Font::Heading);
            assert!(
                lines.iter().all(|it| width(it, Font::Heading) <= 90.0),
                "{lines:?}"
            );
            let joined: String = lines.concat().replace(' ', "");
            assert_eq!(joined, text.replace(' ', ""));
        }
    }
}
