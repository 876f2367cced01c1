//! Attachments (minh chứng): files that prove something about a task, and what a file may be.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{Id, Reference, text};

/// Most bytes of a file, unless the deployment says otherwise: 25 MiB.
pub const MOST_BYTES: u64 = 25 * 1024 * 1024;
/// Most files of one report that are not void.
pub const MOST_OF_REPORT: i64 = 20;
/// Most files of one task that are not void.
pub const MOST_OF_TASK: i64 = 200;
/// Longest name of a file, in characters.
pub const LONGEST_NAME: usize = 255;

text_enum! {
    /// What a file is, as its bytes tell.
    pub enum AttachmentKind {
        /// PDF.
        Pdf = "pdf",
        /// Word, since 2007.
        Docx = "docx",
        /// Excel, since 2007.
        Xlsx = "xlsx",
        /// PowerPoint, since 2007.
        Pptx = "pptx",
        /// Word before 2007.
        Doc = "doc",
        /// Excel before 2007.
        Xls = "xls",
        /// PowerPoint before 2007.
        Ppt = "ppt",
        /// OpenDocument text.
        Odt = "odt",
        /// OpenDocument spreadsheet.
        Ods = "ods",
        /// OpenDocument presentation.
        Odp = "odp",
        /// A picture, PNG.
        Png = "png",
        /// A picture, JPEG.
        Jpeg = "jpeg",
        /// A picture, WebP.
        Webp = "webp",
    }
}

impl AttachmentKind {
    /// The media type it is sent with.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Doc => "application/msword",
            Self::Xls => "application/vnd.ms-excel",
            Self::Ppt => "application/vnd.ms-powerpoint",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// How the name of such a file may end, in lower case, without the dot.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Doc => &["doc"],
            Self::Xls => &["xls"],
            Self::Ppt => &["ppt"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Odp => &["odp"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Webp => &["webp"],
        }
    }

    /// Whether a name ends as the names of such files do.
    pub fn fits(self, name: &str) -> bool {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        self.endings().contains(&ending.as_str())
    }
}

/// Every ending that is taken, for people and for forms: `.pdf, .docx, …`.
pub fn endings() -> String {
    let all = AttachmentKind::ALL.iter().flat_map(|kind| kind.endings()).map(|ending| format!(".{ending}"));
    all.collect::<Vec<_>>().join(", ")
}

/// The name of a file as it is kept: the last part of a path, composed (NFC), without control
/// characters and those that turn the direction of writing, at most [`LONGEST_NAME`] characters; a
/// longer one loses the end of what stands before its ending.
pub fn file_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control() && !turns(*c)).collect();
    let composed = text::nfc(&plain);
    let words = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = words.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let (stem, ending) = name.rsplit_once('.').filter(|(_, ending)| ending.chars().count() <= 10).unwrap_or((name, ""));
    let dot = if ending.is_empty() { "" } else { "." };
    let room = LONGEST_NAME - dot.len() - ending.chars().count();
    let stem: String = stem.chars().take(room).collect();
    format!("{}{dot}{ending}", stem.trim_end_matches(|c: char| c == '.' || c.is_whitespace()))
}

/// A size as people say it: `25 MiB`, `180 KiB`, `512 B`; rounded up, so that what is told as a limit fits.
pub fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1024 => (1, "B"),
        1024..0x10_0000 => (1024, "KiB"),
        _ => (0x10_0000, "MiB"),
    };
    let tenths = bytes.saturating_mul(10).div_ceil(unit);
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if tenth == 0 { format!("{whole} {name}") } else { format!("{whole}.{tenth} {name}") }
}

