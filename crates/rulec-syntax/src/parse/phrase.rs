//! What the grammar would have taken, in the words of the language.

use super::item::Keyword;
use super::nodes::Stop;
use crate::grammar::Rule;

/// What could have stood there, in words, each once.
pub(super) fn phrases(stop: &Stop, before: &str) -> Vec<String> {
    let mut phrases: Vec<String> = Vec::new();
    let mut clauses = Vec::new();
    // Where any value may stand, its forms are not counted out.
    let any_value = [Rule::expression, Rule::word]
        .iter()
        .any(|rule| stop.expected.contains(rule));
    for rule in &stop.expected {
        if any_value && is_value(*rule) {
            continue;
        }
        if let Some(word) = clause_word(*rule) {
            clauses.push(word);
            continue;
        }
        let Some(phrase) = phrase(*rule, before) else {
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

fn phrase(rule: Rule, before: &str) -> Option<String> {
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
        | Rule::open_bracket
        | Rule::repeated
        | Rule::unknown
        | Rule::absent_word
        | Rule::pattern => "a value",
        Rule::operator => "an operator",
        Rule::string => "a text in quotes",
        Rule::number => "a number",
        Rule::version => "a version such as `1.0.0`",
        Rule::name | Rule::path | Rule::variable => "a name",
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
        | Rule::border
        | Rule::test
        | Rule::arguments
        | Rule::member_of
        | Rule::link
        | Rule::optional
        | Rule::doc
        | Rule::argument
        | Rule::word_argument => return None,
        other => return keyword_of(other).map(|word| format!("`{word}`")),
    };
    Some(text.to_owned())
}

/// A form of a value.
fn is_value(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::string
            | Rule::number
            | Rule::quantifier
            | Rule::quantified
            | Rule::each
            | Rule::each_word
            | Rule::matched
            | Rule::match_word
            | Rule::constant
            | Rule::group
            | Rule::list
    )
}

/// The word with which a clause begins, if the rule is one.
pub(super) fn clause_word(rule: Rule) -> Option<&'static str> {
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
pub(super) fn keyword_of(rule: Rule) -> Option<&'static str> {
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
pub(super) fn shape(keyword: Keyword) -> &'static str {
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

pub(super) fn list(phrases: &[String], word: &str) -> String {
    match phrases {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} {word} {last}", init.join(", ")),
    }
}

pub(super) fn quoted_list(words: &[&str], word: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    list(&quoted, word)
}
