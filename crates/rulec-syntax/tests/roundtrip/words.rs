//! Random names, constants and texts, each within the grammar's lexical rules.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rulec_syntax::ast::*;

const RESERVED: &[&str] = &[
    "and", "or", "not", "in", "is", "any", "all", "no", "each", "where", "match", "else",
    "contains", "overlaps", "starts", "ends", "matches", "true", "false", "now", "absent",
    "present", "empty", "reported",
];

/// Words that begin a clause somewhere, or mean a value by themselves.
const CLAUSES: &[&str] = &[
    "given",
    "pasted",
    "symptom",
    "expect",
    "allow",
    "from",
    "default",
    "ask",
    "reports",
    "cost",
    "secret",
    "at",
    "on",
    "as",
    "status",
    "unknown",
    "of",
    "when",
    "needs",
    "arm",
    "list",
    "set",
    "enum",
    "cause",
    "docs",
    "excludes",
    "fix",
    "likelihood",
    "meanwhile",
    "otherwise",
    "overrides",
    "risk",
    "step",
    "undo",
    "verify",
];

/// Whether a word may begin any name.
fn is_free(word: &str) -> bool {
    !RESERVED.contains(&word) && !CLAUSES.contains(&word)
}

/// A name without a place.
pub fn name(text: &str) -> Name {
    Name {
        text: text.into(),
        place: Place::default(),
    }
}

fn named(text: String) -> Name {
    name(&text)
}

/// `pool`, a word of a field or variable.
pub fn field_name() -> impl Strategy<Value = Name> + Clone {
    "[a-z][a-z0-9]{0,5}(_[a-z0-9]{1,4}){0,2}"
        .prop_filter("no reserved word", |word| is_free(word))
        .prop_map(named)
}

/// `pool`, `addresses.first`: fields after a dot.
pub fn field_path() -> impl Strategy<Value = Name> {
    "[a-z][a-z0-9]{0,5}(\\.[a-z]{1,4})?".prop_map(named)
}

/// `gateway.p2s.pool`
pub fn fact_name() -> impl Strategy<Value = Name> {
    (
        "[a-z][a-z0-9]{0,4}(_[a-z0-9]{1,4}){0,2}",
        "(\\.[a-z][a-z0-9]{0,7}(_[a-z0-9]{1,4})?){0,2}",
    )
        .prop_filter("no reserved word", |(first, _)| is_free(first))
        .prop_map(|(first, rest)| name(&(first + &rest)))
}

/// A name in an expression, now and then with its pack.
pub fn path() -> impl Strategy<Value = Path> {
    (option::weighted(0.1, dotted_kebab()), fact_name())
        .prop_map(|(pack, name)| Path { pack, name })
}

/// `install-new-package`
pub fn kebab() -> impl Strategy<Value = Name> + Clone {
    ("[a-z][a-z0-9]{0,6}", "(-[a-z0-9]{1,6}){0,3}")
        .prop_filter("no reserved word", |(first, rest)| {
            !rest.is_empty() || is_free(first)
        })
        .prop_filter("no reserved word", |(first, _)| is_free(first))
        .prop_map(|(first, rest)| name(&(first + &rest)))
}

/// A word that may name an argument of a source.
pub fn argument_name() -> impl Strategy<Value = Name> {
    prop_oneof![
        Just("id"),
        Just("since"),
        Just("newest"),
        Just("post"),
        Just("provider"),
        Just("cots"),
        Just("tenant")
    ]
    .prop_map(name)
}

/// `azure.p2s`
pub fn dotted_kebab() -> impl Strategy<Value = Name> {
    (
        "[a-z][a-z0-9]{0,6}",
        "(\\.[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,4})?){0,2}",
    )
        .prop_filter("no reserved word", |(first, _)| is_free(first))
        .prop_map(|(first, rest)| name(&(first + &rest)))
}

/// `Gateway`
pub fn type_name() -> impl Strategy<Value = Name> {
    "[A-Z][A-Za-z0-9]{0,9}".prop_map(named)
}

/// `IkeV2`, `sstp_first`
pub fn member_name() -> impl Strategy<Value = Name> {
    "[A-Za-z][A-Za-z0-9_]{0,9}"
        .prop_filter("no reserved word", |word| is_free(word))
        .prop_map(named)
}

/// A text of one line that may stand where names in braces are read.
pub fn text() -> impl Strategy<Value = Text> {
    texts(
        "[a-zA-Z0-9 .,:'-]{0,30}",
        "[a-z ]{0,9}(\\{[a-z]{3,5}\\}){0,2}[ -z~äß錯…]{0,12}",
    )
}

