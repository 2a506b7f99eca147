//! Types of expressions: what fits is silent, what does not is said once, at its place.

mod support;

use support::check;

/// Facts of every type.
const FACTS: &str = r#"
type Root = { name: string, data: string, certificate: Certificate? }

type Kind = enum { sstp, ike, other_kind = 7 }

fact f.yes: bool
    ask "yes?"

fact f.maybe: bool?
    ask "maybe?"

fact f.number: int
    ask "number?"

fact f.small: int in 0..20
    ask "small?"

fact f.some: int?
    ask "some?"

fact f.text: string
    ask "text?"

fact f.line: string?
    ask "line?"

fact f.version: version
    ask "version?"

fact f.time: time
    ask "time?"

fact f.long: duration
    ask "long?"

fact f.ip: ip
    ask "ip?"

fact f.net: cidr
    ask "net?"

fact f.code: code
    ask "code?"

fact f.kind: Kind
    ask "kind?"

fact f.way: enum { up, down, else other }?
    ask "way?"

fact f.nets: list of cidr
    ask "nets?"

fact f.ips: set of ip
    ask "ips?"

fact f.texts: set of string
    ask "texts?"

fact f.numbers: list of int
    ask "numbers?"

fact f.roots: list of Root
    ask "roots?"

fact f.root: Root?
    ask "root?"
"#;

/// The findings about a condition: codes, and the text at the place of the first.
fn findings(condition: &str) -> (Vec<&'static str>, String, String) {
    let text = format!("rule r:\n    when {condition}\n    => fix \"Do it.\"\n{FACTS}");
    let checked = check(&text);
    let place = checked
        .all()
        .first()
        .map(|it| checked.sources.slice(it.span).to_owned());
    (
        checked.codes(),
        place.unwrap_or_default(),
        checked.printed(),
    )
}

/// Conditions without a mistake.
const GOOD: &[&str] = &[
    "f.yes",
    "not f.yes and (f.yes or f.maybe == true)",
    "f.number == 0x10 and f.number != -1",
    "f.small in [1, 2, 3]",
    "f.some == 1 or f.some is absent",
    "f.text == \"a\" and f.text contains \"b\" and f.text starts with f.line",
    "f.text matches \"vpn*\" and f.text is base64 and f.text is not empty",
    "f.version >= 10.0.19045 and f.version < 11",
    "f.time < now - 7d and now - f.time > 2h and f.time == 2026-11-01",
    "f.long > 30min and f.long + 1h < 1d",
    "f.ip in f.net and f.ip in 10.0.0.0/8 and f.ip in f.nets and f.ip == 10.0.0.1 and f.ip != fe80::1",
    "f.net in f.nets and f.net contains f.ip and f.nets contains 10.0.0.1 and 0.0.0.0/0 in f.nets",
    "f.nets overlaps f.net and f.nets overlaps [10.0.0.0/8] and f.texts overlaps f.roots.name",
    "f.code == ras 798 and f.code in reported and reported contains http 503 and win32 5010 not in reported",
    "f.code in [ras 798, sspi SEC_E_ILLEGAL_MESSAGE] and f.code == SEC_E_ILLEGAL_MESSAGE",
    "f.kind == sstp and f.kind in [sstp, IKE] and sstp != f.kind and f.way == other",
    "\"x\" in f.texts and \"x\" in f.roots.name",
    "count(f.nets) > 3 and count(f.roots) + 1 <= f.number and max(f.numbers) > 5",
    "size(f.nets) < 256 and length(f.text) > 80 and min(f.numbers) is absent",
    "certificate(f.text).not_after < now and version(f.text) >= 2.1 and code(f.text) == ras 798",
    "any r in f.roots where r.name != \"\": r.certificate is absent",
    "(all r in f.roots: r.certificate.not_after > now) and (no n in f.nets: f.ip in n)",
    "any r in f.roots: any s in f.roots: r.name == s.data",
    "(each r in f.roots where r.name == \"a\") is empty",
    "count(f.roots.certificate.eku) > 1 and \"1.3\" in f.roots.certificate.eku",
    "f.root.certificate.thumbprint == \"AA\" and f.root is present",
    "(match f.kind { sstp or ike => 1, other_kind => 2 }) == 1",
    "(match f.way { up => true, down => false, absent => false, else => true })",
    "f.version < match f.number { 14393 => 14393.2034, else => 0.0 }",
    "f.number == match f.yes { true => 1, false => f.small }",
];

