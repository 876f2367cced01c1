//! Task groups.
