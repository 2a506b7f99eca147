//! Tests of codes: table A.1 of the scenarios, V4, and codes in sentences.

use proptest::prelude::*;

use super::*;

fn spelled(text: &str) -> Vec<String> {
    Code::spelled(text).iter().map(Code::to_string).collect()
}

fn meant(text: &str) -> String {
    Code::of_text(text).map_or_else(String::new, |code| code.to_string())
}

fn parsed(kind: &str, text: &str) -> Result<String, String> {
    Code::parse(kind, text).map(|code| code.to_string())
}

fn scanned(text: &str) -> Vec<(&str, Vec<String>)> {
    scan(text)
        .into_iter()
        .map(|(place, codes)| (&text[place], codes.iter().map(Code::to_string).collect()))
        .collect()
}

/// Canonical, symbol, spellings.
type Row = (&'static str, &'static str, &'static [&'static str]);

/// The table of spellings that are met in practice.
const SPELLINGS: &[Row] = &[
    (
        "ras 623",
        "ERROR_CANNOT_FIND_PHONEBOOK_ENTRY",
        &["623", "8007026f", "0x8007026F", "-2147024273", "2147943023"],
    ),
    ("ras 691", "ERROR_AUTHENTICATION_FAILURE", &["691", "0x2B3"]),
    ("ras 717", "ERROR_NO_IP_ADDRESSES", &["717"]),
    ("ras 720", "ERROR_PPP_NO_PROTOCOLS_CONFIGURED", &["720"]),
    ("ras 789", "ERROR_OAKLEY_GENERAL_PROCESSING", &["789"]),
    (
        "ras 798",
        "ERROR_NO_EAPTLS_CERTIFICATE",
        &["798", "0x31E", "0x31e"],
    ),
    ("ras 800", "ERROR_AUTOMATIC_VPN_FAILED", &["800", "0x320"]),
    (
        "ras 809",
        "ERROR_VPN_TIMEOUT",
        &[
            "809",
            "0x329",
            "-2147024087",
            "0x80070329",
            "2147943209",
            "80070329",
        ],
    ),
    ("ras 812", "ERROR_SERVER_POLICY", &["812", "0x32C"]),
    ("ras 853", "ERROR_EAP_USER_CERT_INVALID", &["853"]),
    ("ras 868", "ERROR_DNSNAME_NOT_RESOLVABLE", &["868"]),
    (
        "hresult 0x80090326",
        "SEC_E_ILLEGAL_MESSAGE",
        &[
            "0x80090326",
            "80090326",
            "-2146893018",
            "2148074278",
            "0xFFFFFFFF80090326",
        ],
    ),
    (
        "hresult 0x80092013",
        "CRYPT_E_REVOCATION_OFFLINE",
        &["0x80092013", "-2146885613"],
    ),
    (
        "hresult 0x80092012",
        "CRYPT_E_NO_REVOCATION_CHECK",
        &["0x80092012", "-2146885614"],
    ),
    (
        "hresult 0x800B0109",
        "CERT_E_UNTRUSTEDROOT",
        &["0x800B0109", "-2146762487", "800b0109"],
    ),
    (
        "hresult 0x800B0101",
        "CERT_E_EXPIRED",
        &["0x800B0101", "-2146762495"],
    ),
    (
        "hresult 0x800B010F",
        "CERT_E_CN_NO_MATCH",
        &["0x800B010F", "-2146762481"],
    ),
    (
        "win32 1460",
        "ERROR_TIMEOUT",
        &["1460", "0x5B4", "0x800705B4", "-2147023436"],
    ),
    (
        "win32 10054",
        "WSAECONNRESET",
        &["10054", "0x80072746", "-2147014842"],
    ),
    (
        "win32 5010",
        "ERROR_OBJECT_ALREADY_EXISTS",
        &["5010", "0x80071392", "-2147019886"],
    ),
    ("win32 1398", "ERROR_TIME_SKEW", &["1398", "0x576"]),
    (
        "win32 11001",
        "WSAHOST_NOT_FOUND",
        &["11001", "0x80072AF9", "-2147013895"],
    ),
    (
        "hresult 0x80090311",
        "SEC_E_NO_AUTHENTICATING_AUTHORITY",
        &["0x80090311", "2148074257"],
    ),
    (
        "win32 13805",
        "ERROR_IPSEC_IKE_TIMED_OUT",
        &["13805", "0x35ED"],
    ),
    (
        "win32 87",
        "ERROR_INVALID_PARAMETER",
        &["87", "0x57", "0x80070057", "-2147024809"],
    ),
    (
        "win32 13801",
        "ERROR_IPSEC_IKE_AUTH_FAIL",
        &["13801", "0x800735E9"],
    ),
    (
        "win32 13806",
        "ERROR_IPSEC_IKE_NO_CERT",
        &["13806", "0x800735EE"],
    ),
    (
        "win32 13868",
        "ERROR_IPSEC_IKE_POLICY_MATCH",
        &["13868", "0x8007362C"],
    ),
    (
        "hresult 0x80420112",
        "EAP_E_USER_NAME_PASSWORD_REJECTED",
        &["-2143157998"],
    ),
];

