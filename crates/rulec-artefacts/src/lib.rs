//! Bytes that customers send, turned into answers. No I/O; each reader can be fuzzed alone.
//!
//! [`evidence::Evidence`] holds what the files of a case tell and answers requests from it. What a file is, is seen by its content.

pub mod arm_json;
mod azure_answer;
pub mod azure_ask;
pub mod certificates;
pub mod events;
pub mod evidence;
pub mod ini;
pub mod package;
pub mod phonebooks;
pub mod plugin_answers;
pub mod redact;
pub mod registry;
pub mod secrets;
pub mod text;
pub mod text_dumps;
pub mod xml;

/// Something in a file that could not be read or used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Line and column, from 1.
    pub place: Option<(u32, u32)>,
    /// What is wrong.
    pub message: String,
}

impl Finding {
    /// About the file as a whole.
    pub fn whole(message: impl Into<String>) -> Finding {
        Finding {
            place: None,
            message: message.into(),
        }
    }

    /// About a line, counted from 0.
    pub fn line(line: usize, message: impl Into<String>) -> Finding {
        let line = u32::try_from(line + 1).unwrap_or(u32::MAX);
        Finding {
            place: Some((line, 1)),
            message: message.into(),
        }
    }
}
