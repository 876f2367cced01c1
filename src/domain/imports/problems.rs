//! What is wrong with a file, a row or a cell: where, by which rule, in words for people.

use crate::domain::Language;

text_enum! {
    /// How much a problem weighs.
    pub enum Severity {
        /// Nothing is written while there is one.
        Error = "error",
        /// Told, and written all the same.
        Warning = "warning",
    }
}

/// One row of the table of rules. `{braces}` are filled from the problem's parameters.
#[derive(Debug, PartialEq, Eq)]
pub struct ImportRule {
    /// Stable name, for programs.
    pub name: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Message in Vietnamese.
    pub vi: &'static str,
    /// Message in English.
    pub en: &'static str,
}

macro_rules! import_rules {
    ($($constant:ident = $severity:ident $name:literal, $vi:literal, $en:literal;)+) => {
        $(#[doc = $en] pub const $constant: &ImportRule =
            &ImportRule { name: $name, severity: Severity::$severity, vi: $vi, en: $en };)+

        /// The whole table.
        pub const ALL: &[&ImportRule] = &[$($constant,)+];
    };
}

import_rules! {
    NO_HEADER = Error "no_header", "không tìm thấy dòng tiêu đề: cần có các cột {wanted}", "no header row was found: the columns {wanted} are needed";
    INDICATOR_ANNEX = Error "indicator_annex", "đây là phụ lục chỉ tiêu, không phải phụ lục nhiệm vụ: chọn loại bảng Chỉ tiêu rồi nhập lại", "this is an annex of indicators, not of tasks: choose the kind of table \"indicators\"";
    NO_PERIOD = Error "no_period", "tên cột không nêu năm: ghi năm vào tên cột (ví dụ Mục tiêu 2025), hoặc nêu kỳ (period) khi nhập", "the name of the column has no year: add it (such as Mục tiêu 2025), or say the period";
    TARGET_IS_DATE = Error "target_is_date", "ô này là ngày tháng: bảng tính đã đổi “6-7” thành ngày; định dạng cột là Văn bản rồi ghi lại", "this cell is a date: the spreadsheet made one of \"6-7\"; format the column as text and write it again";
    TARGET_UNREADABLE = Warning "target_unreadable", "chưa đọc được mục tiêu này: giữ nguyên lời, không tự đánh giá", "this target cannot be read: its words are kept and never judged";
    COLUMN_MISSING = Error "column_missing", "thiếu cột \"{wanted}\"", "the column \"{wanted}\" is missing";
    COLUMN_TWICE = Error "column_twice", "cột này trùng ý nghĩa với cột {other}", "this column means the same as column {other}";
    COLUMN_KEPT_AS_WORDS = Warning "column_kept_as_words", "cột chưa có trường riêng: nội dung được giữ trong phần mô tả", "this column has no field of its own: its words are kept in the description";
    COLUMN_IGNORED = Warning "column_ignored", "không nhận ra cột này: không đọc", "this column is not known and was not read";
    OTHER_SHEETS = Warning "other_sheets", "chỉ đọc trang tính \"{read}\"; các trang khác cũng có bảng: {others}", "only the sheet \"{read}\" was read; others hold tables too: {others}";
    NO_ROWS = Error "no_rows", "chưa có gì để nhập: hãy điền các dòng bên dưới tiêu đề", "there is nothing to import yet: fill in the rows below the header";
    REQUIRED = Error "required", "bắt buộc phải có", "is required";
    REPEATED = Error "repeated", "đã có ở dòng {other}", "stands in row {other} already";
    NOT_A_DATE = Error "not_a_date", "không phải ngày: ghi dạng 31/12/2025", "is no date: write 31/12/2025";
    NOT_A_NUMBER = Error "not_a_number", "không phải số nguyên", "is no whole number";
    UNKNOWN_WORD = Error "unknown_word", "giá trị không hợp lệ; có thể dùng: {known}", "unknown value; known are: {known}";
    CODE_MISSING = Error "code_missing", "thiếu mã; có thể đặt: {suggested}", "the code is missing; it could be: {suggested}";
    UNKNOWN_UNIT = Error "unknown_unit", "không có đơn vị \"{found}\"", "there is no unit \"{found}\"";
    UNKNOWN_AREA = Error "unknown_area", "không có địa bàn \"{found}\"", "there is no area \"{found}\"";
    AMBIGUOUS_UNIT = Error "ambiguous_unit", "có nhiều đơn vị tên \"{found}\": ghi thêm mã trong ngoặc vuông", "several units are called \"{found}\": add the code in square brackets";
    UNIT_GROUP = Error "unit_group", "\"{found}\" là nhóm đơn vị, không phải một đơn vị: ghi rõ từng đơn vị chủ trì, hoặc tên của một nhóm đơn vị đã lập", "\"{found}\" is a group of units, not one: name each lead unit, or a group that is known here";
    GROUP_LEADS = Warning "group_leads", "\"{found}\" là nhóm đơn vị: tạo một nhiệm vụ chung và {count} phần việc", "\"{found}\" is a group of units: one whole task and {count} parts are made";
    EMPTY_GROUP = Error "empty_group", "nhóm \"{found}\" không có đơn vị nào hoạt động vào ngày {day}", "no unit of the group \"{found}\" exists on {day}";
    NO_COMMON_LEAD = Error "no_common_lead", "có nhiều cơ quan chủ trì mà không có cấp trên chung: chọn đơn vị đứng tên nhiệm vụ chung (whole_lead)", "several lead units have no common superior: choose the unit of the whole (whole_lead)";
    HELPER_AS_WORDS = Warning "helper_as_words", "không có đơn vị \"{found}\": được giữ bằng chữ trong phần mô tả", "there is no unit \"{found}\": kept as words in the description";
    DEADLINE_UNREAD = Warning "deadline_unread", "chưa đọc được thời hạn: giữ nguyên văn, chưa tính quá hạn", "the deadline was not understood: its words are kept, lateness is not judged";
    NO_DEADLINE = Warning "no_deadline", "chưa có thời hạn", "there is no deadline";
    JOINED_ABOVE = Warning "joined_above", "dòng không có số thứ tự: đã ghép vào dòng {other}", "the row has no number: joined to row {other}";
    NO_NUMBER = Error "no_number", "dòng có nội dung nhưng không có số thứ tự", "the row has content but no number";
    SEVERAL_LEADS = Warning "several_leads", "có {count} cơ quan chủ trì: tạo một nhiệm vụ chung và {count} phần việc", "{count} lead units: one whole task and {count} parts are made";
    WORDS_IDENTIFY = Warning "words_identify", "không có cột số thứ tự hoặc mã: nhiệm vụ được nhận ra theo nguyên văn tên", "there is no column of numbers or ids: tasks are recognised by the words of their title";
    TOO_LONG = Error "too_long", "dài quá {max} ký tự", "is longer than {max} characters";
    UNKNOWN_TASK = Error "unknown_task", "không có nhiệm vụ \"{found}\"", "there is no task \"{found}\"";
    VOIDED = Warning "voided", "nhiệm vụ đã bị vô hiệu: bỏ qua", "the task was voided: left out";
    UNKNOWN_DOCUMENT = Error "unknown_document", "không có văn bản \"{found}\"", "there is no document \"{found}\"";
    AMBIGUOUS_DOCUMENT = Error "ambiguous_document", "có nhiều văn bản \"{found}\": ghi trích yếu, thêm năm, hoặc thêm mã trong ngoặc vuông", "several documents are called \"{found}\": write the title, add the year, or add the id in square brackets";
    UNKNOWN_TERM = Error "unknown_term", "không có nhiệm kỳ \"{found}\"", "there is no term \"{found}\"";
    NOT_YEARS = Error "not_years", "không phải khoảng năm: ghi dạng 2021-2025", "these are no years: write 2021-2025";
    DATE_UNREAD = Warning "date_unread", "chưa đọc được ngày: giữ nguyên văn", "the date was not understood: its words are kept";
    UNIT_AS_WORDS = Warning "unit_as_words", "không có đơn vị \"{found}\": được giữ bằng chữ", "there is no unit \"{found}\": kept as words";
    NOT_A_RESOLUTION = Error "not_a_resolution", "văn bản này không phải nghị quyết", "this document is no resolution";
    ONE_UNIT = Error "one_unit", "chỉ ghi một đơn vị", "name one unit only";
    DATE_ORDER = Error "date_order", "ngày kết thúc phải sau ngày bắt đầu", "the end comes before the beginning";
    DRAFT_RESOLUTION = Error "draft_resolution", "nghị quyết chỉ được ghi nhận khi đã ban hành", "a resolution is recorded once it is issued";
    NOT_OF_RESOLUTIONS = Warning "not_of_resolutions", "nghị quyết không có mục này: không đọc", "resolutions have no such field: not read";
    VOID_RECORD = Warning "void_record", "đã bị vô hiệu: bỏ qua", "was voided: left out";
    CIRCLE = Error "circle", "tạo thành vòng lặp", "makes a circle";
    NEW_ID = Warning "new_id", "chưa có nhiệm vụ mang mã này: tạo nhiệm vụ mới", "no task has this id: a new task is made";
    PARENT_FAILED = Error "parent_failed", "dòng cấp trên có lỗi", "the row it belongs to has an error";
    REFUSED = Error "refused", "{detail}", "{detail}";
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Row in the file, from 1; none for the file itself.
    pub row: Option<u32>,
    /// Column, counted from 0.
    pub column: Option<usize>,
    /// What the header of that column says.
    pub header: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// Stable name of the rule.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What might have been meant.
    pub suggestions: Vec<String>,
    vi: String,
    en: String,
}