#[test]
fn t7_every_spelling_of_the_table_has_its_one_identity() {
    for (canonical, symbol, spellings) in SPELLINGS {
        for text in spellings.iter().chain([symbol, canonical]) {
            assert_eq!(meant(text), *canonical, "{text}");
        }
        let code = Code::of_text(canonical).unwrap();
        assert_eq!(code.name(), Some(*symbol));
        assert_eq!(code.described(), format!("{canonical} ({symbol})"));
    }
}

#[test]
fn t7_token_broker_codes() {
    assert_eq!(meant("3399614475"), "hresult 0xCAA2000B");
    assert_eq!(meant("3399942148"), "hresult 0xCAA70004");
    assert_eq!(meant("CAA20004"), "hresult 0xCAA20004");
    assert_eq!(
        parsed("wam", "CAA20004"),
        Ok("hresult 0xCAA20004".to_owned())
    );
}

#[test]
fn t7_different_kinds_are_never_equal() {
    let codes: Vec<Code> = [
        "ras 623",
        "win32 623",
        "http 503",
        "win32 503",
        "aadsts 503",
    ]
    .iter()
    .map(|text| Code::of_text(text).unwrap())
    .collect();
    for (at, code) in codes.iter().enumerate() {
        assert_eq!(codes.iter().position(|it| it == code), Some(at));
    }
    assert_eq!(
        Code::new("win32", 623_u64).name(),
        Some("ERROR_ILLEGAL_DLL_RELOCATION")
    );
}

#[test]
fn t7_aliases_and_wrappers_normalise() {
    let known = [
        ("winsock", "10054", "win32 10054"),
        ("IKE", "13801", "win32 13801"),
        ("ipsec", "0x35E9", "win32 13801"),
        ("sspi", "SEC_E_ILLEGAL_MESSAGE", "hresult 0x80090326"),
        ("sspi", "sec_e_illegal_message", "hresult 0x80090326"),
        ("trust", "0x800B0109", "hresult 0x800B0109"),
        ("cryptoapi", "80092013", "hresult 0x80092013"),
        ("eap", "-2143157998", "hresult 0x80420112"),
        ("hresult", "0x80071392", "win32 5010"),
        ("hresult", "8007026f", "ras 623"),
        ("win32", "0x8007026F", "ras 623"),
        ("win32", "623", "win32 623"),
        ("hresult", "0x80070005", "win32 5"),
        ("hresult", "0x8008025b", "hresult 0x8008025B"),
        ("hresult", "0x00090312", "hresult 0x00090312"),
        ("hresult", "0", "hresult 0x00000000"),
        ("ras", "798", "ras 798"),
        ("http", "503", "http 503"),
        ("aadsts", "AADSTS650057", "aadsts 650057"),
        ("aadsts", "650057", "aadsts 650057"),
        ("arm", "InvalidResourceName", "arm InvalidResourceName"),
        ("nps", "16", "nps 16"),
        ("nps", "IAS_AUTH_FAILURE", "nps IAS_AUTH_FAILURE"),
        ("NTSTATUS", "0xC000006D", "ntstatus 3221225581"),
        ("other", "a \"b\"", "other \"a \"\"b\"\"\""),
        ("other", "007", "other \"007\""),
    ];
    for (kind, text, canonical) in known {
        assert_eq!(
            parsed(kind, text),
            Ok(canonical.to_owned()),
            "{kind} {text}"
        );
    }
    assert_eq!(
        Code::new("hresult", 0x8007_026F_u64),
        Code::new("ras", 623_u64)
    );
}

