//! What a process leaves that is killed between any two changes of the disk.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use rulec_eval::Provenance;
use rulec_providers::case_folder::{CaseFolder, KEPT};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::*;

/// Places that answer.
const PLACES: usize = 3;

/// The folder as it was at a moment, and how many places had been told as done.
struct State {
    folder: TempDir,
    told: usize,
    /// The case was whole, and the answers as they came were being taken away.
    ending: bool,
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &name),
            false => drop(fs::copy(entry.path(), name).unwrap()),
        }
    }
}

fn place(number: usize) -> Request {
    Request {
        system: "azure".to_owned(),
        kind: "arm".to_owned(),
        locator: Some(format!("/subscriptions/s/{number}")),
        arguments: Vec::new(),
        on: None,
        secret: false,
    }
}

fn answer(number: usize) -> Answer {
    Answer::Found(Arc::new(json!({ "name": number })), Provenance::default())
}

/// The case that may be sent, of so many places: both of its files tell how many, and one is there only from the second on.
fn case(places: usize) -> Vec<(String, String)> {
    let mut files = vec![
        (
            "case.json".to_owned(),
            format!("{{\"symptoms\": [\"{places} places\"]}}"),
        ),
        (KEPT.to_owned(), format!("{{\"places\": {places}}}")),
    ];
    if places > 1 {
        files.push(("answers.jsonl".to_owned(), format!("{places}\n")));
    }
    files
}

fn begin(out: &Path, step: Box<dyn Fn()>) -> Store {
    let known = (
        "case.json".to_owned(),
        b"{\"symptoms\": [\"begun\"]}".to_vec(),
    );
    Store::begin_watched(out, &[known], step).unwrap_or_else(|it| panic!("{it}"))
}

/// Asks the places that have no answer, and tells how many have one.
fn ask(store: &mut Store, raw: bool, told: &dyn Fn(usize)) {
    for number in store.count..PLACES {
        store.keep(&place(number), &answer(number)).unwrap();
        if !raw {
            store.publish(&case(number + 1)).unwrap();
        }
        told(number + 1);
    }
    // The last answer may be on the disk, and the case without it.
    if !raw {
        store.publish(&case(PLACES)).unwrap();
    }
}

fn end(store: Store, raw: bool) {
    match raw {
        true => store.publish_raw().unwrap(),
        false => store.end().unwrap_or_else(|it| panic!("{it}")),
    }
}

/// Every state that a whole run goes through.
fn states(name: &str, raw: bool) -> Vec<State> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_owned();
    let states = Rc::new(RefCell::new(Vec::new()));
    let told = Rc::new(Cell::new(0));
    let ending = Rc::new(Cell::new(false));
    let (all, count, whole) = (Rc::clone(&states), Rc::clone(&told), Rc::clone(&ending));
    let step = move || {
        let now = tempfile::tempdir().unwrap();
        copy(&root, now.path());
        all.borrow_mut().push(State {
            folder: now,
            told: count.get(),
            ending: whole.get(),
        });
    };
    let mut store = begin(&folder.path().join(name), Box::new(step));
    ask(&mut store, raw, &|places| told.set(places));
    ending.set(true);
    end(store, raw);
    let mut states = states.borrow_mut();
    std::mem::take(&mut *states)
}

fn open(path: &Path) -> CaseFolder {
    let folder = CaseFolder::open(path).unwrap();
    assert_eq!(folder.findings, []);
    folder
}

/// How many places a case tells that may be sent; all its files have to be of one age.
fn sent(out: &Path) -> usize {
    let folder = open(out);
    let kept: Json = serde_json::from_slice(folder.kept.as_deref().unwrap()).unwrap();
    let places = usize::try_from(kept["places"].as_u64().unwrap()).unwrap();
    assert_eq!(folder.case.symptoms, [format!("{places} places")]);
    let said = folder.answers.as_deref().map(String::from_utf8_lossy);
    let then = (places > 1).then(|| format!("{places}\n"));
    assert_eq!(said.as_deref(), then.as_deref());
    places
}

/// How many places have answers as they came.
fn raw_answers(folder: &Path) -> usize {
    use rulec_eval::Provider;
    let folder = open(folder);
    assert_eq!(folder.case.symptoms, ["begun"]);
    let answers = (0..PLACES).filter(|it| {
        let said = folder.fetch(&place(*it), std::time::Duration::ZERO);
        matches!(said, Answer::Found(found, _) if found["name"] == *it)
    });
    answers.count()
}

#[test]
fn whenever_it_is_killed_what_was_told_is_there_of_one_age_and_it_can_go_on() {
    for (name, raw) in [("a", false), ("a.zip", false), ("a", true), ("a.zip", true)] {
        let states = states(name, raw);
        assert!(states.len() > 15, "{} states", states.len());
        for (number, state) in states.iter().enumerate() {
            let at = format!("{name}, raw {raw}, state {number}, {} told", state.told);
            let out = state.folder.path().join(name);
            let work = Store::work_of(&out);
            if !raw && (out.exists() || state.told > 0) {
                assert!(sent(&out) >= state.told, "{at}");
            }
            let going_on = work.join(answered::FOLDER).is_dir();
            if going_on {
                assert!(raw_answers(&work) >= state.told, "{at}");
            } else if raw && (out.exists() || state.told > 0) {
                assert_eq!(raw_answers(&out), PLACES, "{at}");
            }
            let resumed = match work.exists() {
                true => Some(Store::resume(&out)),
                false => None,
            };
            match resumed {
                Some(Ok(mut store)) => {
                    assert!(going_on, "{at}");
                    ask(&mut store, raw, &|_| ());
                    end(store, raw);
                }
                Some(Err(failure)) => {
                    assert!(state.ending && !going_on, "{at}: {failure}");
                    assert!(failure.to_string().contains("is whole"), "{at}: {failure}");
                }
                None if !out.exists() => {
                    assert_eq!(state.told, 0, "{at}");
                    let mut store = begin(&out, Box::new(|| ()));
                    ask(&mut store, raw, &|_| ());
                    end(store, raw);
                }
                None => assert!(state.ending, "{at}"),
            }
            let whole = match raw {
                true => raw_answers(&out),
                false => sent(&out),
            };
            assert_eq!(whole, PLACES, "{at}");
            let names = fs::read_dir(state.folder.path()).unwrap();
            let names: Vec<_> = names.map(|it| it.unwrap().file_name()).collect();
            assert_eq!(names, [name], "{at}");
        }
    }
}