impl Problem {
    /// A problem of the whole file.
    pub fn new(rule: &'static ImportRule) -> Self {
        Self {
            row: None,
            column: None,
            header: None,
            value: None,
            rule: rule.name,
            severity: rule.severity,
            suggestions: Vec::new(),
            vi: rule.vi.to_owned(),
            en: rule.en.to_owned(),
        }
    }

    /// A refusal of the house, already in words.
    pub fn refusal(rule: &'static str, vi: String, en: String) -> Self {
        Self { vi, en, rule, ..Self::new(REFUSED) }
    }

    /// Says in which row.
    #[must_use]
    pub fn in_row(mut self, row: u32) -> Self {
        self.row = Some(row);
        self
    }

    /// Says in which column, and what stands there.
    #[must_use]
    pub fn at(mut self, column: usize, header: &str, value: &str) -> Self {
        self.column = Some(column);
        self.header = Some(header.to_owned());
        self.value = Some(value.to_owned()).filter(|v| !v.is_empty());
        self
    }

    /// Says what stands there.
    #[must_use]
    pub fn valued(mut self, value: &str) -> Self {
        self.value = Some(value.to_owned()).filter(|v| !v.is_empty());
        self
    }

    /// Fills a parameter of the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        let (mark, value) = (format!("{{{name}}}"), value.to_string());
        self.vi = self.vi.replace(&mark, &value);
        self.en = self.en.replace(&mark, &value);
        self
    }

    /// Says what might have been meant.
    #[must_use]
    pub fn suggesting(mut self, suggestions: Vec<String>) -> Self {
        self.suggestions = suggestions;
        self
    }

    /// Only a warning, where it can be lived with.
    #[must_use]
    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Whether it stops the import.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The message for people.
    pub fn message(&self, language: Language) -> &str {
        match language {
            Language::Vi => &self.vi,
            Language::En => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_complete() {
        let mut names: Vec<_> = ALL.iter().map(|r| r.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
        assert!(ALL.iter().all(|r| !r.vi.is_empty() && !r.en.is_empty()));
    }

    #[test]
    fn a_message_names_what_was_found() {
        let problem = Problem::new(UNKNOWN_UNIT).in_row(7).at(2, "Cơ quan chủ trì", "Sở X").with("found", "Sở X");
        assert_eq!(problem.message(Language::Vi), "không có đơn vị \"Sở X\"");
        assert_eq!((problem.row, problem.column, problem.is_error()), (Some(7), Some(2), true));
    }
}