#[test]
fn t7_words_compare_without_case_and_keep_their_spelling() {
    let code = Code::new("arm", "InvalidResourceName");
    assert_eq!(code, Code::new("ARM", "invalidresourcename"));
    assert_eq!(code.to_string(), "arm InvalidResourceName");
}

#[test]
fn impossible_codes_are_errors_that_say_what_to_write() {
    let wrong = [
        (
            "http",
            "9999",
            "`9999` is not an HTTP status: these are 100 to 599",
        ),
        (
            "http",
            "Forbidden",
            "`Forbidden` is not an HTTP status: these are 100 to 599",
        ),
        (
            "ras",
            "5010",
            "RAS codes lie between 600 and 999; write `win32 5010`",
        ),
        (
            "hresult",
            "798",
            "`798` is not an HRESULT; write `win32 798` or `ras 798`",
        ),
        (
            "win32",
            "0x80090326",
            "`0x80090326` is not a `win32` code; write `hresult 0x80090326`",
        ),
        (
            "win32",
            "99999999999",
            "`99999999999` does not fit in 32 bits",
        ),
        (
            "aadsts",
            "fifty",
            "`fifty` is not an Entra code: write `aadsts 650057`",
        ),
        ("ras", "", "a `ras` code is a number or a word"),
        (
            "sspi",
            "SEC_E_ILEGAL_MESSAGE",
            "no `hresult` code is called `SEC_E_ILEGAL_MESSAGE`; did you mean `SEC_E_ILLEGAL_MESSAGE`?",
        ),
        (
            "win32",
            "SEC_E_ILLEGAL_MESSAGE",
            "`SEC_E_ILLEGAL_MESSAGE` is not a `win32` code; write `hresult SEC_E_ILLEGAL_MESSAGE`",
        ),
        (
            "ras",
            "nonsense",
            "no `ras` code is called `nonsense`; write its number",
        ),
    ];
    for (kind, text, message) in wrong {
        assert_eq!(parsed(kind, text), Err(message.to_owned()));
    }
}

#[test]
fn v4_a_bare_number_spells_every_identity_that_it_can() {
    assert_eq!(spelled("798"), ["ras 798", "win32 798"]);
    assert_eq!(spelled("405"), ["win32 405", "http 405"]);
    assert_eq!(spelled("503"), ["win32 503", "http 503"]);
    assert_eq!(spelled("0x31E"), ["ras 798", "win32 798"]);
    assert_eq!(spelled("0x195"), ["win32 405"]);
    assert_eq!(spelled("50105"), ["win32 50105", "aadsts 50105"]);
    assert_eq!(spelled("650057"), ["aadsts 650057"]);
    assert_eq!(spelled("590610"), ["hresult 0x00090312", "aadsts 590610"]);
    assert_eq!(spelled("AADSTS650057"), ["aadsts 650057"]);
    assert_eq!(spelled("8007026f"), ["ras 623"]);
    assert_eq!(spelled("-5"), ["hresult 0xFFFFFFFB"]);
    assert_eq!(spelled("win32 798"), ["win32 798"]);
    assert_eq!(spelled("http 405"), ["http 405"]);
    assert_eq!(
        spelled("nps \"IAS_AUTH_FAILURE\""),
        ["nps IAS_AUTH_FAILURE"]
    );
    assert_eq!(spelled("InvalidResourceName"), ["arm InvalidResourceName"]);
    for nothing in [
        "",
        "hello",
        "HELLO",
        "99999999999",
        "http 9999",
        "ras",
        "a b",
        "0x",
        "-",
    ] {
        assert!(spelled(nothing).is_empty(), "{nothing}");
    }
}

