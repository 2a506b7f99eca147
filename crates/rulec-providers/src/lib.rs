//! rulec-providers
