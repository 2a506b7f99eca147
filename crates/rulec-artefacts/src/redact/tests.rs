//! What is replaced, what stays, and what stays true.

use std::sync::LazyLock;

use ipnet::IpNet;
use proptest::prelude::*;
use rulec_facts::source::BuiltIn;
use serde_json::json;

use super::*;

fn redactor() -> Redactor {
    static WORDS: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| {
        let pack = json!({ "rule": "the issuer is DigiCert", "audience": "41b23e61-6c1e-4545-b367-cd054e0ed4b4", "net": "13.107.4.0/24" });
        Arc::new(Vocabulary::of(&pack))
    });
    Redactor::new([7; 32], Arc::clone(&WORDS))
}

fn text(given: &str) -> String {
    let mut redactor = redactor();
    redactor.learn_text(given);
    redactor.learnt();
    redactor.text(given)
}

#[test]
fn what_says_nothing_of_anybody_stays() {
    for kept in [
        "error 798, 0x80090326, 80090326, -2146893018, 2148074278",
        "HKLM\\SYSTEM\\CurrentControlSet\\Services\\RasMan",
        "2026-11-01T10:00:00.123Z",
        "0.0.0.0/0 via 192.168.1.1, mask 255.255.255.0, dns 168.63.129.16, ::1, fe80::1%7",
        "41B23E61-6C1E-4545-B367-CD054E0ED4B4",
        "S-1-5-18 S-1-5-32-544",
        "00000000-0000-0000-0000-000000000000",
        "KB5031455, 10 min, 443tcp",
        "1.3.6.1.5.5.7.3.2, 2.5.29.37.0",
        "CN=DigiCert Global Root G2, O=DigiCert",
        "",
    ] {
        assert_eq!(text(kept), kept);
    }
}

#[test]
fn names_accounts_identifiers_and_addresses_are_replaced_wherever_they_stand() {
    for (given, gone) in [
        ("\\\\fileserv7\\payroll", "fileserv7"),
        ("C:\\Users\\Anna Mustermann\\AppData", "anna"),
        ("C:\\Users\\Will\\AppData, it is Will", "will"),
        ("anna.mustermann@musterfirma.example", "mustermann"),
        (
            "/subscriptions/5f4dcc3b-5aa7-65d6-1d83-27deb882cf99/resourceGroups/rg-zuerich",
            "zuerich",
        ),
        ("5F4DCC3B-5AA7-65D6-1D83-27DEB882CF99", "5f4dcc3b"),
        ("S-1-5-21-3623811015-3361044348-30300820-1013", "3623811015"),
        ("00-50-56-C0-AB-01", "00-50-56-c0-ab-01"),
        (
            "from 20.61.99.7:443 to 2a01:111:f100:3000::a83e:1990",
            "20.61.99.7",
        ),
        ("2a01:111:f100:3000::a83e:1990", "a83e"),
        ("IP 20.61.99.7.443 > x", "20.61.99.7"),
        ("DESKTOP-7F3K2Q1", "7f3k2q1"),
        (
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
            "eyjhbg",
        ),
        ("王小明的電腦", "王小明"),
        ("call +49 30 901820 or 03090182000", "03090182000"),
        ("A2FC2E4E2CBF3A3B5492F5792D1A1E6A072B342F", "a2fc2e4e"),
    ] {
        let shown = text(given);
        assert!(!shown.to_lowercase().contains(gone), "{given}: {shown}");
    }
}

#[test]
fn equal_words_have_equal_tokens_in_their_own_case() {
    let mut redactor = redactor();
    let shown = redactor.text("contosovpn ContosoVPN CONTOSOVPN contosovpm");
    let all: Vec<&str> = shown.split(' ').collect();
    assert!(
        all[0].starts_with('x') && all[0].len() == "contosovpn".len(),
        "{shown}"
    );
    assert!(all.iter().take(3).all(|it| it.eq_ignore_ascii_case(all[0])));
    assert_ne!(all[0], all[3]);
    let other = Redactor::new([8; 32], Arc::default()).text("contosovpn");
    assert_ne!(other, all[0], "without the key nobody can try names out");
    assert_eq!(
        redactor.map().get(all[0]).map(String::as_str),
        Some("contosovpn")
    );
}

