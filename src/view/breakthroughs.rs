//! Breakthroughs.
