//! `systeminfo`: the system's name, its build and the updates that it lists.
//!
//! The version is known by its shape, the name stands before it, updates are `KB` and digits. A list that is shorter than it says is cut:
//! old versions of the tool do so.

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json, json};

/// What the text tells.
#[derive(Debug, Clone, PartialEq)]
pub struct System {
    /// `Microsoft Windows 10 Pro`.
    pub name: Option<String>,
    /// `10.0.17134`.
    pub version: String,
    /// `17134`.
    pub build: String,
    /// `KB4462930`, …, and marks for those that the tool left out.
    pub updates: Json,
}

/// Reads the text; none for one that is no output of this tool.
pub fn read(text: &str) -> Option<System> {
    let lines: Vec<&str> = text.lines().filter(|it| !it.trim().is_empty()).collect();
    let (at, version, build) = lines.iter().enumerate().find_map(|(at, line)| {
        let (version, build) = version(value(line)?)?;
        Some((at, version, build))
    })?;
    let name = at.checked_sub(1).and_then(|at| value(lines.get(at)?));
    Some(System {
        // Some languages put a no-break space between words.
        name: name
            .filter(|it| !it.is_empty())
            .map(|it| it.replace('\u{A0}', " ").trim().to_owned()),
        version,
        build,
        updates: updates(lines.get(at..).unwrap_or(&[])),
    })
}

/// What stands behind the label: its colon is the first with blanks behind it.
fn value(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once(": ")?;
    Some(rest.trim())
}

/// `10.0.17134 N/A Build 17134`: the third number and the last are the same, whatever stands between.
fn version(text: &str) -> Option<(String, String)> {
    let (version, rest) = text.split_once(' ')?;
    let build = version.split('.').nth(2)?;
    let numbers =
        version.split('.').count() == 3 && version.split('.').all(|it| it.parse::<u32>().is_ok());
    let last = rest.split_whitespace().next_back()?;
    (numbers && last == build).then(|| (version.to_owned(), build.to_owned()))
}

fn updates(lines: &[&str]) -> Json {
    let is_update = |line: &&str| update(line).is_some();
    let Some(first) = lines.iter().position(is_update) else {
        let detail = "the text lists no updates";
        return Json::Array(vec![untold::many(Why::NotCollected, detail)]);
    };
    let listed: Vec<&str> = lines.iter().filter_map(|it| update(it)).collect();
    let above = first
        .checked_sub(1)
        .and_then(|at| value(lines.get(at)?))
        .unwrap_or("");
    let digits: String = above
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    let said: usize = digits.parse().unwrap_or(0);
    let mut list: Vec<Json> = listed.iter().map(|it| json!(it)).collect();
    let missing = said.saturating_sub(listed.len()).min(1000);
    let detail = format!("the tool says {said} updates and lists {}", listed.len());
    list.extend((0..missing).map(|_| untold::more(Why::NotCollected, &detail)));
    Json::Array(list)
}

/// `[01]: KB4462930`.
fn update(line: &str) -> Option<&str> {
    let (number, rest) = line.trim().strip_prefix('[')?.split_once("]:")?;
    let word = rest.trim();
    let digits = word.strip_prefix("KB")?;
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (plain(number) && plain(digits)).then_some(word)
}

impl System {
    /// `windows system`.
    pub fn document(&self) -> Json {
        json!({ "name": self.name, "version": self.version, "build": self.build })
    }

    /// Values of the key `CurrentVersion` that the text tells.
    pub fn registry(&self) -> Map<String, Json> {
        let build = json!(self.build);
        Map::from_iter([
            ("CurrentBuildNumber".to_owned(), build.clone()),
            ("CurrentBuild".to_owned(), build),
        ])
    }
}
