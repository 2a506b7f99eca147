//! Tests of [`super`] and of printing back.

use proptest::prelude::*;

use super::*;
use crate::show;

#[test]
fn t2_integers_are_decimal_or_hexadecimal_and_facts_have_64_bits() {
    assert_eq!(int("010"), Ok(10));
    assert_eq!(int("-0x2A"), Ok(-42));
    assert_eq!(int("+7"), Ok(7));
    assert_eq!(int(&i128::MIN.to_string()), Ok(i128::MIN));
    assert_eq!(int_fact("0x7FFFFFFFFFFFFFFF"), Ok(i128::from(i64::MAX)));
    assert_eq!(int_fact("-9223372036854775808"), Ok(i128::from(i64::MIN)));
    for bad in [
        "", "-", "0x", "1.0", "1e3", " 1", "--1", "-+1", "1_000", "٣", "0x-1",
    ] {
        assert!(int(bad).is_err(), "{bad}");
    }
    assert!(int("340282366920938463463374607431768211456").is_err());
    assert_eq!(
        int_fact("9223372036854775808"),
        Err("`9223372036854775808` does not fit in 64 bits".to_owned())
    );
}

#[test]
fn t2_versions_have_any_number_of_parts() {
    assert_eq!(version("16299.334").unwrap().parts(), [16299, 334]);
    assert_eq!(version("1.2.3.4.5.6.7.0").unwrap().parts().len(), 7);
    assert_eq!(version("18446744073709551615").unwrap().parts(), [u64::MAX]);
    for bad in [
        "",
        ".",
        "1.",
        ".1",
        "1..2",
        "v1",
        "1.-2",
        "1 .2",
        "18446744073709551616",
    ] {
        assert!(version(bad).is_err(), "{bad}");
    }
}

#[test]
fn durations_are_a_whole_number_with_a_unit() {
    let known = [
        ("7d", 7 * 86_400_000_000_000),
        ("30min", 30 * 60_000_000_000),
        ("2h", 2 * 3_600_000_000_000),
        ("10s", 10_000_000_000),
        ("500ms", 500_000_000),
        ("3us", 3_000),
        ("4ns", 4),
        ("-2h", -2 * 3_600_000_000_000),
    ];
    for (text, nanoseconds) in known {
        assert_eq!(duration(text), Ok(nanoseconds));
        assert_eq!(show::duration(nanoseconds), text);
    }
    for bad in [
        "", "7", "d", "7 d", "1.5h", "7D", "7m", "0x7d", "-", "1h30min", "７d",
    ] {
        assert!(duration(bad).is_err(), "{bad}");
    }
    assert!(duration("99999999999999999999999999999999d").is_err());
    assert_eq!(show::duration(0), "0s");
    assert_eq!(show::duration_text(90_061_000_000_000), "1d 1h 1min 1s");
    assert_eq!(show::duration_text(-300_000_000_000), "-5min");
}

#[test]
fn t2_times_are_rfc_3339_and_a_date_alone_is_midnight() {
    assert_eq!(time("1970-01-01"), Ok(0));
    assert_eq!(time("1970-01-01T00:00:00Z"), Ok(0));
    assert_eq!(time("1970-01-01t01:00:00+01:00"), Ok(0));
    assert_eq!(time("1969-12-31 23:59:59.999999999z"), Ok(-1));
    assert_eq!(
        time("2026-11-01T00:00:00.1234567Z").unwrap() % 1_000_000_000,
        123_456_700
    );
    assert_eq!(time("1970-01-01T00:00:00.0000000019Z"), Ok(1));
    assert_eq!(time("2000-02-29T00:00:00-00:00"), time("2000-02-29"));
}

#[test]
fn t2_second_sixty_is_the_next_second() {
    assert_eq!(time("2016-12-31T23:59:60Z"), time("2017-01-01"));
    assert_eq!(
        time("2016-12-31T23:59:60.5Z"),
        time("2017-01-01T00:00:00.5Z")
    );
}

#[test]
fn t2_times_lie_in_the_years_0_to_9999() {
    assert_eq!(
        show::time(time("0000-01-01").unwrap()),
        "0000-01-01T00:00:00Z"
    );
    assert!(time("9999-12-31T23:59:59.999999999Z").is_ok());
    assert!(time("9999-12-31T23:59:60Z").is_err());
    assert!(time("0000-01-01T00:00:00+00:01").is_err());
    assert_eq!(
        show::time(time("0000-01-01").unwrap() - 1),
        "-0001-12-31T23:59:59.999999999Z"
    );
}

