//! Statements and packs: names over files and packs, broken statements, numbering, tests as data, the graph.

mod support;

use rulec_check::graph::{EdgeKind, NodeKind};
use rulec_check::tests::{Complaint, Expected};
use rulec_facts::value::{Partial, Value};
use support::{check, check_packs};

const FAILED: &str = "fact gateway.failed: bool\n    ask \"Has it failed?\"\n";

#[test]
fn a_broken_statement_makes_no_unknown_names() {
    let text = "fact gateway.failed bool\n\nfix reset-gateway\n    step \"Reset.\"\n\nsymptom dial-failed\n    | code ras 798\n\nrule r:\n    symptom dial-failed\n    when gateway.failed\n    => fix reset-gateway\n\ntest \"t\":\n    gateway.failed = true\n    expect confirmed r\n";
    let checked = check(text);
    assert_eq!(checked.parse_findings.len(), 3, "{}", checked.printed());
    assert_eq!(checked.analysis.findings, [], "{}", checked.printed());
    assert!(checked.analysis.program.is_none());
}

#[test]
fn errors_of_one_file_do_not_hide_those_of_another() {
    let one = "rule a:\n    when gateway.faild\n    => fix \"A.\"\n";
    let two = "rule b:\n    when gateway.failed == 7\n    => fix reset\n";
    let three = "rule c\n    => fix \"C.\"\n";
    let checked = check_packs(&[&[
        ("a.rules", one),
        ("b.rules", two),
        ("c.rules", three),
        ("d.rules", FAILED),
    ]]);
    assert_eq!(checked.parse_findings.len(), 1);
    let codes: Vec<&str> = checked
        .analysis
        .findings
        .iter()
        .map(|it| it.code.name)
        .collect();
    assert_eq!(
        codes,
        ["unknown-name", "type-mismatch", "unknown-fix"],
        "{}",
        checked.printed()
    );
}

#[test]
fn the_order_of_statements_and_files_changes_nothing() {
    let statements = [
        FAILED,
        "let gateway.bad = gateway.failed\n",
        "let gateway.worse = not gateway.bad\n",
        "symptom dial-failed =\n    | code ras 798\n",
        "rule b:\n    symptom dial-failed\n    when gateway.bad\n    overrides a\n    => fix reset\n",
        "rule a:\n    symptom any\n    when gateway.worse\n    => fix \"Wait.\"\n",
        "fix reset:\n    step \"Reset {gateway.failed}.\"\n",
    ];
    let shape = |texts: &[&str]| {
        let files: Vec<(String, &str)> = texts
            .iter()
            .enumerate()
            .map(|(at, text)| (format!("{at}.rules"), *text))
            .collect();
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), *text))
            .collect();
        let checked = check_packs(&[&files]);
        assert_eq!(checked.printed(), "");
        let graph = checked.analysis.graph();
        let program = checked.analysis.program.unwrap();
        let rules: Vec<_> = program
            .rules
            .iter()
            .map(|it| {
                (
                    it.named.name.clone(),
                    it.symptoms.clone(),
                    it.overridden_by.clone(),
                    it.plan.clone(),
                )
            })
            .collect();
        let lets: Vec<_> = program
            .lets
            .iter()
            .map(|it| it.named.name.clone())
            .collect();
        let fixes: Vec<_> = program
            .fixes
            .iter()
            .map(|it| it.named.name.clone())
            .collect();
        let slots: Vec<_> = program
            .slots
            .iter()
            .map(|it| it.named.name.clone())
            .collect();
        (rules, lets, fixes, slots, graph)
    };
    let straight = shape(&statements);
    let mut other = statements;
    other.reverse();
    assert_eq!(straight, shape(&other));
    let whole = statements.join("\n");
    assert_eq!(straight, shape(&[&whole]));
}

#[test]
fn unnamed_rules_are_called_by_symptom_and_words() {
    let text = format!(
        "symptom \"0x80090326\" when gateway.failed => fix \"Remove the route; check it.\"\n\nsymptom message when gateway.failed => no fix\n\nsymptom message =\n    | code ras 798\n\n{FAILED}"
    );
    let checked = check(&text);
    assert_eq!(checked.printed(), "");
    let program = checked.analysis.program.unwrap();
    let rules: Vec<&str> = program
        .rules
        .iter()
        .map(|it| it.named.name.as_str())
        .collect();
    assert_eq!(
        rules,
        [
            "hresult-0x80090326/remove-the-route-check-it",
            "message/no-fix"
        ]
    );
    let symptoms: Vec<(&str, bool)> = program
        .symptoms
        .iter()
        .map(|it| (it.named.name.as_str(), it.implicit))
        .collect();
    assert_eq!(symptoms, [("hresult-0x80090326", true), ("message", false)]);
}

