//! Who may what: the table of roles and capabilities, and the reach of a grant.

text_enum! {
    /// What an account is to the system, within the reach of its grant.
    pub enum Role {
        /// Keeps accounts, units and documents.
        Admin = "admin",
        /// The focal office: documents, tasks, verification.
        Office = "office",
        /// Reads everything but accounts and the journal; approves other commitments, instructs units.
        Leader = "leader",
        /// Logs the progress of its own units.
        Reporter = "reporter",
        /// Reads everything, the audit included.
        Inspector = "inspector",
        /// Another system, within its scopes.
        Integration = "integration",
    }
}

text_enum! {
    /// One thing a role may or may not do.
    pub enum Capability {
        /// Read accounts and grants.
        ReadAccounts = "read_accounts",
        /// Write accounts and grants.
        WriteAccounts = "write_accounts",
        /// Read areas, units, posts, terms and fields.
        ReadDirectory = "read_directory",
        /// Write them.
        WriteDirectory = "write_directory",
        /// Read documents, tasks, reports and reviews.
        ReadWork = "read_work",
        /// Write documents, tasks, decisions and reviews.
        WriteWork = "write_work",
        /// Log progress.
        LogProgress = "log_progress",
        /// Verify or return reports, for the monitoring unit.
        Verify = "verify",
        /// Change commitments of issued tasks.
        ChangeCommitments = "change_commitments",
        /// Ask for other commitments.
        RequestCommitments = "request_commitments",
        /// Approve or refuse what is asked for.
        ApproveCommitments = "approve_commitments",
        /// Tell units something about their work, as a leader or for one.
        InstructUnits = "instruct_units",
        /// Answer what a unit was told.
        AnswerInstructions = "answer_instructions",
        /// File what a coordinating unit did for a task.
        Contribute = "contribute",
        /// Answer or decline what units propose.
        AnswerProposals = "answer_proposals",
        /// Approve what was frozen of a review.
        SignReviews = "sign_reviews",
        /// Read dashboards.
        ReadDashboards = "read_dashboards",
        /// Read what looks wrong in reports, verifications and deadlines.
        ReadIntegrity = "read_integrity",
        /// Read the journal: all of it, or one's own actions.
        ReadAudit = "read_audit",
        /// Follow what changes, as far as one may read it.
        ReadChanges = "read_changes",
    }
}

/// What an administrator may do.
const ADMIN: &[Capability] = &[
    Capability::ReadAccounts,
    Capability::WriteAccounts,
    Capability::ReadDirectory,
    Capability::WriteDirectory,
    Capability::ReadWork,
    Capability::WriteWork,
    Capability::ReadDashboards,
    Capability::ReadIntegrity,
    Capability::ReadAudit,
    Capability::ReadChanges,
];

/// What the focal office may do.
const OFFICE: &[Capability] = &[
    Capability::ReadDirectory,
    Capability::ReadWork,
    Capability::WriteWork,
    Capability::LogProgress,
    Capability::Verify,
    Capability::ChangeCommitments,
    Capability::RequestCommitments,
    Capability::ApproveCommitments,
    Capability::InstructUnits,
    Capability::AnswerInstructions,
    Capability::Contribute,
    Capability::AnswerProposals,
    Capability::ReadDashboards,
    Capability::ReadIntegrity,
    Capability::ReadAudit,
    Capability::ReadChanges,
];

/// What a leader may do.
const LEADER: &[Capability] = &[
    Capability::ReadDirectory,
    Capability::ReadWork,
    Capability::ApproveCommitments,
    Capability::InstructUnits,
    Capability::AnswerProposals,
    Capability::SignReviews,
    Capability::ReadDashboards,
    Capability::ReadIntegrity,
    Capability::ReadChanges,
];

/// What a reporter may do.
const REPORTER: &[Capability] = &[
    Capability::ReadDirectory,
    Capability::ReadWork,
    Capability::LogProgress,
    Capability::RequestCommitments,
    Capability::AnswerInstructions,
    Capability::Contribute,
    Capability::ReadDashboards,
    Capability::ReadAudit,
    Capability::ReadChanges,
];

/// What an inspector may do.
const INSPECTOR: &[Capability] = &[
    Capability::ReadAccounts,
    Capability::ReadDirectory,
    Capability::ReadWork,
    Capability::ReadDashboards,
    Capability::ReadIntegrity,
    Capability::ReadAudit,
    Capability::ReadChanges,
];

/// The table: what each role may do within the reach of its grant. Whatever is not named is denied.
pub fn allows(role: Role, capability: Capability) -> bool {
    let allowed = match role {
        Role::Admin => ADMIN,
        Role::Office => OFFICE,
        Role::Leader => LEADER,
        Role::Reporter => REPORTER,
        Role::Inspector => INSPECTOR,
        // Other systems work by the scopes of an API client; a role alone gives them nothing.
        Role::Integration => &[],
    };
    allowed.contains(&capability)
}

/// Whether a role sees every row of its root, or those within the reach of its grant only.
pub fn reads_whole_root(role: Role) -> bool {
    !matches!(role, Role::Reporter | Role::Integration)
}

