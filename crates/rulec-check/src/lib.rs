//! rulec-check
