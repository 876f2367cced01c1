//! What is typed and chosen beside a file to import.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::choices::{self, Choice, choice};
use super::forms::{Faults, Fields, filled, parse};
use super::page::Shell;
use super::session::Visitor;
use super::upload::SentFile;
use crate::domain::areas::{AreaLevel, AreaQuery};
use crate::domain::calendar;
use crate::domain::imports::{ImportKind, ImportOptions};
use crate::domain::units::UnitQuery;
use crate::error::{AppError, AppResult, rules};
use crate::service::access::{Permit, ReadDirectory, ReadWork, WriteWork};
use crate::service::{areas, units};
use crate::state::Connection;

words! {
    /// Words of the form.
    ImportFormWords {
        file = "Tệp", "File";
        choose = "Chọn tệp bảng tính", "Choose the spreadsheet";
        file_hint = "Tệp .xlsx hoặc .csv, tối đa 10 MiB và 20.000 dòng, không macro, không mật khẩu.", "A file .xlsx or .csv, at most 10 MiB and 20,000 rows, without macros and without a password.";
        too_large = "Tệp lớn hơn 10 MiB. Hãy bớt hình ảnh hoặc chia thành nhiều tệp.", "The file is larger than 10 MiB. Take pictures out, or cut it into several.";
        carried = "Đang dùng tệp", "The file in use is";
        carried_hint = "Để trống ô chọn tệp thì dùng lại tệp này; nếu đã sửa thì chọn tệp mới.", "Leave the field empty to use it again, or choose the file that you have corrected.";
        again = "Tệp lớn không đi kèm trang này: hãy chọn lại đúng tệp rồi bấm “Nhập vào hệ thống”.", "A large file is not carried along: choose the same file again, then press “Import”.";
        monitoring_unit = "Cơ quan theo dõi, xác nhận báo cáo", "Unit that verifies the reports";
        monitoring_unit_hint = "Dùng cho dòng không ghi cơ quan theo dõi.", "For rows that name none.";
        assigning_document = "Văn bản giao nhiệm vụ", "Document that assigns the tasks";
        assigning_document_hint = "Ví dụ: Kế hoạch 17/KH-UBND.", "Such as Kế hoạch 17/KH-UBND.";
        assigned_on = "Ngày giao", "Assigned on";
        reference_date = "Ngày của văn bản", "Date of the document";
        reference_date_hint = "Để hiểu “năm nay”, “quý này”.", "Words like “this year” refer to it.";
        options = "Lựa chọn", "Options";
        more = "Lựa chọn thêm", "More options";
        programme = "Chương trình, kế hoạch", "Programme";
        resolution = "Nghị quyết", "Resolution";
        resolution_hint = "Dùng cho dòng không ghi văn bản.", "For rows that name none.";
        period = "Kỳ của cột mục tiêu không ghi năm", "Period of the targets whose column names no year";
        period_hint = "Ví dụ: 2025 hoặc 2021-2025.", "Such as 2025 or 2021-2025.";
        field = "Lĩnh vực", "Field";
        whole_lead = "Đơn vị đứng tên nhiệm vụ chung", "Unit of the whole";
        whole_lead_hint = "Khi một dòng có nhiều cơ quan chủ trì. Để trống thì lấy cấp trên chung gần nhất.", "Where a row has several lead units. Without it: their nearest common superior.";
        source = "Ký hiệu nguồn", "Name of the source";
        source_hint = "Cùng nguồn và cùng số thứ tự là cùng một nhiệm vụ khi nhập lại. Để trống thì lấy theo văn bản giao, chương trình, nghị quyết hoặc tên tệp.", "The same number of the same source is the same task when it is imported again. Without it: the document, programme, resolution or the name of the file.";
        sheet = "Trang tính", "Sheet";
        sheet_hint = "Để trống thì đọc trang đầu tiên có bảng.", "Without it: the first that holds such a table.";
        recorded_on = "Coi như đã biết từ ngày", "Known since";
        recorded_on_hint = "Chỉ dùng cho văn bản của những năm trước, để xem được số liệu của ngày đã qua.", "For papers of earlier years only, so that the figures of past days can be read.";
        root = "Tỉnh, thành phố", "Province";
        issue = "Giao nhiệm vụ ngay khi nhập, không để ở dự thảo", "Issue the tasks at once instead of keeping them as drafts";
        none = "Không chọn", "None";
        check = "Kiểm tra, chưa ghi gì", "Check, without writing";
        import = "Nhập vào hệ thống", "Import";
    }
}

