//! rulec-prove