/// Characters nobody sees, some of which turn the direction of writing: with them a name looks as if it ended otherwise.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A file that was taken in: what it is called and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachedFile {
    /// Its name, as [`file_name`] leaves it.
    pub file_name: String,
    /// What it is.
    pub kind: AttachmentKind,
    /// How many bytes it has.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentProblem {
    /// There is no byte in it.
    #[error("the file is empty")]
    Empty,
    /// More bytes than are taken.
    #[error("the file has more than {most} bytes")]
    TooLarge {
        /// Most bytes that are taken.
        most: u64,
    },
    /// It is nothing that is taken.
    #[error("the file is {found}")]
    OtherKind {
        /// What it seems to be.
        found: String,
    },
    /// Its name says that it is something else.
    #[error("the name does not end as that of a {}", kind.as_str())]
    Ending {
        /// What it is.
        kind: AttachmentKind,
    },
    /// It holds macros.
    #[error("the file holds macros")]
    Macros,
    /// It is locked with a password.
    #[error("the file needs a password")]
    Locked,
    /// It is broken off or damaged.
    #[error("the file is damaged")]
    Damaged,
    /// The folder is full or cannot be written.
    #[error("the folder of attachments cannot be written")]
    NoRoom,
}

/// What is said of a file that is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct AttachmentDraft {
    /// The report it belongs to, on the same task, which waits to be confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Id>,
    /// The unit it comes from (id or code), where the caller speaks for several that help with the task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Reference>,
    /// What it shows, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 2000))]
    pub note: Option<String>,
}

text_enum! {
    /// What may be done with an attachment.
    pub enum AttachmentAction {
        /// Load its content.
        Download = "download",
        /// Void it, with a reason.
        Void = "void",
    }
}

/// Which attachments of a task a list asks for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AttachmentQuery {
    /// Only those of this report.
    pub report: Option<Id>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// The form a file is sent in, as the contract describes it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form in the contract; the form itself is read as a stream")]
pub struct AttachmentForm {
    /// The file: PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG or WebP, without macros and password; at most 25 MiB
    /// unless the deployment says otherwise. Its name ends as its content is.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// The report it belongs to, on the same task, which waits to be confirmed.
    report: Option<Id>,
    /// The unit it comes from (id or code), where the caller speaks for several that help with the task.
    unit: Option<Reference>,
    /// What it shows, in words.
    #[schema(min_length = 1, max_length = 2000)]
    note: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_the_last_part_of_a_path_and_nothing_hidden() {
        for (sent, kept) in [
            ("C:\\Users\\an\\Báo cáo.pdf", "Báo cáo.pdf"),
            ("../../etc/passwd", "passwd"),
            ("Ke\u{302}\u{301} hoa\u{323}ch.docx", "Kế hoạch.docx"),
            (" a\r\nb\t\"c\".pdf ", "ab\"c\".pdf"),
            ("anh\u{202e}fdp.exe", "anhfdp.exe"),
            (" . .pdf. ", "pdf"),
            ("..", ""),
            ("", ""),
        ] {
            assert_eq!(file_name(sent), kept, "{sent:?}");
        }
        let long = file_name(&format!("{}.pdf", "ê".repeat(400)));
        assert_eq!((long.chars().count(), long.ends_with("ê.pdf")), (LONGEST_NAME, true));
        assert_eq!(file_name(&"x".repeat(300)).len(), LONGEST_NAME);
    }

    proptest! {
        #[test]
        fn a_kept_name_is_kept_as_it_is(sent in any::<String>()) {
            let kept = file_name(&sent);
            prop_assert!(kept.chars().count() <= LONGEST_NAME && !kept.contains(['/', '\\', '\n', '\r', '\0']));
            prop_assert_eq!(file_name(&kept), kept);
        }
    }

    #[test]
    fn sizes_are_told_in_tenths() {
        for (bytes, told) in
            [(0, "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"), (MOST_BYTES, "25 MiB"), (u64::MAX / 32, "549755813888 MiB")]
        {
            assert_eq!(size(bytes), told);
        }
    }

    #[test]
    fn a_name_ends_as_its_content_is() {
        assert!(AttachmentKind::Pdf.fits("a.b.PDF") && AttachmentKind::Jpeg.fits("x.jpg") && AttachmentKind::Jpeg.fits("x.JPEG"));
        assert!(!AttachmentKind::Pdf.fits("pdf") && !AttachmentKind::Pdf.fits("a.pdf.exe") && !AttachmentKind::Docx.fits("a.doc"));
        assert!(endings().starts_with(".pdf, .docx") && endings().contains(".jpg, .jpeg"));
        crate::domain::text_enum::assert_names(AttachmentKind::ALL, AttachmentKind::as_str);
        crate::domain::text_enum::assert_names(AttachmentAction::ALL, AttachmentAction::as_str);
    }
}