#[test]
fn what_fits_is_silent() {
    for condition in GOOD {
        let (codes, _, printed) = findings(condition);
        assert!(codes.is_empty(), "{condition}\n{printed}");
    }
}

/// Conditions with one mistake: its code, and the text at its place.
const BAD: &[(&str, &str, &str)] = &[
    ("f.number", "type-mismatch", "f.number"),
    ("not f.text", "type-mismatch", "f.text"),
    ("f.yes and f.number", "type-mismatch", "f.number"),
    ("f.maybe", "optional-condition", "f.maybe"),
    ("f.yes or f.maybe", "optional-condition", "f.maybe"),
    ("f.number == \"1\"", "type-mismatch", "\"1\""),
    ("f.number == f.text", "type-mismatch", "f.number == f.text"),
    ("f.text == 7", "type-mismatch", "7"),
    ("f.text == sstp", "unknown-name", "sstp"),
    ("f.long > 5", "type-mismatch", "5"),
    ("f.small > 21", "out-of-range", "21"),
    ("f.small in [1, 25]", "out-of-range", "25"),
    ("f.ip == f.net", "type-mismatch", "f.ip == f.net"),
    ("f.net == 10.0.0.1", "type-mismatch", "10.0.0.1"),
    ("f.net == 10.0.0.1/8", "bad-value", "10.0.0.1/8"),
    ("f.text < \"b\"", "type-mismatch", "f.text"),
    ("f.kind < sstp", "type-mismatch", "f.kind"),
    ("f.kind == \"sstp\"", "type-mismatch", "\"sstp\""),
    ("f.kind == stp", "unknown-member", "stp"),
    ("f.kind == f.way", "type-mismatch", "f.kind == f.way"),
    ("f.code == 798", "type-mismatch", "798"),
    (
        "f.code == sspi SEC_E_NO_SUCH",
        "unknown-code",
        "SEC_E_NO_SUCH",
    ),
    ("f.code == http 9999", "unknown-code", "9999"),
    ("798 in reported", "type-mismatch", "798"),
    ("f.text in reported", "type-mismatch", "f.text"),
    ("count(reported) > 1", "misplaced-reported", "reported"),
    ("f.nets == f.nets", "type-mismatch", "f.nets"),
    ("f.root == f.root", "type-mismatch", "f.root"),
    ("f.text in f.line", "type-mismatch", "f.line"),
    ("f.number in f.texts", "type-mismatch", "f.number"),
    ("f.nets in f.nets", "type-mismatch", "f.nets"),
    ("f.text in f.net", "type-mismatch", "f.text"),
    ("f.ip overlaps f.nets", "type-mismatch", "f.ip"),
    (
        "f.ips overlaps f.nets",
        "type-mismatch",
        "f.ips overlaps f.nets",
    ),
    ("f.number contains 1", "type-mismatch", "f.number"),
    ("f.texts contains 1", "type-mismatch", "1"),
    ("f.text starts with 1", "type-mismatch", "1"),
    ("f.number ends with \"1\"", "type-mismatch", "f.number"),
    ("f.text matches f.line", "type-mismatch", "f.line"),
    ("f.number is absent", "never-absent", "f.number"),
    ("f.number is empty", "type-mismatch", "f.number"),
    ("f.number is base64", "type-mismatch", "f.number"),
    (
        "f.number + f.small > 1",
        "bad-arithmetic",
        "f.number + f.small",
    ),
    ("f.time + f.time > now", "bad-arithmetic", "f.time + f.time"),
    (
        "f.text + \"a\" == \"b\"",
        "bad-arithmetic",
        "f.text + \"a\"",
    ),
    ("f.time < 7d", "type-mismatch", "7d"),
    ("f.number.x == 1", "unknown-field", "x"),
    ("f.root.nme == \"a\"", "unknown-field", "nme"),
    (
        "f.roots.certificate.thumb == \"a\"",
        "unknown-field",
        "thumb",
    ),
    ("any x in f.number: x == 1", "type-mismatch", "f.number"),
    ("any x in f.numbers: x", "type-mismatch", "x"),
    ("any x in f.roots: x.nam == \"a\"", "unknown-field", "nam"),
    (
        "any x in f.roots: any x in f.numbers: x == 1",
        "shadowed-name",
        "x",
    ),
    ("counts(f.nets) == 1", "unknown-function", "counts"),
    ("count(f.number) == 1", "type-mismatch", "f.number"),
    ("max(f.texts) == 1", "type-mismatch", "f.texts"),
    ("size(f.ips) == 1", "type-mismatch", "f.ips"),
    ("length(f.texts) == 1", "type-mismatch", "f.texts"),
    (
        "length(f.text, f.text) == 1",
        "type-mismatch",
        "length(f.text, f.text)",
    ),
    (
        "certificate(f.number) is absent",
        "type-mismatch",
        "f.number",
    ),
    ("[1, \"a\"] contains 1", "type-mismatch", "\"a\""),
    (
        "(match f.kind { sstp => 1, ike => 2 }) == 1",
        "incomplete-match",
        "match f.kind { sstp => 1, ike => 2 }",
    ),
    (
        "(match f.kind { sstp => 1, SSTP => 2, else => 3 }) == 1",
        "overlapping-match",
        "SSTP",
    ),
    (
        "(match f.kind { sstp => 1, else => \"a\" }) == 1",
        "type-mismatch",
        "\"a\"",
    ),
    (
        "(match f.kind { sst => 1, else => 2 }) == 1",
        "unknown-member",
        "sst",
    ),
    (
        "(match f.number { 1 => 1, absent => 2, else => 3 }) == 1",
        "never-absent",
        "absent",
    ),
    (
        "(match f.way { up or down or other => 1 }) == 1",
        "incomplete-match",
        "match f.way { up or down or other => 1 }",
    ),
    (
        "(match f.nets { else => 1 }) == 1",
        "type-mismatch",
        "f.nets",
    ),
    ("f.nunber == 1", "unknown-name", "f.nunber"),
    ("elsewhere/f.number == 1", "unknown-pack", "elsewhere"),
];

