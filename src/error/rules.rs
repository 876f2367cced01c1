//! The table of field rules: stable name, message in Vietnamese and English. `{braces}` are
//! filled from the error's parameters.

/// One row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name, for programs.
    pub name: &'static str,
    /// Message in Vietnamese.
    pub vi: &'static str,
    /// Message in English.
    pub en: &'static str,
}

macro_rules! rules {
    ($($constant:ident = $name:literal, $vi:literal, $en:literal;)+) => {
        $(#[doc = $en] pub const $constant: &Rule = &Rule { name: $name, vi: $vi, en: $en };)+

        /// The whole table.
        pub const ALL: &[&Rule] = &[$($constant,)+];
    };
}

rules! {
    REQUIRED = "required", "bắt buộc phải có", "is required";
    LENGTH = "length", "độ dài phải từ {min} đến {max} ký tự", "must have {min} to {max} characters";
    RANGE = "range", "phải nằm trong khoảng {min} đến {max}", "must lie between {min} and {max}";
    PERCENT = "percent", "phải là số từ 0 đến 100 với tối đa hai chữ số thập phân", "must be a number from 0 to 100 with at most two decimals";
    COUNT = "count", "có quá nhiều phần tử: tối đa {max}", "has too many items: at most {max}";
    FORMAT = "format", "không đúng định dạng", "has the wrong form";
    WRONG_TYPE = "wrong_type", "sai kiểu dữ liệu: {detail}", "has the wrong type: {detail}";
    UNKNOWN_FIELD = "unknown_field", "trường này không tồn tại", "there is no such field";
    UNKNOWN_PARAMETER = "unknown_parameter", "tham số này không tồn tại; có thể dùng: {known}", "there is no such parameter; known are: {known}";
    UNKNOWN_VALUE = "unknown_value", "giá trị không hợp lệ; có thể dùng: {known}", "unknown value; known are: {known}";
    UNKNOWN_UNIT = "unknown_unit", "không có đơn vị \"{found}\"", "there is no unit \"{found}\"";
    UNKNOWN_AREA = "unknown_area", "không có địa bàn \"{found}\"", "there is no area \"{found}\"";
    UNKNOWN_SHEET = "unknown_sheet", "tệp không có trang tính \"{found}\"", "the file has no sheet \"{found}\"";
    UNKNOWN_RECORD = "unknown_record", "không có bản ghi \"{found}\"", "there is no record \"{found}\"";
    OTHER_ROOT = "other_root", "thuộc tỉnh khác", "belongs to another province";
    NOT_VALID_THEN = "not_valid_then", "đơn vị không hoạt động vào ngày {day}", "the unit does not exist on {day}";
    NOT_COORDINATING = "not_coordinating", "không phải là cơ quan phối hợp của nhiệm vụ này", "is no coordinating unit of this task";
    EMPTY_GROUP = "empty_group", "nhóm không có đơn vị nào hoạt động vào ngày {day}", "no unit of the group exists on {day}";
    NOT_THERE_THEN = "not_there_then", "không tồn tại vào ngày {day}", "does not exist on {day}";
    EVENT_SIDES = "event_sides", "loại sự kiện này cần {needed} ở đây", "this kind of event needs {needed} here";
    SHARES = "shares", "chia tách thì mỗi phần có tỷ trọng và tổng bằng 1; chuyển giao thì tổng nhỏ hơn 1; loại khác không có tỷ trọng", "parts of a split each have a share and sum to 1, of a transfer to less than 1; other kinds have none";
    OVERLAPS = "overlaps", "đã có sự kiện khác vào ngày {day}", "another event happened to it on {day}";
    NOT_A_SIDE = "not_a_side", "phải là một bên của sự kiện này", "must be on that side of the event";
    UNDECIDED = "undecided", "còn {count} nhiệm vụ chưa rõ đơn vị tiếp nhận", "nobody would answer for {count} open tasks";
    DATE_ORDER = "date_order", "ngày kết thúc phải sau ngày bắt đầu", "the end must not come before the start";
    NOT_PAST = "not_past", "phải sau thời điểm hiện tại", "must lie in the future";
    BEFORE_TODAY = "before_today", "không được trước ngày hôm nay ({today})", "must not lie before today ({today})";
    FUTURE = "future", "không được sau ngày hôm nay ({today})", "must not lie after today ({today})";
    BEFORE_TASK = "before_task", "không được trước ngày giao việc ({day})", "must not lie before the task was assigned ({day})";
    AFTER_MEASURED = "after_measured", "không được sau ngày số liệu ({day})", "must not lie after the day the report speaks of ({day})";
    BEFORE_DATA = "before_data", "không có dữ liệu vào ngày này; dữ liệu bắt đầu từ {day}", "there is no data on that day; data begins on {day}";
    COMPLETED_IS_100 = "completed_is_100", "đã hoàn thành thì tiến độ là 100", "completed work is at 100";
    NOT_STARTED_IS_0 = "not_started_is_0", "chưa triển khai thì tiến độ là 0", "work that has not started is at 0";
    PRODUCT_REQUIRED = "product_required", "hoàn thành thì phải có sản phẩm và ngày của sản phẩm", "completed work needs its product and the date of the product";
    REASON_REQUIRED = "reason_required", "phải nêu lý do", "a reason is required";
    YEARLY_ONLY = "yearly_only", "chỉ kỳ sơ kết hằng năm mới có năm", "only a yearly round has a year";
    SCORE_SENTENCE = "score_sentence", "phải có số chỉ tiêu dạng X/Y, ví dụ: 16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt", "must hold a score X/Y, such as: 16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt";
    DAY_NOT_OVER = "day_not_over", "phải là một ngày đã qua (trước {today})", "must be a day that is over (before {today})";
    STILL_MISSING = "still_missing", "còn {count} đơn vị chưa có báo cáo được xác nhận: phải nêu lý do chốt khi còn thiếu", "{count} units have no confirmed report: say why it is frozen without them";
    OTHER_CONTENT = "other_content", "không phải nội dung đã chốt; hãy đọc lại rồi phê duyệt", "is not what was frozen; read it again before approving";
    FROZEN_ON = "frozen_on", "đã chốt theo số liệu hết ngày {day}", "was frozen with the numbers of {day}";
    NO_PERIODS = "no_periods", "nhiệm vụ này không có kỳ thực hiện hay mốc", "this task has neither periods nor steps";
    UNKNOWN_PERIOD = "unknown_period", "nhiệm vụ này không có kỳ hay mốc \"{found}\"; còn phải thực hiện: {open}", "this task does not owe \"{found}\"; still open: {open}";
    PERIOD_REQUIRED = "period_required", "nhiệm vụ định kỳ: phải nêu kỳ đã hoàn thành; còn phải thực hiện: {open}", "repeated work: the period that was completed is needed; still open: {open}";
    PERIOD_DONE = "period_done", "kỳ này đã được xác nhận hoàn thành, không báo cáo lại được; còn phải thực hiện: {open}", "this period was confirmed as done and takes no more reports; still open: {open}";
    PERIOD = "period", "phải là một năm, nửa năm, quý hoặc tháng: 2023, 2023H1, 2023Q3, 2023-09", "must be a year, a half, a quarter or a month: 2023, 2023H1, 2023Q3, 2023-09";
    PERIOD_LOCKED = "period_locked", "kỳ {period} đã khóa: không nhận báo cáo có số liệu trong kỳ này; cơ quan theo dõi có thể mở riêng cho đơn vị", "the period {period} is closed: no report may speak of its days; the monitoring office can open it to a unit";
    PERIOD_OR_SPAN = "period_or_span", "phải là một năm, nhiều năm, nửa năm, quý hoặc tháng: 2023, 2021-2025, 2023H1, 2023Q3, 2023-09", "must be a year, several years, a half, a quarter or a month: 2023, 2021-2025, 2023H1, 2023Q3, 2023-09";
    PERIOD_OUTSIDE = "period_outside", "kỳ này nằm ngoài lộ trình của chỉ tiêu ({from} đến {to})", "the period lies outside the path of the indicator ({from} to {to})";
    AFTER_PATH = "after_path", "phải trước năm đầu của lộ trình", "must lie before the first year of the path";
    HAS_PARTS = "has_parts", "còn chỉ tiêu con: hủy các chỉ tiêu con trước", "others stand below it: void them first";
    NO_TARGET = "no_target", "chỉ tiêu này không có mức phấn đấu cho kỳ đó", "the indicator has no target for that period";
    DECIMAL = "decimal", "phải là số thập phân viết bằng dấu chấm, ví dụ 9736 hoặc 4.84", "must be a decimal number with a point, such as 9736 or 4.84";
    NOT_ZERO = "not_zero", "không được bằng 0", "must not be 0";
    EARLIER_STAGE = "earlier_stage", "kỳ này đã có số liệu ở mức {stage}: không quay lại mức thấp hơn", "the period has a value at the stage {stage} already: it does not go back";
    PERIOD_NOT_OVER = "period_not_over", "kỳ này chưa kết thúc ({day})", "the period is not over yet ({day})";
    REFUSED = "refused", "chưa thực hiện được ({code}): {detail}", "was refused ({code}): {detail}";
    FALLING_PERCENT = "falling_percent", "tiến độ giảm so với {before} %: phải nêu lý do", "progress falls from {before} %: a reason is required";
    NOT_YET_KNOWN = "not_yet_known", "chưa được ghi nhận vào ngày này", "was not recorded yet on that day";
    NOTHING_CHANGES = "nothing_changes", "không có gì thay đổi", "nothing would change";
    ONE_OF = "one_of", "chỉ được có đúng một trong: {fields}", "exactly one of these is needed: {fields}";
    CIRCLE = "circle", "tạo thành vòng lặp", "would make a circle";
    LACKS_WHO = "lacks_who", "chưa rõ người: thiếu chức danh chịu trách nhiệm", "not clear who: the accountable post is missing";
    LACKS_WHAT = "lacks_what", "chưa rõ việc: thiếu nội dung nhiệm vụ", "not clear what: there are no words for it";
    LACKS_WHEN = "lacks_when", "chưa rõ thời gian: thiếu thời hạn, hoặc thời hạn không nêu được ngày", "not clear when: there is no deadline, or it names no day";
    LACKS_RESPONSIBILITY = "lacks_responsibility", "chưa rõ trách nhiệm: thiếu cơ quan theo dõi", "not clear to whom one answers: the monitoring unit is missing";
    LACKS_PRODUCT = "lacks_product", "chưa rõ sản phẩm: thiếu sản phẩm phải có", "not clear what is delivered: the deliverable is missing";
    LACKS_AUTHORITY = "lacks_authority", "chưa rõ thẩm quyền: thiếu người giao hoặc văn bản giao", "not clear by whose authority: neither who nor which document assigned it";
    SECRET_STUB = "secret_stub", "nhiệm vụ mật chỉ được lưu dạng rút gọn, không có nội dung này", "a secret task is kept as a stub, without this";
    PASSWORD = "password", "mật khẩu phải có từ 10 đến 128 ký tự và không được dễ đoán", "a password has 10 to 128 characters and must not be easy to guess";
    WRONG_PASSWORD = "wrong_password", "mật khẩu hiện tại không đúng", "the present password is wrong";
    USERNAME = "username", "chỉ gồm chữ thường không dấu, chữ số, dấu chấm, gạch nối, gạch dưới (3 đến 60 ký tự)", "only lower-case letters, digits, dot, hyphen and underscore (3 to 60 characters)";
    EMAIL = "email", "không phải địa chỉ thư điện tử, ví dụ van-thu@haugiang.gov.vn", "is no e-mail address such as van-thu@haugiang.gov.vn";
    CODE_FORM = "code_form", "chỉ gồm chữ thường không dấu, chữ số và gạch nối (2 đến 80 ký tự)", "only lower-case letters, digits and hyphens (2 to 80 characters)";
    SYSTEM_CODE = "system_code", "chỉ gồm chữ thường không dấu, chữ số và gạch nối (2 đến 40 ký tự)", "only lower-case letters, digits and hyphens (2 to 40 characters)";
    EXTERNAL_ID = "external_id", "phải có từ 1 đến 200 ký tự, không có ký tự điều khiển", "has 1 to 200 characters, none of them a control character";
    CURSOR = "cursor", "con trỏ trang không hợp lệ: dùng đúng giá trị next của trang trước", "not a cursor of this list: use the next of the page before";
    FIXED = "fixed", "không thay đổi được sau khi tạo", "cannot be changed later";
    ROOT_AREA = "root_area", "phải là địa bàn cấp cao nhất", "must be a root area";
    TAKEN = "taken", "đã được dùng: {found}", "is taken already: {found}";
    REPEATED = "repeated", "bị lặp lại", "is said twice";
    NOT_HERE = "not_here", "không được có trong trường hợp này", "must be left out in this case";
    ORDINAL_TEXT = "ordinal_text", "\"{found}\" không phải là số {ordinal}", "\"{found}\" is not the number {ordinal}";
    FILE_EMPTY = "file_empty", "tệp trống", "the file is empty";
    FILE_MACROS = "file_macros", "tệp có macro: lưu lại dạng .xlsx không macro rồi gửi", "the file holds macros: save it as .xlsx without them";
    FILE_OLD = "file_old", "tệp .xls cũ hoặc tệp có mật khẩu: lưu lại dạng .xlsx, không đặt mật khẩu", "an old .xls, or a file with a password: save it as .xlsx without a password";
    FILE_KIND = "file_kind", "không phải bảng tính: chỉ nhận .xlsx và .csv", "is no table: only .xlsx and .csv are taken";
    FILE_ENCODING = "file_encoding", "bảng mã không rõ: lưu lại dạng \"CSV UTF-8\" hoặc .xlsx", "the encoding is not certain: save it as \"CSV UTF-8\" or .xlsx";
    FILE_DAMAGED = "file_damaged", "tệp bị hỏng hoặc không đầy đủ", "the file is damaged or incomplete";
    ATTACHMENT_EMPTY = "attachment_empty", "“{name}” trống", "“{name}” is empty";
    ATTACHMENT_SIZE = "attachment_size", "“{name}” lớn hơn mức tối đa {most}", "“{name}” is larger than {most}";
    ATTACHMENT_KIND = "attachment_kind", "“{name}” là {found}; chỉ nhận: {allowed}", "“{name}” is {found}; taken are: {allowed}";
    ATTACHMENT_ENDING = "attachment_ending", "nội dung của “{name}” là {found}, nên tên phải kết thúc bằng: {endings}", "the content of “{name}” is {found}, so its name has to end in: {endings}";
    ATTACHMENT_MACROS = "attachment_macros", "“{name}” có macro: lưu lại dạng không macro, hoặc PDF, rồi gửi", "“{name}” holds macros: save it without them, or as a PDF";
    ATTACHMENT_LOCKED = "attachment_locked", "“{name}” có mật khẩu: bỏ mật khẩu rồi gửi", "“{name}” needs a password: send it without one";
    ATTACHMENT_DAMAGED = "attachment_damaged", "“{name}” bị hỏng hoặc không đầy đủ", "“{name}” is damaged or incomplete";
    TOO_MANY_FILES = "too_many_files", "có quá nhiều tệp: tối đa {max}", "has too many files: at most {max}";
    IMPORT_PROBLEM = "import_problem", "{detail}", "{detail}";
}
