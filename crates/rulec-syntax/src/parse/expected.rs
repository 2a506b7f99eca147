//! Where the grammar could not go on: what a reader of the language would have expected there.

use super::codes::{HYPHEN_IN_NAME, RESERVED_NAME, SINGLE_EQUALS, SYNTAX_ERROR, UNKNOWN_CLAUSE};
use super::item::{Keyword, misplaced_description, unknown_clause};
use super::names::RESERVED;
use super::nearest::nearest;
use super::nodes::Stop;
use super::phrase::{clause_word, keyword_of, list, phrases, quoted_list, shape};
use super::trap::{hyphenated, hyphenated_length, swallowed};
use crate::diagnostic::Diagnostic;
use crate::grammar::Rule;
use crate::source::{FileId, Span};

/// Words between operands.
const OPERATOR_WORDS: [&str; 10] = [
    "and", "or", "in", "contains", "overlaps", "matches", "starts", "ends", "is", "where",
];

/// Signs of other languages, and what stands for them here.
const FOREIGN: [(&str, &str); 12] = [
    ("&&", "write `and`"),
    ("||", "write `or`"),
    ("!", "write `not`, or `!=` between two values"),
    ("<>", "write `!=`"),
    ("#", "a remark begins with `//`"),
    ("'", "texts stand in straight double quotes"),
    ("‘", "texts stand in straight double quotes"),
    ("’", "texts stand in straight double quotes"),
    ("“", "texts stand in straight double quotes"),
    ("”", "texts stand in straight double quotes"),
    ("\u{a0}", "this is a no-break space; write a plain one"),
    (";", "statements and clauses end with their line"),
];

/// A text that could not be read, with what is known about it.
pub(super) struct Broken<'a> {
    pub(super) file: FileId,
    /// Where `text` begins in its file.
    pub(super) base: u32,
    pub(super) text: &'a str,
    /// Which statement it is; none for an expression alone.
    pub(super) keyword: Option<Keyword>,
}

