//! Readers and writers of files.

pub mod archive;
