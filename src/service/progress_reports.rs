//! Progress reports.
