//! Values of indicators (số liệu): what was reached in a period, estimated first, then preliminary, then official. A new value never
//! writes over the one before. What may be said to one is what may be said to a report ([`super::verifications`]).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::{Validate, ValidationError};

use super::Reference;
use super::targets::rounded;

text_enum! {
    /// How sure a value is.
    pub enum ValueStage {
        /// Ước thực hiện.
        Estimate = "estimate",
        /// Số sơ bộ.
        Preliminary = "preliminary",
        /// Số chính thức.
        Official = "official",
    }
}

impl ValueStage {
    /// Whether a value of this stage may be told after one of another: never back to what is less sure.
    pub fn may_follow(self, before: Self) -> bool {
        let place = |stage: Self| Self::ALL.iter().position(|known| *known == stage);
        place(self) >= place(before)
    }
}

/// The value of a part: of a district, or of a department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ValuePartDraft {
    /// The area (id or code); this or `unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Reference>,
    /// The unit (id or code).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Reference>,
    /// What it reached.
    #[schema(example = "3,2", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub text: String,
}

/// What was reached in the period of the address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "text": "80,33", "stage": "official", "source": "Báo cáo kinh tế - xã hội năm 2023"
}))]
pub struct ValueDraft {
    /// What was reached, as it is told: "80,33", "trên 4", "Xuất siêu".
    #[schema(min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub text: String,
    /// How sure it is.
    pub stage: ValueStage,
    /// What a share was taken of, both parts or none: it is shown beside, and never computed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "9736", pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    #[validate(custom(function = decimal))]
    pub numerator: Option<String>,
    /// The whole of the share; never 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "201157", pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    #[validate(custom(function = decimal))]
    pub denominator: Option<String>,
    /// Of how many it is a rank: 63 provinces until 2024, 34 since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 63, minimum = 1, maximum = 100_000)]
    #[validate(range(min = 1, max = 100_000))]
    pub rank_of: Option<i32>,
    /// Whether it is measured in another way than the years before, and not to be compared with them.
    #[serde(default)]
    pub breaks_series: bool,
    /// Values of districts or departments; a new value replaces the whole list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 500)]
    #[validate(length(max = 500), nested)]
    pub parts: Vec<ValuePartDraft>,
    /// What is to be known of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub note: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub source: Option<String>,
    /// Why it is told anew; needed once a value was official.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
}

/// Which values a list asks for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ValueQuery {
    /// Only those of this period.
    #[param(example = "2023")]
    pub period: Option<String>,
    /// Also those that a later one replaced, or that were returned.
    #[serde(default)]
    pub revisions: bool,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// For `#[validate(custom)]`: an exact decimal as machines write it.
///
/// # Errors
/// `decimal`.
pub fn decimal(text: &str) -> Result<(), ValidationError> {
    let (whole, decimals) =
        text.strip_prefix('-').unwrap_or(text).split_once('.').map_or((text.trim_start_matches('-'), None), |(w, d)| (w, Some(d)));
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = digits(whole, 15) && decimals.is_none_or(|decimals| digits(decimals, 6)) && !text.starts_with("--");
    if fits { Ok(()) } else { Err(ValidationError::new("decimal")) }
}

/// The share two numbers make, in percent; none of a whole of 0, or where it cannot be written.
pub fn share(numerator: Decimal, denominator: Decimal) -> Option<Decimal> {
    numerator.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(denominator).map(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;

    #[test]
    fn names() {
        assert_names(ValueStage::ALL, ValueStage::as_str);
    }

    #[test]
    fn stages_go_forward() {
        use ValueStage::{Estimate, Official, Preliminary};
        for (before, after) in [(Estimate, Estimate), (Estimate, Official), (Preliminary, Official), (Official, Official)] {
            assert!(after.may_follow(before), "{before} {after}");
        }
        assert!(!Estimate.may_follow(Preliminary) && !Preliminary.may_follow(Official) && !Estimate.may_follow(Official));
    }

    #[test]
    fn decimals_are_written_as_machines_do() {
        for good in ["0", "-12.5", "123456789012345.123456"] {
            assert!(decimal(good).is_ok() && good.parse::<Decimal>().is_ok(), "{good}");
        }
        for wrong in ["", "-", "--1", "1,5", "1.", ".5", "1e3", " 1", "1234567890123456", "1.1234567", "1.2.3"] {
            assert!(decimal(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn shares_are_shown_and_nothing_is_divided_by_nothing() {
        let share = |a: i64, b: i64| share(a.into(), b.into()).map(|share| share.to_string());
        assert_eq!(share(9736, 201_157).as_deref(), Some("4.84"));
        assert_eq!((share(1, 0), share(0, 5).as_deref()), (None, Some("0")));
        assert_eq!(super::share(Decimal::MAX, Decimal::ONE), None);
    }
}
