//! Values that a person can believe.

use rulec_facts::show;

use super::*;

/// The first values of each cell, as a rule would write them.
fn first_values(ty: &Type, tests: &[Test]) -> Vec<String> {
    let domain = Domain::split(ty, tests, 100).unwrap();
    let value = |cell| domain.value(cell, 0).unwrap();
    (0..domain.cells())
        .map(|cell| show::source(&value(cell), ty))
        .collect()
}

fn compare(order: Order, value: Value) -> Test {
    Test::Compare(order, value)
}

#[test]
fn builds_are_builds() {
    let tests = [
        compare(Order::GreaterEqual, Value::Int(7600)),
        compare(Order::GreaterEqual, Value::Int(22_000)),
    ];
    let values = first_values(&Type::of(Kind::Int(None)), &tests);
    assert_eq!(values, ["7599", "19045", "22631"]);
}

#[test]
fn small_numbers_stay_at_their_constant() {
    let tests = [compare(Order::Equal, Value::Int(0))];
    let values = first_values(&Type::of(Kind::Int(None)), &tests);
    assert_eq!(values, ["1", "0"]);
    let tests = [compare(Order::Less, Value::Int(5))];
    let values = first_values(&Type::of(Kind::Int(Some((0, 20)))), &tests);
    assert_eq!(values, ["4", "5"]);
}

#[test]
fn times_are_of_these_years_and_versions_of_real_systems() {
    let day = 86_400_000_000_000i128;
    let now = Value::Time(20_758 * day + 1);
    let tests = [compare(Order::LessEqual, now)];
    let values = first_values(&Type::of(Kind::Time), &tests);
    assert_eq!(values, ["2026-11-01T00:00:00Z", "2027-11-01T00:00:00Z"]);
    let tests = [compare(Order::Less, Value::Version(Version::new(&[10])))];
    let values = first_values(&Type::of(Kind::Version), &tests);
    assert_eq!(values, ["2.1", "10.0.19045"]);
}

#[test]
fn texts_are_words_and_keep_the_spelling_of_the_rule() {
    let text = |test, constant: &str| Test::Text(test, Text::new(constant));
    let ty = Type::of(Kind::Text);
    let tests = [
        text(TextTest::StartsWith, "IKEv2"),
        text(TextTest::EndsWith, ".contoso.com"),
        compare(Order::Equal, Value::text("Succeeded")),
    ];
    let expected = [
        "Succeeded",
        "contoso",
        "IKEv2",
        ".contoso.com",
        "IKEv2.contoso.com",
    ];
    assert_eq!(first_values(&ty, &tests), expected.map(quoted));
    let tests = [
        text(TextTest::Contains, "-----BEGIN"),
        text(TextTest::Contains, "PRIVATE KEY-----"),
        Test::IsBase64,
        Test::IsEmpty,
    ];
    let expected = [
        "contoso",
        "MIIC5jCCAc6gAwIBAgIQRrO1",
        "fabrikam",
        "-----BEGIN",
        "PRIVATE KEY-----",
        "-----BEGIN contoso PRIVATE KEY-----",
        "",
        // Equal to a text that is base64, and none.
        "fabri\u{212A}am",
    ];
    assert_eq!(first_values(&ty, &tests), expected.map(quoted));
    let pattern = "*\\Cm\\????????-????-????-????-????????????";
    let expected = [
        "contoso",
        "contoso\\Cm\\3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    ];
    let tests = [text(TextTest::Matches, pattern)];
    assert_eq!(first_values(&ty, &tests), expected.map(quoted));
    // What no word fits is made of the constants, spelled as they are.
    let tests = [
        text(TextTest::Matches, "*-----BEGIN*-----BEGIN*"),
        text(TextTest::Matches, "MI????YJKoZIhvcNAQcC*"),
    ];
    let expected = [
        "contoso",
        "MI3f25YJKoZIhvcNAQcCcontoso",
        "contoso-----BEGINcontoso-----BEGINcontoso",
        "MIdtdsYJKoZIhvcNAQcC-----BEGIN-----BEGIN",
    ];
    assert_eq!(first_values(&ty, &tests), expected.map(quoted));
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

#[test]
fn networks_are_private_ones() {
    let within = |network: &str| Test::Within(network.parse().unwrap());
    let holds = |network: &str| Test::Holds(Value::Cidr(network.parse().unwrap()));
    let tests = [
        within("10.0.0.0/8"),
        holds("10.4.0.0/16"),
        within("fd00::/8"),
    ];
    let values = first_values(&Type::of(Kind::Cidr), &tests);
    let expected = [
        "0.0.0.0/0",
        "10.0.0.0/8",
        "172.16.201.0/24",
        "10.1.0.0/16",
        "fd00:10::/48",
    ];
    assert_eq!(values, expected);
    let tests = [
        within("10.0.0.0/8"),
        within("192.168.7.0/24"),
        within("0.0.0.0/0"),
    ];
    let values = first_values(&Type::of(Kind::Ip), &tests);
    let expected = ["192.168.1.10", "10.1.0.4", "192.168.7.4", "fd00:10::4"];
    assert_eq!(values, expected);
}
