//! Posts with their holders: rows of one post are joined.

use chrono::NaiveDate;

use super::header::Column;
use super::names::Index;
use super::options::ImportKind;
use super::problems;
use super::reader::{self, Reader, Reading};
use super::sheet::Sheet;
use super::table::BodyRow;
use super::task_lines::same;
use crate::domain::Id;
use crate::domain::posts::PostHolding;
use crate::domain::text::fold;

/// One post of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostLine {
    /// Its rows.
    pub rows: Vec<u32>,
    /// The unit it belongs to.
    pub unit: Id,
    /// Its title.
    pub title: String,
    /// Those who held it, as the file says.
    pub holders: Vec<PostHolding>,
}

/// Reads the posts of a sheet; `units` are those known.
pub fn read(sheet: &Sheet, units: &Index) -> Reading<PostLine> {
    reader::read_whole(sheet, ImportKind::Posts, |reader, rows| {
        let mut posts: Vec<PostLine> = Vec::new();
        for row in rows {
            let Some((unit, title, holder)) = one(reader, row, units) else { continue };
            let known = posts.iter_mut().find(|post| post.unit == unit && fold(&post.title) == fold(&title));
            match known {
                Some(post) => {
                    post.rows.push(row.row.number);
                    post.holders.extend(holder);
                }
                None => posts.push(PostLine { rows: vec![row.row.number], unit, title, holders: holder.into_iter().collect() }),
            }
        }
        posts
    })
}

fn one(reader: &mut Reader<'_>, row: &BodyRow, units: &Index) -> Option<(Id, String, Option<PostHolding>)> {
    let said = reader.required(row, Column::Unit, 200);
    let day = reader.day(row, Column::ValidFrom);
    // A post of former days is one of the unit there was then.
    let then = day.flatten().unwrap_or(units.day());
    let unit = said.and_then(|said| reader.named(row, (Column::Unit, &said), (units, then), problems::UNKNOWN_UNIT));
    let title = reader.required(row, Column::Title, 200);
    let (name, held_to) = (reader.text(row, Column::Holder, 200), reader.day(row, Column::ValidTo));
    let (held_from, held_to) = (day?, held_to?);
    if held_from.zip(held_to).is_some_and(|(from, to)| to < from) {
        reader.complain(problems::DATE_ORDER, row, Column::ValidTo);
        return None;
    }
    let name = name?;
    if name.is_none() && (held_from.is_some() || held_to.is_some()) {
        reader.complain(problems::REQUIRED, row, Column::Holder);
        return None;
    }
    Some((unit?.id, title?, name.map(|name| PostHolding { name, held_from, held_to })))
}

/// The holders as they should stand: those of the file in place of those they mean, the others as they
/// are. Somebody is known by name and first day; by name alone, where that leaves no doubt. `has` says
/// whether the file has columns for the first and the last day.
pub fn holders_over(standing: &[PostHolding], said: &[PostHolding], has: (bool, bool)) -> Vec<PostHolding> {
    let mut all = standing.to_vec();
    let mut taken = vec![false; all.len()];
    let mut rest = Vec::new();
    for one in said {
        let exact = |(known, taken): (&PostHolding, &bool)| !taken && same(&known.name, &one.name) && known.held_from == one.held_from;
        match all.iter().zip(&taken).position(exact) {
            Some(at) => lay(&mut all, &mut taken, at, one, has),
            None => rest.push(one),
        }
    }
    for one in &rest {
        let of_name = |known: &PostHolding| same(&known.name, &one.name);
        let open: Vec<usize> = (0..taken.len()).filter(|at| taken.get(*at) == Some(&false) && all.get(*at).is_some_and(of_name)).collect();
        let alone = rest.iter().filter(|other| same(&other.name, &one.name)).count() == 1;
        match open.as_slice() {
            [at] if alone => lay(&mut all, &mut taken, *at, one, has),
            _ => all.push((*one).clone()),
        }
    }
    all
}

fn lay(all: &mut [PostHolding], taken: &mut [bool], at: usize, said: &PostHolding, has: (bool, bool)) {
    if let Some(taken) = taken.get_mut(at) {
        *taken = true;
    }
    let Some(standing) = all.get_mut(at) else { return };
    let day = |has: bool, said: Option<NaiveDate>, standing| if has { said } else { standing };
    standing.held_from = day(has.0, said.held_from, standing.held_from);
    standing.held_to = day(has.1, said.held_to, standing.held_to);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(name: &str, from: Option<&str>, to: Option<&str>) -> PostHolding {
        let day = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        PostHolding { name: name.into(), held_from: day(from), held_to: day(to) }
    }

    #[test]
    fn who_is_known_is_changed_and_nobody_is_lost() {
        let standing = [held("A", Some("2015-01-01"), Some("2020-01-01")), held("B", Some("2020-01-02"), None)];
        let over = |said: &[PostHolding]| holders_over(&standing, said, (true, true));
        assert_eq!(over(&[]), standing);
        let ended = held("B", Some("2020-01-02"), Some("2024-05-01"));
        assert_eq!(over(std::slice::from_ref(&ended)), [standing[0].clone(), ended]);
        let corrected = held("B", Some("2020-02-01"), None);
        assert_eq!(over(std::slice::from_ref(&corrected)), [standing[0].clone(), corrected]);
        let new = held("C", None, None);
        assert_eq!(over(std::slice::from_ref(&new)).len(), 3);
        // Twice in one post: both stand.
        let twice = [held("A", Some("2015-01-01"), Some("2020-01-01")), held("A", Some("2022-01-01"), None)];
        assert_eq!(holders_over(&standing[..1], &twice, (true, true)), twice);
        assert_eq!(holders_over(&standing, &[held("A", None, None)], (false, false)), standing);
    }
}
