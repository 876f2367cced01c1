//! What happens by itself, after commit: nobody asks for it, and nobody waits for it.

pub mod mail;
pub mod reminders;