impl Broken<'_> {
    /// The one finding for a text that the grammar could not read.
    pub(super) fn finding(&self, stop: &Stop) -> Diagnostic {
        let at = stop.at.min(self.text.len());
        let found = self.token(at);
        self.description(at)
            .or_else(|| self.equals(at, stop))
            .or_else(|| self.hyphen(at, stop))
            .or_else(|| self.reserved(at, found, stop))
            .or_else(|| self.shouted(at, stop))
            .or_else(|| self.swallowed(at, stop))
            .or_else(|| self.clause(at, found, stop))
            .or_else(|| self.keyword_slip(at, found, stop))
            .unwrap_or_else(|| self.general(at, found, stop))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.base + start as u32, self.base + end as u32)
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or("")
    }

    /// The word, number, text or sign at `at`; empty at the end.
    fn token(&self, at: usize) -> &str {
        let rest = self.rest(at);
        rest.get(..token_length(rest)).unwrap_or("")
    }

    /// The word or sign before `at`, comments left out.
    fn before(&self, at: usize) -> &str {
        let mut text = self.text.get(..at).unwrap_or("").trim_end();
        while let Some(comment) = trailing_comment(text) {
            text = text.get(..comment).unwrap_or("").trim_end();
        }
        let is_word = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '.' | '-' | '/');
        let start = text.trim_end_matches(is_word).len();
        if start < text.len() {
            return text.get(start..).unwrap_or("");
        }
        let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
        let start = if text.ends_with("=>") || text.ends_with("==") {
            last.saturating_sub(1)
        } else {
            last
        };
        text.get(start..).unwrap_or("")
    }

    /// At a description, or behind one that stands last in its brackets.
    fn description(&self, at: usize) -> Option<Diagnostic> {
        let before = self.text.get(..at).unwrap_or("").trim_end();
        let start = match self.rest(at).as_bytes() {
            [b'/', b'/', ..] => at,
            [b'}', ..] => trailing_comment(before)?,
            _ => return None,
        };
        let rest = self.rest(start);
        if !rest.starts_with("///") || rest.starts_with("////") {
            return None;
        }
        let line = rest.lines().next().unwrap_or(rest).trim_end();
        Some(misplaced_description(self.span(start, start + line.len())))
    }

    fn equals(&self, at: usize, stop: &Stop) -> Option<Diagnostic> {
        let rest = self.rest(at);
        if rest.starts_with("==") && stop.expected.contains(&Rule::equals) {
            let place = self.span(at, at + 2);
            let finding = SINGLE_EQUALS.at(place, "`==` compares, and nothing is compared here");
            return Some(finding.help("write `=`").repair("write `=`", place, "="));
        }
        let single = rest.starts_with('=') && !rest.starts_with("=>") && !rest.starts_with("==");
        if single && stop.expected.contains(&Rule::operator) {
            let place = self.span(at, at + 1);
            let finding = SINGLE_EQUALS.at(place, "`=` does not compare");
            return Some(finding.help("write `==`").repair("write `==`", place, "=="));
        }
        None
    }

    /// A hyphen in the name around `at`: `a-in-b`, `2nd-try`.
    fn hyphen(&self, at: usize, stop: &Stop) -> Option<Diagnostic> {
        let in_expression = [
            Rule::operator,
            Rule::expression,
            Rule::word,
            Rule::negation,
            Rule::equals,
            Rule::path,
        ];
        if !stop
            .expected
            .iter()
            .any(|rule| in_expression.contains(rule))
        {
            return None;
        }
        let part = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.' | '-');
        let start = self.text.get(..at)?.trim_end_matches(part).len();
        let name = self
            .text
            .get(start..start + hyphenated_length(self.rest(start)))?;
        let joined = name.split('-').all(|word| !word.is_empty());
        if !joined
            || !name.contains('-')
            || !name.starts_with(|sign: char| sign.is_ascii_alphabetic())
        {
            return None;
        }
        let place = self.span(start, start + name.len());
        if name.split('-').any(|word| RESERVED.contains(&word)) {
            let mended = name.replace('-', "_");
            let message = format!("`{name}` has a hyphen, and names in expressions have none");
            let finding = HYPHEN_IN_NAME
                .at(place, message)
                .help(format!("did you mean `{mended}`?"));
            return Some(finding.repair("join the words", place, mended));
        }
        Some(hyphenated(place, name))
    }

    /// A reserved word where a name is declared, or with a dot behind it: `no.x`, `any in in xs`.
    fn reserved(&self, at: usize, found: &str, stop: &Stop) -> Option<Diagnostic> {
        let declares = [Rule::variable, Rule::path]
            .iter()
            .any(|rule| stop.expected.contains(rule));
        let first = found.split('.').next().unwrap_or(found);
        let (start, word) = if declares && RESERVED.contains(&first) {
            (at, first)
        } else {
            let word = self.before(at);
            let dotted = self.rest(at).starts_with('.') && self.text.get(..at)?.ends_with(word);
            if !dotted || !RESERVED.contains(&word) {
                return None;
            }
            (at - word.len(), word)
        };
        let message = format!("`{word}` is a word of the language and cannot begin a name");
        let finding = RESERVED_NAME.at(self.span(start, start + word.len()), message);
        Some(finding.help("choose another name, or put a word before it"))
    }

    /// `x AND y`: operators are words in lower case; in upper case one is read as a code's symbol.
    fn shouted(&self, at: usize, stop: &Stop) -> Option<Diagnostic> {
        let word = self.before(at);
        let lower = word.to_ascii_lowercase();
        let known = OPERATOR_WORDS.contains(&lower.as_str()) || lower == "not";
        if word == lower || !known || !stop.expected.contains(&Rule::operator) {
            return None;
        }
        let start = self.text.get(..at)?.rfind(word)?;
        let place = self.span(start, start + word.len());
        let finding = SYNTAX_ERROR.at(place, format!("expected an operator, found `{word}`"));
        let finding = finding.help("the words of the language are in lower case");
        Some(finding.repair(format!("write `{lower}`"), place, lower))
    }

    /// `when likelihood rare`: the clause's word was read as the condition.
    fn swallowed(&self, at: usize, stop: &Stop) -> Option<Diagnostic> {
        let word = self.before(at);
        let clause = self.keyword?.clauses().contains(&word);
        if !clause || !stop.expected.contains(&Rule::operator) {
            return None;
        }
        let start = self.text.get(..at)?.rfind(word)?;
        Some(swallowed(self.span(start, start + word.len()), word))
    }

    /// A word where one of a few words must stand: `expect confirm`, `needs admin`.
    fn keyword_slip(&self, at: usize, found: &str, stop: &Stop) -> Option<Diagnostic> {
        let words = stop.expected.iter().filter_map(|rule| keyword_of(*rule));
        if let Some(meant) = nearest(found, words) {
            let place = self.span(at, at + found.len());
            let finding = SYNTAX_ERROR.at(place, format!("expected `{meant}`, found `{found}`"));
            return Some(finding.repair(format!("write `{meant}`"), place, meant));
        }
        // In a test a misspelt clause looks like the name of a fact that wants its `=`.
        let keyword = self
            .keyword
            .filter(|_| stop.expected.contains(&Rule::equals))?;
        let word = self.before(at);
        let start = self.text.get(..at)?.rfind(word)?;
        let meant = nearest(word, keyword.clauses().iter().copied())?;
        let place = self.span(start, start + word.len());
        self.first_on_line(start)
            .then(|| unknown_clause(place, keyword, word, meant))
    }

    /// A word where a clause could begin.
    fn clause(&self, at: usize, found: &str, stop: &Stop) -> Option<Diagnostic> {
        let keyword = self.keyword?;
        let is_word = found.starts_with(|sign: char| sign.is_ascii_alphabetic());
        let possible = stop
            .expected
            .iter()
            .any(|rule| clause_word(*rule).is_some());
        if !is_word || !possible {
            return None;
        }
        let place = self.span(at, at + found.len());
        let first = self.first_on_line(at);
        if !first
            && !OPERATOR_WORDS.contains(&found)
            && let Some(meant) = nearest(found, OPERATOR_WORDS)
            && stop.expected.contains(&Rule::operator)
        {
            let message = format!("expected an operator, found `{found}`");
            let finding = SYNTAX_ERROR
                .at(place, message)
                .help(format!("did you mean `{meant}`?"));
            return Some(finding.repair(format!("write `{meant}`"), place, meant));
        }
        if let Some(meant) = nearest(found, keyword.clauses().iter().copied()) {
            return Some(unknown_clause(place, keyword, found, meant));
        }
        if !first || keyword.clauses().contains(&found) {
            return None;
        }
        let message = format!("{} has no clause `{found}`", keyword.noun());
        let help = format!("its clauses are {}", quoted_list(keyword.clauses(), "and"));
        Some(UNKNOWN_CLAUSE.at(place, message).help(help))
    }

    fn first_on_line(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or("");
        before.trim_end_matches([' ', '\t']).ends_with('\n')
    }

    fn general(&self, at: usize, found: &str, stop: &Stop) -> Diagnostic {
        let before = self.before(at);
        let expected = phrases(stop, before);
        let after = match before {
            "" => String::new(),
            sign if sign.ends_with('"') => " after this text".to_owned(),
            word => format!(" after `{word}`"),
        };
        let what = match found {
            "" => "the end of the statement".to_owned(),
            text if text.starts_with('"') => "a text".to_owned(),
            word => format!("`{word}`"),
        };
        let message = match expected.as_slice() {
            [] => format!("did not expect {what} here"),
            phrases => format!("expected {}{after}, found {what}", list(phrases, "or")),
        };
        let end = at + found.len();
        let place = if found.is_empty() {
            self.end_place()
        } else {
            self.span(at, end)
        };
        let finding = SYNTAX_ERROR.at(place, message);
        match self.advice(at, before, found, stop) {
            Some(help) => finding.help(help),
            None => finding,
        }
    }

    /// The last character of the text: where something is missing.
    fn end_place(&self) -> Span {
        let end = self.text.trim_end().len();
        let start = self
            .text
            .get(..end)
            .and_then(|text| text.char_indices().next_back())
            .map_or(0, |(at, _)| at);
        self.span(start, end)
    }

    fn advice(&self, at: usize, before: &str, found: &str, stop: &Stop) -> Option<String> {
        let rest = self.rest(at);
        if let Some((_, advice)) = FOREIGN.iter().find(|(sign, _)| rest.starts_with(sign)) {
            return Some((*advice).to_owned());
        }
        if found == "is" || before == "is" {
            return Some(
                "after `is` stands `absent`, `present`, `empty` or `base64`, perhaps with `not`"
                    .to_owned(),
            );
        }
        if let Some(help) = word_advice(before, found) {
            return Some(help.to_owned());
        }
        if found == "not" && stop.expected.contains(&Rule::operator) {
            return Some("between two values stands `not in` or `!=`".to_owned());
        }
        if found == "-" || found == "+" {
            return Some("a sign stands only before a number".to_owned());
        }
        if RESERVED.contains(&found) && stop.expected.contains(&Rule::expression) {
            return Some(format!(
                "`{found}` is a word of the language; a name cannot begin with it"
            ));
        }
        let keyword = self.keyword?;
        Some(format!("{} reads `{}`", keyword.noun(), shape(keyword)))
    }
}

