//! Objectives (mục tiêu).

text_enum! {
    /// Reach of an objective.
    pub enum ObjectiveLevel {
        /// Mục tiêu tổng quát.
        General = "general",
        /// Mục tiêu cụ thể.
        Specific = "specific",
    }
}
