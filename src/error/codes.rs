//! The table of error codes: stable name, HTTP status, title in Vietnamese and English.

/// One row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable name, for programs.
    pub name: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What it means, in Vietnamese.
    pub vi: &'static str,
    /// What it means, in English.
    pub en: &'static str,
}

macro_rules! codes {
    ($($constant:ident = $status:literal $name:literal, $vi:literal, $en:literal;)+) => {
        $(#[doc = $en] pub const $constant: &Code = &Code { name: $name, status: $status, vi: $vi, en: $en };)+

        /// The whole table.
        pub const ALL: &[&Code] = &[$($constant,)+];
    };
}

codes! {
    MALFORMED_JSON = 400 "malformed_json", "Nội dung gửi lên không phải JSON hợp lệ (UTF-8), hoặc có ký tự rỗng U+0000.", "The body is not valid JSON in UTF-8, or a text in it holds the character U+0000.";
    INVALID_PARAMETER = 400 "invalid_parameter", "Tham số trên địa chỉ không hợp lệ.", "A parameter of the address is not valid.";
    UNKNOWN_PARAMETER = 400 "unknown_parameter", "Địa chỉ có tham số không tồn tại.", "The address has a parameter that does not exist.";
    UNAUTHENTICATED = 401 "unauthenticated", "Cần đăng nhập: gửi kèm mã truy cập (Authorization: Bearer …).", "Sign in first: send an access token (Authorization: Bearer …).";
    INVALID_TOKEN = 401 "invalid_token", "Mã truy cập không hợp lệ, đã hết hạn hoặc đã bị thu hồi. Hãy đăng nhập lại.", "The access token is not valid, has expired or was revoked. Sign in again.";
    KEY_EXPIRED = 401 "key_expired", "Khóa của hệ thống kết nối đã hết hạn. Quản trị viên có thể gia hạn hoặc cấp khóa mới.", "The key of this API client has expired. An administrator can extend it or make a new one.";
    KEY_REVOKED = 401 "key_revoked", "Hệ thống kết nối này đã bị thu hồi quyền truy cập.", "This API client was revoked.";
    WRONG_CREDENTIALS = 401 "wrong_credentials", "Tên đăng nhập hoặc mật khẩu không đúng.", "The user name or the password is wrong.";
    FORBIDDEN = 403 "forbidden", "Tài khoản không có quyền thực hiện việc này.", "This account may not do that.";
    FOREIGN_FORM = 403 "foreign_form", "Biểu mẫu này không do hệ thống mở, hoặc đã mở từ phiên trước. Hãy tải lại trang rồi gửi lại.", "This form was not opened by this service, or in an earlier session. Load the page again and send it again.";
    NOT_FOUND = 404 "not_found", "Không tìm thấy.", "Not found.";
    METHOD_NOT_ALLOWED = 405 "method_not_allowed", "Địa chỉ này không nhận phương thức đã dùng.", "This address does not take that method.";
    DUPLICATE = 409 "duplicate", "Đã có bản ghi trùng mã hoặc trùng thứ tự.", "A record with the same code or ordinal exists already.";
    ILLEGAL_STATE = 409 "illegal_state", "Trạng thái hiện tại không cho phép việc này.", "The present state does not allow that.";
    COMMITTED = 409 "committed", "Cam kết của nhiệm vụ đã giao chỉ thay đổi qua điều chỉnh cam kết (commitment-changes).", "Commitments of an issued task change only through commitment-changes.";
    ALREADY_REQUESTED = 409 "already_requested", "Điều chỉnh này đã được đề nghị và đang chờ quyết định.", "The same change is asked for already and waits to be decided.";
    OWN_REPORT = 409 "own_report", "Không tự xác nhận báo cáo do chính mình gửi: cần một tài khoản khác xác nhận.", "Nobody verifies a report of his own: another account has to.";
    PERIOD_LOCKED = 409 "period_locked", "Kỳ báo cáo đã khóa: báo cáo trong kỳ không được xác nhận hay trả lại nữa.", "The period is closed: its reports are neither verified nor returned any more.";
    IDEMPOTENCY_IN_FLIGHT = 409 "idempotency_in_flight", "Yêu cầu có cùng Idempotency-Key đang được xử lý.", "A request with the same Idempotency-Key is being processed.";
    STALE = 412 "stale", "Bản ghi đã được người khác thay đổi. Hãy tải lại rồi sửa tiếp.", "Somebody else has changed the record. Load it again before changing it.";
    PAYLOAD_TOO_LARGE = 413 "payload_too_large", "Nội dung gửi lên quá lớn (tối đa 256 KiB; báo cáo hàng loạt: 4 MiB).", "The body is too large (at most 256 KiB; batches: 4 MiB).";
    FILE_TOO_LARGE = 413 "file_too_large", "Tệp quá lớn (tối đa 10 MiB, 20.000 dòng, 96 MiB sau khi giải nén).", "The file is too large (at most 10 MiB, 20,000 rows, 96 MiB unpacked).";
    ATTACHMENT_TOO_LARGE = 413 "attachment_too_large", "Tệp minh chứng quá lớn. Xem mức tối đa ở chi tiết.", "The attachment is too large. See the most in the detail.";
    UNSUPPORTED_ATTACHMENT = 415 "unsupported_attachment", "Loại tệp này không được nhận làm minh chứng. Xem loại được nhận ở chi tiết.", "This kind of file is not taken as an attachment. See what is taken in the detail.";
    FORM_REQUIRED = 415 "form_required", "Hãy gửi tệp dạng multipart/form-data với phần tên là file.", "Send the file as multipart/form-data, in a part called file.";
    UNSUPPORTED_FILE_TYPE = 415 "unsupported_file_type", "Hãy gửi tệp dạng multipart/form-data với phần tên là file, hoặc gửi thẳng nội dung text/csv hay .xlsx.", "Send the file as multipart/form-data in a part called file, or its bytes as text/csv or .xlsx.";
    UNSUPPORTED_MEDIA_TYPE = 415 "unsupported_media_type", "Hãy gửi nội dung dạng application/json.", "Send the body as application/json.";
    VALIDATION_FAILED = 422 "validation_failed", "Nội dung chưa hợp lệ. Xem chi tiết từng trường.", "The content breaks a rule. See each field.";
    IMPORT_HAS_ERRORS = 422 "import_has_errors", "Tệp có dòng sai nên chưa ghi gì. Xem từng dòng.", "Some rows are wrong, so nothing was written. See each row.";
    BATCH_REFUSED = 422 "batch_refused", "Có mục bị từ chối nên chưa ghi mục nào. Xem từng mục.", "Some items were refused, so nothing was written. See each item.";
    EXPORT_TOO_LARGE = 422 "export_too_large", "Danh sách có quá 19.999 dòng, không vừa một tệp. Hãy lọc bớt.", "The list has more than 19,999 rows, too many for a file. Narrow it down.";
    IDEMPOTENCY_KEY_REUSED = 422 "idempotency_key_reused", "Idempotency-Key này đã dùng cho một nội dung khác.", "This Idempotency-Key was used with another body.";
    PRECONDITION_REQUIRED = 428 "precondition_required", "Cần gửi kèm If-Match với ETag của bản đã đọc.", "Send If-Match with the ETag of what you read.";
    TOO_MANY_ATTEMPTS = 429 "too_many_attempts", "Đăng nhập sai quá nhiều lần. Hãy thử lại sau.", "Too many failed attempts to sign in. Try again later.";
    INTERNAL = 500 "internal", "Hệ thống gặp lỗi. Sự việc đã được ghi lại.", "Something went wrong on our side. It has been recorded.";
    TOO_MANY_WAITING = 503 "too_many_waiting", "Quá nhiều yêu cầu đang chờ thay đổi. Hãy hỏi lại sau, hoặc hỏi không kèm wait.", "Too many requests are waiting for changes. Ask again later, or without wait.";
    ATTACHMENTS_NOT_CONFIGURED = 503 "attachments_not_configured", "Hệ thống này chưa có thư mục lưu tệp minh chứng. Quản trị viên cần đặt attachments_dir.", "This deployment has no folder for attachments yet. Its operator has to set attachments_dir.";
    ATTACHMENTS_UNAVAILABLE = 503 "attachments_unavailable", "Chưa đọc hoặc ghi được tệp minh chứng: thư mục lưu đã đầy hoặc không truy cập được. Hãy thử lại sau.", "Attachments cannot be read or written: their folder is full or out of reach. Try again later.";
    UNAVAILABLE = 503 "unavailable", "Cơ sở dữ liệu tạm thời không sẵn sàng. Hãy thử lại sau giây lát.", "The database is away for the moment. Try again shortly.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_complete() {
        let mut names: Vec<_> = ALL.iter().map(|c| c.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
        assert!(ALL.iter().all(|c| (400..600).contains(&c.status) && !c.vi.is_empty() && !c.en.is_empty()));
    }
}
