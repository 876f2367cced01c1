//! Review rounds.
