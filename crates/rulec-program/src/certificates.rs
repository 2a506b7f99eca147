//! What `certificate(text)` gives for texts that were asked about (F1): a pure function of the text, case included (F2), and a costly
//! one. A program remembers it for all its cases, rounds and reports, because one certificate is looked at in many of them.

use std::sync::{Arc, Mutex};

use rulec_facts::certificate;
use rulec_facts::value::Partial;
use rustc_hash::FxHashMap;

/// Bytes of the texts that are remembered together; then all are forgotten.
const MOST: usize = 4 << 20;

/// What is remembered; a copy remembers the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Certificates(Arc<Mutex<Memory>>);

#[derive(Debug, Default)]
struct Memory {
    known: FxHashMap<Box<str>, Partial>,
    bytes: usize,
}

impl Certificates {
    /// The certificate that the text holds, absent if it holds none.
    pub(crate) fn of(&self, text: &str) -> Partial {
        // Where somebody panicked in between, nothing is half written.
        let lock = || self.0.lock().unwrap_or_else(|it| it.into_inner());
        if let Some(known) = lock().known.get(text) {
            return known.clone();
        }
        let value = certificate::certificate(text).map_or(Partial::Absent, Partial::Known);
        let mut memory = lock();
        memory.bytes += text.len();
        if memory.bytes > MOST {
            memory.known.clear();
            memory.bytes = text.len();
        }
        memory.known.insert(text.into(), value.clone());
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_the_same_and_bounded() {
        let all = Certificates::default();
        for round in 0..3 {
            for number in 0..40 {
                let text = format!("{number}{}", "x".repeat(MOST / 10));
                assert_eq!(all.of(&text), Partial::Absent, "{round}");
            }
        }
        let memory = all.0.lock().unwrap();
        assert!(memory.bytes <= MOST && memory.known.len() <= 10);
        let kept: usize = memory.known.keys().map(|it| it.len()).sum();
        assert_eq!(kept, memory.bytes);
    }
}
