//! What the page of imports says of each kind of table.

use crate::domain::imports::ImportKind;

words! {
    /// What the tables are.
    ImportAbout {
        areas = "Tên cột: Mã, Tên, Cấp, Từ ngày; có thể thêm Thuộc, Đến ngày, Ghi chú.", "Columns: code, name, level, valid_from; and if wanted parent_code, valid_to, note.";
        units = "Tên cột: Mã, Tên, Loại, Địa bàn, Từ ngày; có thể thêm Mã định danh, Khối, Cấp trên, Đến ngày, Ghi chú.", "Columns: code, name, kind, area_code, valid_from; and if wanted agency_code, system, parent_code, valid_to, note.";
        tasks = "Phụ lục nhiệm vụ như văn bản ban hành: STT, Nhiệm vụ, Cơ quan chủ trì, Cơ quan phối hợp, Sản phẩm, Thời gian hoàn thành. Tiêu đề gộp ô, dòng tên phụ lục và nhóm “I. …” đều được.", "The annex of tasks as it was issued: STT, Nhiệm vụ, Cơ quan chủ trì, Cơ quan phối hợp, Sản phẩm, Thời gian hoàn thành. Merged headers, a title above and groups “I. …” are understood.";
        documents = "Danh mục văn bản, nghị quyết và chương trình, kế hoạch chung một bảng: Số ký hiệu, Loại, Trích yếu, Cấp, Cơ quan ban hành, Ngày ban hành, Nhiệm kỳ, Phạm vi, Năm, Giai đoạn, Tình trạng, Thực hiện văn bản, Nguồn. Dòng của cùng một tệp có thể nhắc đến nhau.", "A list of documents, resolutions and programmes together: number, kind, title, level, issuer, issued on, term, scope, year, period, state, implements, source. Rows of one file may name each other.";
        clauses = "Điều khoản của nghị quyết: Văn bản (hoặc chọn nghị quyết bên dưới), Mục (ví dụ II.3.b), Loại, Đề mục, Nội dung.", "Clauses of resolutions: resolution (or choose it below), path (such as II.3.b), kind, heading, text.";
        indicators = "Phụ lục chỉ tiêu như văn bản ban hành: STT, Chỉ tiêu, Đơn vị tính, mỗi kỳ một cột mục tiêu có năm trong tên (Mục tiêu 2025, Giai đoạn 2021-2025), Cơ quan chủ trì. Chọn văn bản bên dưới.", "The annex of indicators as it was issued: STT, Chỉ tiêu, Đơn vị tính, a column of targets for each period with its years in the name (Mục tiêu 2025, Giai đoạn 2021-2025), Cơ quan chủ trì. Choose the document below.";
        unit_events = "Phụ lục sắp xếp: Từ ngày, Đối tượng, Loại, Trước, Sau, Bàn giao việc cho, Căn cứ, Ghi chú. Đơn vị, địa bàn mới phải nhập trước. Mọi dòng cùng ngày, cùng căn cứ được ghi cùng lúc.", "The annex of a reorganisation: effective_on, of, kind, from, to, handover_to, legal_basis, note. New units and areas are imported before. All rows of one day and legal basis are recorded together.";
        unit_groups = "Nhóm đơn vị để giao việc: Mã, Tên, Tên khác, Loại đơn vị, Cấp, Địa bàn, Khối, Đơn vị thêm, Đơn vị trừ, Ghi chú.", "Groups of units to give work to: code, name, aliases, kinds, levels, area, system, members, excluded, note.";
        conferences = "Hội nghị học tập, quán triệt: Văn bản, Tên hội nghị, Loại, Cấp, Đơn vị tổ chức, Tình trạng, Ngày, Đến ngày, Lý do, Hình thức, Số điểm cầu, Số người dự, Đối tượng, Báo cáo viên, Kết hợp với, Nguồn.", "Conferences: document, title, kind, level, host, state, held_on, held_to, reason, formats, site_count, attendance, audiences, presenters, combined_with, source.";
        posts = "Chức danh và người giữ: Đơn vị, Chức danh, Họ tên, Từ ngày, Đến ngày. Các dòng của một chức danh được gộp; người đã có mà tệp không ghi thì vẫn giữ.", "Posts and who held them: unit, title, name, from, to. Rows of one post are joined; holders that the file does not name stay.";
        calendar_days = "Ngày nghỉ lễ, nghỉ bù, làm bù: Ngày, Loại, Tên, Nguồn.", "Holidays, days off and days worked in exchange: day, kind, name, source.";
        to_drafts = "Xem và giao các dự thảo", "See and issue the drafts";
        to_units = "Tiếp theo: nhập đơn vị", "Next: import the units";
        to_documents = "Xem chương trình, kế hoạch", "See programmes and plans";
        to_resolutions = "Xem nghị quyết", "See the resolutions";
        to_indicators = "Xem chỉ tiêu", "See the indicators";
        to_unit_events = "Xem sắp xếp tổ chức", "See the reorganisations";
        to_tasks = "Tiếp theo: nhập nhiệm vụ", "Next: import the tasks";
        to_unit_groups = "Xem nhóm đơn vị", "See the groups of units";
        to_calendar = "Xem lịch làm việc", "See the calendar";
    }
}

impl ImportAbout {
    /// Where to go once a table of this kind was taken in.
    pub fn onwards(&'static self, kind: ImportKind) -> Option<(&'static str, &'static str)> {
        Some(match kind {
            ImportKind::Areas => ("/import?kind=units", self.to_units),
            ImportKind::Units => ("/import?kind=tasks", self.to_tasks),
            ImportKind::Tasks => ("/drafts", self.to_drafts),
            ImportKind::Documents => ("/programmes", self.to_documents),
            ImportKind::Clauses => ("/resolutions", self.to_resolutions),
            ImportKind::Indicators => ("/indicators", self.to_indicators),
            ImportKind::UnitEvents => ("/unit-events", self.to_unit_events),
            ImportKind::UnitGroups => ("/unit-groups", self.to_unit_groups),
            ImportKind::CalendarDays => ("/calendar-days", self.to_calendar),
            ImportKind::Conferences | ImportKind::Posts => return None,
        })
    }

    /// What a table of this kind is.
    pub fn of_kind(&'static self, kind: ImportKind) -> &'static str {
        match kind {
            ImportKind::Areas => self.areas,
            ImportKind::Units => self.units,
            ImportKind::Tasks => self.tasks,
            ImportKind::Documents => self.documents,
            ImportKind::Clauses => self.clauses,
            ImportKind::Indicators => self.indicators,
            ImportKind::UnitEvents => self.unit_events,
            ImportKind::UnitGroups => self.unit_groups,
            ImportKind::Conferences => self.conferences,
            ImportKind::Posts => self.posts,
            ImportKind::CalendarDays => self.calendar_days,
        }
    }
}
