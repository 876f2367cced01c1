//! Why a file cannot be read at all.

/// Why a file cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// There is no byte in it.
    #[error("the file is empty")]
    Empty,
    /// More bytes than are taken.
    #[error("the file is too large")]
    TooLarge,
    /// It unpacks to more than is taken: a zip bomb, or a very large workbook.
    #[error("the file unpacks to too much")]
    UnpacksTooLarge,
    /// More rows or cells than are taken.
    #[error("the file has too many rows or cells")]
    TooManyRows,
    /// It holds macros.
    #[error("the file holds macros")]
    Macros,
    /// An old workbook (.xls), or one with a password.
    #[error("an old workbook, or one with a password")]
    OldWorkbook,
    /// Another kind of file: PDF, Word, a picture, an archive.
    #[error("another kind of file")]
    OtherKind,
    /// Text in an encoding that is not certain.
    #[error("text that is not UTF-8 or UTF-16")]
    Encoding,
    /// It is broken off or damaged.
    #[error("the file is damaged")]
    Damaged,
}
