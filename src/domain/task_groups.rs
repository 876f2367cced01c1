//! Task groups (nhóm nhiệm vụ, giải pháp).

text_enum! {
    /// What a group gathers.
    pub enum TaskGroupKind {
        /// Nhiệm vụ.
        Task = "task",
        /// Giải pháp.
        Solution = "solution",
    }
}
