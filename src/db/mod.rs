//! Plumbing under every query: connections, pools, transactions, migrations, types.
//!
//! Nothing here knows what a task is. Every fork on an open connection is in [`dialect`];
//! [`connection`] and [`pool`] choose by the URL; everybody else writes one query for both.

pub mod connection;
pub mod dialect;
pub mod freshness;
pub mod migrations;
pub mod pool;
pub mod rows;
pub mod schema;
pub mod statements;
pub mod transaction;
pub mod types;

pub use connection::{AnyConnection as Connection, DatabaseUrl};
