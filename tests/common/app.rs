//! The application under test: the one the server builds, called without a socket.

use std::path::Path;
use std::rc::Rc;
use std::sync::atomic::{AtomicI64, Ordering};

use actix_web::dev::Service;
use actix_web::test::{self, TestRequest};
use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::LocalBoxFuture;
use resolution_tracker::clock::Clock;
use resolution_tracker::config::{Settings, SigningKey};
use resolution_tracker::db::{Connection, DatabaseUrl, migrations};
use resolution_tracker::domain::permission::Role;
use resolution_tracker::domain::{Moment, Reference};
use resolution_tracker::error::AppResult;
use resolution_tracker::server::{build_app, metrics};
use resolution_tracker::service::sessions::{self, Tokens};
use resolution_tracker::state::AppState;
use resolution_tracker::store;

use super::actor::Actor;
use super::database::{Database, Kind, connect};
use super::response::Response;
use super::smtp::Smtp;
use super::world::{self, On};

/// When every story begins: the morning of 2 October 2023 in Vietnam, the time of the sơ kết.
const BEGINNING: &str = "2023-10-02T03:00:00Z";

/// What the application knows, on this database, and the hand of its clock, which shows this time.
fn state(database: &DatabaseUrl, attachments: &Path, time: &str, settings: &str) -> (AppState, &'static AtomicI64) {
    let hand: &'static AtomicI64 = Box::leak(Box::default());
    set(hand, time);
    let settings = format!("pool_size = 4\nattachments_max_bytes = 65536\n{settings}");
    let mut settings = Settings::from_parts(&settings, |_| None).unwrap();
    settings.database_url = database.clone();
    settings.attachments_dir = Some(attachments.to_owned());
    let key = SigningKey::new(b"a key that only the tests may know".to_vec()).unwrap();
    (AppState::new(settings, key, Clock::manual(hand)), hand)
}

/// Sets a clock, to an RFC 3339 instant or to the morning of a day in Vietnam.
fn set(hand: &AtomicI64, time: &str) {
    let day = time.parse::<NaiveDate>().map(|day| day.and_hms_opt(3, 0, 0).unwrap().and_utc());
    let instant = day.unwrap_or_else(|_| time.parse().unwrap());
    hand.store(instant.timestamp_micros(), Ordering::SeqCst);
}

type Handler = Rc<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Response>>;

/// An application on a database of its own.
pub struct TestApp {
    pub state: AppState,
    hand: &'static AtomicI64,
    handler: Handler,
    // Dropped last: the database goes when nobody uses it any more.
    pub database: Rc<Database>,
}

impl TestApp {
    /// Starts on a new copy of the world.
    pub async fn start(kind: Kind) -> Self {
        Self::on(Rc::new(Database::with_world(kind)), BEGINNING).await
    }

    /// Starts on a migrated database with nothing in it, at this time.
    pub async fn start_empty(kind: Kind, time: &str) -> Self {
        let database = Database::empty(kind);
        migrations::run(&mut database.connect()).unwrap();
        Self::on(Rc::new(database), time).await
    }

    /// A second instance on the same database, with a clock of its own that shows the same time.
    pub async fn second_instance(&self) -> Self {
        Self::on(Rc::clone(&self.database), &self.now().to_rfc3339()).await
    }

    /// Starts on a database as it stands, at this time.
    pub async fn start_on(database: Database, time: &str) -> Self {
        Self::on(Rc::new(database), time).await
    }

    /// A second instance on the same database, which sends mail by this server.
    pub async fn mailing(&self, server: &Smtp) -> Self {
        let mail = format!(
            "public_url = \"http://tracker.example\"\nmail_from = \"Văn phòng Tỉnh ủy <vp@tinh.example>\"\nsmtp_url = \"smtp://127.0.0.1:{}\"",
            server.port
        );
        Self::with(Rc::clone(&self.database), &self.now().to_rfc3339(), &mail).await
    }

    async fn on(database: Rc<Database>, time: &str) -> Self {
        Self::with(database, time, "").await
    }

    async fn with(database: Rc<Database>, time: &str, settings: &str) -> Self {
        let (state, hand) = state(&database.url, database.attachments(), time, settings);
        let service = Rc::new(test::init_service(build_app(state.clone(), metrics().unwrap())).await);
        let handler: Handler = Rc::new(move |request: TestRequest| {
            let service = Rc::clone(&service);
            Box::pin(async move {
                match service.call(request.to_request()).await {
                    Ok(answer) => Response::read(answer.into_parts().1).await,
                    Err(error) => Response::read(error.error_response()).await,
                }
            })
        });
        Self { state, hand, handler, database }
    }

