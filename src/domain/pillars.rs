//! Pillars.
