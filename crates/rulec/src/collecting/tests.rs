//! Collecting with sources of the test: killed, stopped, out of room; what comes out is the case as it was read.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use rulec_eval::{CaseInput, Provenance, run_session};
use serde_json::json;

use super::*;
use crate::args::{Color, ResultFormat};
use crate::output::Output;
use crate::ready::{Readiness, ready_with};
use crate::{keeping, opening, sealing};

/// Facts of the pack that are read at once.
const FACTS: usize = 40;

/// A pack whose facts lie in forty places, and one more in a place that is named after one of these.
fn pack(folder: &Path) -> Sealed {
    let mut text =
        "pack test.many 1.0.0\n    language 1\n\nsymptom lost =\n    | text \"It is lost.\"\n"
            .to_owned();
    let place = "/subscriptions/s/resourceGroups/r/providers/Test.Many/things";
    for at in 0..FACTS {
        text += &format!(
            "\n/// Thing {at}.\nfact f{at:02}: string\n    from azure arm \"{place}/{at:02}\" at \"$.name\"\n\nrule r{at:02}:\n    symptom lost\n    when f{at:02} == \"bad\"\n    => no fix\n"
        );
    }
    text += &format!(
        "\n/// The last thing.\nfact last: string\n    from azure arm \"{place}/{{f00}}\" at \"$.name\"\n\nrule r-last:\n    symptom lost\n    when last == \"bad\"\n    => no fix\n"
    );
    let path = folder.join("test.rules");
    fs::write(&path, text).unwrap();
    let mut output = Output::new(Color::Never, ResultFormat::Text);
    match ready_with(&[path], &[], &mut output, |_| Ok(())) {
        Ok(Readiness::Ready(ready)) => ready.program,
        _ => panic!("the pack has errors"),
    }
}

/// Answers every place after a moment.
#[derive(Default)]
struct Source {
    asked: Mutex<Vec<String>>,
    /// Does something harmful when it is asked for this place.
    harm: Option<(String, PathBuf)>,
}

impl Provider for Source {
    fn name(&self) -> &str {
        "test"
    }

    fn answers(&self, request: &Request) -> bool {
        request.system == "azure"
    }

    fn fetch(&self, request: &Request, _budget: Duration) -> Answer {
        let place = request.locator.clone().unwrap_or_default();
        let number = place.rsplit('/').next().unwrap_or("").to_owned();
        thread::sleep(Duration::from_millis(number.parse().unwrap_or(5)));
        self.asked.lock().unwrap().push(number.clone());
        if let Some((at, folder)) = &self.harm
            && *at == number
        {
            fs::rename(folder, folder.with_extension("gone")).unwrap();
        }
        let name = match number.as_str() {
            "00" => "somebody".to_owned(),
            "07" | "somebody" => "bad".to_owned(),
            other => format!("contoso{other}"),
        };
        Answer::Found(Arc::new(json!({ "name": name })), Provenance::default())
    }
}

fn collector(source: Source) -> (Collector, Arc<Source>) {
    let source = Arc::new(source);
    let collector = Collector {
        live: vec![Arc::clone(&source) as Arc<dyn Provider>],
        folder: None,
        agreed: BTreeSet::from([("azure".to_owned(), "arm".to_owned())]),
        probes: false,
        each: Duration::from_secs(20),
        all: Duration::from_secs(60),
    };
    (collector, source)
}

fn input() -> CaseInput {
    CaseInput {
        texts: vec!["It is lost.".to_owned()],
        now: Some("2026-11-01T00:00:00Z".to_owned()),
        ..CaseInput::default()
    }
}

/// What was known of an interrupted case.
fn known(out: &Path) -> (CaseInput, Arc<CaseFolder>) {
    let opened = opening::open_folder(&Store::work_of(out)).unwrap_or_else(|it| panic!("{it}"));
    let folder = opened.folder.unwrap();
    assert!(folder.findings.is_empty(), "{:?}", folder.findings);
    (opened.input, Arc::new(folder))
}

