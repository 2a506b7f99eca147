//! The language of the person at the terminal.

use std::env;

/// From `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set: `zh_TW.UTF-8` is `zh-TW`; none for `C` and `POSIX`.
pub fn of_environment() -> Option<String> {
    let value = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|it| !it.is_empty()))?;
    let name = value
        .split(['.', '@'])
        .next()
        .unwrap_or("")
        .replace('_', "-");
    (!matches!(name.as_str(), "" | "C" | "POSIX")).then_some(name)
}
