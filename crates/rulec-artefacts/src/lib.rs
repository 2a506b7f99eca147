//! Bytes that customers send, turned into answers. No I/O; each reader can be fuzzed alone.

pub mod arm_json;
