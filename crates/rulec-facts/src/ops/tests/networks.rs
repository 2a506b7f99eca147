//! Clauses T5, O12 and F3.

use std::net::IpAddr;

use super::{int, list, list_of, perhaps, set, text, unknown};
use crate::literal;
use crate::ops;
use crate::truth::Truth::{False, True, Unknown};
use crate::value::{Element, Partial, Value};

fn net(text: &str) -> Partial {
    Partial::Known(Value::Cidr(literal::cidr(text).unwrap()))
}

fn ip(text: &str) -> Partial {
    let ip: IpAddr = literal::ip(text).unwrap();
    Partial::Known(Value::Ip(ip))
}

#[test]
fn t5_a_network_holds_itself_and_what_is_inside() {
    assert_eq!(ops::within(&ip("10.1.2.3"), &net("10.0.0.0/8")), True);
    assert_eq!(ops::within(&ip("11.1.2.3"), &net("10.0.0.0/8")), False);
    assert_eq!(ops::within(&net("10.0.0.0/8"), &net("10.0.0.0/8")), True);
    assert_eq!(ops::within(&net("10.0.0.0/8"), &net("10.0.0.0/9")), False);
    assert_eq!(ops::within(&net("10.0.0.0/8"), &net("0.0.0.0/0")), True);
}

#[test]
fn t5_versions_never_mix() {
    assert_eq!(ops::within(&ip("10.0.0.1"), &net("::/0")), False);
    assert_eq!(
        ops::within(&ip("::ffff:10.0.0.1"), &net("10.0.0.0/8")),
        False
    );
    assert_eq!(ops::overlaps(&net("0.0.0.0/0"), &net("::/0")), False);
    assert_eq!(
        ops::equal(&ip("::ffff:10.0.0.1"), false, &ip("10.0.0.1"), false),
        False
    );
}

#[test]
fn o12_in_a_list_of_networks_is_inside_one() {
    let routes = list(&[net("10.0.0.0/8"), unknown()]);
    assert_eq!(ops::member(&ip("10.0.0.1"), &routes), True);
    assert_eq!(ops::member(&net("10.1.0.0/16"), &routes), True);
    assert_eq!(ops::member(&ip("11.0.0.1"), &routes), Unknown);
    assert_eq!(ops::member(&Partial::Absent, &routes), False);
    assert_eq!(ops::member(&ip("10.0.0.1"), &list(&[ip("10.0.0.1")])), True);
}

#[test]
fn o12_overlap_of_lists() {
    let a = list(&[net("10.0.0.0/16"), net("192.168.0.0/24")]);
    let b = list(&[net("172.16.0.0/12"), net("192.168.0.0/16")]);
    assert_eq!(ops::overlaps(&a, &b), True);
    assert_eq!(ops::overlaps(&a, &list(&[net("172.16.0.0/12")])), False);
    assert_eq!(ops::overlaps(&a, &list(&[unknown()])), Unknown);
    assert_eq!(
        ops::overlaps(&a, &list_of(vec![perhaps(net("10.0.0.0/8"))])),
        Unknown
    );
    assert_eq!(ops::overlaps(&a, &net("10.0.0.0/24")), True);
    assert_eq!(ops::overlaps(&net("10.0.0.0/24"), &a), True);
}

#[test]
fn o12_is_false_as_soon_as_one_side_is_known_to_be_empty() {
    let empty = list(&[]);
    assert_eq!(ops::overlaps(&empty, &unknown()), False);
    assert_eq!(ops::overlaps(&unknown(), &empty), False);
    assert_eq!(ops::overlaps(&unknown(), &Partial::Absent), False);
    assert_eq!(ops::overlaps(&unknown(), &list(&[net("::/0")])), Unknown);
}

#[test]
fn o12_other_types_overlap_where_they_are_equal() {
    let a = set(&[text("AA"), text("b")]);
    assert_eq!(ops::overlaps(&a, &list(&[text("aa")])), True);
    assert_eq!(ops::overlaps(&a, &list(&[text("c")])), False);
}

#[test]
fn f3_size_counts_the_addresses_of_the_union() {
    assert_eq!(ops::size(&net("10.0.0.0/24")), int(256));
    let some = list(&[
        net("10.0.0.0/24"),
        net("10.0.0.128/25"),
        net("10.0.1.0/24"),
        net("10.0.0.0/24"),
        net("fd00::/120"),
    ]);
    assert_eq!(ops::size(&some), int(256 + 256 + 256));
    assert_eq!(ops::size(&list(&[])), int(0));
    assert_eq!(ops::size(&net("0.0.0.0/0")), int(1 << 32));
}

#[test]
fn f3_size_is_at_most_the_greatest_64_bit_number() {
    let greatest = int(i128::from(i64::MAX));
    assert_eq!(ops::size(&net("::/0")), greatest);
    assert_eq!(ops::size(&list(&[net("::/0"), net("0.0.0.0/0")])), greatest);
    assert_eq!(ops::size(&net("fd00::/64")), greatest);
    assert_eq!(ops::size(&net("fd00::/65")), greatest);
    assert_eq!(ops::size(&net("fd00::/66")), int(1 << 62));
}

#[test]
fn f3_size_of_what_is_not_wholly_known() {
    assert_eq!(ops::size(&unknown()), unknown());
    assert_eq!(ops::size(&Partial::Absent), Partial::Absent);
    assert_eq!(ops::size(&list(&[net("::/0"), unknown()])), unknown());
    let undecided = list_of(vec![
        Element::certain(net("10.0.0.0/8")),
        perhaps(net("10.0.0.0/24")),
    ]);
    assert!(ops::size(&undecided).is_unknown());
}
