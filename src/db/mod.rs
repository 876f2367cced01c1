//! Plumbing under every query: connections, pools, transactions, migrations, types.
//!
//! Nothing here knows what a task is. Every place where the two databases differ is in
//! [`dialect`]; everybody else writes one query for both.

pub mod connection;
pub mod dialect;
pub mod migrations;
pub mod pool;
pub mod schema;
pub mod transaction;
pub mod types;

pub use connection::{AnyConnection as Connection, DatabaseUrl};
