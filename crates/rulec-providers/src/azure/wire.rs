//! One message to a service and what comes back: the narrow door behind which HTTP lies, so that all else is tested without a network.

use std::fmt;
use std::time::Duration;

use rulec_artefacts::arm_json::Method;
use rulec_facts::reason::Why;

use super::token::Token;

/// What is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// How.
    pub method: Method,
    /// Whole address.
    pub url: String,
    /// Who asks; shows itself as `[token]`.
    pub token: Option<Token>,
    /// JSON that is sent along.
    pub body: Option<String>,
}

/// What comes back, whatever the status.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// As it came.
    pub body: Vec<u8>,
}

impl Reply {
    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(it, _)| it.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply {{ {}, {} bytes }}", self.status, self.body.len())
    }
}

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing, or not all of it, within the time.
    TimedOut,
    /// It is, or says that it will be, larger than there is room for.
    TooLarge,
    /// The other side cannot show that it is who it should be.
    Tls(String),
    /// No connection, or no address for the name.
    Unreachable(String),
    /// The connection broke before the answer was whole.
    Cut(String),
}

impl Fault {
    /// The same may work a little later.
    pub(super) fn passes(&self) -> bool {
        matches!(self, Fault::Unreachable(_) | Fault::Cut(_))
    }

    /// What is known then: nothing, and why.
    pub(super) fn reason(&self, host: &str, room: usize) -> (Why, String) {
        match self {
            Fault::TimedOut => (Why::TimedOut, format!("`{host}` did not answer in time")),
            Fault::TooLarge => (
                Why::OverBudget,
                format!("the answer of `{host}` is larger than {} MB", room >> 20),
            ),
            Fault::Tls(what) => (
                Why::NotCollected,
                format!(
                    "nothing was sent, because `{host}` did not show that it is `{host}`: {what}"
                ),
            ),
            Fault::Unreachable(what) => (
                Why::NotCollected,
                format!("`{host}` cannot be reached: {what}"),
            ),
            Fault::Cut(what) => (
                Why::NotCollected,
                format!("the connection to `{host}` broke before the answer was whole: {what}"),
            ),
        }
    }
}

/// Sends one message. Follows no redirect, keeps no cookie, reads at most `room` bytes of the answer, returns within `limit`.
pub trait Wire: Send + Sync {
    /// Sends once.
    ///
    /// # Errors
    /// No whole answer came back; the texts in it hold no token.
    fn send(&self, call: &Call, limit: Duration, room: usize) -> Result<Reply, Fault>;
}

/// Time, so that waits are tested without waiting.
pub trait Clock: Send + Sync {
    /// Since some moment.
    fn elapsed(&self) -> Duration;
    /// Waits.
    fn sleep(&self, time: Duration);
}

/// The clock of the machine.
#[derive(Debug)]
pub struct MachineClock(std::time::Instant);

impl Default for MachineClock {
    fn default() -> MachineClock {
        MachineClock(std::time::Instant::now())
    }
}

impl Clock for MachineClock {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
