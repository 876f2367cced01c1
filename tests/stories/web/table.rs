//! Who may see or send what, page by page.

use std::collections::BTreeMap;

const SIGNED_IN: &str = "admin office leader reporter neighbour inspector integration";
const READERS: &str = "admin office leader reporter neighbour inspector";
const READERS_OF_OWN: &str = "admin office leader reporter inspector";
const READERS_OF_ALL: &str = "admin office leader inspector";

/// Who may see or send what. Public are the form to sign in, the choice of language and static files.
#[rustfmt::skip]
const TABLE: &[(&str, &[&str])] = &[
    ("public", &["GET /login", "POST /login", "GET /language", "GET /static/{file}", "GET /unsubscribe", "POST /unsubscribe"]),
    (SIGNED_IN, &["POST /sign-out", "GET /password", "POST /password", "GET /notifications", "POST /notifications"]),
    (READERS, &["GET /", "GET /resolutions", "GET /resolutions/{resolution}", "GET /search", "GET /six-clears", "GET /tasks", "GET /tasks/{task}/decision", "GET /tasks/{task}/commitment-changes", "GET /tasks/{task}/commitment-requests", "GET /commitment-requests", "GET /instructions", "GET /proposals", "GET /unit-events"]),
    (READERS, &["GET /tasks.xlsx", "GET /tasks.csv", "GET /programmes", "GET /resolutions/{resolution}/dissemination", "GET /programmes/{programme}"]),
    (READERS_OF_OWN, &["GET /dissemination-events/{event}"]),
    (READERS, &["GET /indicators", "GET /indicators/{indicator}"]),
    ("admin office", &[
        "GET /indicators/new", "POST /indicators", "GET /indicators/{indicator}/change", "POST /indicators/{indicator}/change",
        "GET /indicators/{indicator}/voiding", "POST /indicators/{indicator}/voiding", "GET /indicators/{indicator}/targets/new",
        "POST /indicators/{indicator}/targets", "GET /indicators/{indicator}/assessments/new", "POST /indicators/{indicator}/assessments",
    ]),
    ("office reporter", &["GET /indicators/{indicator}/values/new", "POST /indicators/{indicator}/values"]),
    ("office", &["GET /indicators/{indicator}/values/{period}/verification", "POST /indicators/{indicator}/values/{period}/verification"]),
    (READERS, &["GET /reviews", "GET /reviews/{review}"]),
    (READERS_OF_ALL, &["GET /reviews/{review}/report.docx", "GET /reviews/{review}/report.xlsx", "GET /reviews/{review}/diff"]),
    (READERS_OF_OWN, &["GET /reviews/{review}/submissions/{unit}"]),
    ("admin office", &[
        "GET /reviews/new", "POST /reviews", "GET /reviews/{review}/change", "POST /reviews/{review}/change",
        "GET /reviews/{review}/decision", "POST /reviews/{review}/decision", "GET /reviews/{review}/freeze", "POST /reviews/{review}/freeze",
        "GET /reviews/{review}/errata/new", "POST /reviews/{review}/errata",
    ]),
    ("leader", &["GET /reviews/{review}/approval", "POST /reviews/{review}/approval"]),
    ("office reporter", &["GET /reviews/{review}/submissions/{unit}/report", "POST /reviews/{review}/submissions/{unit}/report"]),
    ("office", &["GET /reviews/{review}/submissions/{unit}/verification", "POST /reviews/{review}/submissions/{unit}/verification"]),
    (READERS, &["GET /directory", "GET /explain", "GET /statistics", "GET /late", "GET /silent", "GET /loops", "GET /ranking", "GET /trend", "GET /calendar-days", "GET /unit-groups", "GET /unit-groups/{group}", "GET /period-locks"]),
    ("admin office", &["GET /resolutions/new", "POST /resolutions", "GET /programmes/new", "POST /programmes"]),
    ("admin office", &["GET /good-practices/new", "POST /good-practices", "GET /commendations/new", "POST /commendations"]),
    ("admin office", &[
        "GET /good-practices/{practice}/voiding", "POST /good-practices/{practice}/voiding", "GET /commendations/{commendation}/voiding",
        "POST /commendations/{commendation}/voiding", "GET /dissemination-events/{event}/voiding", "POST /dissemination-events/{event}/voiding",
    ]),
    ("admin", &["GET /calendar-days/entry", "POST /calendar-days", "GET /calendar-days/voiding", "POST /calendar-days/voiding"]),
    ("admin", &["GET /unit-groups/new", "POST /unit-groups", "GET /unit-groups/{group}/change", "POST /unit-groups/{group}"]),
    ("admin", &["GET /unit-groups/{group}/voiding", "POST /unit-groups/{group}/voiding"]),
    ("admin", &["GET /areas/{area}/required-clears", "POST /areas/{area}/required-clears"]),
    ("admin", &["GET /units/{unit}/posts/new", "POST /units/{unit}/posts", "GET /posts/{post}", "POST /posts/{post}"]),
    ("admin", &["GET /unit-events/new", "POST /unit-events", "GET /unit-events/{event}/voiding", "POST /unit-events/{event}/voiding"]),
    ("admin office", &["GET /dissemination-events/new", "POST /dissemination-events", "POST /dissemination-events/{event}/essays"]),
    (READERS, &["GET /import/templates/{kind}.xlsx"]),
    (READERS_OF_OWN, &["GET /units/{unit}", "GET /briefings/{unit}"]),
    (READERS_OF_ALL, &["GET /areas/{area}", "GET /integrity"]),
    (READERS_OF_OWN, &["GET /tasks/{task}", "GET /attachments/{attachment}/content"]),
    ("office reporter", &["GET /attachments/{attachment}/voiding", "POST /attachments/{attachment}/voiding", "GET /tasks/{task}/contributions", "POST /tasks/{task}/contributions", "POST /tasks/{task}", "POST /tasks/{task}/commitment-requests"]),
    // Its form names the request.
    ("office reporter neighbour", &["POST /commitment-requests/withdrawal"]),
    ("office leader", &[
        "POST /commitment-requests/decision", "GET /tasks/{task}/instructions", "POST /tasks/{task}/instructions",
        "GET /instructions/{instruction}/closing", "POST /instructions/{instruction}/closing",
        "GET /instructions/{instruction}/withdrawal", "POST /instructions/{instruction}/withdrawal",
        "GET /proposals/{proposal}/answer", "POST /proposals/{proposal}/answer",
    ]),
    ("office reporter", &["GET /instructions/{instruction}/answer", "POST /instructions/{instruction}/answer", "GET /proposals/{proposal}/withdrawal", "POST /proposals/{proposal}/withdrawal"]),
    ("admin office", &["POST /tasks/{task}/decision", "GET /drafts", "POST /drafts", "GET /import", "POST /import"]),
    ("office", &["GET /queue", "POST /queue", "POST /tasks/{task}/commitment-changes"]),
    ("office", &["GET /tasks/{task}/self-verification", "POST /tasks/{task}/self-verification", "GET /period-locks/new", "POST /period-locks/new"]),
    ("office", &["GET /period-locks/{lock}/opening", "POST /period-locks/{lock}/opening", "GET /period-locks/{lock}/exceptions", "POST /period-locks/{lock}/exceptions"]),
    ("admin inspector", &["GET /accounts", "GET /accounts/{user}", "GET /accounts/{user}/{form:.*}"]),
    ("admin inspector", &["GET /api-clients", "GET /api-clients/{client}", "GET /api-clients/{client}/{form:.*}"]),
    ("admin", &[
        "GET /accounts/new", "POST /accounts", "POST /accounts/{user}", "POST /accounts/{user}/password",
        "POST /accounts/{user}/grants", "POST /accounts/{user}/grants/{grant}",
        "GET /api-clients/new", "POST /api-clients", "POST /api-clients/{client}", "POST /api-clients/{client}/key",
        "POST /api-clients/{client}/revocation",
    ]),
];

/// Who may, by route.
pub fn table() -> BTreeMap<&'static str, &'static str> {
    let rows = TABLE.iter().flat_map(|(who, routes)| routes.iter().map(|route| (*route, *who)));
    let table: BTreeMap<_, _> = rows.clone().collect();
    assert_eq!(rows.count(), table.len(), "a route stands in the table twice");
    table
}
