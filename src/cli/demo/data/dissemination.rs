//! `demo/dissemination.toml`.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::commendations::{CommendationForm, CommendationLevel};
use crate::domain::dissemination_events::{AudienceDraft, EventFormat, EventKind, EventLevel, EventState, SiteDraft};
use crate::domain::essays::EssaysDraft;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dissemination {
    pub event: Vec<Event>,
    #[serde(default)]
    pub good_practice: Vec<GoodPractice>,
    #[serde(default)]
    pub commendation: Vec<Commendation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub title: String,
    pub resolution: Option<String>,
    pub programme: Option<String>,
    pub plan: Option<String>,
    pub kind: EventKind,
    pub level: EventLevel,
    pub host: Option<String>,
    pub host_text: Option<String>,
    pub state: EventState,
    pub held_on: Option<String>,
    pub duration: Option<String>,
    #[serde(default)]
    pub formats: Vec<EventFormat>,
    #[serde(default)]
    pub is_first: bool,
    pub site_count: Option<i32>,
    #[serde(default)]
    pub sites: Vec<SiteDraft>,
    pub attendance: Option<String>,
    /// Codes of posts.
    #[serde(default)]
    pub presenters: Vec<String>,
    #[serde(default)]
    pub audiences: Vec<AudienceDraft>,
    pub essays: Option<EssaysDraft>,
    pub source: String,
    pub certainty: String,
    pub recorded_on: NaiveDate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoodPractice {
    pub title: String,
    pub description: Option<String>,
    pub owner_unit: String,
    pub programme: Option<String>,
    pub recurring: Option<String>,
    pub source: String,
    pub certainty: String,
    pub recorded_on: NaiveDate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commendation {
    pub programme: String,
    pub level: CommendationLevel,
    pub form: CommendationForm,
    pub awarding_unit: Option<String>,
    pub awarding_text: Option<String>,
    pub collectives: i32,
    pub individuals: i32,
    pub reason: Option<String>,
    pub source: String,
    pub certainty: String,
    pub recorded_on: NaiveDate,
}
