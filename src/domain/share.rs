//! Shares of a whole: ten-thousandths, never a float.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::percent::{Percent, PercentError};

/// A part of one, above 0 and up to 1, with at most four decimals (`0.6`). In JSON a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(i32);

impl Share {
    /// All of it.
    pub const WHOLE: Self = Self(10_000);

    /// From ten-thousandths, 1 to 10,000; none for other numbers.
    pub fn from_ten_thousandths(parts: i32) -> Option<Self> {
        (1..=10_000).contains(&parts).then_some(Self(parts))
    }

    /// Ten-thousandths, 1 to 10,000.
    pub fn ten_thousandths(self) -> i32 {
        self.0
    }

    /// From the digits of a JSON number, such as `0.6` or `1`.
    ///
    /// # Errors
    /// [`PercentError`], as for a percentage.
    fn from_decimal(text: &str) -> Result<Self, PercentError> {
        let value: rust_decimal::Decimal =
            text.parse().or_else(|_| rust_decimal::Decimal::from_scientific(text)).map_err(|_| PercentError::OutOfRange)?;
        let percent = value.checked_mul(100.into()).ok_or(PercentError::OutOfRange)?;
        let parts = Percent::from_decimal(&percent.normalize().to_string())?.hundredths();
        Self::from_ten_thousandths(parts).ok_or(PercentError::OutOfRange)
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if *self == Self::WHOLE {
            return serializer.serialize_i32(1);
        }
        // Four decimals below 1 print exactly: the shortest digits of the nearest double are these.
        serializer.serialize_f64(f64::from(self.0) / 10_000.0)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        let wrong = |_| serde::de::Error::custom("a share lies above 0, up to 1, with at most four decimals");
        Self::from_decimal(&number.to_string()).map_err(wrong)
    }
}

impl utoipa::PartialSchema for Share {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Number)
            .minimum(Some(0.0001))
            .maximum(Some(1))
            .multiple_of(Some(0.0001))
            .description(Some("A part of one, up to the whole, with at most four decimals."))
            .examples([serde_json::json!(0.5)])
            .into()
    }
}

impl utoipa::ToSchema for Share {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn four_decimals_above_0_up_to_1() {
        let read = |text: &str| serde_json::from_str::<Share>(text).ok().map(Share::ten_thousandths);
        for (text, parts) in [("1", 10_000), ("0.6", 6000), ("0.0001", 1), ("6e-1", 6000), ("1.0", 10_000)] {
            assert_eq!(read(text), Some(parts), "{text}");
        }
        for wrong in ["0", "-0.5", "1.0001", "0.00001", "60", "\"0.6\"", "1e300"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn json_keeps_every_share(parts in 1..=10_000i32) {
            let share = Share::from_ten_thousandths(parts).unwrap();
            let json = serde_json::to_string(&share).unwrap();
            prop_assert_eq!(serde_json::from_str::<Share>(&json).unwrap(), share);
        }
    }
}
