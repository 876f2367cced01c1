//! Changes of commitments.
