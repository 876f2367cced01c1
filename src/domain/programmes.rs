//! Programmes (chương trình, kế hoạch, đề án, dự án): what units issue to carry a resolution out.

text_enum! {
    /// Kind of an implementing document.
    pub enum ProgrammeKind {
        /// Chương trình hành động.
        ActionProgramme = "action_programme",
        /// Chương trình.
        Programme = "programme",
        /// Kế hoạch.
        Plan = "plan",
        /// Đề án.
        Scheme = "scheme",
        /// Dự án.
        Project = "project",
        /// Chuyên đề.
        ThematicProgramme = "thematic_programme",
    }
}

text_enum! {
    /// The time a programme is made for: units owe them "cho cả nhiệm kỳ và từng năm".
    pub enum ProgrammeScope {
        /// The whole term.
        Term = "term",
        /// One year.
        Year = "year",
    }
}

text_enum! {
    /// How far a programme has come.
    pub enum ProgrammeState {
        /// Dự thảo.
        Draft = "draft",
        /// Đã ban hành.
        Adopted = "adopted",
    }
}
