//! Whether a plain number in a sentence is told as a code, or counts, measures or numbers something else.
//!
//! Looks at the words right around it only, so that scanning stays linear.

use std::ops::Range;

/// Words after which a number is no code: places, sizes, versions, and protocols whose replies are numbers of their own kind.
const OTHERS: [&str; 34] = [
    "udp", "tcp", "port", "ports", "build", "version", "kb", "event", "eventid", "size", "mss",
    "mtu", "window", "room", "page", "line", "flight", "route", "ticket", "issue", "rfc", "smtp",
    "esmtp", "sip", "ftp", "imap", "pop3", "nntp", "rtsp", "ldap", "sql", "pid", "model", "reply",
];

/// Words that say that a number is a code, folded, in the languages in which messages come. A word of four letters and more may go on
/// (`errors`, `Fehlercode`, `hibakód`).
const CODE_WORDS: [&str; 38] = [
    "error",
    "code",
    "errno",
    "fail",
    "failed",
    "failure",
    "status",
    "reason",
    "result",
    "rasdial",
    "rasclient",
    "fehler",
    "fehlercode",
    "erreur",
    "errore",
    "codice",
    "erro",
    "código",
    "codigo",
    "fout",
    "foutcode",
    "fel",
    "felkod",
    "felkoden",
    "błąd",
    "błędu",
    "kod",
    "kód",
    "chyba",
    "chybový",
    "hiba",
    "hibakód",
    "hata",
    "kodu",
    "ошибк",
    "ошибка",
    "сбой",
    "код",
];

/// The same where no blanks stand between words.
const CODE_SIGNS: [&str; 11] = [
    "エラー",
    "コード",
    "오류",
    "코드",
    "错误",
    "錯誤",
    "代码",
    "代碼",
    "碼",
    "碼為",
    "에러",
];

/// Words after a code that count nothing.
const AFTER: [&str; 10] = [
    "when", "while", "whenever", "after", "again", "if", "every", "als", "wenn", "quando",
];

/// Bytes and words before and behind a number that tell what it is.
const BEFORE: usize = 64;
const BEHIND: usize = 32;
const WORDS_BEFORE: usize = 5;
const WORDS_BEHIND: usize = 2;

/// The number at `range` is told as a code; `before` is the word before it.
pub(super) fn is_code(text: &str, range: &Range<usize>, before: &str) -> bool {
    let other = OTHERS.iter().any(|word| before.eq_ignore_ascii_case(word));
    let head = text.get(..range.start).unwrap_or_default();
    let tail = text.get(range.end..).unwrap_or_default();
    let money = |c: char| matches!(c, '$' | '€' | '£' | '¥');
    if other || head.trim_end().ends_with(money) || tail.trim_start().starts_with(money) {
        return false;
    }
    if before.eq_ignore_ascii_case("vpn") {
        return true;
    }
    // A word on the same line; the next line is another matter.
    let next = tail.trim_start_matches([' ', '\t', '\u{a0}']);
    if !next.starts_with(char::is_alphabetic) {
        return true;
    }
    let word = next.split(|c: char| !c.is_alphabetic()).next();
    if word.is_some_and(|it| AFTER.iter().any(|after| it.eq_ignore_ascii_case(after))) {
        return true;
    }
    let start = border(head, head.len().saturating_sub(BEFORE));
    let head = head.get(start..).unwrap_or_default();
    let tail = tail.get(..border(tail, BEHIND)).unwrap_or_default();
    let sign = |part: &str| CODE_SIGNS.iter().any(|sign| part.contains(sign));
    sign(head)
        || sign(tail)
        || words_of(head).rev().take(WORDS_BEFORE).any(is_code_word)
        || words_of(tail).take(WORDS_BEHIND).any(is_code_word)
}

fn words_of(part: &str) -> impl DoubleEndedIterator<Item = &str> {
    let words = part.split(|c: char| !c.is_alphabetic());
    words.filter(|it| !it.is_empty())
}

fn is_code_word(word: &str) -> bool {
    let word = word.to_lowercase();
    let mut known = CODE_WORDS.iter();
    known.any(|known| word == *known || known.len() > 3 && word.starts_with(*known))
}

/// The last border between characters at or before a byte: where a text may be cut.
pub fn border(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (at.saturating_sub(3)..=at)
        .rev()
        .find(|it| text.is_char_boundary(*it))
        .unwrap_or(0)
}
