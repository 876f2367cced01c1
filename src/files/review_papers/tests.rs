use std::io::{Cursor, Read};

use calamine::{Data, DataType, Range, Reader, Xlsx};
use zip::ZipArchive;

use super::sample::{self, SHA256};
use super::{Paper, docx, xlsx};
use crate::domain::review_reports::ReviewReport;

/// All parts of a file, each as text.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |at: usize| {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        (part.name().unwrap().to_string(), text)
    };
    (0..count).map(part).collect()
}

fn document(paper: &Paper<'_>) -> String {
    let bytes = docx(paper).unwrap();
    // What cannot be parsed is no document.
    docx_rs::read_docx(&bytes).unwrap();
    parts(&bytes).into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1
}

/// What is read in a document, each paragraph on a line.
fn words(paper: &Paper<'_>) -> String {
    let xml = document(paper).replace("</w:p>", "\n");
    let text: String = xml.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

fn sheet(paper: &Paper<'_>, name: &str) -> Range<Data> {
    let bytes = xlsx(paper).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(
        book.sheet_names(),
        ["Tổng hợp", "Chỉ tiêu", "Chỉ tiêu theo đơn vị", "Theo đơn vị", "Nhiệm vụ quá hạn", "So sánh", "Báo cáo đơn vị"]
    );
    book.worksheet_range(name).unwrap()
}

#[test]
fn papers_are_the_same_each_time() {
    let report = sample::report();
    for paper in [sample::draft(&report), sample::frozen(&report)] {
        let first = (docx(&paper).unwrap(), xlsx(&paper).unwrap());
        // Neither what this thread wrote before nor another one may be seen in it.
        assert!(first == (docx(&paper).unwrap(), xlsx(&paper).unwrap()));
        let other = std::thread::scope(|scope| scope.spawn(|| (docx(&paper).unwrap(), xlsx(&paper).unwrap())).join().unwrap());
        assert!(first == other);
        let day = paper.frozen_on.unwrap_or(report.as_of);
        for bytes in [&first.0, &first.1] {
            let core = parts(bytes).into_iter().find(|(name, _)| name == "docProps/core.xml").unwrap().1;
            assert_eq!(core.matches(&format!(">{day}T00:00:00Z<")).count(), 2, "{core}");
            let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
            let days: Vec<_> = (0..archive.len()).map(|at| archive.by_index(at).unwrap().last_modified()).collect();
            assert!(days.iter().all(|day| *day == Some(zip::DateTime::default())), "{days:?}");
        }
    }
}

#[test]
fn the_document_says_what_the_report_says() {
    let report = sample::report();
    let text = words(&sample::frozen(&report));
    for wanted in [
        "TỈNH ỦY HẬU GIANG\n",
        "ĐẢNG CỘNG SẢN VIỆT NAM\n",
        "-BC/TU\n",
        "BÁO CÁO\nsơ kết 3 năm thực hiện Nghị quyết Đại hội XIV\n",
        "Thực hiện Nghị quyết Đại hội XIV (số 04-NQ/TU), Ban Thường vụ Tỉnh ủy Hậu Giang báo cáo kết quả sơ kết 3 năm như sau:",
        "Số liệu tính đến hết ngày 01 tháng 02 năm 2023.",
        "Báo cáo có số liệu minh họa",
        "trước ngày đến hạn (ngày 14 tháng 10 năm 2023), vì: tỉnh sắp xếp",
        "I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU",
        "có 2/2 chỉ tiêu đạt và vượt, trong đó 1 vượt.",
        "chưa khớp với kết quả đánh giá từng chỉ tiêu: tổng số chỉ tiêu văn bản ghi 3, tính được 2.",
        "- Chỉ tiêu 2 (Tỷ lệ lao động qua đào tạo): theo số liệu là không đạt, đánh giá là đạt. Lý do: Ban Thường vụ thống nhất.",
        "Trong đó: Khu vực II\n",
        "3. Kết quả theo đơn vị báo cáo\n",
        "\nSở Y tế\n2\n1\n1\n0\n0\n0\n0\n",
        "Đạt (*)\n",
        "1.081,5\n(2022; ước thực hiện)\n",
        "đã hoàn thành 4 (0,27%) (đúng hạn 4, quá hạn 0), đang thực hiện trong hạn 1.500 (99,67%), quá hạn chưa hoàn thành 1 (0,07%).",
        "Ngoài ra có 1 nhiệm vụ hủy bỏ",
        "III. SO SÁNH VỚI KỲ TRƯỚC",
        "IV. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN",
        "VI. KIẾN NGHỊ, ĐỀ XUẤT",
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n",
        "Lãnh đạo Tỉnh ủy\n(phê duyệt ngày 05 tháng 3 năm 2023)\n",
        "PHỤ LỤC 3\n",
        "(hoạt động đến 31/01/2023)",
        "trong quý III-2021\n30/09/2021\n1.489\n",
        "Chỉ tiêu 1 đọc là 93,78.",
        SHA256,
    ] {
        assert!(text.contains(wanted), "{wanted}\n---\n{text}");
    }
    assert!(!text.contains("DỰ THẢO"));
    assert!(words(&sample::draft(&report)).contains("DỰ THẢO") && !words(&sample::draft(&report)).contains("SHA-256"));
}

#[test]
fn titles_of_tables_stand_on_every_page() {
    let report = sample::report();
    let xml = document(&sample::frozen(&report));
    // Nine tables, two of them with two rows of titles.
    assert_eq!(xml.matches("<w:tblHeader />").count(), 11);
    assert_eq!(xml.matches("w:orient=\"landscape\"").count(), 1);
    assert_eq!((xml.matches("<w:headerReference").count(), xml.matches("<w:titlePg />").count()), (2, 1));
}

#[test]
fn an_empty_report_has_no_gaps() {
    let report = sample::empty();
    let text = words(&sample::draft(&report));
    for wanted in
        ["\nI. KẾT QUẢ", "\nII. KẾT QUẢ", "\nIII. KIẾN NGHỊ, ĐỀ XUẤT\nKhông có.\n", "Chưa có chỉ tiêu nào", "Chưa có nhiệm vụ nào"]
    {
        assert!(text.contains(wanted), "{wanted}\n---\n{text}");
    }
    assert!(!text.contains("PHỤ LỤC") && !text.contains("IV. "));
    assert_eq!(sheet(&sample::draft(&report), "Theo đơn vị").height(), 1);
    assert_eq!(
        sheet(&sample::draft(&report), "So sánh").get_value((1, 0)).and_then(Data::as_string).as_deref(),
        Some("Không có kỳ trước để so sánh.")
    );
}

#[test]
fn numbers_are_numbers() {
    let report = sample::report();
    let paper = sample::frozen(&report);
    let at = |sheet: &Range<Data>, row, column| sheet.get_value((row, column)).cloned().unwrap();
    let indicators = sheet(&paper, "Chỉ tiêu");
    assert_eq!((at(&indicators, 1, 4), at(&indicators, 1, 6)), (Data::Float(80.33), Data::Float(1081.5)));
    let scores = sheet(&paper, "Chỉ tiêu theo đơn vị");
    let row = |row| [1, 2, 3, 4, 9].map(|column| at(&scores, row, column));
    let [two, one, whole] = [2.0, 1.0, 100.0].map(Data::Float);
    assert_eq!(row(1), [Data::String("Sở Y tế".to_owned()), two.clone(), one.clone(), one.clone(), whole.clone()]);
    assert_eq!(row(2), [Data::String("Cộng".to_owned()), two, one.clone(), one, whole]);
    let units = sheet(&paper, "Theo đơn vị");
    assert_eq!((at(&units, 1, 2), at(&units, 2, 2), at(&units, 1, 11)), (Data::Float(1501.0), Data::Float(1504.0), Data::Float(72.5)));
    // Sums are worked out already, for those who do not open it in a spreadsheet.
    assert_eq!(
        (at(&units, 3, 1).as_string().as_deref(), at(&units, 3, 2), at(&units, 3, 10)),
        (Some("Cộng"), Data::Float(3005.0), Data::Float(6.0))
    );
    let overdue = sheet(&paper, "Nhiệm vụ quá hạn");
    // Days since 1900 until 30 September 2021.
    assert!(matches!(at(&overdue, 1, 4), Data::DateTime(day) if day.as_f64() == 44_469.0));
    assert_eq!(at(&overdue, 1, 5), Data::Float(1489.0));
    let compared = sheet(&paper, "So sánh");
    assert_eq!((at(&compared, 5, 0).as_string().as_deref(), at(&compared, 5, 3)), (Some("Đã hoàn thành"), Data::Float(1.0)));
    assert_eq!(at(&sheet(&paper, "Báo cáo đơn vị"), 1, 4), Data::String("=1+1".to_owned()));
}

/// Replaces every name and text of a report.
fn said(report: &mut ReviewReport, text: &str) {
    let text = || text.to_owned();
    (report.review.title, report.review.document, report.review.number) = (text(), text(), Some(text()));
    (report.review.area.name, report.indicators.sentence) = (text(), text());
    (report.early_reason, report.missing_reason) = (Some(text()), Some(text()));
    report.texts.results = Some(text());
    report.texts.proposals = Some(text());
    for line in &mut report.indicators.lines {
        (line.place, line.name, line.measure, line.reason) = (text(), text(), Some(text()), Some(text()));
        if let Some(target) = &mut line.target {
            (target.period, target.text, target.number) = (text(), text(), None);
        }
    }
    for task in &mut report.tasks.overdue {
        (task.title, task.deadline, task.unit.name) = (text(), Some(text()), text());
    }
    for submission in &mut report.submissions {
        submission.texts.results = Some(text());
    }
}

#[test]
fn whatever_is_said_can_be_written() {
    let long = "Dài quá. ".repeat(2_500);
    for text in [
        "a\u{0}\u{1b}\u{b}b\u{ffff}",
        "<w:p>&amp; ]]> & <b>\"'",
        "🙂 ờ\u{202e}",
        &long,
        "=1+1",
        "+84",
        "-5",
        "@x",
        "",
        "\n\t\r\n",
        "{{&P}}",
    ] {
        let mut report = sample::report();
        said(&mut report, text);
        let paper = sample::frozen(&report);
        let kept: String = super::words::clean(text);
        let read = words(&paper);
        for line in super::words::lines(&kept) {
            assert!(read.contains(line.trim()), "{text:?}");
        }
        for (name, xml) in parts(&docx(&paper).unwrap()).into_iter().chain(parts(&xlsx(&paper).unwrap())) {
            assert!(!xml.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t') || c == '\u{ffff}'), "{name}: {text:?}");
        }
        let told = sheet(&paper, "Báo cáo đơn vị").get_value((1, 4)).and_then(Data::as_string).unwrap_or_default();
        assert_eq!(told.replace("\r\n", "\n"), kept, "{text:?}");
        let xml = parts(&xlsx(&paper).unwrap());
        let formulas: Vec<&str> =
            xml.iter().flat_map(|(_, xml)| xml.split("<f>").skip(1)).filter_map(|piece| piece.split_once("</f>")).map(|(f, _)| f).collect();
        assert!(
            formulas.iter().all(|formula| formula.starts_with("SUM(") || formula.starts_with("ROUND(") || formula.starts_with('C')),
            "{formulas:?}"
        );
    }
}
