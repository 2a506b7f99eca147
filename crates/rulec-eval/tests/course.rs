//! The repairs of several causes as one course.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

mod world;

use rulec_eval::report::{CourseLine, When};
use serde_json::json;
use world::*;

/// A fix: its name, the level of its risk, what it excludes.
type FixOf<'a> = (&'a str, &'a str, &'a [&'a str]);

/// Rules with these plans, all confirmed: fixes, how they are linked.
fn course(
    plans: &[(&[&str], rulec_program::program::Link)],
    fixes: &[FixOf<'_>],
) -> Vec<CourseLine> {
    let mut world = World::new(vec![fact("on", boolean())]);
    world.symptom("broken");
    let mut names: Vec<&str> = fixes.iter().map(|it| it.0).collect();
    names.sort_unstable();
    for (name, level, excludes) in fixes {
        let excludes = excludes.iter().map(|it| {
            let at = names.iter().position(|name| name == it).unwrap();
            rulec_program::program::FixId(at as u32)
        });
        let excludes = excludes.collect();
        let step = world.template("Do.");
        let fix = world.fix(name);
        fix.steps.push((step, None));
        fix.excludes = excludes;
        fix.risks.push(rulec_program::program::Risk {
            level: (*level).into(),
            scope: None,
            note: None,
        });
    }
    for (at, (fixes, link)) in plans.iter().enumerate() {
        let when = world.name("on");
        let rule = world.rule_with(&format!("r{at}"), &["broken"], Some(when), &[], fixes);
        rule.plan.link = *link;
    }
    let program = world.seal();
    let facts = [("on", json!(true))];
    let report = run(&program, input(&["broken"], &facts), &Places::default());
    report.course
}

fn names(course: &[CourseLine]) -> Vec<&str> {
    course.iter().map(|it| it.fix.as_str()).collect()
}

use rulec_program::program::Link::{And, Else, Meanwhile, Or};

#[test]
fn the_harmless_comes_before_the_risky_and_every_plan_keeps_its_order() {
    let fixes: &[FixOf<'_>] = &[
        ("a", "outage", &[]),
        ("b", "none", &[]),
        ("c", "restart", &[]),
        ("d", "data-loss", &[]),
    ];
    let course = course(&[(&["d"], And), (&["a", "b"], And), (&["c"], And)], fixes);
    assert_eq!(names(&course), ["c", "a", "b", "d"]);
    assert_eq!(course[2].after, ["a"]);
    assert_eq!(course[0].rules, ["r2"]);
}

#[test]
fn relief_comes_first_and_a_fallback_last() {
    let fixes: &[FixOf<'_>] = &[
        ("fallback", "none", &[]),
        ("other", "outage", &[]),
        ("relief", "outage", &[]),
        ("repair", "none", &[]),
        ("try", "restart", &[]),
    ];
    let plans: &[(&[&str], _)] = &[
        (&["try", "fallback"], Else),
        (&["repair", "relief"], Meanwhile),
        (&["other"], And),
    ];
    let course = course(plans, fixes);
    assert_eq!(
        names(&course),
        ["relief", "repair", "try", "other", "fallback"]
    );
    let when: Vec<When> = course.iter().map(|it| it.when).collect();
    assert_eq!(
        when,
        [
            When::Relief,
            When::Do,
            When::Do,
            When::Do,
            When::IfNotHelped
        ]
    );
}

#[test]
fn what_one_rule_needs_is_done_even_if_it_is_the_fallback_of_another() {
    let fixes: &[FixOf<'_>] = &[("a", "none", &[]), ("b", "none", &[])];
    let course = course(&[(&["a", "b"], Else), (&["b"], And)], fixes);
    assert_eq!(course[1].fix, "b");
    assert_eq!(course[1].when, When::Do);
    assert_eq!(course[1].rules, ["r0", "r1"]);
}

#[test]
fn of_a_choice_the_best_is_taken_and_the_others_are_named() {
    let fixes: &[FixOf<'_>] = &[("a", "outage", &[]), ("b", "none", &[])];
    let course = course(&[(&["a", "b"], Or)], fixes);
    assert_eq!(
        names(&course),
        ["a"],
        "the pack says which is best, not the risk"
    );
    assert_eq!(course[0].instead, ["b"]);
}

#[test]
fn of_a_choice_is_taken_what_has_to_be_done_anyway() {
    let fixes: &[FixOf<'_>] = &[("a", "none", &[]), ("b", "none", &[])];
    let course = course(&[(&["a", "b"], Or), (&["b"], And)], fixes);
    assert_eq!(names(&course), ["b"]);
}

#[test]
fn a_choice_gives_way_where_its_best_excludes_what_must_be_done() {
    let fixes: &[FixOf<'_>] = &[
        ("a", "none", &["must"]),
        ("b", "none", &[]),
        ("must", "none", &[]),
    ];
    let course = course(&[(&["a", "b"], Or), (&["must"], And)], fixes);
    assert_eq!(names(&course), ["b", "must"]);
    assert!(course.iter().all(|it| it.clashes.is_empty()));
}

#[test]
fn two_choices_take_what_goes_together() {
    let fixes: &[FixOf<'_>] = &[
        ("a", "none", &["c"]),
        ("b", "none", &[]),
        ("c", "none", &[]),
        ("d", "none", &["a"]),
    ];
    let course = course(&[(&["a", "b"], Or), (&["c", "d"], Or)], fixes);
    assert_eq!(names(&course), ["b", "c"]);
}

#[test]
fn what_must_be_done_and_excludes_each_other_is_left_to_a_person() {
    let fixes: &[FixOf<'_>] = &[("a", "none", &[]), ("b", "none", &["a"])];
    let course = course(&[(&["a"], And), (&["b"], And)], fixes);
    assert_eq!(course[0].clashes, ["b"], "excluding is symmetric");
    assert_eq!(course[1].clashes, ["a"]);
}

#[test]
fn plans_that_contradict_each_other_still_end() {
    let fixes: &[FixOf<'_>] = &[("a", "none", &[]), ("b", "none", &[])];
    let course = course(&[(&["a", "b"], And), (&["b", "a"], And)], fixes);
    assert_eq!(names(&course), ["a", "b"]);
}

/// The contract of the course, on many plans: every plan's order is kept where it can be, one fix of each choice, nothing twice.
#[test]
fn every_course_keeps_its_contract() {
    let letters = ["a", "b", "c", "d"];
    let levels = ["none", "restart", "outage", "security"];
    let mut seed = 7_u64;
    let mut next = |most: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 33) % most) as usize
    };
    for _ in 0..300 {
        let mut fixes: Vec<FixOf<'_>> = Vec::new();
        for (at, name) in letters.iter().enumerate() {
            let other = &letters[(at + 1 + next(3)) % 4..][..1];
            let excludes = if next(4) == 0 { other } else { &[] };
            fixes.push((name, levels[next(4)], excludes));
        }
        let links = [And, Or, Else, Meanwhile];
        let mut plans: Vec<(Vec<&str>, _)> = Vec::new();
        for _ in 0..=next(2) {
            let first = next(4);
            let fixes: Vec<&str> = (0..=next(2)).map(|it| letters[(first + it) % 4]).collect();
            plans.push((fixes, links[next(4)]));
        }
        let borrowed: Vec<(&[&str], _)> = plans.iter().map(|it| (it.0.as_slice(), it.1)).collect();
        let course = course(&borrowed, &fixes);
        let place = |name: &str| course.iter().position(|it| it.fix == name);
        for (fixes, link) in &plans {
            let there = fixes.iter().filter(|it| place(it).is_some()).count();
            match link {
                Or => assert!(there >= 1, "{plans:?}"),
                _ => assert_eq!(there, fixes.len(), "{plans:?}"),
            }
        }
        for line in &course {
            assert_eq!(course.iter().filter(|it| it.fix == line.fix).count(), 1);
        }
        if plans.len() == 1 {
            let (fixes, link) = &plans[0];
            let order: Vec<usize> = fixes.iter().filter_map(|it| place(it)).collect();
            match link {
                And | Else => assert!(order.is_sorted(), "{plans:?} {:?}", names(&course)),
                Meanwhile if fixes.len() > 1 => {
                    assert_eq!(
                        order[0],
                        fixes.len() - 1,
                        "relief first: {:?}",
                        names(&course)
                    );
                }
                _ => {}
            }
        }
    }
}
