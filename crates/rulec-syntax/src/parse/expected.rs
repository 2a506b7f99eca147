//! Where the grammar could not go on: what a reader of the language would have expected there.

use super::codes::{HYPHEN_IN_NAME, RESERVED_NAME, SINGLE_EQUALS, SYNTAX_ERROR, UNKNOWN_CLAUSE};
use super::item::{Keyword, misplaced_description};
use super::names::RESERVED;
use super::nearest::nearest;
use super::nodes::Stop;
use super::trap::{hyphenated, hyphenated_length};
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
            .or_else(|| self.reserved(at))
            .or_else(|| self.clause(at, found, stop))
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

    fn description(&self, at: usize) -> Option<Diagnostic> {
        let rest = self.rest(at);
        if !rest.starts_with("///") || rest.starts_with("////") {
            return None;
        }
        let length = rest.find('\n').map_or(rest.len(), |end| {
            rest.get(..end).map_or(0, |line| line.trim_end().len())
        });
        Some(misplaced_description(self.span(at, at + length)))
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

    /// `no.x`, `all.y`: a reserved word with a dot behind it.
    fn reserved(&self, at: usize) -> Option<Diagnostic> {
        let word = self.before(at);
        if !self.rest(at).starts_with('.')
            || !RESERVED.contains(&word)
            || !self.text.get(..at)?.ends_with(word)
        {
            return None;
        }
        let message = format!("`{word}` is a word of the language and cannot begin a name");
        let finding = RESERVED_NAME.at(self.span(at - word.len(), at), message);
        Some(finding.help("choose another name, or put a word before it"))
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
            let message = format!("a {} has no clause `{found}`", keyword.word());
            let finding = UNKNOWN_CLAUSE
                .at(place, message)
                .help(format!("did you mean `{meant}`?"));
            return Some(finding.repair(format!("write `{meant}`"), place, meant));
        }
        if !first || keyword.clauses().contains(&found) {
            return None;
        }
        let message = format!("a {} has no clause `{found}`", keyword.word());
        let help = format!("its clauses are {}", quoted_list(keyword.clauses(), "and"));
        Some(UNKNOWN_CLAUSE.at(place, message).help(help))
    }

    fn first_on_line(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or("");
        before.trim_end_matches([' ', '\t']).ends_with('\n')
    }

    fn general(&self, at: usize, found: &str, stop: &Stop) -> Diagnostic {
        let before = self.before(at);
        let expected = self.phrases(stop, before);
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
        if before == "not" && stop.expected.contains(&Rule::operator) {
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
        Some(format!("a {} reads `{}`", keyword.word(), shape(keyword)))
    }

    /// What could have stood there, in words, each once.
    fn phrases(&self, stop: &Stop, before: &str) -> Vec<String> {
        let mut phrases: Vec<String> = Vec::new();
        let mut clauses = Vec::new();
        for rule in &stop.expected {
            if let Some(word) = clause_word(*rule) {
                clauses.push(word);
                continue;
            }
            let Some(phrase) = self.phrase(*rule, before) else {
                continue;
            };
            if !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
        match clauses.as_slice() {
            [] => {}
            few if few.len() <= 3 => phrases.extend(few.iter().map(|word| format!("`{word}`"))),
            _ => phrases.push("a clause".to_owned()),
        }
        phrases
    }

    fn phrase(&self, rule: Rule, before: &str) -> Option<String> {
        let text = match rule {
            Rule::expression
            | Rule::word
            | Rule::negation
            | Rule::group
            | Rule::quantified
            | Rule::each
            | Rule::matched
            | Rule::list => match before {
                "when" | "assume" | "verify" | "where" | "and" | "or" | "not" => "a condition",
                _ => "a value",
            },
            Rule::constant
            | Rule::value
            | Rule::repeated
            | Rule::unknown
            | Rule::absent_word
            | Rule::pattern => "a value",
            Rule::operator => "an operator",
            Rule::string => "a text in quotes",
            Rule::number => "a number",
            Rule::version => "a version such as `1.0.0`",
            Rule::name | Rule::path => "a name",
            Rule::type_expr | Rule::collection | Rule::enumeration | Rule::record => "a type",
            Rule::code => "a code such as `ras 798`",
            Rule::plan | Rule::no_fix => "`fix` or `no fix`",
            Rule::field => "a field",
            Rule::member => "a member",
            Rule::arm => "a branch such as `A => 1`",
            Rule::entry => "a field with its value",
            Rule::colon => "`:`",
            Rule::equals => "`=`",
            Rule::arrow => "`=>`",
            Rule::bar => "`|`",
            Rule::range => "`..`",
            Rule::open_brace => "`{`",
            Rule::close_brace => "`}`",
            Rule::close_bracket => "`]`",
            Rule::close_paren => "`)`",
            Rule::quantifier => "`any`, `all` or `no`",
            Rule::nothing_else => "`nothing else confirmed`",
            Rule::ruled_out => "`ruled out`",
            Rule::seen_when => "`seen when`",
            // What may always follow says nothing about what is missing.
            Rule::EOI
            | Rule::test
            | Rule::arguments
            | Rule::member_of
            | Rule::link
            | Rule::optional
            | Rule::doc
            | Rule::comment
            | Rule::argument
            | Rule::word_argument => return None,
            other => return keyword_of(other).map(|word| format!("`{word}`")),
        };
        Some(text.to_owned())
    }
}

/// The word with which a clause begins, if the rule is one.
fn clause_word(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::when_word => "when",
        Rule::symptom_word => "symptom",
        Rule::cause_word => "cause",
        Rule::likelihood_word => "likelihood",
        Rule::overrides_word => "overrides",
        Rule::otherwise_word => "otherwise",
        Rule::allow | Rule::allow_word => "allow",
        Rule::step_word => "step",
        Rule::risk_word => "risk",
        Rule::needs_word => "needs",
        Rule::excludes_word => "excludes",
        Rule::verify_word => "verify",
        Rule::undo_word => "undo",
        Rule::docs_word => "docs",
        Rule::source | Rule::from_word => "from",
        Rule::default_word => "default",
        Rule::ask_word => "ask",
        Rule::reports_word => "reports",
        Rule::cost_word => "cost",
        Rule::secret_word => "secret",
        Rule::at_word => "at",
        Rule::given_word => "given",
        Rule::pasted_word => "pasted",
        Rule::expect_word => "expect",
        Rule::language_word => "language",
        Rule::level_word => "level",
        Rule::code_word => "code",
        Rule::text_word => "text",
        Rule::hint_word => "hint",
        _ => return None,
    })
}