#[test]
fn codes_are_found_in_sentences() {
    let ras = |number: u32| vec![format!("ras {number}"), format!("win32 {number}")];
    let hresult = |text: &str| vec![format!("hresult {text}")];
    let found = [
        ("(Error 0x80090326)", "0x80090326", hresult("0x80090326")),
        ("找不到憑證。 (錯誤 798)", "798", ras(798)),
        ("(エラー798)", "798", ras(798)),
        (
            "error code returned on failure is 1460.",
            "1460",
            vec!["win32 1460".to_owned()],
        ),
        (
            "failed: -2147023436",
            "-2147023436",
            vec!["win32 1460".to_owned()],
        ),
        (
            "the error code returned on failure is −2146885613",
            "−2146885613",
            hresult("0x80092013"),
        ),
        ("code:798;", "798", ras(798)),
        (
            "script failed (8007026f)",
            "8007026f",
            vec!["ras 623".to_owned()],
        ),
        ("Status=CAA20004.", "CAA20004", hresult("0xCAA20004")),
        (
            "AADSTS650057: Invalid resource",
            "AADSTS650057",
            vec!["aadsts 650057".to_owned()],
        ),
        (
            "got SEC_E_ILLEGAL_MESSAGE here",
            "SEC_E_ILLEGAL_MESSAGE",
            hresult("0x80090326"),
        ),
        ("HRESULT 0x80090326L", "0x80090326", hresult("0x80090326")),
        (
            "HTTP 405 Method not allowed",
            "405",
            vec!["http 405".to_owned()],
        ),
        ("http error 404", "404", vec!["http 404".to_owned()]),
        ("Win32 623 it was", "623", vec!["win32 623".to_owned()]),
        ("错误 0x57，", "0x57", vec!["win32 87".to_owned()]),
    ];
    for (text, place, codes) in found {
        assert_eq!(scanned(text), [(place, codes)], "{text}");
    }
}

#[test]
fn a_number_behind_a_kind_that_cannot_be_it_is_no_code() {
    for text in [
        "http 800",
        "HTTP error 800 from the web server",
        "ras 87x ras 187",
    ] {
        assert_eq!(scan(text), [], "{text}");
    }
    assert_eq!(scan("error 800").len(), 1);
}

#[test]
fn numbers_that_count_something_are_no_codes() {
    let nothing = [
        "About 800 users connect through the new VPN",
        "Rund 800 Mitarbeiter",
        "約 800 人のユーザー",
        "約有 800 位使用者",
        "812 Main Street",
        "Room 503",
        "maximum segment size 1460, window 64240",
        "we pay 800 $ a month",
        "SMTP 503 5.5.1 Error: need MAIL command",
        "SIP/2.0 405 Method Not Allowed",
        "the tunnel is up, 798 packets sent, no errors seen",
    ];
    for text in nothing {
        assert_eq!(scanned(text), [], "{text}");
    }
    let codes = [
        "798",
        "809 again",
        "I get 809 when I dial",
        "it ends with 809.",
        "VPN 809",
        "798-es hiba",
        "809 hatası",
        "Fehlercode 809 beim Wählen",
        "エラー 798 が発生しました",
        "錯誤798發生",
        "Error 809 appears",
        "809\nI tried twice",
        "HTTP/1.1 503 Service Unavailable",
        "HTTP/2 503 from the portal",
    ];
    for text in codes {
        assert_eq!(scanned(text).len(), 1, "{text}");
    }
    assert_eq!(
        scanned("HTTP/1.1 503 Busy"),
        [("503", vec!["http 503".to_owned()])]
    );
}

#[test]
fn several_codes_are_found_in_order() {
    let text = "Error 800, then 0x800B0109 (CERT_E_UNTRUSTEDROOT).";
    let places: Vec<&str> = scanned(text).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["800", "0x800B0109", "CERT_E_UNTRUSTEDROOT"]);
}

#[test]
fn numbers_that_are_part_of_something_longer_are_no_codes() {
    let nothing = [
        "10.0.798.1",
        "on 2026-11-01",
        "08:300:15",
        "1,460 times",
        "4D36E972-E325-11CE-BFC1-08002BE10318",
        "c1234567-aaaa",
        "KB4057142",
        "version 15063.877",
        "UDP 500 and port 4500",
        "800%",
        "-798",
        "12 of 34",
        "00798",
        "facade12",
        "C:\\logs\\798\\x",
        "a_798",
        "12345678901234567890",
        "pending",
        "",
    ];
    for text in nothing {
        assert_eq!(scanned(text), [], "{text}");
    }
}

