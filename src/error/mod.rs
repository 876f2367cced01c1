//! What can go wrong, as the caller is told it: one error type, one table of codes, one table of
//! field rules.

pub mod body;
pub mod codes;
pub mod rules;

use std::fmt;

use diesel::result::{DatabaseErrorKind, Error as DieselError};

pub use codes::Code;
pub use rules::Rule;

use crate::domain::Language;
use crate::domain::attachments::{self, AttachmentProblem};
use crate::domain::imports::FileProblem;

/// A refusal or failure on its way to the caller. Internals are logged where they happen and
/// never travel in here.
#[derive(Debug, Clone)]
pub struct AppError {
    /// Its row in the table of codes.
    pub code: &'static Code,
    /// Which fields are wrong, by which rule.
    pub fields: Vec<FieldError>,
    /// What could be done instead, when the state forbids it.
    pub allowed_actions: Option<Vec<String>>,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u32>,
}

/// One wrong field of a body, or one wrong parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON pointer into the body (`/percent`), or the name of the parameter.
    pub pointer: String,
    /// Its row in the table of rules.
    pub rule: &'static Rule,
    /// What the message mentions: limits, the value found.
    pub params: Vec<(&'static str, String)>,
}

/// What every service and store call answers on failure.
pub type AppResult<T> = Result<T, AppError>;

impl AppError {
    /// An error of this code without further detail.
    pub fn new(code: &'static Code) -> Self {
        Self { code, fields: Vec::new(), allowed_actions: None, retry_after: None }
    }

    /// Content that breaks a rule: 422, naming the field.
    pub fn invalid(pointer: impl Into<String>, rule: &'static Rule) -> Self {
        Self::new(codes::VALIDATION_FAILED).with_field(FieldError::new(pointer, rule))
    }

    /// Several wrong fields at once: 422.
    pub fn invalid_fields(fields: Vec<FieldError>) -> Self {
        Self { fields, ..Self::new(codes::VALIDATION_FAILED) }
    }

    /// A wrong parameter in path or query: 400.
    pub fn bad_parameter(name: impl Into<String>, rule: &'static Rule) -> Self {
        Self::new(codes::INVALID_PARAMETER).with_field(FieldError::new(name, rule))
    }

    /// The state forbids it: 409, naming what is allowed.
    pub fn illegal_state(allowed: impl IntoIterator<Item = impl ToString>) -> Self {
        Self { allowed_actions: Some(allowed.into_iter().map(|a| a.to_string()).collect()), ..Self::new(codes::ILLEGAL_STATE) }
    }

    /// Adds a wrong field.
    #[must_use]
    pub fn with_field(mut self, field: FieldError) -> Self {
        self.fields.push(field);
        self
    }

    /// Adds when to try again, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Something broke on our side: logged in full with the place it broke at, answered with one
    /// opaque sentence.
    #[track_caller]
    pub fn internal(cause: impl fmt::Display) -> Self {
        let place = std::panic::Location::caller();
        tracing::error!(%cause, %place, "internal error");
        Self::new(codes::INTERNAL)
    }

    /// The database is away or overloaded: 503, try again in two seconds.
    pub fn unavailable(cause: impl fmt::Display) -> Self {
        tracing::warn!(%cause, "database unavailable");
        Self::new(codes::UNAVAILABLE).retry_after(2)
    }
}

impl FieldError {
    /// A field that breaks a rule.
    pub fn new(pointer: impl Into<String>, rule: &'static Rule) -> Self {
        Self { pointer: pointer.into(), rule, params: Vec::new() }
    }

    /// Adds what the message mentions.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    /// The message for people.
    pub fn message(&self, language: Language) -> String {
        let template = match language {
            Language::Vi => self.rule.vi,
            Language::En => self.rule.en,
        };
        self.params.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name, self.code.en)?;
        self.fields.iter().try_for_each(|field| write!(f, "; {}: {}", field.pointer, field.message(Language::En)))
    }
}

impl std::error::Error for AppError {}

impl From<FileProblem> for AppError {
    fn from(problem: FileProblem) -> Self {
        let rule = match problem {
            FileProblem::TooLarge | FileProblem::UnpacksTooLarge | FileProblem::TooManyRows => return Self::new(codes::FILE_TOO_LARGE),
            FileProblem::Empty => rules::FILE_EMPTY,
            FileProblem::Macros => rules::FILE_MACROS,
            FileProblem::OldWorkbook => rules::FILE_OLD,
            FileProblem::OtherKind => rules::FILE_KIND,
            FileProblem::Encoding => rules::FILE_ENCODING,
            FileProblem::Damaged => rules::FILE_DAMAGED,
        };
        Self::invalid("/file", rule)
    }
}

impl AppError {
    /// Why the file of this name was not taken as an attachment.
    pub fn attachment(name: &str, problem: &AttachmentProblem) -> Self {
        let field = |rule| FieldError::new("/file", rule).with("name", attachments::file_name(name));
        let (code, field) = match problem {
            AttachmentProblem::NoRoom => return Self::new(codes::ATTACHMENTS_UNAVAILABLE).retry_after(60),
            AttachmentProblem::Empty => (codes::VALIDATION_FAILED, field(rules::ATTACHMENT_EMPTY)),
            AttachmentProblem::Macros => (codes::VALIDATION_FAILED, field(rules::ATTACHMENT_MACROS)),
            AttachmentProblem::Locked => (codes::VALIDATION_FAILED, field(rules::ATTACHMENT_LOCKED)),
            AttachmentProblem::Damaged => (codes::VALIDATION_FAILED, field(rules::ATTACHMENT_DAMAGED)),
            AttachmentProblem::TooLarge { most } => {
                (codes::ATTACHMENT_TOO_LARGE, field(rules::ATTACHMENT_SIZE).with("most", attachments::size(*most)))
            }
            AttachmentProblem::OtherKind { found } => {
                (codes::UNSUPPORTED_ATTACHMENT, field(rules::ATTACHMENT_KIND).with("found", found).with("allowed", attachments::endings()))
            }
            AttachmentProblem::Ending { kind } => {
                let endings = kind.endings().iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ");
                (codes::VALIDATION_FAILED, field(rules::ATTACHMENT_ENDING).with("found", kind).with("endings", endings))
            }
        };
        Self::new(code).with_field(field)
    }
}

impl From<DieselError> for AppError {
    #[track_caller]
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => {
                tracing::info!(constraint = info.constraint_name(), message = info.message(), "duplicate refused");
                Self::new(codes::DUPLICATE)
            }
            DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _) | DieselError::BrokenTransactionManager => {
                Self::unavailable(error)
            }
            DieselError::DatabaseError(_, info) if means_away(info.message()) => Self::unavailable(error),
            _ => Self::internal(error),
        }
    }
}

impl From<diesel::r2d2::PoolError> for AppError {
    fn from(error: diesel::r2d2::PoolError) -> Self {
        Self::unavailable(error)
    }
}

/// What PostgreSQL and SQLite say when the fault is not the query's.
fn means_away(message: &str) -> bool {
    const SIGNS: &[&str] = &[
        "server closed the connection",
        "no connection to the server",
        "terminating connection",
        "could not connect",
        "connection to server",
        "could not receive data",
        "could not send data",
        "the database system is",
        "canceling statement due to",
        "deadlock detected",
        "could not serialize access",
        "database is locked",
        "database table is locked",
        "disk I/O error",
        "database or disk is full",
    ];
    SIGNS.iter().any(|sign| message.contains(sign))
}
