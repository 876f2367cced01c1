//! Programmes.
