//! The papers of a review round: its report as a document in the layout of Party papers, and as a workbook.
//!
//! Both are made of the frozen report alone and of what was said of it since, so that the same report gives the same bytes. Papers of
//! the Party are in Vietnamese, so what stands in them is too, whatever language the reader of the program has chosen.

mod annexes;
mod chapters;
mod document;
mod front;
mod look;
mod order;
mod package;
mod sheets;
mod tables;
mod words;
mod workbook;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::XLSX;
pub use super::written::WriteError as PaperError;
use super::written::Written;
use crate::domain::review_reports::ReviewReport;
use crate::domain::reviews::ReviewKind;
use crate::view::review_reports::ReviewPaper;

/// The media type of documents.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What papers are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper<'a> {
    /// The report.
    pub report: &'a ReviewReport,
    /// SHA-256 of the frozen bytes; `None` while it is a draft.
    pub sha256: Option<&'a str>,
    /// The day it was frozen.
    pub frozen_on: Option<NaiveDate>,
    /// Who approved it, in the order they did.
    pub approvals: Vec<Approval>,
    /// What was found wrong in it since.
    pub errata: Vec<Erratum>,
}

/// That somebody approved a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who, as recorded.
    pub name: String,
    /// Their post at that time.
    pub post: Option<String>,
    /// The day.
    pub on: NaiveDate,
}

/// What was found wrong in a frozen report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erratum {
    /// The day it was told.
    pub on: NaiveDate,
    /// What is right instead.
    pub text: String,
}

/// What a paper is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperFormat {
    /// A document.
    Docx,
    /// A workbook.
    Xlsx,
}

/// A report as a file, named for what it is and the day of its numbers.
///
/// # Errors
/// When it cannot be packed, or does not fit.
pub fn written(paper: &ReviewPaper, format: PaperFormat) -> Result<Written, PaperError> {
    let stem = match paper.report.review.kind {
        ReviewKind::FiveYear | ReviewKind::Thematic => "bao-cao-tong-ket",
        ReviewKind::ThreeYear | ReviewKind::MidTerm | ReviewKind::Yearly => "bao-cao-so-ket",
    };
    let name = |end: &str| format!("{stem}-{}.{end}", paper.report.as_of);
    let paper = Paper::from(paper);
    match format {
        PaperFormat::Docx => Ok(Written { name: name("docx"), media_type: DOCX, bytes: docx(&paper)? }),
        PaperFormat::Xlsx => Ok(Written { name: name("xlsx"), media_type: XLSX, bytes: xlsx(&paper)? }),
    }
}

impl<'a> From<&'a ReviewPaper> for Paper<'a> {
    fn from(paper: &'a ReviewPaper) -> Self {
        let approval =
            |(name, post, on): &(String, Option<String>, NaiveDate)| Approval { name: name.clone(), post: post.clone(), on: *on };
        Self {
            report: &paper.report,
            sha256: paper.frozen.as_ref().map(|(sha256, _)| sha256.as_str()),
            frozen_on: paper.frozen.as_ref().map(|(_, on)| *on),
            approvals: paper.approvals.iter().map(approval).collect(),
            errata: paper.errata.iter().map(|(on, text)| Erratum { on: *on, text: text.clone() }).collect(),
        }
    }
}

impl Paper<'_> {
    /// Whether its numbers may still change.
    fn is_draft(&self) -> bool {
        self.sha256.is_none()
    }
}

/// The report as a document.
///
/// # Errors
/// When it cannot be packed.
pub fn docx(paper: &Paper<'_>) -> Result<Vec<u8>, PaperError> {
    package::packed(paper, document::document(paper).build())
}

/// The report as a workbook.
///
/// # Errors
/// When it does not fit.
pub fn xlsx(paper: &Paper<'_>) -> Result<Vec<u8>, PaperError> {
    Ok(sheets::workbook(paper)?)
}