/// A text of one line with anything in it, where nothing is read out of it.
pub fn raw_text() -> impl Strategy<Value = Text> {
    texts("[ -~]{0,20}", "[{}\"/ a]{0,9}")
}

fn texts(usual: &'static str, odd: &'static str) -> impl Strategy<Value = Text> {
    let fixed = [
        "",
        "\"",
        "// no \"comment\" at all",
        "$.properties.routes[*]",
        "{{4D36}}",
    ];
    prop_oneof![
        6 => usual,
        3 => odd,
        1 => "[a-z ]{60,120}",
        1 => proptest::sample::select(fixed.to_vec()).prop_map(str::to_owned),
    ]
    .prop_map(|text| Text {
        text: text.into(),
        place: Place::default(),
    })
}

/// Description lines.
pub fn doc() -> impl Strategy<Value = Doc> {
    let line = prop_oneof![
        8 => "[A-Z][a-z ,\"/{}]{0,30}[.]",
        1 => Just(String::new()),
    ];
    prop_oneof![
        3 => Just(Vec::new()),
        1 => vec(line.prop_map(Into::into), 1..3),
    ]
}

fn literal_of(kind: LiteralKind, text: &str) -> Literal {
    Literal {
        kind,
        text: text.into(),
        place: Place::default(),
    }
}

/// `42`
pub fn decimal() -> impl Strategy<Value = Literal> {
    "(0|[1-9][0-9]{0,5})".prop_map(|text| literal_of(LiteralKind::Int, &text))
}

/// `42`, `-1`, `0x2A`
pub fn integer() -> impl Strategy<Value = Literal> {
    prop_oneof![
        decimal(),
        "-[1-9][0-9]{0,4}".prop_map(|text| literal_of(LiteralKind::Int, &text)),
        "0x[0-9A-Fa-f]{1,8}".prop_map(|text| literal_of(LiteralKind::Hex, &text)),
    ]
}

/// `7d`, `-500ms`
pub fn duration() -> impl Strategy<Value = Literal> {
    "-?[0-9]{1,3}(d|h|min|s|ms)".prop_map(|text| literal_of(LiteralKind::Duration, &text))
}

/// `2026-11-01`, `2026-11-01T00:00:00Z`
pub fn time() -> impl Strategy<Value = Literal> {
    "20[0-9]{2}-0[1-9]-[12][0-9](T1[0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,3})?(Z|\\+01:00))?"
        .prop_map(|text| literal_of(LiteralKind::Time, &text))
}

/// A quoted text as a constant.
pub fn text_literal() -> impl Strategy<Value = Literal> {
    text().prop_map(|text| Literal::from(&text))
}

/// Any constant.
pub fn literal() -> impl Strategy<Value = Literal> {
    let ipv6 = prop_oneof![
        Just("::1"),
        Just("fe80::1"),
        Just("fd00::"),
        Just("2001:db8:0:0:0:0:0:1"),
        Just("::"),
    ];
    let cidr = prop_oneof![
        "10\\.[0-9]\\.0\\.0/(8|16)",
        Just("fd00::/8".to_owned()),
        Just("0.0.0.0/0".to_owned()),
    ];
    prop_oneof![
        any::<bool>()
            .prop_map(|yes| literal_of(LiteralKind::Bool, if yes { "true" } else { "false" })),
        integer(),
        duration(),
        time(),
        "[1-9][0-9]{0,2}(\\.[0-9]{1,3}){1,3}"
            .prop_map(|text| literal_of(LiteralKind::Dotted, &text)),
        cidr.prop_map(|text| literal_of(LiteralKind::Cidr, &text)),
        ipv6.prop_map(|text| literal_of(LiteralKind::Ipv6, text)),
        text_literal(),
    ]
}

/// `ras 798`, `sspi SEC_E_ILLEGAL_MESSAGE`, `nps "IAS_AUTH_FAILURE"`
pub fn code() -> impl Strategy<Value = CodeLiteral> {
    let number = prop_oneof![
        decimal().prop_map(CodeNumber::Number),
        "0x[0-9a-f]{8}".prop_map(|text| CodeNumber::Number(literal_of(LiteralKind::Hex, &text))),
        "[A-Z][A-Za-z0-9_]{0,12}".prop_map(|word| CodeNumber::Word(name(&word))),
        text().prop_map(CodeNumber::Text),
    ];
    let kinds = [
        "ras", "win32", "hresult", "sspi", "http", "aadsts", "arm", "nps",
    ];
    (proptest::sample::select(kinds.to_vec()), number).prop_map(|(kind, number)| CodeLiteral {
        kind: name(kind),
        number,
        place: Place::default(),
    })
}
