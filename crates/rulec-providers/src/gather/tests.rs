//! Providers that answer, hang, break down or come late.

use std::collections::BTreeMap;

use super::*;

/// Does what the locator says.
struct Source;

impl Provider for Source {
    fn name(&self) -> &str {
        "test"
    }

    fn answers(&self, _request: &Request) -> bool {
        true
    }

    fn fetch(&self, request: &Request, budget: Duration) -> Answer {
        match request.locator.as_deref() {
            // Keeps no budget at all.
            Some("hangs") => loop {
                thread::sleep(Duration::from_secs(3600));
            },
            Some("breaks") => panic!("it breaks down"),
            Some("late") => {
                thread::sleep(budget + GRACE * 4);
                Answer::NotThere(Provenance::default())
            }
            _ => {
                thread::sleep(Duration::from_millis(5));
                Answer::NotThere(Provenance::default())
            }
        }
    }
}

fn asked(number: u32, what: &str) -> Asked {
    Asked {
        number,
        request: Request {
            system: "windows".to_owned(),
            kind: "service".to_owned(),
            locator: Some(what.to_owned()),
            arguments: Vec::new(),
            on: None,
            secret: false,
        },
        provider: Arc::new(Source),
    }
}

const LIMITS: Limits = Limits {
    each: Duration::from_millis(400),
    all: Duration::from_secs(20),
    at_once: 8,
};

/// Each answer, with the time at which it came.
fn all(asked: Vec<Asked>, limits: Limits) -> (BTreeMap<u32, (Answer, Duration)>, Duration) {
    let start = Instant::now();
    let mut answers = BTreeMap::new();
    let ended = gather(asked, limits, &AtomicBool::new(false), &mut |event| {
        if let Event::Answered(number, answer) = event {
            let twice = answers.insert(number, (answer, start.elapsed()));
            assert!(twice.is_none(), "{number} is answered twice");
        }
        ControlFlow::Continue(())
    });
    assert_eq!(ended, Ended::Whole);
    (answers, start.elapsed())
}

fn is_late(answer: &Answer) -> bool {
    matches!(answer, Answer::Unknown(Why::TimedOut, ..))
}

#[test]
fn two_sources_that_hang_do_not_delay_forty_others() {
    let mut many: Vec<Asked> = vec![asked(0, "hangs"), asked(1, "hangs")];
    many.extend((2..42).map(|it| asked(it, "fine")));
    let (answers, took) = all(many, LIMITS);
    assert_eq!(answers.len(), 42);
    for (number, (answer, at)) in &answers {
        assert_eq!(is_late(answer), *number < 2, "{number}: {answer:?}");
        if *number >= 2 {
            assert!(*at < LIMITS.each, "{number} came after {at:?}");
        }
    }
    // All is over when the two are given up.
    assert!(
        took < LIMITS.each + GRACE + Duration::from_secs(2),
        "{took:?}"
    );
}

#[test]
fn more_that_hang_than_are_asked_at_once_delay_others_by_their_deadline_alone() {
    let mut many: Vec<Asked> = (0..8).map(|it| asked(it, "hangs")).collect();
    many.extend((8..12).map(|it| asked(it, "fine")));
    let (answers, _) = all(many, LIMITS);
    assert_eq!(answers.values().filter(|it| is_late(&it.0)).count(), 8);
}

#[test]
fn what_breaks_down_or_comes_late_costs_its_own_answer() {
    let (answers, _) = all(
        vec![asked(0, "breaks"), asked(1, "late"), asked(2, "fine")],
        LIMITS,
    );
    assert!(
        matches!(&answers[&0].0, Answer::Unknown(Why::NotCollected, detail, _) if detail == "its source broke down")
    );
    assert!(is_late(&answers[&1].0));
    assert!(matches!(answers[&2].0, Answer::NotThere(_)));
}

#[test]
fn what_is_not_begun_when_all_time_is_over_is_not_asked() {
    let limits = Limits {
        all: Duration::from_millis(300),
        at_once: 1,
        ..LIMITS
    };
    let (answers, took) = all(vec![asked(0, "hangs"), asked(1, "fine")], limits);
    assert!(answers.values().all(|it| is_late(&it.0)), "{answers:?}");
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[test]
fn it_ends_when_it_is_stopped_and_when_nobody_wants_to_hear_more() {
    let start = Instant::now();
    let stop = AtomicBool::new(false);
    let ended = gather(vec![asked(0, "hangs")], LIMITS, &stop, &mut |_| {
        stop.store(true, Ordering::SeqCst);
        ControlFlow::Continue(())
    });
    assert_eq!(ended, Ended::Stopped);
    let many = (0..40).map(|it| asked(it, "fine")).collect();
    let mut heard = 0;
    let ended = gather(many, LIMITS, &AtomicBool::new(false), &mut |event| {
        heard += usize::from(matches!(event, Event::Answered(..)));
        match heard {
            3 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    });
    assert_eq!((ended, heard), (Ended::Stopped, 3));
    assert!(start.elapsed() < Duration::from_secs(2));
}
