//! The only door outside: files, folders and zips, the network of [`azure`], the machine of [`mod@windows`], and the processes of [`plugin`].
//!
//! What the bytes mean is decided in `rulec-artefacts` and `rulec-facts`.

pub mod answered;
pub mod azure;
pub mod case_file;
pub mod case_folder;
pub mod case_output;
pub mod clock;
mod files;
pub mod gather;
pub mod plugin;
pub mod recording;
pub mod windows;