impl ImportFormWords {
    /// What is wrong, field by field: where it stands on the page, what it is called, what is wrong.
    pub fn wrong(&'static self, faults: &Faults) -> Vec<(&'static str, &'static str, String)> {
        let fields = [
            ("/file", "file", self.file),
            ("root", "root", self.root),
            ("sheet", "sheet", self.sheet),
            ("source", "source", self.source),
            ("monitoring_unit", "monitoring_unit", self.monitoring_unit),
            ("assigning_document", "assigning_document", self.assigning_document),
            ("assigned_on", "assigned_on", self.assigned_on),
            ("reference_date", "reference_date", self.reference_date),
            ("programme", "programme", self.programme),
            ("resolution", "resolution", self.resolution),
            ("period", "period", self.period),
            ("field", "field", self.field),
            ("whole_lead", "whole_lead", self.whole_lead),
            ("recorded_at", "recorded_on", self.recorded_on),
        ];
        fields.into_iter().filter_map(|(pointer, id, label)| Some((id, label, faults.at(pointer)?.to_owned()))).collect()
    }
}

/// What is typed, as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub kind: String,
    pub root: String,
    pub sheet: String,
    pub source: String,
    pub monitoring_unit: String,
    pub assigning_document: String,
    pub assigned_on: String,
    pub reference_date: String,
    pub programme: String,
    pub resolution: String,
    pub period: String,
    pub field: String,
    pub whole_lead: String,
    pub recorded_on: String,
    pub issue: String,
    /// What is wanted: only a check unless it says `import`.
    pub step: String,
    /// Hidden: makes sending it twice harmless.
    pub key: String,
    /// Hidden: what the last check told ([`super::import_report::promise`]).
    pub promise: String,
    /// Hidden: the file, carried along from the last check.
    #[serde(skip_serializing)]
    pub carried: String,
    /// Hidden: what it is called.
    pub carried_name: String,
}

impl Typed {
    /// Reads the fields of a form.
    ///
    /// # Errors
    /// 400 when one stands there twice.
    pub fn read(fields: &Fields) -> AppResult<Self> {
        parse(&fields.0)
    }

    /// What the file holds.
    ///
    /// # Errors
    /// 400 for what nobody chose on the page.
    pub fn kind(&self) -> AppResult<ImportKind> {
        self.kind.parse().map_err(|_| AppError::bad_parameter("kind", rules::FORMAT))
    }

    /// The file that was carried along.
    ///
    /// # Errors
    /// 422 when there is none.
    pub fn file(&self) -> AppResult<SentFile> {
        if self.carried.is_empty() {
            Err(AppError::invalid("/file", rules::REQUIRED))
        } else {
            SentFile::carried(&self.carried_name, &self.carried)
        }
    }

    /// Options with a value, by the names the API has for them.
    fn chosen(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("root", &self.root),
            ("sheet", &self.sheet),
            ("source", &self.source),
            ("monitoring_unit", &self.monitoring_unit),
            ("assigning_document", &self.assigning_document),
            ("assigned_on", &self.assigned_on),
            ("reference_date", &self.reference_date),
            ("programme", &self.programme),
            ("resolution", &self.resolution),
            ("period", &self.period),
            ("field", &self.field),
            ("whole_lead", &self.whole_lead),
            ("issue", &self.issue),
        ];
        all.into_iter().filter_map(|(name, text)| Some((name, filled(text)?))).collect()
    }

    /// What is said beside the file, as the API takes it.
    ///
    /// # Errors
    /// 400 naming the option.
    pub fn options(&self) -> AppResult<ImportOptions> {
        let fields: Vec<(String, String)> = self.chosen().into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        let unreadable = || AppError::bad_parameter("recorded_at", rules::FORMAT);
        let day = filled(&self.recorded_on).map(|text| text.parse::<NaiveDate>().map_err(|_| unreadable())).transpose()?;
        Ok(ImportOptions { recorded_at: day.map(|day| calendar::at(day, 0)), ..parse(&fields)? })
    }

    /// Whether an option behind "more" was chosen, so that they are shown.
    pub fn is_long(&self) -> bool {
        let rare = [&self.sheet, &self.source, &self.programme, &self.resolution, &self.field, &self.whole_lead, &self.recorded_on];
        rare.into_iter().any(|text| !text.is_empty())
    }
}

