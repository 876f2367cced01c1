//! The HTML front door: pages made on the server, complete without a script.
//!
//! [`gate`] stands before every page: who asks (a cookie names the session), and whether a form
//! was ours. A page takes a [`session::Visitor`], calls one service and fills one template of
//! `templates/`; what all pages share is in [`page`] and [`forms`]. Words stand beside the page
//! that says them, in both languages ([`words`]).

#[macro_use]
mod words;

pub mod assets;
mod csrf;
pub mod errors;
pub mod forms;
pub mod gate;
pub mod labels;
pub mod page;
pub mod session;

mod account_forms;
mod account_page;
mod accounts;
mod api_client_page;
mod api_clients;
mod attachments;
mod basis;
mod briefings;
mod bulk;
mod calendar_days;
mod choices;
mod commitment_form;
mod commitment_requests;
mod contributions;
mod directory;
mod dissemination;
mod document_forms;
mod downloads;
mod drafts;
mod essays_form;
mod event_form;
mod event_page;
mod explanations;
mod field_form;
mod fields;
pub mod figures;
mod files_form;
mod first_steps;
mod import_about;
mod import_form;
mod import_report;
mod imports;
mod indicator_chart;
mod indicator_forms;
mod indicator_page;
mod indicator_value_forms;
mod indicators;
mod instruction_forms;
mod instructions;
mod integrity;
mod language;
mod login;
mod new_account;
mod new_api_client;
mod notifications;
mod obligations;
mod once;
mod overview;
mod password;
mod period_locks;
mod places;
mod posts;
mod praise_forms;
mod programme_page;
mod programmes;
mod proposals;
mod queue;
mod record_forms;
mod record_voiding;
mod report_form;
mod required_clears;
mod resolution_page;
mod resolution_tree;
mod resolutions;
mod review_diff;
mod review_diff_words;
mod review_forms;
mod review_freeze_forms;
mod review_lines;
mod review_page;
mod review_papers;
mod review_submissions;
mod reviews;
mod search;
mod secret;
mod self_verification;
mod six_clears;
mod task_decisions;
mod task_dialogue;
mod task_forms;
mod task_history;
mod task_list;
mod task_page;
mod task_place;
mod task_questions;
mod trend;
mod unit_event_form;
mod unit_events;
mod unit_group_form;
mod unit_groups;
mod unit_tables;
mod unsubscribe;
mod upload;

use actix_web::web::ServiceConfig;

/// Every page, one line per file.
pub fn configure(config: &mut ServiceConfig) {
    config
        .configure(assets::configure)
        .configure(language::configure)
        .configure(login::configure)
        .configure(password::configure)
        .configure(notifications::configure)
        .configure(unsubscribe::configure)
        .configure(overview::configure)
        .configure(explanations::configure)
        .configure(unit_tables::configure)
        .configure(trend::configure)
        .configure(briefings::configure)
        .configure(integrity::configure)
        .configure(places::configure)
        .configure(posts::configure)
        .configure(document_forms::configure)
        .configure(resolutions::configure)
        .configure(resolution_page::configure)
        .configure(indicators::configure)
        .configure(indicator_forms::configure)
        .configure(indicator_value_forms::configure)
        .configure(indicator_page::configure)
        .configure(of_reviews)
        .configure(search::configure)
        .configure(programmes::configure)
        .configure(dissemination::configure)
        .configure(event_form::configure)
        .configure(event_page::configure)
        .configure(essays_form::configure)
        .configure(praise_forms::configure)
        .configure(record_voiding::configure)
        .configure(programme_page::configure)
        .configure(six_clears::configure)
        .configure(task_list::configure)
        .configure(downloads::configure)
        .configure(queue::configure)
        .configure(drafts::configure)
        .configure(imports::configure)
        .configure(task_page::configure)
        .configure(report_form::configure)
        .configure(task_decisions::configure)
        .configure(commitment_form::configure)
        .configure(commitment_requests::configure)
        .configure(instructions::configure)
        .configure(instruction_forms::configure)
        .configure(proposals::configure)
        .configure(self_verification::configure)
        .configure(contributions::configure)
        .configure(attachments::configure)
        .configure(kept);
}

/// Pages of review rounds.
fn of_reviews(config: &mut ServiceConfig) {
    config
        .configure(reviews::configure)
        .configure(review_forms::configure)
        .configure(review_freeze_forms::configure)
        .configure(review_submissions::configure)
        .configure(review_papers::configure)
        .configure(review_diff::configure)
        .configure(review_page::configure);
}

/// Pages of what administrators keep.
fn kept(config: &mut ServiceConfig) {
    config
        .configure(directory::configure)
        .configure(unit_events::configure)
        .configure(unit_event_form::configure)
        .configure(unit_group_form::configure)
        .configure(unit_groups::configure)
        .configure(calendar_days::configure)
        .configure(required_clears::configure)
        .configure(period_locks::configure)
        .configure(accounts::configure)
        .configure(new_account::configure)
        .configure(account_page::configure)
        .configure(account_forms::configure)
        .configure(api_clients::configure)
        .configure(new_api_client::configure)
        .configure(api_client_page::configure);
}

/// Addresses that are no pages: programs ask there, and are answered by the API's rules.
const FOR_PROGRAMS: [&str; 5] = ["/api", "/docs", "/healthz", "/readyz", "/metrics"];

/// Whether an address is one for people: everything that is not known to be for programs.
pub fn is_page(path: &str) -> bool {
    let below = |known: &str| path.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    !FOR_PROGRAMS.iter().any(|known| below(known))
}

/// Whether a page is shown to everybody; all others want somebody who is signed in.
fn is_public(path: &str) -> bool {
    matches!(path, "/login" | "/language") || path.starts_with("/static/") || is_by_link(path)
}

/// Whether a page, and its form, are for whoever has the link that was sent in a mail: its token is the proof, so
/// the form needs no other, and may be sent by the reader's mail service (RFC 8058).
fn is_by_link(path: &str) -> bool {
    path == "/unsubscribe"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_for_programs_is_a_page() {
        for path in ["/", "/tasks", "/nothing", "/apis", "/docsy", "/healthzz", ""] {
            assert!(is_page(path), "{path}");
        }
        for path in ["/api", "/api/v1/tasks", "/api/v2/x", "/docs", "/docs/", "/healthz", "/readyz", "/metrics"] {
            assert!(!is_page(path), "{path}");
        }
        assert!(is_public("/login") && !is_public("/login/") && !is_public("/") && !is_public("/static"));
    }
}
