//! Events of units and areas (sắp xếp tổ chức): what merged, split, was renamed, ended, or gave a
//! function away, from which day, on what basis. History is never rewritten: the unit that work was
//! given to stays on it, and `succession` says who answers since.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::share::Share;
use super::{Id, Reference, forms};

text_enum! {
    /// What an event happened to.
    pub enum EventSubject {
        /// Units.
        Unit = "unit",
        /// Areas.
        Area = "area",
    }
}

text_enum! {
    /// What happened.
    pub enum UnitEventKind {
        /// Several become one (sáp nhập, hợp nhất); one of them may be the one that stays.
        Merge = "merge",
        /// One becomes several (chia, tách); it may stay as one of them.
        Split = "split",
        /// One becomes another under a new name (đổi tên): the new name has a code of its own.
        Rename = "rename",
        /// It ends (giải thể) and nobody follows as a whole.
        Dissolve = "dissolve",
        /// It stays, and gives a function away (chuyển giao nhiệm vụ).
        Transfer = "transfer",
    }
}

impl UnitEventKind {
    /// Whether all work of a unit follows to one other, so that nothing need be decided.
    pub fn passes_all(self) -> bool {
        matches!(self, Self::Merge | Self::Rename)
    }
}

text_enum! {
    /// Which side of an event a unit or area stands on.
    pub enum Side {
        /// It was there before.
        From = "from",
        /// It is there after.
        To = "to",
    }
}