/// The spelling of the other keywords.
fn keyword_of(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::in_word => "in",
        Rule::or_word => "or",
        Rule::where_word => "where",
        Rule::each_word => "each",
        Rule::match_word => "match",
        Rule::else_word => "else",
        Rule::arm_word => "arm",
        Rule::enum_word => "enum",
        Rule::administrator_word => "administrator",
        Rule::azure_word => "azure",
        Rule::entra_word => "entra",
        Rule::all_word => "all",
        Rule::any_word => "any",
        Rule::case_word => "case",
        Rule::confirmed_word => "confirmed",
        Rule::open_word => "open",
        Rule::others_word => "others",
        Rule::fix_word => "fix",
        Rule::for_word => "for",
        Rule::on_word => "on",
        Rule::now_word => "now",
        _ => return None,
    })
}

/// How a statement looks, in one line.
fn shape(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::Pack => "pack NAME VERSION",
        Keyword::Use => "use NAME",
        Keyword::Param => "param NAME: TYPE",
        Keyword::Type => "type NAME = { FIELD: TYPE }",
        Keyword::Fact => "fact NAME: TYPE from PLACE KIND \"…\"",
        Keyword::Let => "let NAME = EXPRESSION",
        Keyword::Assume => "assume CONDITION",
        Keyword::Symptom => "symptom NAME = | code KIND N | text \"…\"",
        Keyword::Rule => "rule NAME: symptom NAME when CONDITION => fix NAME",
        Keyword::Fix => "fix NAME: step \"…\"",
        Keyword::Test => "test \"…\": NAME = VALUE expect confirmed RULE",
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

fn list(phrases: &[String], word: &str) -> String {
    match phrases {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} {word} {last}", init.join(", ")),
    }
}

fn quoted_list(words: &[&str], word: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    list(&quoted, word)
}
