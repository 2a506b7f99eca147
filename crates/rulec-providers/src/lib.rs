//! The only door outside: files, folders and zips, and the network of [`azure`]; later processes and Windows itself.
//!
//! What the bytes mean is decided in `rulec-artefacts` and `rulec-facts`.

pub mod azure;
pub mod case_file;
pub mod case_folder;
pub mod case_output;
pub mod clock;
mod files;