#[test]
fn what_does_not_fit_is_said_once_at_its_place() {
    for &(condition, code, place) in BAD {
        let (codes, at, printed) = findings(condition);
        assert_eq!(
            (codes, at.as_str()),
            (vec![code], place),
            "{condition}\n{printed}"
        );
    }
}

#[test]
fn what_has_no_type_is_not_spoken_of_again() {
    for condition in [
        "f.nunber == \"a\" and f.nunber2 < 7d",
        "f.unknown_thing + 1 == 7d",
        "any x in f.unknown_list: x.field == 1 and x.other contains \"a\"",
        "(match f.unknown_kind { a => 1, b => \"c\" , else => 2}) == 1",
        "count(f.unknown_list.x.y) > max(f.unknown_list.z)",
        "sstp == f.unknown_kind",
        "f.unknown_list overlaps f.nets and f.unknown_list.a.b in f.unknown_list",
    ] {
        let (codes, _, printed) = findings(condition);
        let expected =
            condition.matches("f.unknown_").count() + condition.matches("f.nunber").count();
        let names = codes.iter().filter(|it| **it == "unknown-name").count();
        // The values of a `match` are mistakes of their own.
        assert_eq!(names, expected, "{condition}\n{printed}");
        assert!(
            codes
                .iter()
                .all(|it| *it == "unknown-name" || condition.contains("match")),
            "{printed}"
        );
    }
}
