//! A few files that prove what the demo's reports say: made here, and labelled as illustrations.

use std::fmt::Write;

use crate::db::Connection;
use crate::domain::attachments::AttachmentDraft;
use crate::domain::progress_reports::{ReportQuery, Verification};
use crate::domain::{Moment, Origin};
use crate::error::{AppError, AppResult};
use crate::files::folder::Folder;
use crate::service::access::{LogProgress, ReadWork};
use crate::service::{attachments, progress_reports};

use super::world::World;

/// How many reports have a file.
const FILES: i64 = 4;

/// Attaches a file to the newest reports that wait for the office, in its name.
pub fn attach(conn: &mut Connection, world: &World<'_>, folder: &Folder, now: &Moment) -> AppResult<()> {
    let at = now.recorded(now.instant, Origin::Demo);
    let office = world.office()?;
    let (reader, writer) = (office.permit::<ReadWork>()?, office.permit::<LogProgress>()?);
    let query = ReportQuery { state: Some(Verification::Submitted), limit: Some(FILES), ..ReportQuery::default() };
    for (number, report) in (1..).zip(progress_reports::list(conn, &reader, query, &at)?.items) {
        // What is secret takes no file, nor does what was cancelled.
        let Ok(target) = attachments::target(conn, &writer, report.record.task.id, &at) else { continue };
        let name = format!("Minh chứng minh họa {number}.pdf");
        let refuse = |problem| AppError::attachment(&name, &problem);
        let mut incoming = folder.begin().map_err(refuse)?;
        incoming.add(illustration(number).as_bytes()).map_err(refuse)?;
        let file = incoming.end(&name).map_err(refuse)?;
        let note = Some("Tệp minh họa của bản dùng thử, không phải văn bản thật.".to_owned());
        let draft = AttachmentDraft { report: Some(report.record.report.id), unit: None, note };
        attachments::attach(conn, &writer, &target, (&draft, &file.about), &at)?;
        file.keep().map_err(refuse)?;
    }
    Ok(())
}

/// A PDF of one page that says what it is, in letters that every reader of PDF has.
fn illustration(number: i64) -> String {
    let text = format!(
        "BT /F1 20 Tf 60 760 Td (MINH CHUNG MINH HOA {number}) Tj 0 -30 Td /F1 12 Tf (Illustrative file of the demo, not a real document.) Tj ET"
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
    ];
    let (mut pdf, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(places, "{:010} 00000 n ", pdf.len());
        let _ = write!(pdf, "{number} 0 obj\n{object}\nendobj\n");
    }
    let begin = pdf.len();
    let _ = write!(pdf, "xref\n0 6\n0000000000 65535 f \n{places}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{begin}\n%%EOF\n");
    pdf
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_stands_where_the_table_says() {
        let pdf = illustration(7);
        let table = pdf.split("xref\n0 6\n").nth(1).unwrap();
        for (number, line) in table.lines().skip(1).take(5).enumerate() {
            let place: usize = line[..10].parse().unwrap();
            assert!(pdf[place..].starts_with(&format!("{} 0 obj", number + 1)), "{line}");
        }
        assert!(pdf.contains("HOA 7)") && pdf.ends_with("%%EOF\n"));
    }
}
