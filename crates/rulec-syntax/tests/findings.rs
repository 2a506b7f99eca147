//! Each mistake is one finding, at its place, in words of the language; its repairs parse.

use std::fs;
use std::path::Path;

use rulec_syntax::CODES;
use rulec_syntax::diagnostic::Diagnostic;
use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;

fn findings(text: &str) -> Vec<Diagnostic> {
    parse(FileId(0), text).findings
}

fn shown(text: &str) -> String {
    let lines = findings(text).into_iter().map(|finding| {
        let span = finding.span;
        let at = text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("<outside>");
        format!("{} «{at}» {}", finding.code.name, finding.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The finding of a text, in one line.
#[track_caller]
fn one(text: &str, expected: &str) {
    assert_eq!(shown(text), expected, "\n{text}");
}

/// Each repair of the text's one finding, applied: nothing is found any more.
#[track_caller]
fn repaired(text: &str, expected: &[&str]) {
    let found = findings(text);
    assert_eq!(found.len(), 1, "{}", shown(text));
    let repairs = found.iter().flat_map(|finding| &finding.repairs);
    let mended: Vec<String> = repairs.map(|repair| apply(text, repair)).collect();
    assert_eq!(mended, expected);
    for text in mended {
        assert_eq!(shown(&text), "", "{text}");
    }
}

fn apply(text: &str, repair: &rulec_syntax::diagnostic::Repair) -> String {
    let mut text = text.to_owned();
    text.replace_range(
        repair.span.start as usize..repair.span.end as usize,
        &repair.text,
    );
    text
}

/// A rule with these clauses and a plan.
fn rule(clauses: &str) -> String {
    format!("rule a:\n    {clauses}\n    => fix x\n")
}

#[test]
fn and_with_or_at_one_level_has_two_repairs() {
    one(
        &rule("when b and c or d"),
        "mixed-and-or «b and c or d» `and` and `or` stand at one level",
    );
    repaired(
        "let a = b and c or d and e",
        &[
            "let a = (b and c) or (d and e)",
            "let a = b and (c or d) and e",
        ],
    );
    repaired(
        "let a = (b and c) or not (d) and e == 1",
        &[
            "let a = (b and c) or (not (d) and e == 1)",
            "let a = ((b and c) or not (d)) and e == 1",
        ],
    );
}

#[test]
fn comparisons_do_not_chain() {
    one(
        "let a = 1 < b < 3",
        "chained-comparison «1 < b < 3» comparisons do not chain",
    );
    repaired(
        "let a = 1 < b < 3 or c",
        &["let a = (1 < b and b < 3) or c"],
    );
    one(
        "let a = b == c is absent",
        "chained-comparison «b == c is absent» comparisons do not chain",
    );
}

#[test]
fn a_hyphen_in_a_name_is_asked_about() {
    one(
        "let a = foo-bar > 1",
        "hyphen-in-name «foo-bar» `foo-bar` has a hyphen, and names in expressions have none",
    );
    repaired(
        "let a = foo-bar > 1",
        &["let a = foo_bar > 1", "let a = foo - bar > 1"],
    );
    repaired("let a = x.foo-in-bar", &["let a = x.foo_in_bar"]);
    assert_eq!(shown("let a = foo - bar"), "");
    assert_eq!(shown("let a = foo-1 + bar -2"), "");
    assert_eq!(shown("let a = now-7d"), "");
}

#[test]
fn what_stands_behind_a_quantifier_is_not_swallowed() {
    one(
        "let a = any x in xs: x.b and c",
        "loose-quantifier «c» this does not mention `x`, yet stands in its body",
    );
    repaired(
        "let a = any x in xs: x.b and c",
        &["let a = (any x in xs: x.b) and c"],
    );
    repaired(
        "let a = d and (no x in xs where x.q: (x.b) and c and e)",
        &["let a = d and ((no x in xs where x.q: (x.b)) and c and e)"],
    );
    assert_eq!(shown("let a = (any x in xs: x.b) and c"), "");
    assert_eq!(shown("let a = c and any x in xs: x.b and y.d == x.d"), "");
}

#[test]
fn equals_signs_are_told_apart() {
    one(
        &rule("when b = 1"),
        "single-equals «=» `=` does not compare",
    );
    repaired("assume b = 1", &["assume b == 1"]);
    repaired("let a == b", &["let a = b"]);
    repaired("test \"t\":\n    a == 1", &["test \"t\":\n    a = 1"]);
}

#[test]
fn misspelt_words_have_their_nearest() {
    repaired(
        "symptm a =\n    | code ras 1",
        &["symptom a =\n    | code ras 1"],
    );
    repaired("Rule a:\n    => no fix", &["rule a:\n    => no fix"]);
    repaired("  rule a:\n    => no fix", &["rule a:\n    => no fix"]);
    repaired(&rule("wen x"), &[&rule("when x")]);
    repaired(
        "fact a: int\n    form azure arm \"x\"",
        &["fact a: int\n    from azure arm \"x\""],
    );
    repaired(
        "fact a: int\n    from azure arm \"x\"\n    defalt 0",
        &["fact a: int\n    from azure arm \"x\"\n    default 0"],
    );
    repaired("fix a:\n    steps \"b\"", &["fix a:\n    step \"b\""]);
    repaired(
        "test \"t\":\n    expct confirmed a",
        &["test \"t\":\n    expect confirmed a"],
    );
    repaired(
        "test \"t\":\n    expect confirm a",
        &["test \"t\":\n    expect confirmed a"],
    );
    repaired("let a = b contain c", &["let a = b contains c"]);
    repaired("let a = b AND c", &["let a = b and c"]);
    one(
        &rule("when x\n    hypothesis \"y\""),
        "unknown-clause «hypothesis» a rule has no clause `hypothesis`",
    );
    one(
        "hello there",
        "unknown-statement «hello» no statement begins with `hello`",
    );
}

#[test]
fn a_clause_stands_once() {
    one(
        &rule("when b\n    when c"),
        "duplicate-clause «when» a second `when`",
    );
    one(
        "fact a: int\n    secret secret",
        "duplicate-clause «secret» a second `secret`",
    );
    one(
        "symptom a when b symptom c => no fix",
        "duplicate-clause «symptom» a second `symptom`",
    );
    one(
        "type T = enum { A, else b, else c }",
        "duplicate-clause «else» a second `else` in one enum",
    );
    let found = findings(&rule("when b\n    when c"));
    assert_eq!(found[0].related.len(), 1);
}

#[test]
fn a_missing_condition_is_missed_at_its_place() {
    one(
        &rule("when"),
        "syntax-error «=>» expected a condition after `when`, found `=>`",
    );
    let swallowed = "syntax-error «cause» expected a condition or value, found the clause `cause`";
    one(&rule("when cause \"x\""), swallowed);
    one(&rule("when\n    cause \"x\""), swallowed);
    one(&rule("when b and\n    cause \"x\""), swallowed);
    one(
        &rule("when\n    otherwise"),
        "syntax-error «otherwise» expected a condition or value, found the clause `otherwise`",
    );
    one(
        &rule("when\n    likelihood rare"),
        "syntax-error «likelihood» expected a condition or value, found the clause `likelihood`",
    );
    assert_eq!(shown(&rule("when a.mode == default")), "");
}

#[test]
fn what_is_expected_is_said_in_words_of_the_language() {
    one(
        "rule a\n    => no fix",
        "syntax-error «=>» expected `:` after `a`, found `=>`",
    );
    one(
        "fact a int",
        "syntax-error «int» expected `:` after `a`, found `int`",
    );
    one(
        "let a = b c",
        "syntax-error «c» expected an operator or `allow` after `b`, found `c`",
    );
    one(
        "let a = b +",
        "syntax-error «+» expected a value after `+`, found the end of the statement",
    );
    one(
        "assume",
        "syntax-error «e» expected a condition after `assume`, found the end of the statement",
    );
    one(
        "let a = each x of xs",
        "syntax-error «of» expected `in` after `x`, found `of`",
    );
    one(
        &rule("overrides"),
        "syntax-error «=>» expected a name or `all` after `overrides`, found `=>`",
    );
    one(
        &rule("likelihood \"rare\""),
        "syntax-error «\"rare\"» expected a name after `likelihood`, found a text",
    );
    one(
        "rule a:\n    => b",
        "syntax-error «b» expected `fix` or `no fix` after `=>`, found `b`",
    );
    one(
        "pack a",
        "syntax-error «a» expected a version such as `1.0.0` after `a`, found the end of the statement",
    );
    one(
        "let a = b == not c",
        "syntax-error «not» expected a value, found `not`",
    );
    one(
        "let a = 'b'",
        "syntax-error «'» expected a value after `=`, found `'`",
    );
}

#[test]
fn no_message_speaks_of_the_grammar() {
    let text = include_str!("fixtures/spelling.rules");
    let mut kinds = std::collections::BTreeSet::new();
    for statement in text.split("\n\n") {
        for (at, _) in statement.char_indices().skip(1) {
            let Some(cut) = statement.get(..at) else {
                continue;
            };
            for finding in findings(&format!("{cut} ?\n")) {
                kinds.insert(finding.code.name);
                let said = format!("{} {}", finding.message, finding.help.unwrap_or_default());
                assert!(
                    !said.contains("_word") && !said.contains("_expr") && !said.contains("EOI"),
                    "{said}"
                );
                assert!(finding.span.end as usize <= cut.len() + 3);
            }
        }
    }
    assert!(kinds.len() > 5, "{kinds:?}");
}

#[test]
fn names_have_the_form_of_their_kind() {
    one(
        "rule A_b:\n    => no fix",
        "bad-name «A_b» `A_b` is no name for a rule",
    );
    repaired("rule A_b:\n    => no fix", &["rule a-b:\n    => no fix"]);
    repaired("fact a-b.c: int", &["fact a_b.c: int"]);
    repaired(
        "fact GatewaySubnet.table: int",
        &["fact gateway_subnet.table: int"],
    );
    repaired("type T = { a-b: int }", &["type T = { a_b: int }"]);
    repaired("pack azure_p2s 1.0.0", &["pack azure-p2s 1.0.0"]);
    one(
        "type foo = { a: int }",
        "bad-name «foo» `foo` is no name for a type",
    );
    one(
        "type T = enum { a.b }",
        "bad-name «a.b» `a.b` is no name for an enum member",
    );
    one(
        "fact a..b: int",
        "syntax-error «..» expected `:` after `a`, found `..`",
    );
    for good in [
        "rule a-80090326-b:\n    => no fix",
        "fact a_1.b2: int",
        "type T = enum { VpnGw1AZ, a_b }",
    ] {
        assert_eq!(shown(good), "");
    }
}

#[test]
fn letters_of_other_languages_end_a_name() {
    one(
        "let größe = 1",
        "syntax-error «öße» expected `:` or `=` after `gr`, found `öße`",
    );
    // Unicode lets this dot go on with a name.
    one(
        "let a = x·y == 1",
        "syntax-error «·» expected an operator or `allow` after `x`, found `·`",
    );
    one("let a = x == \"größer·\" // größer", "");
}

#[test]
fn words_of_the_language_are_no_names() {
    one(
        "let no.x = 1",
        "reserved-name «no.x» `no` is a word of the language and cannot begin the name of a let",
    );
    one(
        "fact when.x: int",
        "reserved-name «when.x» `when` is a word of the language and cannot begin the name of a fact",
    );
    one(
        "let y = no.x == 1",
        "reserved-name «no» `no` is a word of the language and cannot begin a name",
    );
    one(
        "type T = enum { A, in }",
        "reserved-name «in» `in` is a word of the language and cannot begin the name of an enum member",
    );
    one(
        "let y = any in in xs: in.a",
        "reserved-name «in» `in` is a word of the language and cannot begin a name",
    );
    assert_eq!(shown("let y = a.no.any.in == 1"), "");
    assert_eq!(shown("symptom no-azure =\n    | ask \"?\""), "");
    assert_eq!(
        shown("type T = { from: int, default: int default 1, in: int, secret: int secret }"),
        ""
    );
}

#[test]
fn clauses_in_column_one_cost_nothing_but_themselves() {
    let text = "rule a:\nwhen b\n    => fix x\nlet c = d";
    one(
        text,
        "clause-in-column-one «when» `when` begins a clause, and clauses are indented",
    );
    assert_eq!(parse(FileId(0), text).file.statements.len(), 2);
    one(
        "when b",
        "clause-in-column-one «when» `when` begins a clause, and no statement stands before it",
    );
}

#[test]
fn descriptions_describe_something() {
    let text = "this description stands before no statement, field or member";
    one(
        &rule("when b\n    /// c"),
        &format!("misplaced-description «/// c» {text}"),
    );
    one(
        "let a = b\n/// c\n",
        &format!("misplaced-description «/// c» {text}"),
    );
    one(
        "type T = {\n    a: int\n    /// c\n}",
        &format!("misplaced-description «/// c» {text}"),
    );
    assert_eq!(
        shown(
            "/// a\ntype T = {\n    /// b\n    a: enum {\n        /// c\n        B\n    }\n}\n//// d"
        ),
        ""
    );
}

#[test]
fn brackets_and_quotes_have_partners() {
    one(
        &rule("when (b and c"),
        "unclosed-bracket «(» this bracket is never closed",
    );
    one(
        "let a = [1, 2]]",
        "unclosed-bracket «]» this bracket closes nothing",
    );
    one(
        "let a = (b]",
        "unclosed-bracket «]» this bracket does not close the one that is open",
    );
    one(
        &rule("cause \"b (c"),
        "unclosed-text «\"b (c» this text is not closed on its line",
    );
    assert_eq!(shown(&rule("cause \"b \"\" (c\" // \" (")), "");
    one(
        &rule("cause \"b {c\""),
        "bad-braces «{» this `{` is never closed",
    );
    one(
        &rule("cause \"b \"\" }c\""),
        "bad-braces «}» this `}` closes nothing",
    );
    assert_eq!(shown(&rule("cause \"{{4D}} {b.c}\"")), "");
}

#[test]
fn constants_are_well_formed() {
    let none = "is not a number, duration, time, address or version";
    one(
        "let a = b > 30days",
        &format!("bad-literal «30days» `30days` {none}"),
    );
    one(
        "let a = b > -1.5",
        &format!("bad-literal «-1.5» `-1.5` {none}"),
    );
    one(
        "let a = b > 1.5h",
        &format!("bad-literal «1.5h» `1.5h` {none}"),
    );
    one(
        "let a = b == 0xZZ",
        &format!("bad-literal «0xZZ» `0xZZ` {none}"),
    );
    one(
        "let a = b.c \"d\"",
        "bad-literal «b.c» `b.c` is not a kind of code, and nothing else is followed by a number or text",
    );
}

#[test]
fn elements_are_separated() {
    one(
        "type T = enum { A B }",
        "missing-separator «B» expected `,` or a new line before this",
    );
    repaired(
        "type T = { a: int b: int }",
        &["type T = { a: int, b: int }"],
    );
    repaired(
        "let a = match b { C => 1 D => 2 }",
        &["let a = match b { C => 1, D => 2 }"],
    );
    assert_eq!(shown("type T = {\n    a: int // c\n    b: int\n}"), "");
}

#[test]
fn types_can_be() {
    one(
        "fact a: set of (int?)",
        "bad-type «int?» members of a list or set are never optional",
    );
    one(
        "fact a: string in 0..3",
        "bad-type «in» `string` takes no `in`",
    );
    one(
        "fact a: duration in weeks",
        "bad-type «weeks» `weeks` is no unit of durations",
    );
    one(
        "type T = list of int",
        "syntax-error «list of int» expected a record or an enum",
    );
    assert_eq!(shown("fact a: (set of int)?"), "");
}

#[test]
fn plans_are_of_one_kind() {
    one(
        "rule a:\n    => fix b and fix c or fix d",
        "mixed-plan «or» `and` and `or` in one plan",
    );
    one(
        "rule a:\n    when b",
        "missing-plan «a» rule `a` says nothing about a repair",
    );
}

#[test]
fn one_broken_statement_costs_one_statement() {
    let text = include_str!("fixtures/spelling.rules");
    let whole = parse(FileId(0), text).file;
    let heads: Vec<usize> = whole
        .statements
        .iter()
        .map(|it| it.place.0.start as usize)
        .collect();
    let mut lost = 0;
    for (at, head) in heads.iter().enumerate() {
        let mut broken = text.to_owned();
        // Behind the keyword stands what no statement has there.
        let word = broken[*head..].find(' ').unwrap();
        broken.insert_str(head + word, " ? (");
        let parsed = parse(FileId(0), &broken);
        assert_eq!(parsed.findings.len(), 1, "{broken:.0}{:?}", parsed.findings);
        let mut others = whole.statements.clone();
        others.remove(at);
        assert_eq!(parsed.file.statements, others);
        lost += parsed.file.lost.len();
    }
    assert_eq!(lost, heads.len());
}

#[test]
fn a_lost_statement_still_tells_its_name() {
    let lost = parse(FileId(0), "fact os.build int\nsymptm a-b =\nlet = 1")
        .file
        .lost;
    let told: Vec<_> = lost
        .iter()
        .map(|it| {
            (
                it.keyword.as_str(),
                it.name.as_ref().map(|name| name.text.as_str()),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("fact", Some("os.build")),
            ("symptom", Some("a-b")),
            ("let", None)
        ]
    );
}

/// The fenced blocks of that kind.
fn blocks(markdown: &str, kind: &str) -> Vec<String> {
    let fence = format!("```{kind}\n");
    let parts = markdown.split(fence.as_str()).skip(1);
    parts
        .filter_map(|part| part.split("```").next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn each_code_has_a_page_whose_examples_show_it() {
    let mut shown_codes = 0;
    for code in CODES {
        assert!(
            code.page.starts_with(&format!("# {}\n", code.name)),
            "{}",
            code.name
        );
        for bad in blocks(code.page, "rulec bad") {
            let found: Vec<&str> = findings(&bad)
                .iter()
                .map(|finding| finding.code.name)
                .collect();
            assert_eq!(found, [code.name], "{bad}");
            shown_codes += 1;
        }
        let good = blocks(code.page, "rulec");
        assert!(!good.is_empty(), "{}", code.name);
        for good in good {
            assert_eq!(shown(&good), "", "{}", code.name);
        }
    }
    assert!(shown_codes > 20, "{shown_codes}");
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../book/src/diagnostics");
    assert!(
        CODES
            .iter()
            .all(|code| fs::exists(pages.join(format!("{}.md", code.name))).unwrap())
    );
}

/// Printed before another argument, a bare `as` or `status` would take that for its own word.
#[test]
fn an_argument_that_takes_a_word_has_one() {
    for argument in ["as", "status"] {
        let bare = format!("fact a.b: int from azure activity \"x\" {argument}\n");
        assert_eq!(findings(&bare).len(), 1, "{bare}");
        let whole = format!("fact a.b: int from azure activity \"x\" {argument} word\n");
        assert_eq!(shown(&whole), "", "{whole}");
    }
}
