use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn kind_of(bytes: &[u8]) -> Result<AttachmentKind, AttachmentProblem> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    kind(&mut file)
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn types(main: &str) -> String {
    format!("<Types><Override PartName=\"/x\" ContentType=\"application/vnd.openxmlformats-officedocument.{main}\"/></Types>")
}

fn compound(streams: &[&str]) -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for stream in streams {
        match stream.strip_suffix('/') {
            Some(storage) => container.create_storage(storage).unwrap(),
            None => container.create_stream(stream).unwrap().write_all(b"x").unwrap(),
        }
    }
    container.into_inner().into_inner()
}

#[test]
fn documents_and_pictures_are_known_by_their_bytes() {
    let main = |main: &str, part: &str| archive(&[("[Content_Types].xml", &types(main)), (part, "<x/>")]);
    let open = |kind: AttachmentKind| archive(&[("mimetype", kind.media_type()), ("content.xml", "<x/>")]);
    for (bytes, wanted) in [
        (b"%PDF-1.7\n".to_vec(), AttachmentKind::Pdf),
        (b"\xef\xbb\xbf\r\n%PDF-1.7\n".to_vec(), AttachmentKind::Pdf),
        (b"\x89PNG\r\n\x1a\n....".to_vec(), AttachmentKind::Png),
        (b"\xff\xd8\xff\xe0".to_vec(), AttachmentKind::Jpeg),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ".to_vec(), AttachmentKind::Webp),
        (main("wordprocessingml.document.main+xml", "word/document.xml"), AttachmentKind::Docx),
        (main("spreadsheetml.sheet.main+xml", "xl/workbook.xml"), AttachmentKind::Xlsx),
        (main("presentationml.presentation.main+xml", "ppt/presentation.xml"), AttachmentKind::Pptx),
        (open(AttachmentKind::Odt), AttachmentKind::Odt),
        (open(AttachmentKind::Ods), AttachmentKind::Ods),
        (open(AttachmentKind::Odp), AttachmentKind::Odp),
        (compound(&["/WordDocument"]), AttachmentKind::Doc),
        (compound(&["/Workbook"]), AttachmentKind::Xls),
        (compound(&["/PowerPoint Document"]), AttachmentKind::Ppt),
    ] {
        assert_eq!(kind_of(&bytes), Ok(wanted));
    }
}

#[test]
fn everything_else_is_told_by_its_name() {
    for (bytes, found) in [
        (archive(&[("a.txt", "x")]), "ZIP"),
        (archive(&[("[Content_Types].xml", &types("wordprocessingml.document.main+xml"))]), "ZIP"),
        (archive(&[("mimetype", "application/epub+zip"), ("content.xml", "")]), "ZIP"),
        (compound(&["/Contents"]), "OLE"),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>".to_vec(), "HTML"),
        (b"hello <script>alert(1)</script>".to_vec(), "HTML"),
        (b"<?xml version=\"1.0\"?>\n<svg xmlns=''>".to_vec(), "SVG"),
        (b"MZ\x90\x00\x03\x00".to_vec(), "application/vnd.microsoft.portable-executable"),
        (b"GIF89a....".to_vec(), "image/gif"),
        (b"plain words".to_vec(), "?"),
        (b"x %PDF-1.7".to_vec(), "?"),
    ] {
        assert_eq!(kind_of(&bytes), Err(AttachmentProblem::OtherKind { found: found.to_owned() }));
    }
}

#[test]
fn macros_passwords_and_damage_are_refused() {
    let word = types("wordprocessingml.document.main+xml");
    let with = |part: &str| archive(&[("[Content_Types].xml", &word), ("word/document.xml", ""), (part, "")]);
    assert_eq!(kind_of(&with("word/vbaProject.bin")), Err(AttachmentProblem::Macros));
    assert_eq!(kind_of(&archive(&[("[Content_Types].xml", &types("x.macroEnabled.main+xml"))])), Err(AttachmentProblem::Macros));
    let open = AttachmentKind::Odt.media_type();
    assert_eq!(kind_of(&archive(&[("mimetype", open), ("content.xml", ""), ("Basic/script-lc.xml", "")])), Err(AttachmentProblem::Macros));
    assert_eq!(kind_of(&compound(&["/WordDocument", "/Macros/"])), Err(AttachmentProblem::Macros));
    assert_eq!(kind_of(&compound(&["/EncryptedPackage"])), Err(AttachmentProblem::Locked));
    let whole = with("word/x.xml");
    for cut in [10, whole.len() / 2, whole.len() - 1] {
        assert_eq!(kind_of(&whole[..cut]), Err(AttachmentProblem::Damaged), "{cut}");
    }
    assert_eq!(kind_of(&compound(&["/WordDocument"])[..600]), Err(AttachmentProblem::Damaged));
    assert_eq!(kind_of(b""), Err(AttachmentProblem::OtherKind { found: "?".to_owned() }));
}
