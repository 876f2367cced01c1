//! Mail to people, minute by minute while the service runs: plans what a day owes, and sends what waits.
//!
//! Several instances may do this at once: a day is planned by one of them, and a mail is taken by one of them.

use std::time::Duration;

use actix_web::rt;
use tokio::sync::watch;

use super::mail::deliver;
use crate::domain::Id;
use crate::domain::mail::{Delivery, Letter, MailSettings};
use crate::domain::notifications::letters::framed;
use crate::error::{AppError, AppResult};
use crate::service::notifications::sending::{self, Taken};
use crate::service::notifications::{planning, tokens};
use crate::state::AppState;

/// How often it is looked whether anything is to be done.
const EVERY: Duration = Duration::from_secs(60);
/// How long the letter that is just being handed over may take when the service stops.
const LAST_LETTER: Duration = Duration::from_secs(8);

/// The work, until it is told to stop.
pub struct Reminders {
    stop: watch::Sender<bool>,
    work: rt::task::JoinHandle<()>,
}

/// Begins; does nothing where no mail server is configured.
pub fn start(state: AppState) -> Reminders {
    let (stop, stopped) = watch::channel(false);
    Reminders { stop, work: rt::spawn(run(state, stopped)) }
}

impl Reminders {
    /// Ends, after the letter that is just being handed over.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        if rt::time::timeout(LAST_LETTER, self.work).await.is_err() {
            tracing::warn!("a mail was being handed over when the service stopped; it will be called unsure");
        }
    }
}

async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    if state.settings().mail.is_none() {
        return;
    }
    while !*stopped.borrow() {
        if let Err(error) = tick(&state, &stopped).await {
            tracing::warn!(error = ?error, "mail is not planned or sent for now; it is tried again in a minute");
        }
        let _ = rt::time::timeout(EVERY, stopped.wait_for(|stopped| *stopped)).await;
    }
}

/// Does once what is to be done now: plans the day if nobody has, gives up on what was lost, and sends what waits,
/// outside quiet hours, until `stopped`.
///
/// # Errors
/// The database's.
pub async fn tick(state: &AppState, stopped: &watch::Receiver<bool>) -> AppResult<()> {
    let Some(mail) = state.settings().mail.clone() else { return Ok(()) };
    // What waits is sent even if the day cannot be planned.
    let planned = plan(state).await;
    send_waiting(state, &mail, stopped).await?;
    planned
}

/// Plans the day, if nobody has. Nothing is written otherwise: whatever is remembered is good until then.
async fn plan(state: &AppState) -> AppResult<()> {
    if state.read(planning::is_due).await? {
        let queued = state.write(planning::plan).await?;
        tracing::info!(queued, "planned the mail of the day");
    }
    Ok(())
}

/// Gives up on what was lost, and sends what waits.
async fn send_waiting(state: &AppState, mail: &MailSettings, stopped: &watch::Receiver<bool>) -> AppResult<()> {
    if state.read(sending::any_lost).await? {
        let lost = state.write(sending::give_up_lost).await?;
        tracing::warn!(lost, "mails that may have been sent are not sent again: see `mail status`");
    }
    if mail.quiet.cover(state.moment().instant) {
        return Ok(());
    }
    for id in state.read(sending::waiting).await? {
        // One server is behind all of them: who does not let us in now will not let the others in either.
        if *stopped.borrow() || !send(state, mail, id).await? {
            break;
        }
    }
    Ok(())
}

/// Takes a mail, hands it over, and keeps what became of it. Says whether the server could be reached.
async fn send(state: &AppState, mail: &MailSettings, id: Id) -> AppResult<bool> {
    let Some(taken) = state.write(move |conn, at| sending::take(conn, id, at)).await? else { return Ok(true) };
    let letter = letter(state, mail, &taken);
    let (settings, now) = (mail.clone(), state.moment().instant);
    let handed_over = rt::task::spawn_blocking(move || deliver(&settings, &letter, now)).await;
    let delivery = handed_over.map_err(AppError::internal)?;
    let reached = !matches!(delivery, Delivery::NotReached(_));
    let kind = taken.kind;
    let (settled, told) = (taken, delivery.clone());
    let stands = state.write(move |conn, at| sending::settle(conn, &settled, &told, at)).await?;
    match delivery {
        Delivery::Accepted => tracing::debug!(%id, %kind, "mail sent"),
        other => tracing::warn!(%id, %kind, %stands, outcome = ?other, "mail not sent"),
    }
    Ok(reached)
}

fn letter(state: &AppState, mail: &MailSettings, taken: &Taken) -> Letter {
    let token = tokens::token(state.signing_key(), taken.user, taken.kind);
    let unsubscribe = format!("{}/unsubscribe?token={token}", mail.site);
    Letter {
        id: taken.id.to_string(),
        to_name: taken.name.clone(),
        to: taken.address.clone(),
        subject: taken.content.subject.clone(),
        body: framed(&taken.name, &taken.content, taken.kind, &mail.site, &unsubscribe),
        unsubscribe: Some(unsubscribe),
    }
}