/// What is usually missing around a word.
fn word_advice(before: &str, found: &str) -> Option<&'static str> {
    match (before, found) {
        (_, "starts") => Some("write `starts with`"),
        (_, "ends") => Some("write `ends with`"),
        ("list", _) => Some("write `list of` and the type of its members"),
        ("set", _) => Some("write `set of` and the type of its members"),
        ("count" | "min" | "max" | "size" | "certificate" | "length", _) => {
            Some("what a function takes stands in parentheses: `count(x)`")
        }
        ("if", _) => Some("a value for each case stands in a `match`; a condition needs no `if`"),
        _ => None,
    }
}

/// How many bytes the first word, text or sign of `rest` has.
fn token_length(rest: &str) -> usize {
    let Some(first) = rest.chars().next() else {
        return 0;
    };
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    if is_word(first) {
        let part = |sign: char| is_word(sign) || matches!(sign, '-' | '.');
        let end = rest.find(|sign: char| !part(sign)).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or(rest);
        // Whole lines of letters are shown cut.
        let end = word.char_indices().nth(60).map_or(end, |(at, _)| at);
        return rest
            .get(..end)
            .map_or(end, |word| word.trim_end_matches(['-', '.']).len());
    }
    if first == '"' {
        return rest
            .get(1..)
            .and_then(|rest| rest.find('"'))
            .map_or(1, |end| end + 2);
    }
    ["=>", "==", "!=", "<=", ">=", "&&", "||", "<>", "..", "->"]
        .into_iter()
        .find(|sign| rest.starts_with(sign))
        .map_or(first.len_utf8(), str::len)
}

/// Where a comment begins that ends `text`, if one does.
fn trailing_comment(text: &str) -> Option<usize> {
    let line_start = text.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(line_start..)?;
    let mut quoted = false;
    let bytes = line.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'/' if !quoted && bytes.get(at + 1) == Some(&b'/') => return Some(line_start + at),
            _ => {}
        }
    }
    None
}
