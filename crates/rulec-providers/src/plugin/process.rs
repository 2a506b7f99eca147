//! One process of a plug-in: a line out, a line in, within a deadline and within bounds; ended with its children.

use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use process_wrap::std::{ChildWrapper, CommandWrap};
use rulec_artefacts::plugin_answers::one_line;
use rulec_facts::fixture::strict_json;
use rulec_facts::reason::Why;
use rulec_facts::source::PROTOCOL;
use serde_json::Value as Json;

use super::Limits;
#[cfg(target_os = "linux")]
use super::strays;

/// Bytes of the last of what it wrote to standard error that are kept.
const COMPLAINT: usize = 2000;

/// How long the end of standard error is waited for after a fault.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Lines that wait to be read: more than one is one too many.
const WAITING: usize = 2;

/// What a plug-in did wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    /// The kind of not knowing that follows.
    pub why: Why,
    what: String,
    complaint: String,
}

impl Trouble {
    pub(super) fn new(why: Why, what: impl Into<String>) -> Trouble {
        Trouble {
            why,
            what: what.into(),
            complaint: String::new(),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match self.complaint.as_str() {
            "" => Ok(()),
            complaint => write!(f, "; it says: {complaint}"),
        }
    }
}

/// What came on standard output.
enum Line {
    Text(Vec<u8>),
    /// The last one has no end.
    Half,
    TooLong,
    TooMuch,
    End,
}

/// A running plug-in. Ended when it is dropped.
pub(super) struct Process {
    child: Box<dyn ChildWrapper>,
    input: Option<Sender<Vec<u8>>>,
    lines: Receiver<Line>,
    complaint: Arc<Mutex<Vec<u8>>>,
    hushed: bool,
    asked: u64,
    limits: Limits,
    #[cfg(target_os = "linux")]
    mark: String,
}

impl Process {
    /// Starts it, in a group of its own.
    pub(super) fn start(path: &Path, limits: &Limits) -> Result<Process, String> {
        let mut command = Command::new(path);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(target_os = "linux")]
        let mark = strays::mark();
        #[cfg(target_os = "linux")]
        command.env(strays::VARIABLE, &mark);
        let mut command = CommandWrap::from(command);
        #[cfg(unix)]
        command.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        command.wrap(process_wrap::std::JobObject);
        let mut child = command
            .spawn()
            .map_err(|error| format!("cannot start `{}`: {error}", path.display()))?;
        let input = child.stdin().take().map(writer);
        let (found, lines) = mpsc::sync_channel(WAITING);
        if let Some(pipe) = child.stdout().take() {
            let (longest, total) = (limits.line as u64, limits.total);
            thread::spawn(move || read_lines(pipe, longest, total, &found));
        }
        let complaint = Arc::new(Mutex::new(Vec::new()));
        if let Some(pipe) = child.stderr().take() {
            let kept = Arc::clone(&complaint);
            thread::spawn(move || keep_last(pipe, &kept));
        }
        Ok(Process {
            child,
            input,
            lines,
            complaint,
            hushed: false,
            asked: 0,
            limits: limits.clone(),
            #[cfg(target_os = "linux")]
            mark,
        })
    }

    /// From now on what it writes to standard error is not shown: it has been told a secret.
    pub(super) fn hush(&mut self) {
        self.hushed = true;
    }

    /// Sends a question, and waits for its answer. After a failure the process is of no use any more.
    pub(super) fn ask(&mut self, question: Json, limit: Duration) -> Result<Json, Trouble> {
        let id = self.next(question);
        let line = self.line(limit)?;
        self.answer(&line, Some(id))
    }

    /// Sends a question with version and number.
    pub(super) fn next(&mut self, mut question: Json) -> u64 {
        self.asked += 1;
        if let Some(object) = question.as_object_mut() {
            object.insert("protocol".to_owned(), PROTOCOL.into());
            object.insert("id".to_owned(), self.asked.into());
        }
        self.send(format!("{question}\n").into_bytes());
        self.asked
    }

    /// Sends bytes as they are.
    pub(super) fn send(&mut self, bytes: Vec<u8>) {
        // One that has ended is told by what it answers.
        let _ = self.input.as_ref().map(|it| it.send(bytes));
    }

    /// The next line.
    pub(super) fn line(&mut self, limit: Duration) -> Result<Vec<u8>, Trouble> {
        let line = match self.lines.recv_timeout(limit) {
            Ok(line) => line,
            Err(RecvTimeoutError::Disconnected) => Line::End,
            Err(RecvTimeoutError::Timeout) => {
                let what = format!("no answer within {} ms", limit.as_millis());
                return Err(self.trouble(Why::TimedOut, what));
            }
        };
        let what = match line {
            Line::Text(line) => return Ok(line),
            Line::Half => {
                let what = "it ended in the middle of a line";
                return Err(self.trouble(Why::Malformed, what.to_owned()));
            }
            Line::TooLong => {
                let what = format!("a line is longer than {} bytes", self.limits.line);
                return Err(self.trouble(Why::OverBudget, what));
            }
            Line::TooMuch => {
                let what = format!("it wrote more than {} bytes", self.limits.total);
                return Err(self.trouble(Why::OverBudget, what));
            }
            Line::End => match self.ended(Duration::from_millis(200)) {
                Some(status) => format!("it ended without an answer ({status})"),
                None => "it closed its output without an answer".to_owned(),
            },
        };
        Err(self.trouble(Why::NotCollected, what))
    }