#[test]
fn a_text_keeps_its_parts_so_that_it_begins_and_ends_as_before() {
    let mut redactor = redactor();
    let group =
        redactor.text("/subscriptions/5f4dcc3b-5aa7-65d6-1d83-27deb882cf99/resourceGroups/zuerich");
    let gateway = redactor.text(
        "/subscriptions/5F4DCC3B-5AA7-65D6-1D83-27DEB882CF99/resourceGroups/Zuerich/providers/Microsoft.Network/virtualNetworkGateways/tor",
    );
    assert!(
        gateway.to_lowercase().starts_with(&group.to_lowercase()),
        "{group} {gateway}"
    );
    assert!(gateway.contains("/providers/Microsoft.Network/virtualNetworkGateways/"));
    assert!(redactor.text("host.zuerich.example").ends_with(".example"));
}

#[test]
fn a_user_is_replaced_even_where_the_name_is_a_word() {
    let ty = BuiltIn::RasEvent.ty();
    let value = |user: &str| {
        let fields = ty
            .record()
            .unwrap()
            .fields
            .iter()
            .map(|it| match it.name.as_str() {
                "user" => Partial::Known(Value::text(user)),
                _ => Partial::Absent,
            });
        Partial::Known(Value::Record(fields.collect()))
    };
    let mut redactor = redactor();
    redactor.learn("ras", &value("WORK\\Grants"), &ty);
    redactor.learn("ras", &value("NT AUTHORITY\\SYSTEM"), &ty);
    redactor.learnt();
    let shown = redactor.value("ras", &value("WORK\\Grants"), &ty, false);
    assert!(
        !format!("{shown:?}").to_lowercase().contains("grants"),
        "{shown:?}"
    );
    let shown = redactor.text("the system says: Grants dialled");
    assert!(
        shown.starts_with("the system says: X") && !shown.contains("Grants"),
        "{shown}"
    );
}

#[test]
fn a_secret_is_a_token_or_nothing_and_in_no_map() {
    let mut redactor = redactor();
    let of = |kind| Type::of(kind);
    let shown = redactor.value(
        "f",
        &Partial::Known(Value::text("hunter2")),
        &of(Kind::Text),
        true,
    );
    assert!(!format!("{shown:?}").contains("hunter2"));
    assert!(
        redactor
            .value(
                "f",
                &Partial::Known(Value::Int(4711)),
                &of(Kind::Int(None)),
                true
            )
            .is_unknown()
    );
    assert!(redactor.map().is_empty(), "{:?}", redactor.map());
}

const ROOT: &str = include_str!("../certificates/samples/root.pem");
const LEAF: &str = include_str!("../certificates/samples/leaf.pem");

fn field(record: &Value, name: &str) -> Partial {
    let Value::Record(fields) = record else {
        panic!("no record")
    };
    fields[certificate_type().field(name).unwrap().0].clone()
}

#[test]
fn a_certificate_stays_one_with_other_names_and_the_same_relations() {
    let mut redactor = redactor();
    let (root, leaf) = (certificate(ROOT).unwrap(), certificate(LEAF).unwrap());
    for text in [ROOT, LEAF] {
        redactor.learn_text(text);
    }
    redactor.learnt();
    let (new_root, new_leaf) = (redactor.text(ROOT), redactor.text(LEAF));
    assert_eq!((new_root.len(), new_leaf.len()), (ROOT.len(), LEAF.len()));
    let (new_root, new_leaf) = (
        certificate(&new_root).unwrap(),
        certificate(&new_leaf).unwrap(),
    );
    for name in ["thumbprint", "serial", "key_id"] {
        assert_ne!(field(&root, name), field(&new_root, name), "{name}");
    }
    assert_ne!(field(&leaf, "subject"), field(&new_leaf, "subject"));
    for name in ["not_before", "not_after", "eku", "is_ca", "self_signed"] {
        assert_eq!(field(&root, name), field(&new_root, name), "{name}");
        assert_eq!(field(&leaf, name), field(&new_leaf, name), "{name}");
    }
    assert_eq!(field(&new_leaf, "issuer"), field(&new_root, "subject"));
    assert_eq!(
        field(&new_leaf, "issuer_key_id"),
        field(&new_root, "key_id")
    );
    // The same thumbprint in another fact becomes the same.
    let Partial::Known(Value::Text(old)) = field(&root, "thumbprint") else {
        panic!("no thumbprint")
    };
    let new = redactor.text(old.raw());
    assert_eq!(
        field(&new_root, "thumbprint"),
        Partial::Known(Value::text(&new))
    );
}

