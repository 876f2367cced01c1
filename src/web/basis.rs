//! Whose work a task is taken to be, once units have merged or ended: the choice on pages of numbers.

use super::figures::part;
use crate::domain::Language;
use crate::domain::dashboards::{Basis, Frame};
use crate::error::AppResult;
use crate::service::unit_events;
use crate::state::Connection;

words! {
    /// Words of the choice whose work a task is taken to be.
    BasisWords {
        basis = "Tính theo", "Counted by";
        assigned = "Đơn vị được giao", "Unit it was given to";
        current = "Đơn vị đang chịu trách nhiệm", "Unit that answers now";
        current_note = "Theo đơn vị đang chịu trách nhiệm, sau sắp xếp tổ chức.", "By the unit that answers for it, after reorganisation.";
    }
}

/// The choice whose work a task is taken to be.
pub struct BasisChoice {
    /// Its words.
    pub t: &'static BasisWords,
    /// Offered only once something was reorganised.
    pub shown: bool,
    /// Who answers now.
    pub current: bool,
}

impl BasisChoice {
    /// No choice: for pages whose numbers are the same on either basis.
    pub fn none(language: Language) -> Self {
        Self { t: BasisWords::of(language), shown: false, current: false }
    }

    /// The choice as a page shows it.
    ///
    /// # Errors
    /// The database's.
    pub fn of(conn: &mut Connection, frame: &Frame, language: Language) -> AppResult<Self> {
        Ok(Self { t: BasisWords::of(language), shown: unit_events::any(conn)?, current: frame.basis == Basis::Current })
    }
}

/// The part of a query that names a day of the past, and the basis if it is not the usual one.
pub fn day_part(frame: &Frame) -> String {
    let past = (frame.as_of != frame.today).then(|| frame.as_of.to_string());
    let basis = (frame.basis != Basis::AsAssigned).then(|| frame.basis.as_str());
    let parts = [part("as_of", past.as_deref()), part("basis", basis)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
}
