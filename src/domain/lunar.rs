//! The Vietnamese lunar calendar, as far as public holidays need it: the first day of a lunar
//! month, seen from longitude 105° east (UTC+7).
//!
//! The rules are those Hồ Ngọc Đức describes ("Thuật toán tính âm lịch",
//! informatik.uni-leipzig.de/~duc/amlich/calrules_vn.html): a month begins on the day of the new moon;
//! the month that holds the winter solstice is the eleventh; of thirteen months in a year the first
//! without a major term of the sun is the leap month. New moon and sun follow the series of
//! Jean Meeus, good to a few minutes, in fixed-point integers. Because midnight is Vietnam's, some years differ
//! from China's calendar (Tết 2007 fell on 17 February, there on the 18th).

use chrono::{Datelike, NaiveDate};

/// One, in fixed point: nine decimals of a day or a degree.
const ONE: i128 = 1_000_000_000;

/// π.
const PI: i128 = 3_141_592_654;

/// Julian day number of the day before 1 January of the year 1.
const JULIAN: i32 = 1_721_425;

/// The new moon of 1 January 1900, from which months are counted.
const EPOCH: i128 = 2_415_021_076_998_695;

/// The mean length of a month.
const MONTH: i128 = 29_530_588_853;

/// Vietnam is seven hours ahead.
const ZONE: i128 = ONE * 7 / 24;

/// The first day of a lunar month (1 to 12, never a leap month) of the lunar year that begins in
/// this Gregorian year; `None` outside what a date can hold.
pub fn first_of_month(year: i32, month: u8) -> Option<NaiveDate> {
    let eleventh = eleventh_month(year.checked_sub(1)?)?;
    let next = eleventh_month(year)?;
    let first = months_since_epoch(eleventh);
    // Months 11 and 12 stand at the end of the year, 1 to 10 after the eleventh of the year before.
    let (first, from, to) =
        if month >= 11 { (months_since_epoch(next), next, eleventh_month(year.checked_add(1)?)?) } else { (first, eleventh, next) };
    let offset = i32::from(if month >= 11 { month.checked_sub(11)? } else { month.checked_add(1)? });
    let leap = (to - from > 365).then(|| leap_offset(from)).is_some_and(|leap| offset >= leap);
    date(new_moon_day(first + offset + i32::from(leap)))
}

/// The first day of the lunar year (Tết Nguyên đán) in this Gregorian year.
pub fn new_year(year: i32) -> Option<NaiveDate> {
    first_of_month(year, 1)
}

/// How many whole months lie between the epoch and the month that begins on a Julian day.
fn months_since_epoch(first_day: i32) -> i32 {
    let days = i128::from(first_day) * ONE - EPOCH;
    narrow(floor(2 * days + MONTH, 2 * MONTH))
}

/// First day of the eleventh lunar month: the one that holds the winter solstice of this year.
fn eleventh_month(year: i32) -> Option<i32> {
    let last = NaiveDate::from_ymd_opt(year, 12, 31)?.num_days_from_ce().checked_add(JULIAN)?;
    let month = narrow(floor(i128::from(last - 2_415_021) * ONE, MONTH));
    let day = new_moon_day(month);
    // 270° is the solstice: a month that begins after it is already the twelfth.
    Some(if twelfth_of_sun(day) >= 9 { new_moon_day(month - 1) } else { day })
}

/// Which month after an eleventh is the leap month: the first in which the sun reaches no major term.
fn leap_offset(eleventh: i32) -> i32 {
    let first = months_since_epoch(eleventh);
    let term = |offset: i32| twelfth_of_sun(new_moon_day(first + offset));
    (1..14).find(|offset| term(*offset) == term(offset + 1)).map_or(14, |offset| offset + 1) - 1
}

/// The Julian day number, in Vietnam, of the n-th new moon after the epoch.
fn new_moon_day(n: i32) -> i32 {
    narrow(floor(new_moon(i128::from(n)) + ONE / 2 + ZONE, ONE))
}

/// The instant of the n-th new moon after that of 1 January 1900, as a Julian date in universal time.
fn new_moon(n: i128) -> i128 {
    let t = n * ONE * 100 / 123_685;
    let (t2, t3) = (times(t, t), times(times(t, t), t));
    let mean = 2_415_020_759_330_000 + n * 29_530_588_680 + times(117_800, t2) - times(155, t3);
    let wave = times(330_000, sin(166_560_000_000 + times(132_870_000_000, t) - times(9_173_000, t2)));
    let sun = 359_224_200_000 + n * 29_105_356_080 - times(33_300, t2) - times(3_470, t3);
    let moon = 306_025_300_000 + n * 385_816_918_060 + times(10_730_600, t2) + times(12_360, t3);
    let node = 21_296_400_000 + n * 390_670_506_460 - times(1_652_800, t2) - times(2_390, t3);
    let terms = [
        (173_400_000 - times(393_000, t), sun),
        (2_100_000, 2 * sun),
        (-406_800_000, moon),
        (16_100_000, 2 * moon),
        (-400_000, 3 * moon),
        (10_400_000, 2 * node),
        (-5_100_000, sun + moon),
        (-7_400_000, sun - moon),
        (400_000, 2 * node + sun),
        (-400_000, 2 * node - sun),
        (-600_000, 2 * node + moon),
        (1_000_000, 2 * node - moon),
        (500_000, 2 * moon + sun),
    ];
    let anomaly: i128 = terms.iter().map(|(size, angle)| times(*size, sin(*angle))).sum();
    mean + wave + anomaly - clock_correction(t, t2, t3)
}