#[test]
fn base64_of_a_certificate_and_of_its_pem_stays_what_it_is() {
    use ::base64::Engine;
    use ::base64::engine::general_purpose::STANDARD;
    let dense: String = ROOT.lines().filter(|it| !it.starts_with('-')).collect();
    let twice = STANDARD.encode(ROOT);
    let broken = dense.get(..dense.len() - 3).unwrap().to_owned();
    let garbage = STANDARD.encode([9u8; 120]);
    for given in [&dense, &twice, &broken, &garbage] {
        let shown = text(given);
        assert_ne!(&shown, given);
        assert_eq!(shown.len(), given.len());
        assert_eq!(
            certificate(&shown).is_some(),
            certificate(given).is_some(),
            "{given}"
        );
        assert_eq!(
            ops::is_base64_text(&shown),
            ops::is_base64_text(given),
            "{given}"
        );
        assert_eq!(
            shown.get(..14) == Some("LS0tLS1CRUdJTi"),
            given.starts_with("LS0tLS1CRUdJTi")
        );
    }
    let cut = "MIIKOQIBAzCCCf8GCSqGSIb3DQEHAaCCCfAEggns";
    let shown = text(cut);
    assert!(
        shown.starts_with("MIIKOQIBAzCCCf8GCSqGSIb3") && shown != cut,
        "{shown}"
    );
    assert_eq!(shown.len(), cut.len());
    let key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ\n-----END PRIVATE KEY-----";
    assert!(!text(key).contains("MIIE"), "{}", text(key));
}

#[test]
fn long_runs_of_few_letters_take_no_time() {
    let mut redactor = redactor();
    for piece in [
        ":",
        ".",
        "9.",
        "S-",
        "a:",
        "-",
        "1-",
        "\\users\\",
        "-----BEGIN ",
    ] {
        let long = piece.repeat(200_000 / piece.len());
        redactor.learn_text(&long);
        redactor.text(&long);
    }
}

fn address() -> impl Strategy<Value = IpAddr4> {
    prop_oneof![
        any::<[u8; 4]>(),
        // Neighbours, and what lies near the ranges that stay.
        (0usize..6, any::<[u8; 2]>()).prop_map(|(at, low)| {
            let high = [
                [10, 0],
                [20, 61],
                [168, 63],
                [13, 107],
                [192, 168],
                [172, 32],
            ];
            [high[at][0], high[at][1], low[0], low[1]]
        }),
    ]
    .prop_map(IpAddr4::from)
}

type IpAddr4 = std::net::Ipv4Addr;

proptest! {
    #[test]
    fn networks_keep_their_relations(a in address(), b in address(), c in 0u8..=32, d in 0u8..=32) {
        let mut redactor = redactor();
        let net = |address: IpAddr4, length| IpNet::new(address.into(), length).unwrap().trunc();
        let (one, two) = (net(a, c), net(b, d));
        let (new_one, new_two) = (redactor.network(one), redactor.network(two));
        prop_assert_eq!(one.contains(&two), new_one.contains(&new_two));
        prop_assert_eq!(two.contains(&one), new_two.contains(&new_one));
        let old = std::net::IpAddr::V4(a);
        let new = redactor.address(old);
        prop_assert_eq!(two.contains(&old), new_two.contains(&new));
        for kept in ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "168.63.129.16/32", "224.0.0.0/4", "13.107.4.0/24"] {
            let kept: IpNet = kept.parse().unwrap();
            prop_assert_eq!(redactor.network(kept), kept);
            prop_assert_eq!(kept.contains(&old), kept.contains(&new), "{} {} in {}", old, new, kept);
            prop_assert_eq!(kept.contains(&one), kept.contains(&new_one));
        }
    }

    #[test]
    fn no_text_panics_and_a_word_in_it_is_replaced_as_alone(before in "[ -~\u{e9}\u{738b}]{0,12}", after in "[ -~\u{e9}]{0,12}") {
        let mut redactor = redactor();
        let alone = redactor.text("zuerich");
        let shown = redactor.text(&format!("{before} zuerich {after}"));
        prop_assert!(shown.contains(&alone), "{}", shown);
    }
}