#[test]
fn times_that_do_not_exist_are_errors() {
    let bad = [
        "",
        "2026",
        "2026-11",
        "2026-13-01",
        "2026-02-29",
        "1900-02-29",
        "2026-00-01",
        "2026-01-00",
        "2026-11-01T",
        "2026-11-01T00:00Z",
        "2026-11-01T00:00:00",
        "2026-11-01T24:00:00Z",
        "2026-11-01T00:60:00Z",
        "2026-11-01T00:00:61Z",
        "2026-11-01T00:00:00.Z",
        "2026-11-01Z",
        "2026-11-01T00:00:00+24:00",
        "2026-11-01T00:00:00+0100",
        "2026-11-01T00:00:00Z ",
        "+2026-11-01",
        "12026-11-01",
        "2026-1-1",
        "２026-11-01",
    ];
    for bad in bad {
        assert!(time(bad).is_err(), "{bad}");
    }
    assert_eq!(
        time("2026-02-29"),
        Err("there is no day 02-29 in the time `2026-02-29`".to_owned())
    );
}

#[test]
fn t5_a_network_with_host_bits_is_an_error_that_names_the_network() {
    assert_eq!(
        cidr("10.1.2.3/8"),
        Err("`10.1.2.3/8` has host bits; the network is `10.0.0.0/8`".to_owned())
    );
    for good in [
        "0.0.0.0/0",
        "10.0.0.1/32",
        "::/0",
        "fd00::/8",
        "fe80::1/128",
    ] {
        assert_eq!(cidr(good).unwrap().to_string(), good);
    }
    let bad = [
        "",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0/8",
        "::/129",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0",
        "010.0.0.0/8",
        "10.0.0.0/0008",
    ];
    for bad in bad {
        assert!(cidr(bad).is_err(), "{bad}");
    }
}

#[test]
fn t5_mapped_addresses_stay_version_6() {
    assert!(ip("::ffff:10.0.0.1").unwrap().is_ipv6());
    for bad in [
        "",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.01",
        "fe80::1%12",
        "1.2.3.4 ",
    ] {
        assert!(ip(bad).is_err(), "{bad}");
    }
}

#[test]
fn messages_quote_only_the_beginning_of_a_long_text() {
    let long = "é".repeat(10_000_000);
    for message in [
        int(&long).unwrap_err(),
        version(&long).unwrap_err(),
        time(&long).unwrap_err(),
        duration(&long).unwrap_err(),
        ip(&long).unwrap_err(),
        cidr(&long).unwrap_err(),
        bool(&long).unwrap_err(),
    ] {
        assert!(message.len() < 400, "{}", message.len());
    }
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_as_the_same_value(
        at in time("0000-01-01").unwrap()..=time("9999-12-31T23:59:59.999999999Z").unwrap(),
        length in any::<i64>(),
        parts in proptest::collection::vec(0..3_u64, 0..6),
    ) {
        prop_assert_eq!(time(&show::time(at)), Ok(at));
        let length = i128::from(length);
        prop_assert_eq!(duration(&show::duration(length)), Ok(length));
        let made = Version::new(&parts);
        prop_assert_eq!(version(&show::version(&made)), Ok(made));
    }

    #[test]
    fn times_agree_with_a_calendar_library(seconds in -62_135_596_800_i64..253_402_300_000) {
        let stamp = jiff::Timestamp::from_second(seconds).unwrap();
        let nanoseconds = i128::from(seconds) * 1_000_000_000;
        prop_assert_eq!(show::time(nanoseconds), stamp.to_string());
        prop_assert_eq!(time(&stamp.to_string()), Ok(nanoseconds));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-+0-9a-zA-Z.:/ Tx]{0,24}|\\PC{0,12}") {
        let read = [
            int(&text).is_ok(), int_fact(&text).is_ok(), version(&text).is_ok(), time(&text).is_ok(),
            duration(&text).is_ok(), ip(&text).is_ok(), cidr(&text).is_ok(),
        ];
        // A fact's integer is an integer.
        prop_assert!(!read[1] || read[0]);
    }
}
