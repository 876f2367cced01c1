//! Where a record came from.

text_enum! {
    /// How a record came into the system. Only imports and the demo may carry a recorded time in
    /// the past; what the demo makes up is marked by its origin everywhere it is shown.
    pub enum Origin {
        /// Entered by a person or a system at the time it says.
        Entry = "entry",
        /// Loaded from existing papers or tables.
        Import = "import",
        /// Loaded by the demo; progress in it is illustrative.
        Demo = "demo",
    }
}
