//! Spellings to try first: words, made to fit the constants of the tests.

use rulec_facts::value::Value;

use crate::encode::domain::{Order, Test};
use crate::node::TextTest;

const WORDS: [&str; 9] = [
    "contoso",
    "fabrikam",
    "northwind",
    "adatum",
    "litware",
    "tailspin",
    "MIIC5jCCAc6gAwIBAgIQRrO1",
    "proseware",
    "wingtip",
];
/// What stands for `?`, one after the other.
const SINGLE: &str = "3f2504e04f8941d39a0c0305e82c3301";
/// How many are tried.
const TRIED: usize = 2000;
/// Longest text that is made up for a test of length.
const LONGEST: usize = 4096;

/// Spellings in the order in which they are tried.
pub(super) fn spellings(tests: &[Test]) -> Vec<String> {
    let mut starts = vec![String::new()];
    let mut middles = vec![String::new()];
    let mut ends = vec![String::new()];
    let mut wholes = Vec::new();
    for test in tests {
        match test {
            Test::Text(TextTest::StartsWith, text) => starts.push(text.raw().to_owned()),
            Test::Text(TextTest::Contains, text) => middles.push(text.raw().to_owned()),
            Test::Text(TextTest::EndsWith, text) => ends.push(text.raw().to_owned()),
            Test::Text(TextTest::Matches, text) => {
                wholes.push(of_pattern(text.raw(), "contoso"));
                wholes.push(of_pattern(text.raw(), ""));
            }
            Test::TextOf(text, _) => {
                wholes.extend(text.raw().split_whitespace().map(str::to_owned));
                wholes.push(text.raw().to_owned());
            }
            Test::Compare(Order::Equal, Value::Text(text)) => {
                wholes.push(format!("{}-2", text.raw()));
            }
            Test::Length(_, number) => wholes.extend(of_length(*number)),
            _ => {}
        }
    }
    let mut spellings: Vec<String> = WORDS.map(str::to_owned).to_vec();
    let fillers = ["", "contoso", "fabrikam", "contoso fabrikam", "adatum"];
    for filler in fillers {
        for (start, middle, end) in starts.iter().flat_map(|start| {
            let ends = &ends;
            let middles = middles.iter();
            middles.flat_map(move |middle| ends.iter().map(move |end| (start, middle, end)))
        }) {
            if spellings.len() >= TRIED {
                break;
            }
            if !(start.is_empty() && middle.is_empty() && end.is_empty()) {
                spellings.push(format!("{start}{filler}{middle}{end}"));
            }
        }
    }
    // Two middles, for texts that have both.
    for first in middles.iter().skip(1).take(12) {
        for second in middles.iter().skip(1).take(12) {
            spellings.push(format!("{first} contoso {second}"));
        }
    }
    spellings.extend(wholes);
    spellings
}

/// Parts of the constants that a text may have, longest first.
pub(super) fn parts(tests: &[Test]) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for test in tests {
        match test {
            Test::Text(TextTest::Matches, text) => {
                parts.extend(text.raw().split(['*', '?']).map(str::to_owned));
            }
            Test::Text(_, text) | Test::TextOf(text, _) => parts.push(text.raw().to_owned()),
            _ => {}
        }
    }
    parts.retain(|part| part.is_ascii() && part.len() > 1);
    parts.sort_by_key(|part| (std::cmp::Reverse(part.len()), part.clone()));
    parts.dedup();
    parts
}

/// A folded text with the parts as the tests spell them, an equal text.
pub(super) fn respelled(mut text: String, parts: &[String]) -> String {
    for part in parts {
        let folded = part.to_ascii_lowercase();
        let places: Vec<usize> = text.match_indices(&folded).map(|(at, _)| at).collect();
        for at in places {
            text.replace_range(at..at + part.len(), part);
        }
    }
    text
}

/// A text that fits a pattern.
fn of_pattern(pattern: &str, run: &str) -> String {
    let mut single = SINGLE.chars().cycle();
    let mut text = String::new();
    for c in pattern.chars() {
        match c {
            '*' => text.push_str(run),
            '?' => text.extend(single.next()),
            c => text.push(c),
        }
    }
    text
}

/// Texts about as long as a constant.
fn of_length(number: i128) -> Vec<String> {
    let Ok(length) = usize::try_from(number) else {
        return Vec::new();
    };
    if length > LONGEST {
        return Vec::new();
    }
    let around = [length.saturating_sub(1), length, length + 1];
    around
        .map(|length| "contoso-".chars().cycle().take(length).collect())
        .to_vec()
}
