//! rulec-facts