#[test]
fn a_code_on_a_rule_is_the_symptom_that_claims_it() {
    let text = format!(
        "symptom bad-message =\n    | code sspi SEC_E_ILLEGAL_MESSAGE\n\nsymptom \"-2146893018\" when gateway.failed => fix \"Go.\"\n\n{FAILED}"
    );
    let program = check(&text).analysis.program.unwrap();
    assert_eq!(program.symptoms.len(), 1);
    assert_eq!(program.rules[0].named.name, "bad-message/go");
}

#[test]
fn two_unnamed_rules_of_one_name_are_one_finding() {
    let rule = "symptom \"798\" when gateway.failed => fix \"Go.\"\n";
    let checked = check(&format!("{rule}\n{rule}\n{FAILED}"));
    assert_eq!(checked.codes(), ["duplicate-name"], "{}", checked.printed());
}

#[test]
fn names_of_used_packs_are_visible_and_not_passed_on() {
    let root = "pack a 1.0.0\n\nuse b\n\nrule r:\n    when deep and b/near\n    => fix \"Go.\"\n";
    let b = "pack b 1.0.0\n\nuse c\n\nfact near: bool\n    ask \"?\"\n\nlet both = near and deep\n";
    let c = "pack c 1.0.0\n\nfact deep: bool\n    ask \"?\"\n";
    let unused = "pack d 1.0.0\n\nlet broken = nothing.here\n";
    let checked = check_packs(&[&[("a", root)], &[("b", b)], &[("c", c)], &[("d", unused)]]);
    assert_eq!(checked.codes(), ["unknown-name"], "{}", checked.printed());
    assert!(
        checked.printed().contains("a:6:10"),
        "{}",
        checked.printed()
    );
}

#[test]
fn packs_that_use_each_other_are_one_finding() {
    let checked = check_packs(&[
        &[("a", "pack a 1.0.0\n\nuse b\n")],
        &[("b", "pack b 1.0.0\n\nuse a\n")],
    ]);
    assert_eq!(checked.codes(), ["circular-use"], "{}", checked.printed());
}

#[test]
fn a_missing_pack_hides_the_names_that_it_may_have() {
    let checked = check(
        "use elsewhere\n\nrule r:\n    symptom there\n    when other.fact == ready\n    => fix do-it\n",
    );
    assert_eq!(checked.codes(), ["unknown-pack"], "{}", checked.printed());
}

#[test]
fn a_circle_of_precedence_is_shown_whole() {
    let text = "symptom s =\n    | code ras 798\n\nrule a:\n    symptom s\n    otherwise\n    => fix \"A.\"\n\nrule b:\n    symptom s\n    => fix \"B.\"\n\nrule c:\n    symptom s\n    overrides b\n    otherwise\n    => fix \"C.\"\n";
    let checked = check(text);
    assert_eq!(
        checked.codes(),
        ["circular-precedence"],
        "{}",
        checked.printed()
    );
    let finding = &checked.analysis.findings[0];
    let related: Vec<&str> = finding
        .related
        .iter()
        .map(|it| it.message.as_str())
        .collect();
    assert_eq!(
        related,
        ["`c` overrides `b`", "`c` holds only where `b` does not"]
    );
}

#[test]
fn overrides_all_is_every_other_rule_of_the_symptoms() {
    let text = "symptom s =\n    | code ras 798\n\nsymptom t =\n    | code ras 691\n\nrule a:\n    symptom s\n    => fix \"A.\"\n\nrule b:\n    symptom s, t\n    overrides all\n    => fix \"B.\"\n\nrule c:\n    symptom t\n    => fix \"C.\"\n";
    let checked = check(text);
    assert_eq!(checked.printed(), "");
    let program = checked.analysis.program.unwrap();
    let overridden: Vec<usize> = program
        .rules
        .iter()
        .map(|it| it.overridden_by.len())
        .collect();
    assert_eq!(overridden, [1, 0, 1]);
    let twice = text.replace(
        "rule c:\n    symptom t\n",
        "rule c:\n    symptom t\n    overrides all\n",
    );
    assert_eq!(check(&twice).codes(), ["circular-precedence"]);
}

