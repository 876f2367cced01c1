//! The columns of a table as `schema.rs` declares them: a new column is in every backup by itself.

use diesel::sql_types as sql;
use diesel::{Column as SchemaColumn, Expression};

use super::{Column, Kind};
use crate::db::types;

/// A type of `schema.rs` that a backup can spell.
pub trait Kept {
    const KIND: Kind;
    const NULLABLE: bool = false;
}

macro_rules! kept {
    ($($sql_type:ty => $kind:ident,)+) => {$(
        impl Kept for $sql_type {
            const KIND: Kind = Kind::$kind;
        }
    )+};
}

kept! {
    sql::Text => Text,
    sql::Integer => Integer,
    sql::BigInt => BigInt,
    sql::Bool => Bool,
    sql::Date => Date,
    sql::Timestamp => Timestamp,
    types::Uuid => Uuid,
}

impl<T: Kept> Kept for sql::Nullable<T> {
    const KIND: Kind = T::KIND;
    const NULLABLE: bool = true;
}

/// All columns of a table: a tuple of them, as diesel has it.
pub trait Columns {
    fn described() -> Vec<Column>;
}

fn column<C>() -> Column
where
    C: SchemaColumn + Expression,
    C::SqlType: Kept,
{
    Column { name: C::NAME.into(), kind: C::SqlType::KIND, nullable: C::SqlType::NULLABLE }
}

/// Describes tuples of each length up to the longest there is (`32-column-tables` in Cargo.toml).
macro_rules! tuples {
    () => {};
    ($first:ident $($rest:ident)*) => {
        impl<$first, $($rest),*> Columns for ($first, $($rest,)*)
        where
            $first: SchemaColumn + Expression, <$first as Expression>::SqlType: Kept,
            $($rest: SchemaColumn + Expression, <$rest as Expression>::SqlType: Kept,)*
        {
            fn described() -> Vec<Column> {
                vec![column::<$first>(), $(column::<$rest>()),*]
            }
        }
        tuples!($($rest)*);
    };
}

tuples!(A B C D E F G H I J K L M N O P Q R S T U V W X Y Z A1 B1 C1 D1 E1 F1);
