//! Coverage: which of the units that owe it have studied a resolution.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Id;
use super::areas::AreaLevel;
use super::dissemination_events::{EventKind, EventLevel};
use super::headcounts::{Headcount, HeadcountSum};
use super::units::UnitKind;

text_enum! {
    /// How a unit took part in a conference.
    pub enum Part {
        /// It held it.
        Host = "host",
        /// Its people sat at a connection point.
        Site = "site",
    }
}

/// Whether units of this kind owe it: every Party committee and every authority (cấp ủy, chính quyền).
pub fn owes(kind: UnitKind) -> bool {
    matches!(kind, UnitKind::PartyCommittee | UnitKind::PeopleCommittee)
}

/// A conference that was held, as coverage looks at it.
#[derive(Debug, Clone)]
pub struct Held {
    /// Which one.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Its first day.
    pub held_on: Option<NaiveDate>,
    /// Its kind: only study covers.
    pub kind: EventKind,
    /// Its level.
    pub level: EventLevel,
    /// Its connection points: as counted, else as listed.
    pub sites: i64,
    /// How many took part.
    pub attendance: Option<Headcount>,
    /// The units that took part, and how.
    pub units: Vec<(Id, Part)>,
}

/// A conference that a unit took part in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Attended {
    /// Id of the conference.
    pub id: Id,
    #[schema(example = "Hội nghị học tập, quán triệt Nghị quyết Đại hội XIV của tỉnh")]
    pub title: String,
    #[schema(example = "2020-12-25")]
    pub held_on: Option<NaiveDate>,
    /// Whether the unit held it or sat in it.
    pub part: Part,
}

/// Conferences of one level, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Conferences {
    /// How many were held.
    #[schema(example = 1)]
    pub conferences: i64,
    /// Their connection points.
    #[schema(example = 336)]
    pub sites: i64,
    /// Attendances (lượt người): who came twice stands in it twice.
    pub attendance: HeadcountSum,
}

/// Conferences held at one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LevelConferences {
    pub level: EventLevel,
    #[serde(flatten)]
    pub sum: Conferences,
}

/// Units that owe it, and how many of them took part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwingUnits {
    /// Party committees and authorities that existed on the day.
    #[schema(example = 168)]
    pub owing: i64,
    /// Those that held a study conference or sat in one.
    #[schema(example = 12)]
    pub covered: i64,
    /// The others.
    #[schema(example = 156)]
    pub missing: i64,
}

impl OwingUnits {
    /// Counts units by whether each is covered.
    pub fn of(covered: impl IntoIterator<Item = bool>) -> Self {
        let mut count = Self::default();
        for is_covered in covered {
            count.owing += 1;
            count.covered += i64::from(is_covered);
        }
        Self { missing: count.owing - count.covered, ..count }
    }
}

/// The sum of study conferences, of all levels or of one.
pub fn sum(held: &[Held], level: Option<EventLevel>) -> Conferences {
    let chosen: Vec<&Held> = held.iter().filter(|h| h.kind == EventKind::Study && level.is_none_or(|level| level == h.level)).collect();
    Conferences {
        conferences: i64::try_from(chosen.len()).unwrap_or(i64::MAX),
        sites: chosen.iter().map(|h| h.sites).sum(),
        attendance: HeadcountSum::of(chosen.iter().map(|h| h.attendance.as_ref())),
    }
}

/// The levels at which study conferences were held.
pub fn by_level(held: &[Held]) -> Vec<LevelConferences> {
    let levels = EventLevel::ALL.iter().map(|level| LevelConferences { level: *level, sum: sum(held, Some(*level)) });
    levels.filter(|line| line.sum.conferences > 0).collect()
}

/// The study conferences a unit took part in, each once; holding one says more than sitting in it.
pub fn attended(held: &[Held], unit: Id) -> Vec<Attended> {
    let part = |h: &Held| {
        let parts: Vec<Part> = h.units.iter().filter(|(id, _)| *id == unit).map(|(_, part)| *part).collect();
        if parts.contains(&Part::Host) { Some(Part::Host) } else { parts.first().copied() }
    };
    let study = held.iter().filter(|h| h.kind == EventKind::Study);
    study.filter_map(|h| Some(Attended { id: h.id, title: h.title.clone(), held_on: h.held_on, part: part(h)? })).collect()
}

/// What the coverage of a resolution may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CoverageQuery {
    /// As it stood on this day: units that existed, conferences held by then; today if missing.
    #[param(example = "2021-12-31")]
    pub on: Option<NaiveDate>,
    /// Only units that have, or have not, taken part.
    pub covered: Option<bool>,
    /// Only units that stand in areas of this level.
    pub level: Option<AreaLevel>,
    /// Units of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn id(second: i64) -> Id {
        Id::new(DateTime::from_timestamp(1_600_000_000 + second, 0).unwrap())
    }

    fn held(kind: EventKind, level: EventLevel, sites: i64, attendance: &str, units: Vec<(Id, Part)>) -> Held {
        let attendance = Some(Headcount::parse(attendance)).filter(|_| !attendance.is_empty());
        Held { id: id(99), title: "Hội nghị".into(), held_on: None, kind, level, sites, attendance, units }
    }

    #[test]
    fn only_study_covers_and_is_summed() {
        let [host, guest, reporter] = [id(1), id(2), id(3)];
        let all = [
            held(
                EventKind::Study,
                EventLevel::Province,
                336,
                "hơn 16.000",
                vec![(host, Part::Site), (host, Part::Host), (guest, Part::Site)],
            ),
            held(EventKind::Study, EventLevel::District, 1, "", vec![(guest, Part::Host)]),
            held(EventKind::CongressResults, EventLevel::Province, 1, "300", vec![(reporter, Part::Host)]),
        ];
        let total = sum(&all, None);
        assert_eq!((total.conferences, total.sites, total.attendance.count, total.attendance.unknown), (2, 337, 16_000, 1));
        assert_eq!(by_level(&all).iter().map(|line| line.level).collect::<Vec<_>>(), [EventLevel::Province, EventLevel::District]);
        let parts = |unit| attended(&all, unit).iter().map(|a| a.part).collect::<Vec<_>>();
        assert_eq!((parts(host), parts(guest), parts(reporter)), (vec![Part::Host], vec![Part::Site, Part::Host], vec![]));
        assert_eq!(OwingUnits::of([true, false, false]), OwingUnits { owing: 3, covered: 1, missing: 2 });
    }

    #[test]
    fn committees_and_authorities_owe_it() {
        let owing: Vec<UnitKind> = UnitKind::ALL.iter().copied().filter(|kind| owes(*kind)).collect();
        assert_eq!(owing, [UnitKind::PartyCommittee, UnitKind::PeopleCommittee]);
        crate::domain::text_enum::assert_names(Part::ALL, Part::as_str);
    }
}
