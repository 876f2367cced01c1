//! What the page of imports says of each kind of table.

use crate::domain::imports::ImportKind;

words! {
    /// What the tables are.
    ImportAbout {
        areas = "Tên cột: Mã, Tên, Cấp, Từ ngày; có thể thêm Thuộc, Đến ngày, Ghi chú.", "Columns: code, name, level, valid_from; and if wanted parent_code, valid_to, note.";
        units = "Tên cột: Mã, Tên, Loại, Địa bàn, Từ ngày; có thể thêm Mã định danh, Khối, Cấp trên, Đến ngày, Ghi chú.", "Columns: code, name, kind, area_code, valid_from; and if wanted agency_code, system, parent_code, valid_to, note.";
        tasks = "Phụ lục nhiệm vụ như văn bản ban hành: STT, Nhiệm vụ, Cơ quan chủ trì, Cơ quan phối hợp, Sản phẩm, Thời gian hoàn thành. Tiêu đề gộp ô, dòng tên phụ lục và nhóm “I. …” đều được.", "The annex of tasks as it was issued: STT, Nhiệm vụ, Cơ quan chủ trì, Cơ quan phối hợp, Sản phẩm, Thời gian hoàn thành. Merged headers, a title above and groups “I. …” are understood.";
        documents = "Danh mục văn bản, nghị quyết và chương trình, kế hoạch chung một bảng: Số ký hiệu, Loại, Trích yếu, Cấp, Cơ quan ban hành, Ngày ban hành, Nhiệm kỳ, Phạm vi, Năm, Giai đoạn, Tình trạng, Thực hiện văn bản, Nguồn. Dòng của cùng một tệp có thể nhắc đến nhau.", "A list of documents, resolutions and programmes together: number, kind, title, level, issuer, issued on, term, scope, year, period, state, implements, source. Rows of one file may name each other.";
    }
}

impl ImportAbout {
    /// What a table of this kind is.
    pub fn of_kind(&'static self, kind: ImportKind) -> &'static str {
        match kind {
            ImportKind::Areas => self.areas,
            ImportKind::Units => self.units,
            ImportKind::Tasks => self.tasks,
            ImportKind::Documents => self.documents,
        }
    }
}
