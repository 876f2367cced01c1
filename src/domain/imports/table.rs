//! The rows of a table: blank ones, repeated headers and what stands below left out, groups as headings.

use super::header::{Column, Header};
use super::options::ImportKind;
use super::sheet::{Cell, Sheet, SheetRow};
use crate::domain::{roman, text::fold};

/// One row of content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyRow {
    /// The row.
    pub row: SheetRow,
    /// The groups it stands in, the widest first.
    pub headings: Vec<Heading>,
}

/// The title of a group of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its ordinal, as printed; empty if it has none.
    pub ordinal: String,
    /// Its words.
    pub title: String,
    rank: u8,
}

impl Heading {
    /// As it is printed: "I. Phát triển công nghiệp".
    pub fn line(&self) -> String {
        if self.ordinal.is_empty() { self.title.clone() } else { format!("{}. {}", self.ordinal, self.title) }
    }
}

impl BodyRow {
    /// The cell of a column.
    pub fn cell<'a>(&'a self, header: &Header, column: Column) -> &'a Cell {
        header.position(column).map_or(&Cell::Empty, |at| self.row.cell(at))
    }
}

/// The rows below a header.
pub fn body(sheet: &Sheet, header: &Header, kind: ImportKind) -> Vec<BodyRow> {
    let rows: Vec<&SheetRow> = sheet.rows.iter().filter(|row| row.number > header.last_row).collect();
    let mut headings: Vec<Heading> = Vec::new();
    let mut body = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if ends_the_table(row) {
            break;
        }
        if row.filled().next().is_none() || header.is_repeated_by(row, kind) || numbers_the_columns(row) {
            continue;
        }
        let below = rows.get(at + 1).copied();
        match (kind, heading(sheet, header, row, below)) {
            (ImportKind::Tasks, Some(heading)) => {
                headings.retain(|wider| wider.rank < heading.rank);
                headings.push(heading);
            }
            _ => body.push(BodyRow { row: (*row).clone(), headings: headings.clone() }),
        }
    }
    body
}

/// "Nơi nhận:" and signatures stand below the table.
fn ends_the_table(row: &SheetRow) -> bool {
    let first = row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| fold(&cell.text())).unwrap_or_default();
    first.starts_with("noi nhan") || first.starts_with("tm. ") || first.starts_with("kt. ")
}

/// A row that only numbers the columns: (1), (2), (3).
fn numbers_the_columns(row: &SheetRow) -> bool {
    let said: Vec<String> = row.filled().map(|column| row.cell(column).line()).collect();
    let number = |text: &String| text.trim_matches(['(', ')']).parse::<usize>().ok();
    said.len() > 2 && said.iter().enumerate().all(|(at, text)| number(text) == Some(at + 1))
}

/// The title of a group, if the row is one: marked by a numeral or letter, or a line of its own.
fn heading(sheet: &Sheet, header: &Header, row: &SheetRow, below: Option<&SheetRow>) -> Option<Heading> {
    let number = header.position(Column::Number);
    let stands = |column: Column| header.position(column).is_some_and(|at| !row.cell(at).is_empty());
    if stands(Column::Lead) && !sheet.spans(row.number).any(|m| m.columns.1 - m.columns.0 > 1) {
        return None;
    }
    let filled: Vec<usize> = row.filled().collect();
    let own = number.map(|at| row.cell(at).line()).unwrap_or_default();
    let only = |title: usize| filled.iter().all(|at| *at == title || Some(*at) == number);
    let title = header.position(Column::Title)?;
    if let (Some(rank), true) = (rank(&own), only(title) && !row.cell(title).is_empty()) {
        return Some(Heading { ordinal: bare_ordinal(&own), title: row.cell(title).line(), rank });
    }
    if !own.is_empty() && only(title) && !row.cell(title).is_empty() {
        let next = below.and_then(|next| number.map(|at| next.cell(at).line())).unwrap_or_default();
        let begins = next.strip_prefix(bare_ordinal(&own).as_str()).is_some_and(|rest| rest.starts_with('.') && rest.len() > 1);
        return begins.then(|| Heading { ordinal: bare_ordinal(&own), title: row.cell(title).line(), rank: 2 });
    }
    let [alone] = filled.as_slice() else { return None };
    let spans = sheet.spans(row.number).any(|m| m.columns.0 == *alone);
    let words = row.cell(*alone).line();
    let (ordinal, rest) = words.split_once(['.', ')', '/']).unwrap_or(("", words.as_str()));
    if let Some(rank) = rank(ordinal).filter(|_| !rest.trim().is_empty()) {
        return Some(Heading { ordinal: bare_ordinal(ordinal), title: rest.trim().to_owned(), rank });
    }
    let continues = words.chars().next().is_some_and(|c| c.is_lowercase() || "-+•*;,(".contains(c));
    let own_line = spans || (number.is_some() && *alone <= title && !continues);
    own_line.then(|| Heading { ordinal: String::new(), title: words, rank: 3 })
}

/// How wide a group is that is marked so: A before I.
fn rank(ordinal: &str) -> Option<u8> {
    let ordinal = bare_ordinal(ordinal);
    let mut letters = ordinal.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if ('A'..='H').contains(&letter) && !"CD".contains(letter) => Some(0),
        _ if ordinal.chars().all(|c| c.is_ascii_uppercase()) && roman::parse(&ordinal).is_some_and(|n| n < 100) => Some(1),
        (Some(letter), None) if letter.is_ascii_uppercase() => Some(0),
        _ => None,
    }
}

