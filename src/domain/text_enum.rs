//! Enumerations with one stable spelling, the same in JSON, in the database and in an address.

use std::fmt;

/// A word that is none of an enumeration's names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName(pub String);

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown name {:?}", self.0)
    }
}

impl std::error::Error for UnknownName {}

/// Declares an enumeration whose variants are each spelled in exactly one place.
///
/// Gives `ALL`, `as_str`, `Display`, `FromStr`, serde and an OpenAPI schema. The name must be the
/// variant in snake_case; `assert_names` in a test proves it.
macro_rules! text_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $( $(#[$doc:meta])* $variant:ident = $text:literal, )+ }
    ) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash,
            serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        // utoipa does not see a rename through a macro's literal; a test holds both names together.
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $( $(#[$doc])* $variant, )+
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The stable name.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $text, )+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::text_enum::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $( $text => Ok(Self::$variant), )+
                    _ => Err($crate::domain::text_enum::UnknownName(text.to_owned())),
                }
            }
        }
    };
}

/// Asserts that JSON, the OpenAPI schema, `as_str` and `FromStr` agree on every name.
#[cfg(test)]
pub(crate) fn assert_names<T>(all: &[T], as_str: fn(T) -> &'static str)
where
    T: Copy + PartialEq + fmt::Debug + serde::Serialize + utoipa::PartialSchema,
    T: std::str::FromStr<Err = UnknownName>,
{
    let names: Vec<&str> = all.iter().map(|value| as_str(*value)).collect();
    let schema = serde_json::to_value(T::schema()).ok();
    let schema_names = schema.as_ref().and_then(|schema| schema.get("enum"));
    assert_eq!(schema_names, Some(&serde_json::json!(names)));
    for (value, name) in all.iter().zip(names) {
        assert_eq!(serde_json::to_value(value).ok(), Some(name.into()));
        assert_eq!(name.parse().as_ref(), Ok(value));
    }
    assert_eq!("no such name".parse::<T>(), Err(UnknownName("no such name".to_owned())));
}
