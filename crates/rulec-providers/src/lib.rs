//! The only door outside: files, folders and zips; later processes and network.
//!
//! What the bytes mean is decided in `rulec-artefacts` and `rulec-facts`.

pub mod case_file;
pub mod case_folder;
mod files;