#[test]
fn scanning_is_linear_in_the_text() {
    let begun = std::time::Instant::now();
    assert_eq!(scan(&"7".repeat(10_000_000)), []);
    assert_eq!(scan(&"- ".repeat(2_000_000)), []);
    assert_eq!(scan(&"798 ".repeat(50_000)).len(), 50_000);
    assert!(begun.elapsed().as_secs() < 30);
}

#[test]
fn the_table_is_read_whole_and_every_symbol_is_its_own() {
    let rows: Vec<_> = tables::rows().collect();
    assert_eq!(rows.len(), include_str!("names.tsv").lines().count() - 1);
    assert!(rows.len() > 1000);
    assert!(rows.is_sorted_by_key(|it| (it.kind, it.number)));
    for row in &rows {
        let first = |number| {
            let mut same = rows.iter();
            let first = same.find(|it| (it.kind, it.number) == (row.kind, number));
            first.map(|it| it.name)
        };
        for number in [row.number.saturating_sub(1), row.number, row.number + 1] {
            assert_eq!(tables::name(row.kind, number), first(number), "{number}");
        }
        let code = Code::parse(row.kind, row.name).unwrap();
        assert_eq!(Code::of_text(row.name).unwrap(), code);
        // Three numbers have two symbols.
        assert!(code.name().is_some(), "{}", row.name);
        assert_eq!(Code::of_text(&code.to_string()), Some(code));
    }
    assert_eq!(tables::name("nothing", 600), None);
    assert_eq!(tables::name("win32", u64::MAX), None);
    assert_eq!(tables::name("hresult", 0), None);
}

#[test]
fn a_code_says_what_it_means() {
    let said = |code: Code| (code.title(), code.meaning());
    assert_eq!(
        said(Code::new("ras", 691)),
        (
            Some("ERROR_AUTHENTICATION_FAILURE"),
            Some(
                "Access denied because the user name, password, or both is not valid on the domain"
            )
        )
    );
    assert_eq!(said(Code::new("http", 405)).0, Some("Method Not Allowed"));
    assert!(Code::new("hresult", 0x8009_0326).meaning().is_some());
    assert_eq!(said(Code::new("win32", 64_000)), (None, None));
    assert_eq!(said(Code::new("arm", "InvalidResourceName")), (None, None));
    let lines = include_str!("meanings.tsv").lines().skip(1);
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let code = Code::parse(cells[0], cells[1]).unwrap();
        assert_eq!(code.meaning(), Some(cells[3]), "{line}");
        assert!(!cells[3].is_empty() && !cells[3].ends_with('.'), "{line}");
    }
}

proptest! {
    #[test]
    fn every_32_bit_number_is_one_code_however_it_is_written(number in any::<u32>()) {
        let hex = meant(&format!("0x{number:x}"));
        if number >= 0x8000_0000 {
            prop_assert_eq!(&hex, &meant(&number.to_string()));
            prop_assert_eq!(&hex, &meant(&number.cast_signed().to_string()));
        }
        prop_assert_eq!(meant(&hex), hex.clone());
        prop_assert!(!hex.is_empty());
    }

    #[test]
    fn any_text_is_scanned_and_places_lie_in_it(text in "([-0-9a-fA-Fx.: ,]|\\PC){0,40}") {
        let mut end = 0;
        for (place, codes) in scan(&text) {
            prop_assert!(place.start >= end && text.get(place.clone()).is_some());
            prop_assert!(!codes.is_empty());
            end = place.end;
        }
    }

    #[test]
    fn what_is_displayed_reads_back(kind in "[a-z]{1,8}", word in "[A-Za-z0-9_ \"-]{1,12}") {
        if let Ok(code) = Code::parse(&kind, &word) {
            let shown = code.to_string();
            let (kind, rest) = shown.split_once(' ').unwrap();
            let rest = match rest.strip_prefix('"') {
                Some(rest) => rest.strip_suffix('"').unwrap().replace("\"\"", "\""),
                None => rest.to_owned(),
            };
            prop_assert_eq!(Code::parse(kind, &rest), Ok(code));
        }
    }
}
