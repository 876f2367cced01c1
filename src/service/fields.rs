//! Fields of work.
