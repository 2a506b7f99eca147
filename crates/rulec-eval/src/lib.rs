//! rulec-eval
