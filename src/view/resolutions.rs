//! Resolutions.
