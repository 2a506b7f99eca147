//! How large the comparison is; shared with the build script.

/// Seeds of rules and cases.
pub const SEEDS: [u64; 3] = [7, 8, 9];
/// Rules of each.
pub const RULES: usize = 1_000;