fn bare_ordinal(ordinal: &str) -> String {
    ordinal.trim().trim_end_matches(['.', ')', '/']).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::header;
    use super::super::sheet::Merge;
    use super::*;

    fn sheet(lines: &[&str]) -> Sheet {
        let row = |(i, line): (usize, &&str)| SheetRow {
            number: u32::try_from(i).unwrap() + 1,
            cells: line.split('|').map(Cell::words).collect(),
        };
        Sheet { name: String::new(), rows: lines.iter().enumerate().map(row).collect(), merges: Vec::new() }
    }

    #[test]
    fn an_annex_as_it_is_printed() {
        let mut sheet = sheet(&[
            "PHỤ LỤC",
            "(Kèm theo Kế hoạch)",
            "STT|Nhiệm vụ|Phân công||Kết quả/Sản phẩm|Thời gian|Ghi chú",
            "||Chủ trì|Phối hợp|||",
            "(1)|(2)|(3)|(4)|(5)|(6)|(7)",
            "I|Phát triển công nghiệp",
            "1|Xây dựng kế hoạch|Sở Y tế||Kế hoạch|Quý I",
            "",
            "STT|Nhiệm vụ|Chủ trì|Phối hợp|Kết quả/Sản phẩm|Thời gian|Ghi chú",
            "2|Rà soát|Sở Y tế",
            "II. Nhân lực",
            "3|Đào tạo|Sở Y tế",
            "Nơi nhận:|- Như trên",
            "- Lưu VT",
        ]);
        sheet.merges = vec![Merge { rows: (3, 3), columns: (2, 3) }, Merge { rows: (11, 11), columns: (0, 6) }];
        let header = header::find(&sheet, ImportKind::Tasks).unwrap();
        assert_eq!((header.last_row, header.position(Column::Lead), header.position(Column::Coordinating)), (4, Some(2), Some(3)));
        assert_eq!(header.names[3], "Phân công – Phối hợp");
        let body = body(&sheet, &header, ImportKind::Tasks);
        let seen: Vec<(u32, String)> =
            body.iter().map(|r| (r.row.number, r.headings.iter().map(Heading::line).collect::<String>())).collect();
        let industry = "I. Phát triển công nghiệp".to_owned();
        assert_eq!(seen, [(7, industry.clone()), (10, industry), (12, "II. Nhân lực".to_owned())]);
    }

    #[test]
    fn wrapped_english_and_plain_names_are_headers_too() {
        for line in [
            "tt|noi_dung_nhiem_vu|co_quan_chu_tri|san_pham",
            "No.|Task|Lead unit|Deliverable",
            "TT|NỘI DUNG\nNHIỆM VỤ|CƠ QUAN, ĐƠN VỊ\nCHỦ TRÌ|SẢN PHẨM (*)",
            "Số TT|Nội dung|Phân công nhiệm vụ|Sản phẩm đầu ra",
        ] {
            let header = header::find(&sheet(&[line]), ImportKind::Tasks).unwrap_or_else(|p| panic!("{line}: {p:?}"));
            let found = [Column::Number, Column::Title, Column::Lead, Column::Deliverable].map(|c| header.position(c));
            assert_eq!(found, [Some(0), Some(1), Some(2), Some(3)], "{line}");
        }
    }

    #[test]
    fn the_first_row_is_no_part_of_the_header() {
        for (kind, lines) in [
            (ImportKind::Tasks, ["Nhiệm vụ|Cơ quan chủ trì|Sản phẩm", "Xây dựng kế hoạch|Sở Y tế|"]),
            (ImportKind::Tasks, ["Nhiệm vụ (*)|Cơ quan chủ trì (*)|Thời gian", "Xây dựng kế hoạch|Sở Y tế|quý IV/2026"]),
            (ImportKind::Units, ["Mã (*)|Tên (*)|Loại (*)|Cấp trên|Địa bàn (*)|Từ ngày (*)", "a-b|Sở A|Sở|UBND tỉnh|hg|1/1/2004"]),
        ] {
            let sheet = sheet(&lines);
            let header = header::find(&sheet, kind).unwrap();
            assert_eq!((header.last_row, body(&sheet, &header, kind).len()), (1, 1), "{lines:?}");
        }
    }

    #[test]
    fn what_is_no_annex_of_tasks_is_said_to_be_none() {
        let rule = |lines: &[&str]| header::find(&sheet(lines), ImportKind::Tasks).unwrap_err()[0].rule;
        assert_eq!(rule(&["tt|chi_tieu|dvt|giai_doan_2026_2030|muc_tieu_2026|co_quan_chu_tri"]), "indicator_annex");
        assert_eq!(rule(&["stt|chi_tieu|don_vi|ke_hoach_quoc_hoi|co_quan_chu_tri_theo_doi_danh_gia"]), "indicator_annex");
        assert_eq!(rule(&["a|b|c"]), "no_header");
        assert_eq!(rule(&[]), "no_header");
        assert_eq!(rule(&["STT|Nhiệm vụ|Sản phẩm"]), "column_missing");
        assert_eq!(rule(&["STT|Nhiệm vụ|Chủ trì|Cơ quan chủ trì"]), "column_twice");
    }
}