/// From the even time of the series to universal time.
fn clock_correction(t: i128, t2: i128, t3: i128) -> i128 {
    if t < -11 * ONE {
        1_000_000 + times(839_000, t) + times(226_100, t2) - times(8_450, t3) - times(81, times(t, t3))
    } else {
        -278_000 + times(265_000, t) + times(262_000, t2)
    }
}

/// In which twelfth of the ecliptic the sun stands when a day begins in Vietnam: 0 from the vernal
/// equinox, 9 from the winter solstice.
fn twelfth_of_sun(day: i32) -> i128 {
    let days = i128::from(day) * ONE - ONE / 2 - ZONE - 2_451_545 * ONE;
    let t = days / 36_525;
    let t2 = times(t, t);
    let anomaly = 357_529_100_000 + times(35_999_050_300_000, t) - times(155_900, t2) - times(480, times(t2, t));
    let mean = 280_466_450_000 + times(36_000_769_830_000, t) + times(303_200, t2);
    let centre = times(1_914_600_000 - times(4_817_000, t) - times(14_000, t2), sin(anomaly))
        + times(19_993_000 - times(101_000, t), sin(2 * anomaly))
        + times(290_000, sin(3 * anomaly));
    let nutation = 5_690_000 + times(4_780_000, sin(125_040_000_000 - times(1_934_136_000_000, t)));
    (mean + centre - nutation).rem_euclid(360 * ONE) / (30 * ONE)
}

/// The sine of an angle in degrees, by its series on the first quarter of the circle.
fn sin(angle: i128) -> i128 {
    let angle = angle.rem_euclid(360 * ONE);
    let (angle, sign) = if angle >= 180 * ONE { (angle - 180 * ONE, -1) } else { (angle, 1) };
    let x = angle.min(180 * ONE - angle) * PI / (180 * ONE);
    let square = times(x, x);
    let (mut term, mut sum) = (x, x);
    for n in [2, 4, 6, 8, 10, 12, 14] {
        term = -times(term, square) / (n * (n + 1));
        sum += term;
    }
    sign * sum
}

fn times(a: i128, b: i128) -> i128 {
    a * b / ONE
}

fn floor(a: i128, b: i128) -> i128 {
    a.div_euclid(b)
}

/// Days and months of a few thousand years fit; anything else has no date.
fn narrow(value: i128) -> i32 {
    i32::try_from(value).unwrap_or(i32::MIN / 2)
}

fn date(julian: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(julian.checked_sub(JULIAN)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tết as it was and will be kept, 1985 and 2000 to 2036: month and day. Source: the tables of
    /// Hồ Ngọc Đức's calendar, the same in the data of the library `holidays` (Vietnam).
    #[rustfmt::skip]
    const TET: [(i32, u32, u32); 38] = [
        (1985, 1, 21), (2000, 2, 5), (2001, 1, 24), (2002, 2, 12), (2003, 2, 1), (2004, 1, 22), (2005, 2, 9), (2006, 1, 29),
        (2007, 2, 17), (2008, 2, 7), (2009, 1, 26), (2010, 2, 14), (2011, 2, 3), (2012, 1, 23), (2013, 2, 10), (2014, 1, 31),
        (2015, 2, 19), (2016, 2, 8), (2017, 1, 28), (2018, 2, 16), (2019, 2, 5), (2020, 1, 25), (2021, 2, 12), (2022, 2, 1),
        (2023, 1, 22), (2024, 2, 10), (2025, 1, 29), (2026, 2, 17), (2027, 2, 6), (2028, 1, 26), (2029, 2, 13), (2030, 2, 2),
        (2031, 1, 23), (2032, 2, 11), (2033, 1, 31), (2034, 2, 19), (2035, 2, 8), (2036, 1, 28),
    ];

    #[test]
    fn tet_is_when_it_was() {
        for (year, month, day) in TET {
            assert_eq!(new_year(year), NaiveDate::from_ymd_opt(year, month, day), "{year}");
        }
    }

    /// New moons of a century, each a month after the one before.
    #[test]
    fn months_have_29_or_30_days() {
        for n in 0..2400 {
            let days = new_moon_day(n + 1) - new_moon_day(n);
            assert!((29..=30).contains(&days), "{n}: {days}");
        }
    }

    #[test]
    fn a_lunar_year_has_354_or_384_days_or_so() {
        for year in 1900..2199 {
            let days = new_year(year).zip(new_year(year + 1)).map(|(this, next)| (next - this).num_days());
            assert!(days.is_some_and(|days| (353..=355).contains(&days) || (383..=385).contains(&days)), "{year}: {days:?}");
            let months: Vec<_> = (1..=12).map(|month| first_of_month(year, month)).collect();
            assert!(months.is_sorted() && months.iter().all(Option::is_some), "{year}: {months:?}");
        }
    }

    #[test]
    fn years_far_away_are_none_or_some() {
        for year in [i32::MIN, -300_000, 0, 9999, 300_000, i32::MAX] {
            let _ = new_year(year);
        }
        assert_eq!(new_year(i32::MIN), None);
    }
}
