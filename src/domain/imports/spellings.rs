//! How areas and units are written in a table, so that an import finds them again.

use std::collections::HashMap;

use super::leads;
use super::names::{Index, Named};
use super::sheet::one_line;
use crate::domain::Id;

/// How areas and units are written.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    areas: HashMap<Id, String>,
    units: HashMap<Id, String>,
}

impl Spellings {
    /// Of all in these indexes.
    pub fn new(areas: &Index, units: &Index) -> Self {
        let of = |index: &Index| index.all().iter().map(|named| (named.id, spelling(named, index))).collect();
        Self { areas: of(areas), units: of(units) }
    }

    /// How an area is written; empty for one that is not known.
    pub fn area(&self, id: Id) -> &str {
        self.areas.get(&id).map(String::as_str).unwrap_or_default()
    }

    /// How a unit is written; empty for one that is not known.
    pub fn unit(&self, id: Id) -> &str {
        self.units.get(&id).map(String::as_str).unwrap_or_default()
    }
}

/// Its name, with its code where that is needed to find it, alone or among others in a cell; or the
/// code alone.
fn spelling(named: &Named, index: &Index) -> String {
    let labels = [index.label(named), format!("{} [{}]", named.name, named.code)].map(|label| one_line(&label));
    let found = |label: &str| index.known(label).and_then(|at| index.get(at)).is_some_and(|known| known.id == named.id);
    // Twice, so that it takes nothing of what follows with it, as an open bracket would.
    let stands = |label: &str| {
        let read = leads::read(&format!("{label}; {label}"), index).units;
        read.len() == 2 && read.iter().all(|mention| mention.part.is_none() && mention.words == label)
    };
    labels.into_iter().find(|label| found(label) && stands(label)).unwrap_or_else(|| named.code.clone())
}

#[cfg(test)]
mod tests {
    use super::super::names::Found;
    use super::super::names::tests::{LAO_CAI, index};
    use super::*;
    use proptest::prelude::*;

    fn spellings(names: &[&str]) -> Vec<String> {
        let index = index(names);
        index.all().iter().map(|named| spelling(named, &index)).collect()
    }

    #[test]
    fn names_are_written_in_full_and_with_a_code_where_that_is_needed() {
        assert_eq!(spellings(LAO_CAI), LAO_CAI);
        let odd = ["UBND Phường I", "UBND phường I", "Hội Nông dân (tỉnh)", "- Ban A", "Ban B; Ban C", "Sở  Y tế", "Ban (D"];
        let written = ["UBND Phường I [u-0]", "UBND phường I [u-1]", "Hội Nông dân (tỉnh) [u-2]", "u-3", "u-4", "Sở Y tế", "u-6"];
        assert_eq!(spellings(&odd), written);
    }

    proptest! {
        #[test]
        fn whatever_units_are_called_they_are_found_again(names in prop::collection::vec("[A-Ca-c ,;:.()\\[\\]/&–—-]{1,12}|Sở [A-C]|\\PC{1,20}", 1..6)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let index = index(&names);
            let written = spellings(&names);
            for (at, label) in written.iter().enumerate() {
                prop_assert_eq!(index.find(label), Found::One(at), "{}", label);
            }
            let cell = leads::read(&written.join("; "), &index);
            let found: Vec<Found> = cell.units.into_iter().map(|mention| mention.found).collect();
            prop_assert_eq!(found, (0..names.len()).map(Found::One).collect::<Vec<_>>(), "{}", written.join("; "));
        }
    }
}
