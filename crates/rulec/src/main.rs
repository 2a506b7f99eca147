//! The `rulec` binary.
fn main() {}