#[test]
fn facts_in_a_circle_of_locators_are_one_finding() {
    let text = "fact a.one: string\n    from azure arm \"{b.two}\" at \"$.id\"\n\nfact b.two: string\n    from azure arm \"{a.three}\" at \"$.id\"\n\nlet a.three = a.one\n";
    let checked = check(text);
    assert_eq!(
        checked.codes(),
        ["circular-definition"],
        "{}",
        checked.printed()
    );
    assert_eq!(checked.analysis.findings[0].related.len(), 3);
}

#[test]
fn tests_are_data() {
    let text = "type Root = { name: string, data: string? }\n\ntype Gateway = { sku: string, roots: list of Root, failed: bool }\n\nfact gateway: Gateway\n    ask \"?\"\n\nfact net.metric: int\n    ask \"?\"\n    default 3\n\nsymptom s =\n    | code ras 798\n\nrule r:\n    symptom s\n    when gateway.failed\n    => fix \"Go.\"\n\ntest \"one\":\n    now = 2026-11-01\n    symptom s, \"691\"\n    gateway.failed = true\n    gateway.roots = 3 of { name: \"a\" }\n    net.metric = absent\n    expect confirmed r\n\ntest \"two\":\n    given \"one\"\n    pasted \"(798)\"\n    gateway.failed = unknown denied\n    expect open r needs gateway\n    expect others\n";
    let checked = check(text);
    assert_eq!(checked.printed(), "");
    let [one, two] = checked.analysis.tests.as_slice() else {
        panic!("two tests")
    };
    assert_eq!(one.now, Some(1_793_491_200_000_000_000));
    assert!(
        matches!(&one.complaint[..], [Complaint::Symptom(_), Complaint::Code(text, codes)] if text == "691" && !codes.is_empty())
    );
    assert_eq!(one.sets[0].path, [2]);
    assert_eq!(one.sets[0].value, Partial::Known(Value::Bool(true)));
    let Partial::Known(Value::List(roots)) = &one.sets[1].value else {
        panic!("a list")
    };
    assert_eq!(roots.len(), 3);
    assert_eq!(one.sets[2].value, Partial::Known(Value::Int(3)));
    assert!(
        two.others
            && matches!(&two.sets[0].value, Partial::Unknown(reasons) if &*reasons[0].fact == "gateway")
    );
    assert!(matches!(&two.expects[0].verdict, Expected::Open(needs) if needs.len() == 1));
}

#[test]
fn mistakes_of_tests_are_said_at_their_place() {
    let text = "type Root = { name: string, size: int in 0..9 }\n\nfact gateway.root: Root?\n    ask \"?\"\n\nfact gateway.names: set of string\n    ask \"?\"\n\nlet bad = gateway.root is absent\n\nrule r:\n    when bad\n    => fix \"Go.\"\n\ntest \"t\":\n    gateway.root = { nme: \"a\" }\n    gateway.root.size = 12\n    gateway.names = [1]\n    gateway.names = absent\n    gateway.names = unknown lost\n    gateway.nmes = []\n    bad = true\n    gateway.root.name.x = 1\n    symptom s\n    symptom \"what?\"\n    expect confirmed q\n    expect open r needs bad\n";
    let checked = check(text);
    let lines: Vec<(u32, &str)> = checked
        .analysis
        .findings
        .iter()
        .map(|it| {
            (
                checked
                    .sources
                    .get(it.span.file)
                    .unwrap()
                    .line_column(it.span.start)
                    .line,
                it.code.name,
            )
        })
        .collect();
    let expected = [
        (16, "unknown-field"),
        (17, "out-of-range"),
        (18, "type-mismatch"),
        (19, "bad-test-value"),
        (20, "unknown-word"),
        (21, "unknown-name"),
        (22, "set-derived-fact"),
        (23, "bad-test-value"),
        (24, "unknown-symptom"),
        (25, "unknown-code"),
        (26, "unknown-rule"),
        (27, "set-derived-fact"),
    ];
    assert_eq!(lines, expected, "{}", checked.printed());
}

