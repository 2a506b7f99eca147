//! Processes that a plug-in has started and that left its group: they are found by a mark in the environment that all of them inherit.
//!
//! One that takes the mark out of its environment before it starts another program is not found.

use std::fs;
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

/// The variable that holds the mark.
pub(super) const VARIABLE: &str = "RULEC_PLUGIN_RUN";

/// So often is looked: one that is ended may have started another meanwhile.
const ROUNDS: usize = 8;

/// A mark that no other process has.
pub(super) fn mark() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let time = SystemTime::now().duration_since(UNIX_EPOCH);
    let time = time.map_or(0, |it| it.as_nanos());
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{}-{time}-{count}", process::id())
}

/// Ends every process with that mark.
pub(super) fn end(mark: &str) {
    let wanted = format!("{VARIABLE}={mark}");
    for _ in 0..ROUNDS {
        if !end_all(wanted.as_bytes()) {
            return;
        }
    }
}

/// One was found.
fn end_all(wanted: &[u8]) -> bool {
    let mut found = false;
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let name = entry.file_name();
        let number = name.to_str().and_then(|it| it.parse::<i32>().ok());
        let Some(number) = number.filter(|it| it.cast_unsigned() != process::id()) else {
            continue;
        };
        // Held before it is looked at, so that it is this one that is ended, whoever gets its number.
        let held = Pid::from_raw(number).and_then(|it| pidfd_open(it, PidfdFlags::empty()).ok());
        let variables = fs::read(entry.path().join("environ")).unwrap_or_default();
        if let Some(held) = held
            && variables.split(|it| *it == 0).any(|it| it == wanted)
        {
            found |= pidfd_send_signal(held, Signal::KILL).is_ok();
        }
    }
    found
}
