//! `--watch`: a change is noticed, and waiting costs nothing.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::{BROKEN, repository, rulec_at};

/// Where it is taken to hang; no measure of speed.
const HANG: Duration = Duration::from_secs(60);

struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(dir: &Path, arguments: &[&str]) -> Watching {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rulec"))
            .args(arguments)
            .current_dir(dir)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Watching { child, lines }
    }

    /// All lines up to the one with this text.
    fn until(&self, text: &str) -> String {
        let mut seen = String::new();
        while !seen.contains(text) {
            let line = self.lines.recv_timeout(HANG);
            seen.push_str(&line.unwrap_or_else(|_| panic!("no `{text}` in\n{seen}")));
            seen.push('\n');
        }
        seen
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const WAITING: &str = "watching for changes; Ctrl+C ends";

#[test]
fn a_change_of_a_pack_is_checked_again() {
    let dir = repository();
    let pack = dir.path().join("rules/my-pack");
    let check = ["check", "--no-prove", "rules/my-pack", "--watch"];
    let watching = Watching::start(dir.path(), &check);
    assert!(watching.until(WAITING).contains("no findings"));
    fs::write(pack.join("broken.rules"), BROKEN).unwrap();
    let seen = watching.until(WAITING);
    assert!(
        seen.contains("changed: broken.rules") && seen.contains("2 errors"),
        "{seen}"
    );
    // What is no part of a pack does not count; the next change that does is the first that is told.
    fs::write(pack.join("notes.txt"), "remember").unwrap();
    fs::remove_file(pack.join("broken.rules")).unwrap();
    let seen = watching.until(WAITING);
    assert!(
        seen.contains("no findings") && !seen.contains("notes.txt"),
        "{seen}"
    );
    // A pack that is gone is told, and seen when it is back.
    fs::rename(&pack, dir.path().join("rules/away")).unwrap();
    watching.until(WAITING);
    fs::rename(dir.path().join("rules/away"), &pack).unwrap();
    assert!(watching.until(WAITING).contains("no findings"));
}

#[test]
fn tests_are_run_again_and_waiting_takes_no_time() {
    let dir = repository();
    let file = dir.path().join("rules/my-pack/pack.rules");
    let watching = Watching::start(dir.path(), &["test", "rules/my-pack", "--watch"]);
    assert!(watching.until(WAITING).contains("0 failed"));
    #[cfg(target_os = "linux")]
    {
        let before = ticks(watching.child.id());
        std::thread::sleep(Duration::from_millis(600));
        let spent = ticks(watching.child.id()) - before;
        assert!(
            spent <= 2,
            "{spent} ticks of the processor while nothing changed"
        );
    }
    let text = fs::read_to_string(&file).unwrap();
    let wrong = text.replacen("expect ruled out", "expect confirmed", 1);
    fs::write(&file, wrong).unwrap();
    assert!(watching.until(WAITING).contains("1 failed"));
}

/// Processor time of a process, in ticks of the system.
#[cfg(target_os = "linux")]
fn ticks(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let after = stat.rsplit(')').next().unwrap();
    let fields = after.split_whitespace().skip(11).take(2);
    fields.map(|it| it.parse::<u64>().unwrap()).sum()
}

#[test]
fn watching_is_for_people() {
    let dir = repository();
    for more in [
        &["--format", "json"][..],
        &["--write-baseline", "x"],
        &["--explain", "gap"],
    ] {
        let all = [&["check", "rules/my-pack", "--watch"], more].concat();
        rulec_at(dir.path(), &all).ends_with(2);
    }
}