    /// Starts on a copy of what `load` makes of a migrated database with nothing in it, at this time.
    /// It runs once for all that give it this name.
    pub async fn start_loaded(kind: Kind, name: &str, time: &str, load: impl FnOnce(&AppState)) -> Self {
        let database = Database::copy_of(kind, &format!("{name} {time}"), |url, attachments| {
            migrations::run(&mut connect(url)).unwrap();
            load(&state(url, attachments, time, "").0);
        });
        Self::start_on(database, time).await
    }

    /// Sets the clock, to an RFC 3339 instant or to the morning of a day in Vietnam.
    pub fn set_time(&self, time: &str) {
        set(self.hand, time);
    }

    /// Moves the clock forward.
    pub fn pass(&self, seconds: i64) {
        self.hand.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// What the clock shows.
    pub fn now(&self) -> DateTime<Utc> {
        self.state.moment().instant
    }

    /// Keeps the accounts and the directory of `hg`.
    pub fn admin(&self) -> Actor<'_> {
        self.account("admin")
    }

    /// Another account of the focal office: enters for units, so that `office` can verify.
    pub fn entry(&self) -> Actor<'_> {
        self.account("office-entry")
    }

    /// The focal office of `hg`; verifies for Văn phòng Tỉnh ủy.
    pub fn office(&self) -> Actor<'_> {
        self.account("office")
    }

    /// A leader of `hg`.
    pub fn leader(&self) -> Actor<'_> {
        self.account("leader")
    }

    /// An inspector of `hg`.
    pub fn inspector(&self) -> Actor<'_> {
        self.account("inspector")
    }

    /// Somebody who may do everything, in another province.
    pub fn outsider(&self) -> Actor<'_> {
        self.account("outsider")
    }

    /// A reporter of this unit, with the user name `r-<unit>`; made on first use.
    pub fn reporter(&self, unit: &str) -> Actor<'_> {
        let username: String = format!("r-{unit}").chars().take(60).collect();
        let name = username.clone();
        self.db(|conn, _| match store::users::find_by_username(conn, &name)? {
            Some(user) => Ok(user),
            None => world::db_account(conn, &name, &[(Role::Reporter, On::Unit(unit))]),
        });
        self.account(&username)
    }

    /// An account that exists, with a session opened past the password.
    pub fn account(&self, username: &str) -> Actor<'_> {
        Actor::signed_in(self, username)
    }

    /// An account with exactly these grants, made on the spot.
    pub fn account_with(&self, username: &str, grants: &[(Role, On<'_>)]) -> Actor<'_> {
        self.db(|conn, _| world::db_account(conn, username, grants));
        self.account(username)
    }

    /// Nobody: no token.
    pub fn anonymous(&self) -> Actor<'_> {
        Actor::with_token(self, None)
    }

    /// Whoever holds this access token, which is never renewed.
    pub fn holder(&self, token: &str) -> Actor<'_> {
        Actor::with_token(self, Some(token.to_owned()))
    }

    /// Signs in with [`world::PASSWORD`], the long way: `auth/login`.
    pub async fn login(&self, username: &str) -> Actor<'_> {
        let body = serde_json::json!({"username": username, "password": world::PASSWORD});
        let answer = self.anonymous().post("auth/login", body).await.expect(200);
        self.holder(answer.json["access_token"].as_str().unwrap())
    }

    /// Opens a session for an account, past its password.
    pub fn db_session(&self, username: &str) -> Tokens {
        let key = self.state.signing_key().clone();
        self.db(|conn, at| {
            let user = store::users::find_by_username(conn, username)?;
            sessions::open(conn, &user.unwrap_or_else(|| panic!("no account {username:?}")), &key, at)
        })
    }

    /// Works on the database directly, in one transaction.
    #[track_caller]
    pub fn db<T>(&self, work: impl FnOnce(&mut Connection, &Moment) -> AppResult<T>) -> T {
        self.state.write_now(work).unwrap()
    }

    /// Runs one SQL statement; answers how many rows it touched.
    #[track_caller]
    pub fn db_sql(&self, sql: &str) -> usize {
        use diesel::RunQueryDsl;
        self.db(|conn, _| Ok(diesel::sql_query(sql).execute(conn)?))
    }

    /// The id of a unit, by its code.
    pub fn unit(&self, code: &str) -> String {
        let reference = Reference::Code(code.to_owned());
        self.db(|conn, _| Ok(store::units::find_by(conn, &reference)?.map(|unit| unit.id.to_string()))).unwrap()
    }

    /// The id of an area, by its code.
    pub fn area(&self, code: &str) -> String {
        let reference = Reference::Code(code.to_owned());
        self.db(|conn, _| Ok(store::areas::find_by(conn, &reference)?.map(|area| area.id.to_string()))).unwrap()
    }

    /// How many events the journal holds: the same before and after means nothing was written.
    pub fn position(&self) -> i64 {
        self.db(|conn, _| Ok(store::events::position(conn)?))
    }

    pub(super) fn call(&self, request: TestRequest) -> LocalBoxFuture<'static, Response> {
        (self.handler)(request)
    }
}
