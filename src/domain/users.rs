//! Accounts and grants.
