//! resolution-tracker: the system of record for carrying out a Party resolution.
//!
//! The map of the house (see `docs/ARCHITECTURE.md`): a request comes in at [`routes`], through a
//! front door ([`api`], [`web`]), to a [`service`], which asks the [`domain`] for the rule and the
//! [`store`] for the rows; what leaves is a [`view`].

pub mod api;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod domain;
pub mod error;
pub mod files;
pub mod jobs;
pub mod routes;
pub mod server;
pub mod service;
pub mod state;
pub mod store;
pub mod trace;
pub mod view;
pub mod web;
