//! Packing a document: compressed, with its days as told and no clock, so that the same document gives the same bytes.

use std::io::{Cursor, Write};

use docx_rs::XMLDocx;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::order::in_order;
use super::tables::HEADER_HEIGHT;
use super::{Paper, PaperError, words};

/// The parts of a document as one file.
///
/// # Errors
/// When they cannot be packed.
pub fn packed(paper: &Paper<'_>, parts: XMLDocx) -> Result<Vec<u8>, PaperError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Without a day it would be the clock's, in some builds.
    let how = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    let core = core(paper);
    let fixed: [(&str, &[u8]); 13] = [
        ("[Content_Types].xml", &parts.content_type),
        ("_rels/.rels", &parts.rels),
        ("docProps/app.xml", &parts.doc_props.app),
        ("docProps/core.xml", core.as_bytes()),
        ("docProps/custom.xml", &parts.doc_props.custom),
        ("word/_rels/document.xml.rels", &parts.document_rels),
        ("word/fontTable.xml", &parts.font_table),
        ("word/comments.xml", &parts.comments),
        ("word/commentsExtended.xml", &parts.comments_extended),
        ("word/numbering.xml", &parts.numberings),
        ("word/footnotes.xml", &parts.footnotes),
        ("word/settings.xml", &in_order(std::str::from_utf8(&parts.settings)?).into_bytes()),
        ("word/styles.xml", &styles(std::str::from_utf8(&parts.styles)?).into_bytes()),
    ];
    for (name, bytes) in fixed {
        zip.start_file(name, how)?;
        zip.write_all(bytes)?;
    }
    zip.start_file("word/document.xml", how)?;
    zip.write_all(document(std::str::from_utf8(&parts.document)?).as_bytes())?;
    for (number, header) in (1..).zip(&parts.headers) {
        zip.start_file(format!("word/header{number}.xml"), how)?;
        zip.write_all(in_order(std::str::from_utf8(header)?).as_bytes())?;
    }
    for (number, (_, rels)) in (1..).zip(parts.headers.iter().zip(&parts.header_rels)) {
        zip.start_file(format!("word/_rels/header{number}.xml.rels"), how)?;
        zip.write_all(rels)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Rows of titles are told to stand on every page, which the crate cannot say, and columns have no type, which the crate tells.
/// Text has no brackets, so only elements are met.
fn document(xml: &str) -> String {
    let height = format!("<w:trHeight w:val=\"{HEADER_HEIGHT}\" w:hRule=\"atLeast\" />");
    let xml = xml.replace(&height, &format!("{height}<w:tblHeader />"));
    let mut pieces = xml.split("<w:gridCol ");
    let begin = pieces.next().unwrap_or_default().to_owned();
    in_order(&pieces.fold(begin, |xml, piece| xml + "<w:gridCol " + &piece.replacen(" w:type=\"dxa\"", "", 1)))
}

/// The language is told, or every word would be marked as misspelt.
fn styles(xml: &str) -> String {
    let default = "<w:style w:type=\"paragraph\" w:styleId=\"Normal\">";
    let xml = xml.replacen(default, "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">", 1);
    let xml = xml.replacen("</w:rPr></w:rPrDefault>", "<w:lang w:val=\"vi-VN\" /></w:rPr></w:rPrDefault>", 1);
    // Styles tell the looks of their letters elsewhere.
    in_order(&xml.replace("<w:pPr><w:rPr />", "<w:pPr>"))
}

/// What the file says of itself.
fn core(paper: &Paper<'_>) -> String {
    let review = &paper.report.review;
    let (committee, place) = words::seat(&review.area.name);
    let day = format!("{}T00:00:00Z", paper.frozen_on.unwrap_or(paper.report.as_of));
    let (title, creator) = (escaped(&review.title), escaped(&format!("{committee} {place}")));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
        <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
        xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
        <dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:language>vi-VN</dc:language>\
        <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:created>\
        <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:modified></cp:coreProperties>"
    )
}

fn escaped(text: &str) -> String {
    words::clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
