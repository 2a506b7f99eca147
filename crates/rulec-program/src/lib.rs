//! rulec-program
