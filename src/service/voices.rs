//! In whose name an account speaks: its own, or somebody else's, which is marked.

use crate::domain::permission::{Reach, Role};
use crate::store::units::Unit;

use super::access::{Actor, ActorGrant};

/// Whether what this account says of a unit is the unit's own word. Others say it on its behalf.
pub fn of_unit(actor: &Actor, unit: &Unit) -> bool {
    // A system that was given one unit speaks for it; one that was given an area speaks for others.
    let speaks = |g: &ActorGrant| g.role == Role::Reporter || (g.role == Role::Integration && matches!(g.reach, Reach::Units(_)));
    holds(actor, unit, speaks)
}

/// Whether this account is a leader over a unit. Others write on a leader's behalf.
pub fn of_leader(actor: &Actor, unit: &Unit) -> bool {
    holds(actor, unit, |grant| grant.role == Role::Leader)
}

fn holds(actor: &Actor, unit: &Unit, fits: impl Fn(&ActorGrant) -> bool) -> bool {
    actor.grants.iter().any(|grant| fits(grant) && grant.reach.covers_unit(&unit.path, &unit.area_path))
}