/// Collects into `out`, on from what is there of it.
fn collect<'p>(
    program: &'p Sealed,
    out: &Path,
    collector: &mut Collector,
    raw: bool,
    stop: &AtomicBool,
) -> (Case, Collected<'p>, Store) {
    let (input, mut store) = match Store::work_of(out).exists() {
        true => {
            let (input, folder) = known(out);
            collector.folder = Some(folder);
            (input, Store::resume(out))
        }
        false => {
            let text = keeping::case_file(&input(), |_| Some(false));
            let files = [("case.json".to_owned(), text.into_bytes())];
            (input(), Store::begin(out, &files))
        }
    };
    let store = store.as_mut().map_err(|it| it.to_string()).unwrap();
    let texts = input.texts.clone();
    let case = opening::fit(program, input).unwrap_or_else(|it| panic!("{it}"));
    let redaction = Redaction {
        texts: &texts,
        locale: None,
        vocabulary: redacting::vocabulary(program).unwrap_or_else(|it| panic!("{it}")),
        key: [7; 32],
    };
    let redaction = (!raw).then_some(redaction);
    let session = Session::new(program, case.clone());
    let mut telling = match std::env::var_os(CHILD) {
        Some(_) => Telling::new(FACTS + 1),
        None => Telling::quiet(),
    };
    let found = collector.run(session, store, redaction.as_ref(), stop, &mut telling);
    if let (Some(redaction), None) = (&redaction, &found.lost) {
        let redacted = redaction
            .of(&found.session)
            .unwrap_or_else(|it| panic!("{it}"));
        let differences = redaction.differences(program, &case, &found, &redacted);
        assert_eq!(differences.unwrap_or_else(|it| panic!("{it}")), [""; 0]);
        store.publish(&redacted.files).unwrap();
    }
    let store = Store::resume(out).unwrap_or_else(|it| panic!("{it}"));
    (case, found, store)
}

/// Each rule with its verdict, of a case as `rulec run` reads it.
fn verdicts(program: &Sealed, out: &Path) -> Vec<String> {
    let mut opened = opening::open_folder(out).unwrap_or_else(|it| panic!("{it}"));
    assert!(!opened.damaged(), "{:?}", opened.folder);
    let case = opening::fit(program, std::mem::take(&mut opened.input));
    let mut session = Session::new(program, case.unwrap_or_else(|it| panic!("{it}")));
    run_session(&mut session, &opened.providers(), Duration::from_secs(9));
    of(&session)
}

fn of(session: &Session<'_>) -> Vec<String> {
    let report = session.report();
    let lines = report.verdicts.iter();
    let mut all: Vec<String> = lines
        .map(|it| format!("{} {:?}", it.rule, it.verdict))
        .collect();
    all.sort();
    all
}

fn settled(verdicts: &[String]) -> usize {
    verdicts.iter().filter(|it| !it.ends_with("Open")).count()
}

#[test]
fn what_is_written_gives_the_verdicts_that_were_read_redacted_and_raw_as_folder_and_zip() {
    let folder = tempfile::tempdir().unwrap();
    let program = pack(folder.path());
    for (name, raw) in [("a", false), ("b.zip", false), ("c", true), ("d.zip", true)] {
        let out = folder.path().join(name);
        let (mut collector, source) = collector(Source::default());
        let never = AtomicBool::new(false);
        let (_, found, store) = collect(&program, &out, &mut collector, raw, &never);
        assert_eq!((found.lost, found.stopped), (None, false));
        assert_eq!(found.places.len(), FACTS + 1);
        assert_eq!(source.asked.lock().unwrap().len(), FACTS + 1);
        match raw {
            true => store.publish_raw().unwrap(),
            false => store.end().unwrap_or_else(|it| panic!("{it}")),
        }
        assert!(!Store::work_of(&out).exists());
        let read = verdicts(&program, &out);
        assert_eq!(read, of(&found.session), "{name}");
        assert_eq!(settled(&read), FACTS + 1);
        let confirmed = read.iter().filter(|it| it.ends_with("Confirmed"));
        let confirmed: Vec<&str> = confirmed.map(|it| it.split(' ').next().unwrap()).collect();
        assert_eq!(confirmed, ["r-last", "r07"]);
        if name.ends_with(".zip") {
            continue;
        }
        let text = texts(&out) + &texts(&out.join("answered"));
        assert_eq!(text.contains("contoso"), raw, "{name}");
        let notice = text.contains("answers as they came, with names");
        assert_eq!(notice, raw, "{name}");
    }
}

