//! Numbers of a dashboard line as pages show them: counts that lead to exactly their rows, bars
//! with words for those who do not see them, and the light.

use std::fmt::Write;

use super::labels::Label;
use super::page;
use crate::domain::dashboards::Totals;
use crate::domain::explanations::Number;
use crate::domain::light::Light;
use crate::domain::roll_up::TaskCounts;
use crate::domain::{Language, Percent};

words! {
    /// Words of numbers.
    FigureWords {
        total = "Tổng số", "Total";
        light = "Đánh giá", "Light";
        standing = "Tình hình thực hiện", "How it stands";
        progress = "Tiến độ", "Progress";
        claimed = "Đơn vị báo cáo", "Reported by units";
        verified = "Đã xác nhận", "Verified";
        coverage = "Có báo cáo", "With a report";
        no_report = "chưa có báo cáo", "no report yet";
        claimed_short = "báo cáo", "reported";
        verified_short = "xác nhận", "verified";
        of = "trên", "of";
        original = "Theo thời hạn ban đầu", "By the original deadlines";
        rescheduled = "Đã điều chỉnh thời hạn", "Deadline changed";
    }
}

/// A column of counts: its class in the style sheet, the filter that lists it, its names, and the
/// count.
struct Column {
    class: &'static str,
    filter: &'static str,
    vi: &'static str,
    en: &'static str,
    count: fn(&TaskCounts) -> u32,
}

const COLUMNS: [Column; 8] = [
    column("completed_on_time", "timeliness=on_time", "Hoàn thành đúng hạn", "Completed on time", |c| c.completed_on_time),
    column("completed_late", "timeliness=late", "Hoàn thành quá hạn", "Completed late", |c| c.completed_late),
    column("open_in_time", "timeliness=in_time", "Trong hạn", "In time", |c| c.open_in_time),
    column("open_due_soon", "timeliness=due_soon", "Sắp đến hạn", "Due soon", |c| c.open_due_soon),
    column("open_overdue", "timeliness=overdue", "Quá hạn", "Overdue", |c| c.open_overdue),
    column("open_no_deadline", "timeliness=no_deadline", "Không có hạn", "No deadline", |c| c.open_no_deadline),
    column("suspended", "lifecycle=suspended", "Tạm dừng", "Suspended", |c| c.suspended),
    column("cancelled", "lifecycle=cancelled", "Hủy bỏ", "Cancelled", |c| c.cancelled),
];

const fn column(class: &'static str, filter: &'static str, vi: &'static str, en: &'static str, count: fn(&TaskCounts) -> u32) -> Column {
    Column { class, filter, vi, en, count }
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its class in the style sheet.
    pub class: &'static str,
    /// What is counted.
    pub label: &'static str,
    /// How many.
    pub count: u32,
    /// Where exactly these are listed; none where there is nothing, or nothing the reader may see.
    pub href: Option<String>,
}

/// One part of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its class in the style sheet.
    pub class: &'static str,
    /// Where it begins.
    pub x: u32,
    /// How long it is.
    pub width: u32,
}

/// The numbers of one line.
#[derive(Debug, Clone)]
pub struct Figures {
    /// All tasks.
    pub total: Cell,
    /// How they stand.
    pub cells: Vec<Cell>,
    /// The same as a bar, as long as the total.
    pub bar: Vec<Part>,
    /// The bar in words.
    pub bar_words: String,
    /// The light's stable name.
    pub light: &'static str,
    /// The light in words.
    pub light_words: &'static str,
    /// Claimed percentage, as people write it.
    pub claimed: String,
    /// Verified percentage, as people write it.
    pub verified: String,
    /// Claimed, in hundredths of a percent.
    pub claimed_width: i32,
    /// Verified, in hundredths of a percent.
    pub verified_width: i32,
    /// Where the light, the claimed and the verified percentage are explained, to those who may see the tasks.
    pub explained: Option<[String; 3]>,
    /// Both percentages in words.
    pub progress_words: String,
    /// How many of those expected have reported.
    pub reported: Cell,
    /// How many are expected to.
    pub expected: u32,
    /// How many have had their deadline changed.
    pub rescheduled: Cell,
    /// What is late, judged by the deadlines they were issued with.
    pub original: Vec<Cell>,
}

