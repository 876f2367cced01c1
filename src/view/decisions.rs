//! Decisions about tasks.