/// All files of a folder, but not those in folders of it.
fn texts(folder: &Path) -> String {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .filter_map(|it| fs::read_to_string(it.path()).ok())
        .collect()
}

#[test]
fn when_it_is_stopped_the_rest_is_not_collected_and_resuming_asks_the_rest_alone() {
    let folder = tempfile::tempdir().unwrap();
    let program = pack(folder.path());
    let out = folder.path().join("case");
    let stop = Arc::new(AtomicBool::new(false));
    let (mut first, _) = collector(Source::default());
    // The places of one number take so many milliseconds: some of them are done by then.
    let set = Arc::clone(&stop);
    let timer = thread::spawn(move || {
        thread::sleep(Duration::from_millis(60));
        set.store(true, Ordering::SeqCst);
    });
    let (_, found, _) = collect(&program, &out, &mut first, false, &stop);
    timer.join().unwrap();
    assert!(found.stopped);
    let read = verdicts(&program, &out);
    assert_eq!(read, of(&found.session));
    assert_eq!(settled(&read), found.places.len());
    let opened = opening::open_folder(&out).unwrap_or_else(|it| panic!("{it}"));
    let mut opened_input = opened.input.clone();
    opened_input.all = false;
    let case = opening::fit(&program, opened_input).unwrap_or_else(|it| panic!("{it}"));
    let mut session = Session::new(&program, case);
    run_session(&mut session, &opened.providers(), Duration::from_secs(9));
    let open = session.report().facts;
    let rest = open.iter().filter(|it| !it.reasons.is_empty());
    let mut count = 0;
    for fact in rest {
        let all = fact.reasons.iter().all(|it| it.reason == "not-collected");
        assert!(all, "{fact:?}");
        count += 1;
    }
    assert!(count > 0, "all was asked before it was stopped");
    let (mut second, source) = collector(Source::default());
    let never = AtomicBool::new(false);
    let (_, all, _) = collect(&program, &out, &mut second, false, &never);
    assert!(!all.stopped);
    let asked = source.asked.lock().unwrap().len();
    assert_eq!(asked + found.places.len(), FACTS + 1);
    assert_eq!(settled(&verdicts(&program, &out)), FACTS + 1);
}

#[test]
fn when_an_answer_cannot_be_kept_it_ends_and_what_was_told_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let program = pack(folder.path());
    let out = folder.path().join("case");
    let source = Source {
        harm: Some(("20".to_owned(), Store::work_of(&out).join("answered"))),
        ..Source::default()
    };
    let (collector, _) = collector(source);
    let text = keeping::case_file(&input(), |_| Some(false));
    let files = [("case.json".to_owned(), text.into_bytes())];
    let mut store = Store::begin(&out, &files).unwrap_or_else(|it| panic!("{it}"));
    let texts = input().texts;
    let redaction = Redaction {
        texts: &texts,
        locale: None,
        vocabulary: redacting::vocabulary(&program).unwrap_or_else(|it| panic!("{it}")),
        key: [7; 32],
    };
    let case = opening::fit(&program, input()).unwrap_or_else(|it| panic!("{it}"));
    let found = collector.run(
        Session::new(&program, case),
        &mut store,
        Some(&redaction),
        &AtomicBool::new(false),
        &mut Telling::quiet(),
    );
    let lost = found.lost.unwrap();
    assert!(lost.contains("no such file or folder"), "{lost}");
    assert!(found.places.len() < FACTS);
    assert_eq!(settled(&verdicts(&program, &out)), found.places.len());
}

