//! What the house rules allow: arrows between rooms, and files that are no nouns.

/// Which room may use which.
pub const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("error", &["domain"]),
    ("clock", &["domain"]),
    ("db", &["domain"]),
    ("config", &["db", "domain"]),
    ("store", &["db", "domain"]),
    ("service", &["store", "domain", "error"]),
    ("view", &["store", "domain"]),
    ("files", &["view", "domain"]),
    ("state", &["db", "config", "clock", "domain", "error"]),
    ("trace", &[]),
    ("api", &["service", "view", "files", "state", "error", "domain", "trace"]),
    ("web", &["service", "view", "files", "state", "error", "domain", "trace"]),
    ("jobs", &["service", "store", "state", "error", "domain"]),
    ("routes", &["api", "web", "error"]),
    ("server", &["api", "web", "routes", "state", "trace"]),
    ("cli", &["api", "clock", "config", "db", "domain", "error", "files", "jobs", "server", "service", "state", "store", "view"]),
    ("lib", &[]),
    ("main", &["cli"]),
];

/// What may be used beyond the table, by which files (or rooms), and why.
pub const BEYOND: &[(&str, &str, &str)] = &[
    ("service/", "db::Connection", "the connection a transaction runs on is passed through"),
    ("api/openapi.rs", "routes", "the contract is made from the list of addresses"),
];

/// Files of the front door and of the services that belong to no noun.
pub const PLUMBING: &[(&str, &[&str])] = &[
    ("api", &["answers", "extract", "health", "once", "openapi", "problem", "reply"]),
    (
        "service",
        &[
            "access",
            "documents",
            "idempotency",
            "journal",
            "links",
            "lookup",
            "paging",
            "passwords",
            "records",
            "resolution_parts",
            "voices",
        ],
    ),
    ("view", &["documents", "paging", "records"]),
];

/// Nouns that are not in all three of api, service and view, and why.
pub const PARTIAL: &[(&str, &str)] = &[
    ("auth", "the address of sessions"),
    ("sessions", "their address is auth"),
    ("explanations", "a dashboard"),
    ("lag", "a dashboard"),
    ("lateness", "a dashboard"),
    ("loops", "a dashboard"),
    ("ranking", "a dashboard"),
    ("silence", "a dashboard"),
    ("statistics", "a dashboard"),
    ("trend", "a dashboard"),
    ("external_refs", "a part of areas, units and tasks"),
    ("marker", "the demo's own mark on a database"),
    ("inheritance", "a part of grants"),
    ("succession", "a part of unit_events and tasks"),
    ("report_rules", "a part of progress_reports"),
    ("verifications", "a part of progress_reports"),
    ("dissemination_drafts", "a part of dissemination_events"),
    ("programme_themes", "a part of programmes"),
    ("past_tasks", "a part of tasks"),
    ("shown_tasks", "a part of tasks"),
    ("task_drafts", "a part of tasks"),
    ("task_links", "a part of tasks"),
    ("task_upserts", "a part of tasks"),
    ("targets", "reading words is a rule of the domain; those of an indicator are indicator_targets"),
    ("deadlines", "reading words is a rule of the domain; nothing is kept or looked up"),
];
