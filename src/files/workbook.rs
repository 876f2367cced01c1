//! Writing workbooks: a styled header that stays in sight, columns of a fitting width, lists to choose from.