/// A reorganisation: events that happen on one day, recorded together or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "effective_on": "2025-07-01", "legal_basis": "202/2025/QH15",
    "events": [
        {"kind": "merge", "from": ["hg-so-xay-dung", "hg-so-giao-thong-van-tai"], "to": [{"ref": "ct-so-xay-dung"}]},
        {"kind": "dissolve", "from": ["hg-huyen-vi-thuy-ubnd"], "handovers": [{"to": "ct-ubnd"}]}
    ]
}))]
pub struct ReorganisationDraft {
    /// The first day it is so: what ends, ends the day before.
    #[schema(example = "2025-07-01")]
    pub effective_on: NaiveDate,
    /// On what basis (căn cứ).
    #[schema(example = "202/2025/QH15", min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub legal_basis: String,
    /// Remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(max = 2000))]
    pub note: Option<String>,
    /// What happens.
    #[schema(min_items = 1, max_items = 2000)]
    #[validate(length(max = 2000), custom(function = forms::some), nested)]
    pub events: Vec<UnitEventDraft>,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct UnitEventDraft {
    /// What it happens to; units if missing.
    #[serde(default = "units")]
    pub of: EventSubject,
    /// What happens.
    pub kind: UnitEventKind,
    /// Who was there before (id or code).
    #[schema(min_items = 1, max_items = 200)]
    #[validate(length(max = 200), custom(function = forms::some))]
    pub from: Vec<Reference>,
    /// Who is there after; none for a dissolution.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 200)]
    #[validate(length(max = 200))]
    pub to: Vec<ReceiverDraft>,
    /// Who answers for which work since, first match first: for what splits, ends or gives away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    #[validate(length(max = 1000))]
    pub handovers: Vec<HandoverRule>,
    /// On what basis, where it is another than that of the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub legal_basis: Option<String>,
}

fn units() -> EventSubject {
    EventSubject::Unit
}

/// Who is there after an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"ref": "ct-so-xay-dung", "share": 1}))]
pub struct ReceiverDraft {
    /// Id or code.
    #[serde(rename = "ref")]
    pub reference: Reference,
    /// What part of what was there it becomes; of a split they sum to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
}

/// A rule of an event: tasks that match all it names go to one unit. One that names nothing takes
/// every task that is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"to": "ct-so-noi-vu"}))]
pub struct HandoverRule {
    /// Only what this unit answers for, of several that end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Reference>,
    /// Only this task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Id>,
    /// Only tasks of this field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Id>,
    /// Only tasks of this programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Id>,
    /// Who answers since.
    pub to: Reference,
}

/// What a list of events may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UnitEventQuery {
    /// Only events this unit took part in, on either side (id or code).
    pub unit: Option<Reference>,
    /// Only events this area took part in, on either side (id or code).
    pub area: Option<Reference>,
    /// Only events recorded together.
    pub reorganisation: Option<Id>,
    /// Only this kind.
    pub kind: Option<UnitEventKind>,
    /// Also events that were voided.
    pub voided: Option<bool>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// Why an event is not what its kind says, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeFault {
    /// Another number on this side: `from` or `to`.
    Number(Side, &'static str),
    /// A share where there is none, or none where there must be.
    Share(usize),
    /// The shares do not sum to 1.
    Sum,
    /// Rules where all work goes to one, or for areas, which do no work.
    Handovers,
}

/// Whether the sides of an event fit its kind. The numbers are those of the law's words: many to one,
/// one to many, one to one, to none.
pub fn faults(draft: &UnitEventDraft) -> Vec<ShapeFault> {
    use UnitEventKind as K;
    let (from, to) = (draft.from.len(), draft.to.len());
    let mut faults = Vec::new();
    let mut expect = |fits: bool, side, needed| {
        if !fits {
            faults.push(ShapeFault::Number(side, needed));
        }
    };
    expect(draft.kind == K::Merge || draft.kind == K::Dissolve || from == 1, Side::From, "1");
    match draft.kind {
        K::Merge | K::Rename => expect(to == 1, Side::To, "1"),
        K::Split => expect(to >= 2, Side::To, "2+"),
        K::Dissolve => expect(to == 0, Side::To, "0"),
        K::Transfer => expect(to >= 1, Side::To, "1+"),
    }
    faults.extend(share_faults(draft));
    if !draft.handovers.is_empty() && (draft.kind.passes_all() || draft.of == EventSubject::Area) {
        faults.push(ShapeFault::Handovers);
    }
    faults
}

fn share_faults(draft: &UnitEventDraft) -> Vec<ShapeFault> {
    let shares: Vec<Option<i32>> = draft.to.iter().map(|to| to.share.map(Share::ten_thousandths)).collect();
    match draft.kind {
        UnitEventKind::Split => {
            let missing = shares.iter().enumerate().filter(|(_, share)| share.is_none());
            let missing: Vec<ShapeFault> = missing.map(|(at, _)| ShapeFault::Share(at)).collect();
            let whole = shares.iter().flatten().sum::<i32>() == Share::WHOLE.ten_thousandths();
            if missing.is_empty() && !whole { vec![ShapeFault::Sum] } else { missing }
        }
        UnitEventKind::Transfer => {
            if shares.iter().flatten().sum::<i32>() < Share::WHOLE.ten_thousandths() {
                Vec::new()
            } else {
                vec![ShapeFault::Sum]
            }
        }
        // One takes all of each: a share of 1 may be said.
        _ => {
            let wrong = shares.iter().enumerate().filter(|(_, share)| share.is_some_and(|s| s != Share::WHOLE.ten_thousandths()));
            wrong.map(|(at, _)| ShapeFault::Share(at)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;

    fn draft(kind: &str, from: usize, to: &[Option<&str>]) -> UnitEventDraft {
        let from: Vec<String> = (0..from).map(|n| format!("from-{n}")).collect();
        let to = to.iter().enumerate().map(|(n, share)| match share {
            Some(share) => serde_json::json!({"ref": format!("to-{n}"), "share": share.parse::<f64>().unwrap()}),
            None => serde_json::json!({"ref": format!("to-{n}")}),
        });
        let to: Vec<_> = to.collect();
        serde_json::from_value(serde_json::json!({"kind": kind, "from": from, "to": to})).unwrap()
    }

    #[test]
    fn names_agree() {
        assert_names(EventSubject::ALL, EventSubject::as_str);
        assert_names(UnitEventKind::ALL, UnitEventKind::as_str);
        assert_names(Side::ALL, Side::as_str);
    }

    #[test]
    fn the_sides_fit_the_kind() {
        let fits: [(&str, usize, &[Option<&str>]); 8] = [
            ("merge", 3, &[None]),
            ("merge", 1, &[Some("1")]),
            ("rename", 1, &[None]),
            ("split", 1, &[Some("0.6"), Some("0.4")]),
            ("dissolve", 1, &[]),
            ("dissolve", 4, &[]),
            ("transfer", 1, &[None, None]),
            ("transfer", 1, &[Some("0.3")]),
        ];
        for (kind, from, to) in fits {
            assert_eq!(faults(&draft(kind, from, to)), [], "{kind}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        use ShapeFault::{Handovers, Number, Share, Sum};
        let wrong: [(&str, usize, &[Option<&str>], ShapeFault); 9] = [
            ("merge", 2, &[None, None], Number(Side::To, "1")),
            ("rename", 2, &[None], Number(Side::From, "1")),
            ("split", 1, &[Some("1")], Number(Side::To, "2+")),
            ("split", 2, &[Some("0.6"), Some("0.4")], Number(Side::From, "1")),
            ("split", 1, &[Some("0.6"), None], Share(1)),
            ("split", 1, &[Some("0.6"), Some("0.5")], Sum),
            ("dissolve", 1, &[None], Number(Side::To, "0")),
            ("transfer", 1, &[Some("1")], Sum),
            ("merge", 2, &[Some("0.5")], Share(0)),
        ];
        for (kind, from, to, fault) in wrong {
            assert_eq!(faults(&draft(kind, from, to)), [fault], "{kind}");
        }
        let ruled = UnitEventDraft {
            handovers: vec![HandoverRule { from: None, task: None, field: None, programme: None, to: Reference::Code("x1".into()) }],
            ..draft("merge", 2, &[None])
        };
        assert_eq!(faults(&ruled), [Handovers]);
    }
}
