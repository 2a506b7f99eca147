//! Times: RFC 3339 to nanoseconds since 1970 and back (clause T2).
//!
//! By hand, because sums may lie outside the years 0..9999 and must still be exact; no library at hand has both year 0
//! and such sums. The calendar is the proleptic Gregorian one.

use super::quoted;

const SECOND: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * SECOND;

/// Nanoseconds since 1970-01-01T00:00:00Z of an RFC 3339 time, or of a date alone (00:00Z).
///
/// `T` and `Z` may be in lower case, a blank may stand for the `T`; `:60` is the next second; digits of the fraction after
/// the ninth are dropped. The result lies in the years 0..9999.
///
/// # Errors
/// Another shape, a date or an hour that does not exist, no offset, or a year outside 0..9999 after the offset is applied.
pub fn time(text: &str) -> Result<i128, String> {
    let mut rest = Rest(text.as_bytes());
    let value = read(&mut rest).ok_or_else(|| {
        format!(
            "{} is not a time: write `2026-11-01` or `2026-11-01T08:30:00Z`",
            quoted(text)
        )
    })?;
    let value = value.map_err(|what| format!("{what} in the time {}", quoted(text)))?;
    let first = days_from_civil(0, 1, 1) * DAY;
    let end = days_from_civil(10_000, 1, 1) * DAY;
    if value < first || value >= end {
        return Err(format!(
            "the time {} lies outside the years 0 to 9999",
            quoted(text)
        ));
    }
    Ok(value)
}

/// What is left of the text.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take(&mut self, accept: impl Fn(u8) -> bool) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if !accept(*first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }

    fn one(&mut self, wanted: &[u8]) -> Option<u8> {
        self.take(|byte| wanted.contains(&byte))
    }

    /// Exactly that many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let mut value = 0;
        for _ in 0..digits {
            value = value * 10 + i64::from(self.take(|byte| byte.is_ascii_digit())? - b'0');
        }
        Some(value)
    }
}

/// None: the shape is wrong. Err: something in it does not exist.
fn read(rest: &mut Rest<'_>) -> Option<Result<i128, String>> {
    let year = rest.number(4)?;
    rest.one(b"-")?;
    let month = rest.number(2)?;
    rest.one(b"-")?;
    let day = rest.number(2)?;
    if !(1..=12).contains(&month) || day < 1 || day > days_of(year, month) {
        return Some(Err(format!("there is no day {month:02}-{day:02}")));
    }
    let date = days_from_civil(year, month, day) * DAY;
    if rest.0.is_empty() {
        return Some(Ok(date));
    }
    rest.one(b"Tt ")?;
    let hour = rest.number(2)?;
    rest.one(b":")?;
    let minute = rest.number(2)?;
    rest.one(b":")?;
    let second = rest.number(2)?;
    let fraction = read_fraction(rest)?;
    let offset = read_offset(rest)?;
    if !rest.0.is_empty() {
        return None;
    }
    if hour > 23 || minute > 59 || second > 60 {
        return Some(Err(format!(
            "there is no {hour:02}:{minute:02}:{second:02}"
        )));
    }
    let seconds = i128::from(hour * 3600 + minute * 60 + second);
    Some(offset.map(|offset| date + (seconds - offset) * SECOND + fraction))
}

/// Nanoseconds after the second; digits after the ninth are dropped.
fn read_fraction(rest: &mut Rest<'_>) -> Option<i128> {
    if rest.one(b".").is_none() {
        return Some(0);
    }
    let mut value = 0;
    let mut weight = SECOND;
    let mut digits = 0;
    while let Some(digit) = rest.take(|byte| byte.is_ascii_digit()) {
        weight /= 10;
        value += i128::from(digit - b'0') * weight;
        digits += 1;
    }
    (digits > 0).then_some(value)
}

/// Seconds east of Greenwich.
fn read_offset(rest: &mut Rest<'_>) -> Option<Result<i128, String>> {
    let sign = match rest.one(b"Zz+-")? {
        b'+' => 1,
        b'-' => -1,
        _ => return Some(Ok(0)),
    };
    let hour = rest.number(2)?;
    rest.one(b":")?;
    let minute = rest.number(2)?;
    if hour > 23 || minute > 59 {
        return Some(Err(format!("there is no offset {hour:02}:{minute:02}")));
    }
    Some(Ok(i128::from(sign * (hour * 3600 + minute * 60))))
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar; month 1..=12, day 1..=31.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i128 {
    // Years begin in March, so that a leap day is the last day of its year.
    let year = i128::from(if month <= 2 { year - 1 } else { year });
    let (month, day) = (i128::from(month), i128::from(day));
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// RFC 3339 with `Z`, as many digits of a fraction as are needed; years outside 0..9999 with a sign and more digits.
pub fn time_text(nanoseconds: i128) -> String {
    let days = nanoseconds.div_euclid(DAY) + 719_468;
    let of_day = nanoseconds.rem_euclid(DAY);
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i128::from(month <= 2);
    let seconds = of_day / SECOND;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let year = match year {
        0..=9999 => format!("{year:04}"),
        _ => format!("{year:+05}"),
    };
    let fraction = match of_day % SECOND {
        0 => String::new(),
        part => format!(".{part:09}").trim_end_matches('0').to_owned(),
    };
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}