#[test]
fn the_graph_knows_facts_fields_and_what_explains_what() {
    let text = "param id: string\n\ntype Gateway = { sku: string at \"$.sku\" }\n\nfact gateway: Gateway\n    from azure arm \"{id}\"\n\nlet small = gateway.sku == \"Basic\"\n\nsymptom s =\n    | code ras 798\n\nrule r:\n    symptom s\n    when small\n    otherwise\n    => fix grow\n\nfix grow:\n    step \"Now {gateway.sku}.\"\n";
    let graph = check(text).analysis.graph();
    let name = |at: u32| graph.nodes[at as usize].name.as_str();
    let edges: Vec<(&str, EdgeKind, &str)> = graph
        .edges
        .iter()
        .map(|it| (name(it.from), it.kind, name(it.to)))
        .collect();
    let expected = [
        ("gateway", EdgeKind::Locator, "id"),
        ("gateway.sku", EdgeKind::FieldOf, "gateway"),
        ("small", EdgeKind::Uses, "gateway.sku"),
        ("r", EdgeKind::Uses, "small"),
        ("r", EdgeKind::Explains, "s"),
        ("r", EdgeKind::Otherwise, "s"),
        ("r", EdgeKind::RepairedBy, "grow"),
        ("grow", EdgeKind::Uses, "gateway.sku"),
    ];
    assert_eq!(edges, expected);
    assert!(
        graph
            .nodes
            .iter()
            .any(|it| it.kind == NodeKind::Field && it.name == "gateway.sku")
    );
}

#[test]
fn a_short_text_does_not_fill_the_memory() {
    use std::fmt::Write as _;
    let mut text = String::from("fact a.list: list of int\n    ask \"?\"\n\n");
    for number in 0..60 {
        write!(text, "test \"{number}\":\n    a.list = 100000 of 1\n\n").unwrap();
    }
    let codes = check(&text).codes();
    assert_eq!(
        codes.iter().filter(|it| **it == "bad-test-value").count(),
        20
    );
    let mut text = String::new();
    for number in 0..5_000 {
        write!(
            text,
            "symptom s{number} =\n    | text \"{number} words\"\n\n"
        )
        .unwrap();
        write!(
            text,
            "rule r{number}:\n    symptom any\n    => fix \"Do {number}.\"\n\n"
        )
        .unwrap();
    }
    assert_eq!(check(&text).codes(), ["too-large"]);
}

#[test]
fn lists_and_records_that_double_are_too_large() {
    use std::fmt::Write as _;
    let mut text = String::from("fact b: bool\n    ask \"?\"\n\nlet a0 = [b, b]\n");
    for number in 1..60 {
        writeln!(text, "let a{number} = [a{0}, a{0}]", number - 1).unwrap();
    }
    // Said once: what names it is silent.
    assert_eq!(check(&text).codes(), ["too-large"]);
    let nest = "let a1 = [a0]\n".to_owned();
    let mut text = String::from("fact b: bool\n    ask \"?\"\n\nlet a0 = [b]\n");
    text.push_str(&nest);
    for number in 2..100 {
        writeln!(text, "let a{number} = [a{}]", number - 1).unwrap();
    }
    assert_eq!(check(&text).codes(), ["too-large"]);
    let mut text =
        String::from("fact t: T0\n    from windows wmi \"X\"\n\ntype T60 = { a: int }\n");
    for number in 0..60 {
        writeln!(text, "type T{number} = {{ a: T{0}, b: T{0} }}", number + 1).unwrap();
    }
    let codes = check(&text).codes();
    assert_eq!(codes.iter().filter(|it| **it == "too-large").count(), 1);
}

#[test]
fn a_long_text_is_not_too_large() {
    let all: Vec<String> = (0..20_000).map(|it| it.to_string()).collect();
    let text = format!(
        "fact n: int\n    ask \"?\"\n\nlet a = n in [{}]\n\nlet b = [{}]\n\nlet c = n in b\n",
        all.join(", "),
        all.join(", ")
    );
    let codes = check(&text).codes();
    assert!(codes.iter().all(|it| *it != "too-large"), "{codes:?}");
}

