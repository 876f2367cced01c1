//! What every story stands on: an application of its own, on a database of its own, with a small
//! world in it, a clock that is set by hand, and actors who ask.

mod actor;
mod app;
mod browser;
pub mod database;
mod response;
pub mod smtp;
pub mod world;

pub use actor::{Actor, Call};
pub use app::TestApp;
pub use browser::{Browser, hidden};
pub use database::{Database, Kind, connect};
pub use response::Response;

/// Makes two tests of each story, `name::sqlite` and `name::postgres`.
///
/// A story is an `async fn(app: TestApp)`. One that is not listed here is dead code, which fails
/// the lints.
macro_rules! on_both_databases {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            use crate::common::{Kind, TestApp};

            #[actix_web::test]
            async fn sqlite() {
                super::$story(TestApp::start(Kind::Sqlite).await).await;
            }

            #[actix_web::test]
            async fn postgres() {
                super::$story(TestApp::start(Kind::Postgres).await).await;
            }
        }
    )+};
}
pub(crate) use on_both_databases;