#[test]
fn nothing_is_asked_that_nobody_agreed_to() {
    let folder = tempfile::tempdir().unwrap();
    let program = pack(folder.path());
    let (mut collector, source) = collector(Source::default());
    collector.agreed.clear();
    let never = AtomicBool::new(false);
    let out = folder.path().join("case");
    let (_, found, _) = collect(&program, &out, &mut collector, false, &never);
    assert!(found.places.is_empty() && source.asked.lock().unwrap().is_empty());
    assert_eq!(settled(&verdicts(&program, &out)), 0);
}

/// Where the child of the next test writes.
const CHILD: &str = "RULEC_TEST_COLLECT_INTO";

#[test]
#[ignore = "it is the process that the next test kills"]
fn a_process_that_collects() {
    let Some(out) = std::env::var_os(CHILD).map(PathBuf::from) else {
        return;
    };
    let program = pack(out.parent().unwrap());
    let (mut collector, _) = collector(Source::default());
    collect(
        &program,
        &out,
        &mut collector,
        false,
        &AtomicBool::new(false),
    );
}

/// What a child told before it was killed.
fn killed_after(out: &Path, time: Duration) -> (String, bool) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "collecting::tests::a_process_that_collects",
            "--ignored",
            "--nocapture",
        ])
        .env(CHILD, out)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stderr.take().unwrap();
    let reader = thread::spawn(move || {
        let mut text = String::new();
        pipe.read_to_string(&mut text).unwrap();
        text
    });
    let start = Instant::now();
    while start.elapsed() < time && child.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_millis(1));
    }
    let whole = child.try_wait().unwrap().is_some_and(|it| it.success());
    // It may have ended by itself.
    let _ = child.kill();
    child.wait().unwrap();
    (reader.join().unwrap(), whole)
}

/// Ten moments here, a hundred in `.ci/collect`.
#[test]
fn what_was_told_as_done_is_there_whenever_it_is_killed() {
    let moments = std::env::var("RULEC_KILLS").map_or(10, |it| it.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let program = pack(folder.path());
    let out = folder.path().join("whole");
    let start = Instant::now();
    let (told, whole) = killed_after(&out, Duration::from_secs(60));
    let took = start.elapsed();
    assert!(whole, "{told}");
    let (mut between, mut lines) = (0, 0);
    for moment in 0..moments {
        let out = folder.path().join(format!("case{moment}"));
        let chance: [u8; 1] = sealing::random().unwrap_or_else(|it| panic!("{it}"));
        let share = (f64::from(moment) + f64::from(chance[0]) / 256.0) / f64::from(moments);
        let (told, _) = killed_after(&out, took.mul_f64(share));
        let done: Vec<&str> = told.lines().filter(|it| it.starts_with("done ")).collect();
        lines += done.len();
        between += usize::from(!done.is_empty() && done.len() <= FACTS);
        match out.exists() {
            true => assert!(settled(&verdicts(&program, &out)) >= done.len(), "{told}"),
            false => assert!(done.is_empty(), "{told}"),
        }
        if !Store::work_of(&out).join("answered").exists() {
            assert!(done.is_empty(), "{told}");
            continue;
        }
        let (_, known) = known(&out);
        let (mut again, source) = collector(Source::default());
        let never = AtomicBool::new(false);
        let (_, found, _) = collect(&program, &out, &mut again, false, &never);
        let asked = source.asked.lock().unwrap().len();
        assert!(
            asked + done.len() <= FACTS + 1,
            "{asked} asked again after {told}"
        );
        drop(known);
        assert!(!found.stopped);
        assert_eq!(settled(&verdicts(&program, &out)), FACTS + 1);
    }
    println!("{moments} moments in {took:?}: {between} in between, {lines} lines told");
    assert!(between > 0, "no moment was in between");
}
