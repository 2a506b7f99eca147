//! Any document and any type: nothing panics, and what is printed is read back.

use proptest::prelude::*;

use super::*;
use crate::source::BuiltIn;

/// Any JSON of some depth.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        prop_oneof![
            Just("10.0.0.0/8".to_owned()),
            Just("2020-01-01T00:00:00Z".to_owned()),
            Just("7d".to_owned()),
            ".{0,12}"
        ]
        .prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inside| {
        prop_oneof![
            prop::collection::vec(inside.clone(), 0..5).prop_map(Json::from),
            prop::collection::hash_map("[a-e]|unknown|key|data", inside, 0..5)
                .prop_map(|it| Json::Object(it.into_iter().collect())),
        ]
    })
}

fn any_type() -> impl Strategy<Value = Type> {
    let leaf = prop_oneof![
        Just(of(Kind::Bool)),
        Just(int()),
        Just(of(Kind::Int(Some((0, 9))))),
        Just(text()),
        Just(choice(true)),
        Just(of(Kind::Version)),
        Just(of(Kind::Time)),
        Just(of(Kind::Duration(Some(1)))),
        Just(of(Kind::Ip)),
        Just(of(Kind::Cidr)),
        Just(of(Kind::Code)),
        Just(BuiltIn::Certificate.ty()),
    ];
    leaf.prop_recursive(3, 12, 4, |inside| {
        prop_oneof![
            inside.clone().prop_map(list),
            inside.clone().prop_map(set),
            prop::collection::vec(inside.clone(), 1..4).prop_map(|types| record(
                types
                    .into_iter()
                    .zip(["a", "b", "c", "d"])
                    .map(|(ty, name)| field(name, ty, None))
                    .collect()
            )),
            inside.prop_map(Type::optional),
        ]
    })
}

proptest! {
    #[test]
    fn any_document_decodes_to_something_and_only_optional_types_are_absent(
        ty in any_type(), document in any_json(), at in prop::sample::select(vec!["$", "$.a", "$[*]", "$..b"])
    ) {
        for language in [PathLanguage::Json, PathLanguage::Event, PathLanguage::Registry] {
            let at = (language == PathLanguage::Json).then_some(at);
            if select_and_decode("f", &ty, None, at, language, &document) == Outcome::Settled(Partial::Absent) {
                prop_assert!(ty.optional);
            }
        }
        let _ = decode_given("f", &ty, None, &document);
    }

    #[test]
    fn what_is_printed_as_canonical_json_is_read_back(ty in any_type(), document in any_json()) {
        if let Ok(value) = decode_given("f", &ty, None, &document) {
            let printed = crate::show::json(&value, &ty);
            if value.is_total() && !contains_absent_member(&printed) {
                prop_assert_eq!(decode_given("f", &ty, None, &printed), Ok(value));
            }
        }
    }
}

/// The property above says little if most documents end the same way.
#[test]
fn each_outcome_has_its_share_of_the_documents() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut known, mut absent, mut malformed, mut missing) = (0, 0, 0, 0);
    for round in 0..2_000 {
        let ty = any_type().new_tree(&mut runner).unwrap().current();
        let document = any_json().new_tree(&mut runner).unwrap().current();
        let path = if round % 2 == 0 { "$" } else { "$.a" };
        let value = found(&ty, path, &document).into_partial();
        match (&value, why(&value)) {
            (Partial::Known(_), _) => known += 1,
            (Partial::Absent, _) => absent += 1,
            (_, Some((Why::Malformed, _))) => malformed += 1,
            _ => missing += 1,
        }
    }
    let shares = [known, absent, malformed, missing];
    assert!(shares.iter().all(|it| *it >= 40), "{shares:?}");
}

fn contains_absent_member(value: &Json) -> bool {
    match value {
        Json::Array(items) => items
            .iter()
            .any(|it| it.is_null() || contains_absent_member(it)),
        Json::Object(object) => object.values().any(contains_absent_member),
        _ => false,
    }
}