    /// A line as the answer to a question; without a number, to a line that was none.
    pub(super) fn answer(&mut self, line: &[u8], id: Option<u64>) -> Result<Json, Trouble> {
        let text = std::str::from_utf8(line).ok();
        let json = text.and_then(|it| strict_json(it).ok());
        let Some(json) = json.filter(Json::is_object) else {
            let what = "a line is no JSON object in UTF-8";
            return Err(self.trouble(Why::Malformed, what.to_owned()));
        };
        let told = json.get("id").cloned().unwrap_or_default();
        let wanted = id.map_or(Json::Null, Json::from);
        if told != wanted {
            let what = format!("an answer has another `id` than the question, which has {wanted}");
            return Err(self.trouble(Why::Malformed, what));
        }
        if let (Some(error), Some(_)) = (json.get("error"), id) {
            let error = one_line(error.as_str().unwrap_or("no reason"));
            let what = match self.hushed {
                true => "it refuses the question".to_owned(),
                false => format!("it refuses the question: {error}"),
            };
            return Err(self.trouble(Why::Unsupported, what));
        }
        Ok(json)
    }

    fn trouble(&mut self, why: Why, what: String) -> Trouble {
        // What it has to say may still be on its way; who reads it has let go of it when that is all.
        let start = Instant::now();
        while start.elapsed() < LAST_WORDS && Arc::strong_count(&self.complaint) > 1 {
            thread::sleep(Duration::from_millis(5));
        }
        let kept = self
            .complaint
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let complaint = match self.hushed {
            true => String::new(),
            false => one_line(String::from_utf8_lossy(&kept).trim()),
        };
        Trouble {
            why,
            what,
            complaint,
        }
    }

    /// How it ended, if it does within that time.
    pub(super) fn ended(&mut self, limit: Duration) -> Option<ExitStatus> {
        let start = Instant::now();
        loop {
            if let Ok(Some(status)) = self.child.inner_mut().try_wait() {
                return Some(status);
            }
            if start.elapsed() >= limit {
                return None;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Closes its input; true if it ends by itself.
    pub(super) fn close(&mut self) -> bool {
        self.input = None;
        let limit = self.limits.end;
        self.ended(limit).is_some()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.input = None;
        let by_itself = self.ended(Duration::from_millis(100)).is_some();
        // The whole group, also where the plug-in itself has ended and left children behind.
        let _ = self.child.start_kill();
        if !by_itself {
            self.ended(self.limits.end);
        }
        #[cfg(target_os = "linux")]
        strays::end(&self.mark);
    }
}

/// Who writes to it; one that does not read would stop who does so itself.
fn writer(mut pipe: ChildStdin) -> Sender<Vec<u8>> {
    let (input, pieces) = mpsc::channel::<Vec<u8>>();
    thread::spawn(move || {
        while let Ok(piece) = pieces.recv() {
            if pipe.write_all(&piece).and_then(|()| pipe.flush()).is_err() {
                return;
            }
        }
    });
    input
}

/// Sends each line on, until one is the last.
fn read_lines(pipe: impl Read, longest: u64, mut left: usize, found: &SyncSender<Line>) {
    let mut pipe = BufReader::new(pipe);
    loop {
        let line = match read_line(&mut pipe, longest) {
            Line::Text(line) if line.len() > left => Line::TooMuch,
            line => line,
        };
        if let Line::Text(line) = &line {
            left -= line.len();
        }
        let last = !matches!(line, Line::Text(_));
        if found.send(line).is_err() || last {
            return;
        }
    }
}

/// Reads all of it, or the plug-in would wait; only the last of it is kept.
fn keep_last(mut pipe: impl Read, kept: &Mutex<Vec<u8>>) {
    let mut piece = [0; 4096];
    while let Ok(count @ 1..) = pipe.read(&mut piece) {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend(piece.iter().take(count));
        let over = kept.len().saturating_sub(COMPLAINT);
        kept.drain(..over);
    }
}

fn read_line(pipe: &mut BufReader<impl Read>, longest: u64) -> Line {
    let mut line = Vec::new();
    let read = pipe.by_ref().take(longest + 1).read_until(b'\n', &mut line);
    match (read, line.pop()) {
        (Err(_), _) | (Ok(_), None) => Line::End,
        (Ok(_), Some(b'\n')) => Line::Text(line),
        (Ok(_), Some(_)) if line.len() as u64 >= longest => Line::TooLong,
        (Ok(_), Some(_)) => Line::Half,
    }
}