impl Figures {
    /// The numbers of a line. `rows` is the part of a query that lists its tasks, if the reader may
    /// see them; `hidden` columns are left out, because no line has anything there.
    pub fn new(totals: &Totals, rows: Option<&str>, columns: Columns, language: Language) -> Self {
        let (t, counts) = (FigureWords::of(language), &totals.tasks);
        let href = |filter: &str, count: u32| rows.filter(|_| count > 0).map(|rows| address(&[rows, filter]));
        let cell = |column: &Column| {
            let count = (column.count)(counts);
            Cell { class: column.class, label: column.label(language), count, href: href(column.filter, count) }
        };
        let original = |column: &Column| {
            let count = (column.count)(&totals.original);
            let href = href(&format!("{}&against=original", column.filter), count);
            Cell { class: column.class, label: column.label(language), count, href }
        };
        let reported = |count| Cell { class: "", label: t.coverage, count, href: href("reported=true", count) };
        let (claimed, verified) = (totals.progress.claimed, totals.progress.verified);
        let (claimed_text, verified_text) = (percent(claimed, language), percent(verified, language));
        Self {
            total: Cell { class: "all", label: t.total, count: counts.total, href: href("", counts.total) },
            cells: columns.shown().map(cell).collect(),
            bar: bar(counts),
            bar_words: bar_words(counts, language),
            light: totals.light.as_str(),
            light_words: light_words(totals.light, language),
            claimed_width: claimed.map_or(0, Percent::hundredths),
            verified_width: verified.map_or(0, Percent::hundredths),
            progress_words: format!("{}: {claimed_text}; {}: {verified_text}", t.claimed, t.verified),
            claimed: claimed_text,
            verified: verified_text,
            explained: rows.filter(|_| counts.total > 0).map(|rows| {
                [Number::Light, Number::Claimed, Number::Verified].map(|number| page::asking("/explain", &[&format!("of={number}"), rows]))
            }),
            reported: reported(totals.progress.coverage.reported),
            expected: totals.progress.coverage.expected,
            rescheduled: Cell {
                class: "",
                label: t.rescheduled,
                count: totals.rescheduled,
                href: href("rescheduled=true", totals.rescheduled),
            },
            original: COLUMNS.iter().filter(|column| matches!(column.class, "completed_late" | "open_overdue")).map(original).collect(),
        }
    }

    /// How many tasks are overdue.
    pub fn overdue(&self) -> u32 {
        self.cells.iter().filter(|cell| cell.class == "open_overdue").map(|cell| cell.count).sum()
    }
}

impl Column {
    fn label(&self, language: Language) -> &'static str {
        match language {
            Language::Vi => self.vi,
            Language::En => self.en,
        }
    }
}

/// Which columns a table shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Columns {
    suspended: bool,
    cancelled: bool,
}

impl Columns {
    /// The columns of a table whose lines sum to `total`: suspended and cancelled only if there is any.
    pub fn of(total: &Totals) -> Self {
        Self { suspended: total.tasks.suspended > 0, cancelled: total.tasks.cancelled > 0 }
    }

    fn shown(self) -> impl Iterator<Item = &'static Column> {
        let left_out = move |class: &str| (class == "suspended" && !self.suspended) || (class == "cancelled" && !self.cancelled);
        COLUMNS.iter().filter(move |column| !left_out(column.class))
    }

    /// Class and name of each column.
    pub fn heads(self, language: Language) -> Vec<(&'static str, &'static str)> {
        self.shown().map(|column| (column.class, column.label(language))).collect()
    }
}

/// The list of tasks that these parts of a query choose.
pub fn address(parts: &[&str]) -> String {
    page::asking("/tasks", parts)
}

/// One part of a query; empty without a value.
pub fn part(name: &str, value: Option<&str>) -> String {
    value.map(|value| format!("{name}={}", page::encoded(value))).unwrap_or_default()
}

fn bar(counts: &TaskCounts) -> Vec<Part> {
    let mut x = 0;
    let parts = COLUMNS.iter().map(|column| {
        let part = Part { class: column.class, x, width: (column.count)(counts) };
        x += part.width;
        part
    });
    parts.filter(|part| part.width > 0).collect()
}

fn bar_words(counts: &TaskCounts, language: Language) -> String {
    let mut words = format!("{} {}", FigureWords::of(language).total, counts.total);
    for column in COLUMNS.iter().filter(|column| (column.count)(counts) > 0) {
        let _ = write!(words, "; {} {}", column.label(language).to_lowercase(), (column.count)(counts));
    }
    words
}

fn light_words(light: Light, language: Language) -> &'static str {
    light.label(language)
}

/// A percentage as people write it: `62,5 %` in Vietnamese; a dash where nothing was reported.
pub fn percent(percent: Option<Percent>, language: Language) -> String {
    match (percent, language) {
        (None, _) => "–".to_owned(),
        (Some(percent), Language::Vi) => format!("{}%", percent.to_string().replace('.', ",")),
        (Some(percent), Language::En) => format!("{percent}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roll_up::RollUp;

    #[test]
    fn a_bar_is_as_long_as_its_total() {
        let counts = TaskCounts { total: 6, completed_on_time: 1, open_overdue: 3, cancelled: 2, ..TaskCounts::default() };
        let bar = bar(&counts);
        assert_eq!(bar.iter().map(|part| (part.x, part.width)).collect::<Vec<_>>(), [(0, 1), (1, 3), (4, 2)]);
        assert_eq!(bar_words(&counts, Language::Vi), "Tổng số 6; hoàn thành đúng hạn 1; quá hạn 3; hủy bỏ 2");
    }

    #[test]
    fn every_count_of_the_total_has_a_column() {
        let totals = Totals::from(&RollUp::default());
        assert_eq!(Figures::new(&totals, None, Columns { suspended: true, cancelled: true }, Language::Vi).cells.len(), 8);
        assert_eq!(Columns::of(&totals).heads(Language::En).len(), 6);
    }

    #[test]
    fn decimals_are_written_as_in_vietnamese() {
        let half = Percent::from_hundredths(6250).ok();
        assert_eq!(percent(half, Language::Vi), "62,5%");
        assert_eq!(percent(half, Language::En), "62.5%");
        assert_eq!(percent(None, Language::Vi), "–");
    }
}
