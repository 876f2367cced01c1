//! Terms of office.
