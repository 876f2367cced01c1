//! What is said about a task on its page: instructions and their answers, and what units that help with it did.

use super::attachments::{self, AttachmentWords, FileRow};
use super::contributions::{self, ContributionRow, ContributionWords};
use super::instructions::{self, InstructionRow, InstructionWords};
use super::page::Shell;
use crate::domain::Moment;
use crate::domain::instructions::InstructionQuery;
use crate::domain::tasks::Secrecy;
use crate::error::AppResult;
use crate::service::access::{InstructUnits, Permit, ReadWork};
use crate::service::shown_tasks::ShownTask;
use crate::state::Connection;

/// Most instructions on the page of a task; the rest are on their own page.
const MOST: i64 = 50;

/// What is said about a task.
pub struct Dialogue {
    /// Words of instructions.
    pub i: &'static InstructionWords,
    /// Instructions, newest first.
    pub told: Vec<InstructionRow>,
    /// Whether the reader may give one.
    pub instructs: bool,
    /// Words of contributions.
    pub c: &'static ContributionWords,
    /// What coordinating units did, newest first.
    pub filed: Vec<ContributionRow>,
    /// Whether the reader may file for one.
    pub contributes: bool,
    /// Words of attachments.
    pub a: &'static AttachmentWords,
    /// Files that prove something, newest first.
    pub files: Vec<FileRow>,
}

impl Dialogue {
    /// What is said about a task, to this reader.
    ///
    /// # Errors
    /// The database's.
    pub fn of(conn: &mut Connection, reader: &Permit<ReadWork>, shell: &Shell, shown: &ShownTask, at: &Moment) -> AppResult<Self> {
        let (task, unit) = (&shown.record.task, shown.record.answering());
        let given_out = task.issued_at.is_some() && task.voided_at.is_none() && task.secrecy == Secrecy::None;
        let query = InstructionQuery { task: Some(task.id), limit: Some(MOST), ..InstructionQuery::default() };
        Ok(Self {
            i: InstructionWords::of(shell.language),
            told: instructions::of(conn, reader, shell, query, at)?,
            c: ContributionWords::of(shell.language),
            filed: contributions::of(conn, reader, shell, task.id, at)?,
            a: AttachmentWords::of(shell.language),
            files: attachments::of(conn, reader, shell, task.id, at)?,
            contributes: given_out && contributions::may(reader, shown),
            instructs: given_out && reader.actor().permit::<InstructUnits>().is_ok_and(|p| p.covers_unit(&unit.path, &unit.area_path)),
        })
    }
}