#[test]
fn a_match_with_many_patterns_is_read_in_one_pass() {
    let all: Vec<String> = (0..100_000).map(|it| it.to_string()).collect();
    let text = format!(
        "fact n: int\n    ask \"?\"\n\nlet a = match n {{ {} => true, else => false }}\n",
        all.join(" or ")
    );
    let start = std::time::Instant::now();
    let codes = check(&text).codes();
    assert!(!codes.contains(&"overlapping-match"), "{codes:?}");
    // One pattern against each other is five thousand million comparisons, which take minutes here.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
fn no_text_makes_it_fail() {
    for text in [
        "",
        "\u{feff}",
        "rule",
        "rule :\n",
        "fact a: list of list of X?\nfact a.b: a\n",
        "type T = T\n",
        "type A = B\ntype B = list of A\n",
        "let x = x\n",
        "let x = x.y.z\nlet x.y = x\n",
        "use a\nuse a\n",
        "pack a 1\npack a 2\n",
        "symptom s =\n    | seen when s\n",
        "rule r:\n    symptom any\n    overrides r, r, q\n    => fix r and fix r\n",
        "fix f:\n    excludes f\n",
        "test \"a\":\n    given \"a\"\n",
        "test \"a\":\n    given \"b\"\ntest \"b\":\n    given \"a\"\n",
        "fact f: set of record\n    from nowhere at \"{\"\n    default { a: absent, a: unknown }\n    cost -1d\n    reports x\n",
        "param p: arm \"x\"?\nparam q: { a: arm \"x\" }\n",
        "fact e: enum { else other }\nlet m = match e { other => e }\n",
    ] {
        check(text);
    }
}

/// Values of each type, as a test may have them.
const VALUES: &[(&str, &[&str])] = &[
    ("bool", &["true", "false"]),
    ("int", &["-7", "0x10", "9223372036854775807"]),
    (
        "string?",
        &[
            "\"a \"\"b\"\" {c} {{d}}\"",
            "\"\"",
            "absent",
            "unknown timed-out",
        ],
    ),
    (
        "enum { Up, Down = 7, Odd = \"is odd\", else other }",
        &["Down", "Odd", "other"],
    ),
    ("version", &["10", "1.10.3", "0"]),
    (
        "time",
        &[
            "2026-11-01",
            "0000-01-01T00:00:00Z",
            "2026-11-01T10:20:30.5+02:00",
        ],
    ),
    ("duration", &["90min", "-500ms", "0s", "7ms"]),
    ("duration in s", &["7d"]),
    ("ip", &["10.0.0.1", "::1", "fe80::a:b"]),
    ("cidr", &["10.0.0.0/8", "::/0"]),
    (
        "code",
        &[
            "ras 798",
            "hresult 0x80090326",
            "arm InvalidResourceName",
            "nps \"some words\"",
        ],
    ),
    ("list of code", &["[ras 798, unknown denied]", "[]"]),
    ("set of string", &["[\"a\", \"A\", \"b\"]"]),
    (
        "list of cidr",
        &["3 of 10.0.0.0/8", "[2 of 10.0.0.0/8, ::/0]"],
    ),
    (
        "{ up: bool at \"$.u\", names: list of string? at \"$.n\" }?",
        &[
            "{ up: true }",
            "{ up: false, names: absent }",
            "absent",
            "{ names: [\"x\"] }",
        ],
    ),
    (
        "list of { key: string secret at \"$.k\", n: int? at \"$.n\" }",
        &["[250 of { key: \"s\", n: absent }, { n: 1 }, unknown]"],
    ),
    (
        "Certificate?",
        &["{ thumbprint: \"AA11\", has_private_key: false, not_after: 2026-01-01 }"],
    ),
];

#[test]
fn values_that_are_written_are_read_back_equal() {
    let mut facts = String::from("pack p 1.0.0\n");
    let (mut first, mut count) = (String::from("\ntest \"values\":\n"), 0);
    for (ty, values) in VALUES {
        for value in *values {
            count += 1;
            facts += &format!("\nfact f{count}: {ty}\n    ask \"F?\"\n");
            first += &format!("    f{count} = {value}\n");
        }
    }
    let read = |test: &str| {
        let checked = check(&format!("{facts}{test}"));
        let wrong = checked
            .all()
            .iter()
            .any(|it| it.level > rulec_syntax::diagnostic::Level::Note);
        assert!(!wrong, "{}\n{test}", checked.printed());
        checked
    };
    let checked = read(&first);
    let program = checked.analysis.program.as_ref().unwrap();
    let sets = &checked.analysis.tests[0].sets;
    assert_eq!(sets.len(), count);
    let mut second = String::from("\ntest \"values\":\n");
    for set in sets {
        let slot = &program.slots[set.slot.0 as usize];
        let written = rulec_facts::written::source(&set.value, &slot.ty).unwrap();
        second += &format!("    {} = {written}\n", slot.named.name);
    }
    let again = read(&second);
    for (one, two) in sets.iter().zip(&again.analysis.tests[0].sets) {
        assert!(
            rulec_facts::written::is_same(&one.value, &two.value),
            "{one:?} {two:?}\n{second}"
        );
    }
}
