//! Percentages: whole hundredths, never a float.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A share between 0 and 100 with at most two decimals, kept as hundredths of a percent
/// (`60.5` % is 6050). In JSON a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(i32);

/// Why a number is no percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PercentError {
    /// Below 0 or above 100.
    #[error("a percentage lies between 0 and 100")]
    OutOfRange,
    /// More than two decimals.
    #[error("a percentage has at most two decimals")]
    TooPrecise,
}

impl Percent {
    /// Nothing done.
    pub const ZERO: Self = Self(0);
    /// All done.
    pub const HUNDRED: Self = Self(10_000);

    /// From hundredths of a percent, 0 to 10,000.
    ///
    /// # Errors
    /// [`PercentError::OutOfRange`] outside that range.
    pub fn from_hundredths(hundredths: i32) -> Result<Self, PercentError> {
        if (0..=10_000).contains(&hundredths) { Ok(Self(hundredths)) } else { Err(PercentError::OutOfRange) }
    }

    /// From the digits of a JSON number, such as `60` or `60.55`.
    ///
    /// # Errors
    /// See [`PercentError`].
    pub fn from_decimal(text: &str) -> Result<Self, PercentError> {
        let value: rust_decimal::Decimal =
            text.parse().or_else(|_| rust_decimal::Decimal::from_scientific(text)).map_err(|_| PercentError::OutOfRange)?;
        let hundredths = value.checked_mul(100.into()).ok_or(PercentError::OutOfRange)?;
        let whole = i32::try_from(hundredths.trunc()).map_err(|_| PercentError::OutOfRange)?;
        let percent = Self::from_hundredths(whole)?;
        if hundredths.is_sign_negative() && !hundredths.is_zero() {
            return Err(PercentError::OutOfRange);
        }
        if hundredths.fract().is_zero() {
            Ok(percent)
        } else if whole == 10_000 {
            Err(PercentError::OutOfRange)
        } else {
            Err(PercentError::TooPrecise)
        }
    }

    /// Hundredths of a percent, 0 to 10,000.
    pub fn hundredths(self) -> i32 {
        self.0
    }

    /// The same, borrowed: for the database.
    pub fn hundredths_ref(&self) -> &i32 {
        &self.0
    }
}

impl fmt::Display for Percent {
    /// Digits without a percent sign and without needless zeros: `60`, `60.5`, `60.55`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", rust_decimal::Decimal::new(self.0.into(), 2).normalize())
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 100 == 0 {
            return serializer.serialize_i32(self.0 / 100);
        }
        // Two decimals below 100 print exactly: the shortest digits of the nearest double are these.
        serializer.serialize_f64(f64::from(self.0) / 100.0)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        Self::from_decimal(&number.to_string()).map_err(serde::de::Error::custom)
    }
}

impl utoipa::PartialSchema for Percent {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Number)
            .minimum(Some(0))
            .maximum(Some(100))
            .multiple_of(Some(0.01))
            .description(Some("A percentage from 0 to 100 with at most two decimals."))
            .examples([serde_json::json!(60.5)])
            .into()
    }
}

impl utoipa::ToSchema for Percent {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_decimals_between_0_and_100() {
        let read = |s| Percent::from_decimal(s).map(Percent::hundredths);
        assert_eq!(read("60"), Ok(6000));
        assert_eq!(read("60.55"), Ok(6055));
        assert_eq!(read("1e1"), Ok(1000));
        assert_eq!(read("100"), Ok(10_000));
        assert_eq!(read("60.555"), Err(PercentError::TooPrecise));
        for outside in ["-1", "-0.01", "-0.001", "100.01", "100.001", "1e300", "101"] {
            assert_eq!(read(outside), Err(PercentError::OutOfRange), "{outside}");
        }
    }

    proptest! {
        #[test]
        fn json_keeps_every_hundredth(hundredths in 0..=10_000i32) {
            let percent = Percent::from_hundredths(hundredths).unwrap();
            let json = serde_json::to_string(&percent).unwrap();
            prop_assert_eq!(&json, &percent.to_string());
            prop_assert_eq!(serde_json::from_str::<Percent>(&json).unwrap(), percent);
        }
    }
}