/// Whether a role reads the journal of its whole root, or its own actions only.
pub fn audits_whole_root(role: Role) -> bool {
    matches!(role, Role::Admin | Role::Inspector)
}

/// How far a grant reaches: a unit with all below it, or an area with all that stands in it. What it
/// inherits through reorganisations reaches a single unit, or an area that has ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reach {
    /// No place: it only belongs to the root.
    Nowhere,
    /// One unit alone, by its path.
    Unit(String),
    /// Units whose path begins with this one.
    Units(String),
    /// Areas whose path begins with this one, and every unit that stands in them.
    Areas(String),
}

impl Reach {
    /// Whether a unit lies within.
    pub fn covers_unit(&self, unit_path: &str, area_path: &str) -> bool {
        match self {
            Self::Nowhere => false,
            Self::Unit(path) => unit_path == path,
            Self::Units(path) => unit_path.starts_with(path.as_str()),
            Self::Areas(path) => area_path.starts_with(path.as_str()),
        }
    }

    /// Whether an area lies within. A grant on units covers no area.
    pub fn covers_area(&self, area_path: &str) -> bool {
        match self {
            Self::Nowhere | Self::Unit(_) | Self::Units(_) => false,
            Self::Areas(path) => area_path.starts_with(path.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table, row by row.
    #[test]
    fn the_table_is_the_designs() {
        use Capability as C;
        let rows: &[(C, &[Role])] = &[
            (C::ReadAccounts, &[Role::Admin, Role::Inspector]),
            (C::WriteAccounts, &[Role::Admin]),
            (C::ReadDirectory, &[Role::Admin, Role::Office, Role::Leader, Role::Reporter, Role::Inspector]),
            (C::WriteDirectory, &[Role::Admin]),
            (C::ReadWork, &[Role::Admin, Role::Office, Role::Leader, Role::Reporter, Role::Inspector]),
            (C::WriteWork, &[Role::Admin, Role::Office]),
            (C::LogProgress, &[Role::Office, Role::Reporter]),
            (C::Verify, &[Role::Office]),
            (C::ChangeCommitments, &[Role::Office]),
            (C::RequestCommitments, &[Role::Office, Role::Reporter]),
            (C::ApproveCommitments, &[Role::Office, Role::Leader]),
            (C::InstructUnits, &[Role::Office, Role::Leader]),
            (C::AnswerInstructions, &[Role::Office, Role::Reporter]),
            (C::Contribute, &[Role::Office, Role::Reporter]),
            (C::AnswerProposals, &[Role::Office, Role::Leader]),
            (C::SignReviews, &[Role::Leader]),
            (C::ReadDashboards, &[Role::Admin, Role::Office, Role::Leader, Role::Reporter, Role::Inspector]),
            (C::ReadIntegrity, &[Role::Admin, Role::Office, Role::Leader, Role::Inspector]),
            (C::ReadAudit, &[Role::Admin, Role::Office, Role::Reporter, Role::Inspector]),
            (C::ReadChanges, &[Role::Admin, Role::Office, Role::Leader, Role::Reporter, Role::Inspector]),
        ];
        assert_eq!(rows.len(), C::ALL.len());
        for (capability, roles) in rows {
            for role in Role::ALL {
                assert_eq!(allows(*role, *capability), roles.contains(role), "{role} {capability}");
            }
        }
    }

    #[test]
    fn whoever_audits_a_root_may_read_the_journal() {
        for role in Role::ALL.iter().filter(|role| audits_whole_root(**role)) {
            assert!(allows(*role, Capability::ReadAudit) && reads_whole_root(*role));
        }
        assert!(!audits_whole_root(Role::Office) && !audits_whole_root(Role::Reporter));
    }

    #[test]
    fn a_district_is_an_area_with_all_its_bodies() {
        let district = Reach::Areas("/hg/hg-huyen-vi-thuy/".into());
        assert!(district.covers_unit("/hg-tinh-uy/hg-huyen-vi-thuy-dang/", "/hg/hg-huyen-vi-thuy/"));
        assert!(district.covers_unit("/hg-ubnd-tinh/hg-huyen-vi-thuy-ubnd/", "/hg/hg-huyen-vi-thuy/hg-xa/"));
        assert!(!district.covers_unit("/hg-ubnd-tinh/hg-so-y-te/", "/hg/"));
        let committee = Reach::Units("/hg-tinh-uy/hg-huyen-vi-thuy-dang/".into());
        assert!(!committee.covers_unit("/hg-ubnd-tinh/hg-huyen-vi-thuy-ubnd/", "/hg/hg-huyen-vi-thuy/"));
        assert!(!committee.covers_area("/hg/hg-huyen-vi-thuy/"));
    }

    #[test]
    fn what_is_inherited_reaches_no_further() {
        let unit = Reach::Unit("/hg-ubnd-tinh/hg-so-y-te/".into());
        assert!(unit.covers_unit("/hg-ubnd-tinh/hg-so-y-te/", "/hg/"));
        assert!(!unit.covers_unit("/hg-ubnd-tinh/hg-so-y-te/hg-chi-cuc/", "/hg/") && !unit.covers_area("/hg/"));
        assert!(!Reach::Nowhere.covers_unit("", "") && !Reach::Nowhere.covers_area(""));
    }
}