/// What the lists of the form offer.
#[derive(Debug, Default)]
pub struct Lists {
    /// Provinces; none where there is only one.
    pub roots: Vec<Choice>,
    pub monitors: Vec<Choice>,
    pub leads: Vec<Choice>,
    pub programmes: Vec<Choice>,
    pub resolutions: Vec<Choice>,
    pub fields: Vec<Choice>,
}

impl Lists {
    /// The lists, with what was chosen.
    ///
    /// # Errors
    /// The services'.
    pub fn load(conn: &mut Connection, visitor: &Visitor<WriteWork>, kind: ImportKind, typed: &Typed) -> AppResult<Self> {
        let permit = visitor.actor().permit::<ReadDirectory>()?;
        let query = AreaQuery { level: Some(AreaLevel::Province), limit: Some(200), ..AreaQuery::default() };
        let roots = areas::list(conn, &permit, query)?.items;
        let roots: Vec<Choice> = roots.iter().map(|root| choice(&root.code, &root.name, filled(&typed.root))).collect();
        let lists = Self { roots: if roots.len() > 1 { roots } else { Vec::new() }, ..Self::default() };
        if !matches!(kind, ImportKind::Tasks | ImportKind::Clauses | ImportKind::Indicators) {
            return Ok(lists);
        }
        let reader = visitor.actor().permit::<ReadWork>()?;
        if kind == ImportKind::Clauses {
            return Ok(Self { resolutions: choices::resolutions(conn, &reader, filled(&typed.resolution))?, ..lists });
        }
        if kind == ImportKind::Indicators {
            let programmes = choices::programmes(conn, &reader, filled(&typed.programme))?;
            return Ok(Self { programmes, resolutions: choices::resolutions(conn, &reader, filled(&typed.resolution))?, ..lists });
        }
        Ok(Self {
            monitors: choices::units(conn, &permit, filled(&typed.monitoring_unit))?,
            leads: choices::units(conn, &permit, filled(&typed.whole_lead))?,
            programmes: choices::programmes(conn, &reader, filled(&typed.programme))?,
            resolutions: choices::resolutions(conn, &reader, filled(&typed.resolution))?,
            fields: choices::fields(conn, &permit, filled(&typed.field))?,
            ..lists
        })
    }
}

/// What is most likely imported next: the areas, once they stand the units, once they stand tasks.
///
/// # Errors
/// The services'.
pub fn next_kind(conn: &mut Connection, permit: &Permit<WriteWork>, shell: &Shell) -> AppResult<ImportKind> {
    if !shell.may("write_directory") {
        return Ok(ImportKind::Tasks);
    }
    let permit = permit.actor().permit::<ReadDirectory>()?;
    let has_units = !units::list(conn, &permit, UnitQuery { limit: Some(1), ..UnitQuery::default() })?.items.is_empty();
    let has_areas = areas::list(conn, &permit, AreaQuery { limit: Some(2), ..AreaQuery::default() })?.items.len() > 1;
    Ok(match (has_areas, has_units) {
        (_, true) => ImportKind::Tasks,
        (true, false) => ImportKind::Units,
        (false, false) => ImportKind::Areas,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_options() {
        let typed = Typed {
            source: " KH 17 ".into(),
            monitoring_unit: "hg-van-phong-tinh-uy".into(),
            assigned_on: "2023-10-01".into(),
            issue: "true".into(),
            period: " 2021-2025 ".into(),
            recorded_on: "2021-03-04".into(),
            ..Typed::default()
        };
        let options = typed.options().unwrap();
        assert_eq!((options.source.as_deref(), options.issue, options.dry_run), (Some("KH 17"), true, false));
        assert_eq!(options.period.as_deref(), Some("2021-2025"));
        assert_eq!(options.assigned_on.unwrap().to_string(), "2023-10-01");
        assert_eq!(options.recorded_at.unwrap().to_rfc3339(), "2021-03-03T17:00:00+00:00");
        assert!(Typed::default().options().unwrap().recorded_at.is_none());
        for wrong in [Typed { assigned_on: "hôm qua".into(), ..Typed::default() }, Typed { recorded_on: "xưa".into(), ..Typed::default() }]
        {
            assert_eq!(wrong.options().unwrap_err().code.status, 400);
        }
        assert!(typed.is_long() && !Typed::default().is_long());
    }
}
