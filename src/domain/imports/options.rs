//! What may be said of an import beside its file.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::domain::{Id, Reference, text};

text_enum! {
    /// What a file holds.
    pub enum ImportKind {
        /// Địa bàn.
        Areas = "areas",
        /// Đơn vị.
        Units = "units",
        /// Nhiệm vụ.
        Tasks = "tasks",
        /// Văn bản: nghị quyết, chương trình, kế hoạch.
        Documents = "documents",
        /// Điều khoản của nghị quyết.
        Clauses = "clauses",
        /// Chỉ tiêu.
        Indicators = "indicators",
        /// Sắp xếp tổ chức, địa bàn.
        UnitEvents = "unit_events",
        /// Nhóm đơn vị.
        UnitGroups = "unit_groups",
        /// Hội nghị học tập, quán triệt.
        Conferences = "conferences",
        /// Chức danh.
        Posts = "posts",
        /// Lịch ngày làm việc.
        CalendarDays = "calendar_days",
    }
}

impl ImportKind {
    /// Whether it belongs to the directory, which administrators keep; the rest is work of offices.
    pub fn is_directory(self) -> bool {
        !matches!(self, Self::Tasks | Self::Documents | Self::Clauses | Self::Indicators | Self::Conferences)
    }

    /// Whether lists of it are exported.
    pub fn is_exported(self) -> bool {
        matches!(self, Self::Areas | Self::Units | Self::Tasks)
    }
}

text_enum! {
    /// What became of a row.
    pub enum RowOutcome {
        /// A record was made.
        Created = "created",
        /// A record was changed.
        Updated = "updated",
        /// The record stands like that already.
        Unchanged = "unchanged",
        /// The row was left out; a warning says why.
        Skipped = "skipped",
        /// The row has an error.
        Failed = "failed",
    }
}

/// What may be said of an import beside its file.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportOptions {
    /// Only say what would happen: nothing is written.
    #[serde(default)]
    pub dry_run: bool,
    /// Name of the sheet to read; without it the first one that holds such a table.
    pub sheet: Option<String>,
    /// What the numbers of the rows belong to, as a short code: the same number of the same source
    /// is the same task. Without it: the assigning document, the programme, the resolution, the file.
    #[param(example = "kh-17-2026")]
    pub source: Option<String>,
    /// Id or code of the province the names of units are looked up in; needed by whoever keeps several.
    pub root: Option<Reference>,
    /// Tasks: the resolution they carry out. Clauses, indicators: the resolution of rows that name none.
    pub resolution: Option<Id>,
    /// Tasks: the programme they come from. Indicators: the programme or plan of rows that name none.
    pub programme: Option<Id>,
    /// Indicators: the period of targets whose column names no year.
    #[param(example = "2021")]
    pub period: Option<String>,
    /// Tasks: their field.
    pub field: Option<Id>,
    /// Tasks: the unit that verifies (id or code), where a row names none.
    pub monitoring_unit: Option<Reference>,
    /// Tasks: the unit (id or code) of the whole, where a row has several lead units; without it their
    /// nearest common superior.
    pub whole_lead: Option<Reference>,
    /// Tasks: the date of the document, which words like "năm nay" refer to.
    pub reference_date: Option<NaiveDate>,
    /// Tasks: when they were assigned.
    pub assigned_on: Option<NaiveDate>,
    /// Tasks: the document that assigned them.
    pub assigning_document: Option<String>,
    /// Tasks: issue what is a draft; without it drafts stay drafts.
    #[serde(default)]
    pub issue: bool,
    /// Tasks: the instant at which this was known, in the past; for papers of earlier years.
    pub recorded_at: Option<DateTime<Utc>>,
}

impl ImportOptions {
    /// The code of the source that numbers of rows belong to.
    pub fn source_code(&self, file_name: &str) -> String {
        let id = |prefix: &str, id: Option<Id>| id.map(|id| format!("{prefix}-{id}"));
        let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
        let said = self.source.clone().or_else(|| self.assigning_document.clone());
        let said = said.or_else(|| id("p", self.programme)).or_else(|| id("r", self.resolution)).unwrap_or_else(|| stem.to_owned());
        match slug(&said, 40) {
            code if code.len() >= 2 => code,
            _ => "import".into(),
        }
    }
}

/// A code made of the letters and digits of a text: `KH 17/2026` is `kh-17-2026`.
pub fn slug(text: &str, most: usize) -> String {
    let plain: String = text::fold(text).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let code: String = plain.split_whitespace().collect::<Vec<_>>().join("-").chars().take(most).collect();
    code.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree() {
        crate::domain::text_enum::assert_names(ImportKind::ALL, ImportKind::as_str);
    }

    #[test]
    fn a_source_is_a_short_code() {
        let given = ImportOptions { source: Some("KH 17/KH-UBND".into()), ..ImportOptions::default() };
        assert_eq!(given.source_code("x.xlsx"), "kh-17-kh-ubnd");
        assert_eq!(ImportOptions::default().source_code("Phụ lục nhiệm vụ.xlsx"), "phu-luc-nhiem-vu");
        assert_eq!(ImportOptions::default().source_code("附.csv"), "import");
        let long = ImportOptions { source: Some("đề án ".repeat(20)), ..ImportOptions::default() };
        assert!(long.source_code("").len() <= 40 && !long.source_code("").ends_with('-'));
    }
}
