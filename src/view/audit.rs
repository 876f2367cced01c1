//! Events of the journal.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::domain::{Id, Origin};
use crate::store::events::Event;

/// One event: who did what to which thing, when, and how it stood before and after.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventView {
    /// Its place in the one order of all events, without gaps.
    #[schema(example = 1042)]
    pub position: i64,
    pub id: Id,
    pub recorded_at: DateTime<Utc>,
    pub actor: EventActor,
    /// Noun and verb.
    #[schema(example = "unit.changed")]
    pub action: String,
    pub subject: AuditSubject,
    /// How it stood before; `null` for what came into being. An object, or the one word that changed.
    #[schema(value_type = Value)]
    pub before: Option<Value>,
    /// How it stood afterwards, in the same form.
    #[schema(value_type = Value)]
    pub after: Option<Value>,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// Whether a person or a system said it then, or an import or the demo later.
    pub origin: Origin,
    /// The trace of the request it came with.
    pub request_id: Option<String>,
    /// SHA-256 over the event and the hash of the one before.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub hash: String,
}

/// Who acted.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventActor {
    /// The account; `null` for the system itself, such as the command line.
    pub id: Option<Id>,
    /// Its user name at the time.
    #[schema(example = "admin")]
    pub name: String,
}

/// What was acted on.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditSubject {
    #[schema(example = "unit")]
    pub kind: String,
    pub id: Id,
}

impl From<Event> for EventView {
    fn from(event: Event) -> Self {
        let Event { position, id, recorded_at, actor_id, actor, action, subject_kind, subject_id, .. } = event;
        let json = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok()).filter(|json: &Value| !json.is_null());
        Self {
            position,
            id,
            recorded_at: recorded_at.and_utc(),
            actor: EventActor { id: actor_id, name: actor },
            action,
            subject: AuditSubject { kind: subject_kind, id: subject_id },
            before: json(event.state_before),
            after: json(event.state_after),
            reason: event.reason,
            origin: event.origin,
            request_id: event.request_id,
            hash: event.hash,
        }
    }
}
