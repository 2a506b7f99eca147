//! Keeps what a provider answers, one file a place, in a case folder that then answers the same way.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rulec_facts::provider::{Answer, Provider, Request};
use rulec_facts::reason::Why;

use crate::answered;
use crate::azure::Recorder;
use crate::gather;

/// A provider whose answers are kept.
pub struct Recording {
    inner: Box<dyn Provider>,
    recorder: Recorder,
    kept: AtomicUsize,
    failure: Mutex<Option<String>>,
}

impl Recording {
    /// Keeps what that provider answers from now on.
    pub fn new(inner: Box<dyn Provider>, recorder: Recorder) -> Recording {
        Recording {
            inner,
            recorder,
            kept: AtomicUsize::new(0),
            failure: Mutex::new(None),
        }
    }

    /// Why not all that was answered could be kept.
    pub fn failure(&self) -> Option<String> {
        let failure = self.failure.lock();
        failure.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Provider for Recording {
    fn name(&self) -> &str {
        self.inner.name()
    }

    /// Also for what the provider does not read: that nobody did is a part of the record.
    fn answers(&self, _: &Request) -> bool {
        true
    }

    fn fetch(&self, request: &Request, budget: Duration) -> Answer {
        let mut answer = match self.inner.answers(request) {
            true => self.inner.fetch(request, budget),
            false => {
                let kind = format!("{} {}", request.system, request.kind);
                let detail = format!("nothing here reads `{kind}`");
                gather::unknown(request, Why::Unsupported, &detail)
            }
        };
        // A place that is a secret itself is not kept.
        let Some(text) = answered::text(request, &answer) else {
            return answer;
        };
        let number = self.kept.fetch_add(1, Ordering::Relaxed) + 1;
        let name = answered::file_name(number);
        match self.recorder.write(&name, text.as_bytes()) {
            Ok(()) => {
                let (Answer::Found(_, from) | Answer::NotThere(from) | Answer::Unknown(_, _, from)) =
                    &mut answer;
                // The report of the record names this file; so does this one.
                from.file = Some(name);
            }
            Err(error) => {
                let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
                *failure = Some(format!("cannot write `{name}`: {error}"));
            }
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use rulec_facts::provider::Provenance;
    use serde_json::json;

    use super::*;
    use crate::case_folder::CaseFolder;

    struct Machine;

    impl Provider for Machine {
        fn name(&self) -> &str {
            "machine"
        }

        fn answers(&self, _: &Request) -> bool {
            true
        }

        fn fetch(&self, request: &Request, _: Duration) -> Answer {
            let from = Provenance {
                kind: format!("{} {}", request.system, request.kind),
                place: request.locator.clone().unwrap_or_default(),
                ..Provenance::default()
            };
            match request.locator.as_deref() {
                Some("there") => Answer::Found(json!({ "a": ["b"] }).into(), from),
                Some("denied") => Answer::Unknown(Why::Denied, "no".to_owned(), from),
                _ => Answer::NotThere(from),
            }
        }
    }

    fn request(locator: &str, secret: bool) -> Request {
        Request {
            system: "windows".to_owned(),
            kind: "registry".to_owned(),
            locator: Some(locator.to_owned()),
            arguments: Vec::new(),
            on: None,
            secret,
        }
    }

    #[test]
    fn a_record_answers_as_the_machine_did_and_names_the_same_files() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("record");
        let recorder = Recorder::new(&folder).unwrap();
        recorder.write("case.json", b"{}").unwrap();
        let live = Recording::new(Box::new(Machine), recorder);
        let all = ["there", "denied", "gone"].map(|it| request(it, false));
        let answers: Vec<Answer> = all
            .iter()
            .map(|it| live.fetch(it, Duration::ZERO))
            .collect();
        let hidden = live.fetch(&request("there", true), Duration::ZERO);
        assert!(matches!(hidden, Answer::Found(_, from) if from.file.is_none()));
        assert_eq!(live.failure(), None);
        let case = CaseFolder::open(&folder).unwrap();
        assert_eq!(case.findings, []);
        for (request, answer) in all.iter().zip(&answers) {
            assert!(case.answers(request));
            assert_eq!(case.fetch(request, Duration::ZERO), *answer);
        }
        // What cannot be written is told, and the answer is used.
        std::fs::remove_dir_all(&folder).unwrap();
        std::fs::write(&folder, "").unwrap();
        let answer = live.fetch(&all[0], Duration::ZERO);
        assert!(matches!(answer, Answer::Found(_, from) if from.file.is_none()));
        assert!(live.failure().is_some());
    }
}
