//! The table is sound: sorted, findable, with an example each, and fixed types fit themselves.

use super::*;

#[test]
fn every_row_is_found_and_rows_and_arguments_are_sorted() {
    let names: Vec<String> = all().map(SourceKind::name).collect();
    let mut sorted = names.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(names, sorted);
    for row in all() {
        assert!(std::ptr::eq(find(row.system, row.kind).unwrap(), row));
        assert!(
            row.arguments.is_sorted_by_key(|it| it.word),
            "{}",
            row.name()
        );
        assert!(systems().contains(&row.system));
    }
    assert!(find("azure", "nothing").is_none());
}

#[test]
fn every_row_says_what_a_reader_of_the_table_needs() {
    for row in all() {
        let start = format!("from {}", row.name());
        assert!(row.example.starts_with(&start), "{}", row.example);
        for argument in row.arguments.iter().filter(|it| it.required) {
            assert!(
                row.example.contains(&format!(" {} ", argument.word)),
                "{}",
                row.example
            );
        }
        if row.at == Presence::Required {
            assert!(row.example.contains(" at \""), "{}", row.example);
        }
        for text in [row.title, row.privilege, row.permission, row.not_there] {
            assert!(!text.is_empty() && !text.ends_with('.'), "{start}: {text}");
        }
        if let Some((_, path)) = row.example.split_once(" at \"") {
            let path = path.trim_end_matches('"');
            assert_eq!(crate::path::check_path(row.path, Level::Fact, path), Ok(()));
        }
    }
}

#[test]
fn a_fixed_kind_takes_its_own_type_and_refuses_others() {
    let adapters = find("windows", "adapters").unwrap();
    let own = list(BuiltIn::Adapter.ty());
    assert_eq!(adapters.fits(&own, None, false), Ok(()));
    assert_eq!(
        adapters.fits(&BuiltIn::Adapter.ty(), None, false),
        Err(vec![own])
    );
    let events = find("windows", "events").unwrap();
    assert_eq!(
        events.fits(&list(BuiltIn::RasEvent.ty()), None, false),
        Ok(())
    );
    assert!(
        events
            .fits(&list(BuiltIn::RasEvent.ty()), Some(1), false)
            .is_err()
    );
    assert_eq!(
        events.fits(&BuiltIn::RasEvent.ty().optional(), Some(1), false),
        Ok(())
    );
    let probe = find("network", "http").unwrap();
    assert_eq!(
        probe.fits(&list(BuiltIn::HttpProbe.ty()), None, true),
        Ok(())
    );
    let dns = find("network", "dns").unwrap();
    assert!(dns.joins(None) && !probe.joins(None));
    let arm = find("azure", "arm").unwrap();
    assert!(arm.joins(Some("$.value[*]")) && !arm.joins(Some("$.id")));
}

#[test]
fn built_in_records_are_found_by_name_and_their_fields_are_distinct() {
    for record in built_in_types() {
        let name = record.name.as_deref().unwrap();
        assert_eq!(BuiltIn::named(name).unwrap().record(), *record);
        for (at, field) in record.fields.iter().enumerate() {
            assert_eq!(
                record.field(&field.name).unwrap().0,
                at,
                "{name}.{}",
                field.name
            );
        }
    }
}
