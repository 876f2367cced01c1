//! Records that were wrong are voided with a reason; nothing is deleted.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

text_enum! {
    /// What may be done with a record that can be voided.
    pub enum RecordAction {
        /// Change it.
        Change = "change",
        /// Void it.
        Void = "void",
    }
}

/// Voids a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Nhập trùng với hội nghị đã ghi."}))]
pub struct VoidDraft {
    /// Why it does not count.
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: String,
}

/// What may still be done, whoever asks: nothing, once it is void.
pub fn allowed_actions(voided: bool) -> Vec<RecordAction> {
    if voided { Vec::new() } else { RecordAction::ALL.to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_void_stays_so() {
        assert!(allowed_actions(true).is_empty());
        assert_eq!(allowed_actions(false), [RecordAction::Change, RecordAction::Void]);
        crate::domain::text_enum::assert_names(RecordAction::ALL, RecordAction::as_str);
    }
}
