//! Whom a unit's work concerns: those who report for it.

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::Id;
use crate::domain::permission::Role;
use crate::error::AppResult;
use crate::store;
use crate::store::units::Unit;
use crate::store::users::User;

/// Accounts that may sign in, by what was granted to them.
#[derive(Debug, Default)]
pub struct Recipients {
    users: HashMap<Id, User>,
    /// Reporters granted on the unit, or the area, with this path itself.
    reporters: HashMap<String, Vec<Id>>,
    leaders: Vec<Id>,
}

impl Recipients {
    /// Everybody.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut Connection) -> AppResult<Self> {
        let users = store::notifications::enabled(conn)?.into_iter().map(|user| (user.id, user)).collect();
        let mut found = Self { users, ..Self::default() };
        for (grant, unit, area) in store::grants::in_force(conn)? {
            if !found.users.contains_key(&grant.user_id) {
                continue;
            }
            // Paths of units and of areas both begin with the code of a province, or of one of its committees: a
            // sign keeps them apart.
            let place = unit.map(|(_, _, path, _)| format!("u{path}")).or(area.map(|(_, _, path)| format!("a{path}")));
            match (grant.role, place) {
                (Role::Reporter, Some(place)) => add(found.reporters.entry(place).or_default(), grant.user_id),
                (Role::Leader, _) => add(&mut found.leaders, grant.user_id),
                _ => {}
            }
        }
        Ok(found)
    }

    /// The reporters granted on a unit; where it has none, those of the nearest superior that has; where none has,
    /// those of the area it stands in, or of the nearest one around that.
    pub fn reporters_of(&self, unit: &Unit) -> Vec<&User> {
        let superiors = upwards(&unit.path).map(|path| format!("u{path}"));
        let around = upwards(&unit.area_path).map(|path| format!("a{path}"));
        let found = superiors.chain(around).find_map(|place| self.reporters.get(&place));
        found.into_iter().flatten().filter_map(|id| self.users.get(id)).collect()
    }

    /// Everybody to whom the role of a leader is granted somewhere.
    pub fn leaders(&self) -> impl Iterator<Item = &User> {
        self.leaders.iter().filter_map(|id| self.users.get(id))
    }
}

fn add(list: &mut Vec<Id>, user: Id) {
    if !list.contains(&user) {
        list.push(user);
    }
}

/// A path and those above it, the nearest first: `/a/b/`, `/a/`.
fn upwards(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.char_indices().filter(|(at, letter)| *letter == '/' && *at > 0).map(|(at, _)| at).collect::<Vec<_>>();
    ends.into_iter().rev().filter_map(|end| path.get(..=end))
}

#[cfg(test)]
mod tests {
    use super::upwards;

    #[test]
    fn a_path_leads_up_to_its_root() {
        assert_eq!(upwards("/a/b/c/").collect::<Vec<_>>(), ["/a/b/c/", "/a/b/", "/a/"]);
        assert_eq!(upwards("/").count(), 0);
    }
}
