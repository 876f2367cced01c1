//! Counted tasks as facts, now or as of a past day.
