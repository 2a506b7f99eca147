//! Addresses and networks: random prefixes near each other, and small trees counted out.

use super::*;

fn network(random: &mut Random) -> IpNet {
    let text = match random.below(8) {
        0 => (*random.one(&["0.0.0.0/0", "::/0", "10.1.0.0/16", "fd00::/8"])).to_owned(),
        1 => format!(
            "fd00:{:x}::/{}",
            random.below(4),
            *random.one(&[31, 32, 33, 64, 128])
        ),
        2 => format!("10.0.0.{}/{}", random.below(256), 25 + random.below(8)),
        _ => format!("10.{}.0.0/{}", random.below(8), 8 + random.below(25)),
    };
    text.parse::<IpNet>().unwrap().trunc()
}

fn address(random: &mut Random) -> IpAddr {
    match random.below(5) {
        0 => "203.0.113.9".parse().unwrap(),
        1 => format!("fd00::{:x}", random.below(9)).parse().unwrap(),
        2 => network(random).addr(),
        _ => format!("10.{}.0.{}", random.below(8), random.below(256))
            .parse()
            .unwrap(),
    }
}

use std::net::IpAddr;

fn tests_of(addresses: bool, random: &mut Random) -> Vec<Test> {
    let either = |random: &mut Random| {
        if random.chance(5) {
            Value::Ip(address(random))
        } else {
            Value::Cidr(network(random))
        }
    };
    (0..random.below(7))
        .map(|_| match random.below(5) {
            0 if addresses => Test::Compare(Order::Equal, Value::Ip(address(random))),
            0 => Test::Compare(Order::Equal, Value::Cidr(network(random))),
            1 if !addresses => Test::Holds(either(random)),
            2 => Test::Overlaps(either(random)),
            3 if !addresses => {
                let size = 1i128 << random.below(70);
                Test::Size(*random.one(&ORDERS), size + random.below(3) as i128 - 1)
            }
            _ => Test::Within(network(random)),
        })
        .collect()
}

#[test]
fn addresses_and_networks_are_cut_along_the_tree_of_the_constants() {
    let mut seen = Seen::default();
    let mut random = Random(6);
    for round in 0..200 {
        let addresses = round % 2 == 0;
        let tests = tests_of(addresses, &mut random);
        let kind = if addresses { Kind::Ip } else { Kind::Cidr };
        let ty = maybe(kind, &mut random);
        let mut values = Random(random.next());
        let mut any = || {
            if addresses {
                Value::Ip(address(&mut values))
            } else {
                Value::Cidr(network(&mut values))
            }
        };
        holds_what_it_promises(&ty, &tests, &mut any, &mut seen);
    }
    enough(&seen, true, true);
}

/// Every network in a small one is counted; what lies outside is cut off by a test.
#[test]
fn rooms_of_networks_are_exact() {
    let mut random = Random(7);
    let mut counted = 0;
    for _ in 0..150 {
        let base: IpNet = "10.0.0.240/28".parse().unwrap();
        let mut tests = vec![Test::Within(base)];
        for _ in 0..1 + random.below(4) {
            let length = 28 + random.below(5);
            let text = format!("10.0.0.{}/{length}", 240 + random.below(16));
            let inner: IpNet = text.parse::<IpNet>().unwrap().trunc();
            tests.push(match random.below(4) {
                0 => Test::Within(inner),
                1 => Test::Holds(Value::Cidr(inner)),
                2 => Test::Size(*random.one(&ORDERS), 1 << random.below(5)),
                _ => Test::Compare(Order::Equal, Value::Cidr(inner)),
            });
        }
        let domain = Domain::split(&Type::of(Kind::Cidr), &tests, 1000).unwrap();
        let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
        for length in 28..=32 {
            for inner in base.subnets(length).unwrap() {
                let cell = domain.cell_of(&Partial::Known(Value::Cidr(inner))).unwrap();
                *counts.entry(cell).or_default() += 1;
            }
        }
        for cell in domain.holds(0).unwrap().iter() {
            let count = counts.remove(&cell).unwrap();
            assert_eq!(domain.room(cell), Room::Exactly(count), "{tests:?}");
            assert_eq!(
                (0..40).filter_map(|nth| domain.value(cell, nth)).count() as u64,
                count
            );
            counted += 1;
        }
        assert!(counts.is_empty());
    }
    assert!(counted > 400, "{counted}");
}
