//! The words of what is sent, in Vietnamese: subject, text, and where its one link leads.

use std::fmt::Write;

use chrono::NaiveDate;

use super::NotificationKind;
use crate::domain::Percent;
use crate::domain::mail::line;
use crate::domain::roll_up::TaskCounts;

/// Most lines of a list; the rest is counted.
const MOST_LINES: usize = 50;
/// Most characters of a title in a list.
const MOST_TITLE: usize = 200;
/// Most characters of words that somebody wrote.
const MOST_WORDS: usize = 4_000;
/// What a secret task is called.
const SECRET: &str = "Nhiệm vụ mật";

/// What is put into the outbox: the text without greeting and footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// Where to look, as a path of the pages.
    pub link: String,
}

/// A task in a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskLine {
    /// The day lateness is judged by.
    pub due_on: NaiveDate,
    /// The unit that answers for it.
    pub unit: String,
    /// Its title; none if it is secret.
    pub title: Option<String>,
}

/// How the work of a unit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitSection {
    /// The unit.
    pub unit: String,
    /// How many tasks stand where.
    pub counts: TaskCounts,
    /// Overdue tasks.
    pub overdue: Vec<TaskLine>,
    /// Titles of open tasks nothing was reported of for long, with the days since; none if secret.
    pub silent: Vec<(i64, Option<String>)>,
    /// Instructions that wait for an answer, and those of them that are late.
    pub instructions: (u32, u32),
}

/// How a province stood on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The day.
    pub day: NaiveDate,
    /// How many tasks stand where.
    pub counts: TaskCounts,
    /// Confirmed progress.
    pub verified: Option<Percent>,
}

/// A title as it stands in a list.
fn named(title: Option<&String>) -> String {
    title.map_or_else(|| SECRET.to_owned(), |title| line(title, MOST_TITLE))
}

fn day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// Adds a list, cut at [`MOST_LINES`].
fn list(body: &mut String, lines: impl ExactSizeIterator<Item = String>) {
    let more = lines.len().saturating_sub(MOST_LINES);
    for (at, text) in lines.take(MOST_LINES).enumerate() {
        let _ = writeln!(body, "{}. {text}", at + 1);
    }
    if more > 0 {
        let _ = writeln!(body, "… và {more} nhiệm vụ khác, xem trong danh sách.");
    }
}

/// Reminders of one kind for one reader. `today` counts the days.
pub fn reminders(kind: NotificationKind, mut tasks: Vec<TaskLine>, today: NaiveDate) -> Content {
    tasks.sort();
    let (what, filter) = match kind {
        NotificationKind::DueToday => ("đến hạn hôm nay", "due_soon"),
        NotificationKind::Overdue => ("quá hạn", "overdue"),
        _ => ("sắp đến hạn", "due_soon"),
    };
    let subject = format!("{} nhiệm vụ {what} ({})", tasks.len(), day(today));
    let mut body = format!("{subject}:\n\n");
    list(&mut body, tasks.iter().map(|task| task.in_words(today)));
    Content { subject, body, link: format!("/tasks?timeliness={filter}") }
}

impl TaskLine {
    fn in_words(&self, today: NaiveDate) -> String {
        let days = (self.due_on - today).num_days();
        let when = match days {
            0 => "hôm nay".to_owned(),
            days if days > 0 => format!("còn {days} ngày"),
            days => format!("quá {} ngày", -days),
        };
        format!("{} (hạn {}, {when}) – {}", named(self.title.as_ref()), day(self.due_on), line(&self.unit, MOST_TITLE))
    }
}

/// The weekly digest of the units of one reader.
pub fn unit_digest(mut units: Vec<UnitSection>, today: NaiveDate) -> Content {
    units.sort_by(|a, b| a.unit.cmp(&b.unit));
    let mut body = String::new();
    for section in &mut units {
        section.overdue.sort();
        section.silent.sort_by(|a, b| b.cmp(a));
        section.write(&mut body, today);
    }
    let subject = match units.as_slice() {
        [one] => format!("Tình hình nhiệm vụ của {} ({})", line(&one.unit, 100), day(today)),
        all => format!("Tình hình nhiệm vụ của {} đơn vị ({})", all.len(), day(today)),
    };
    Content { subject, body, link: "/tasks".to_owned() }
}

impl UnitSection {
    fn write(&self, body: &mut String, today: NaiveDate) {
        let counts = &self.counts;
        let _ = writeln!(body, "{}", line(&self.unit, MOST_TITLE));
        let _ = writeln!(body, "Hoàn thành đúng hạn: {}; hoàn thành quá hạn: {}", counts.completed_on_time, counts.completed_late);
        let open = counts.open() - counts.open_overdue;
        let _ = writeln!(body, "Đang thực hiện, trong hạn: {open}; đang thực hiện, quá hạn: {}", counts.open_overdue);
        if self.instructions.0 > 0 {
            let (open, late) = self.instructions;
            let _ = writeln!(body, "Ý kiến chỉ đạo chờ trả lời: {open}, trong đó quá hạn: {late}");
        }
        if !self.overdue.is_empty() {
            let _ = writeln!(body, "\nQuá hạn:");
            list(body, self.overdue.iter().map(|task| task.in_words(today)));
        }
        if !self.silent.is_empty() {
            let _ = writeln!(body, "\nLâu chưa có báo cáo:");
            list(body, self.silent.iter().map(|(days, title)| format!("{} (đã {days} ngày)", named(title.as_ref()))));
        }
        body.push('\n');
    }
}

/// The monthly digest of a leader: today beside a month before, and the units with most overdue work, each with how
/// much is overdue of how much.
pub fn leader_digest(now: Standing, before: Option<Standing>, worst: &[(String, u32, u32)]) -> Content {
    let subject = format!("Tình hình thực hiện nghị quyết đến {}", day(now.day));
    let mut body = String::new();
    match before {
        Some(before) => {
            let _ = writeln!(body, "Đến {}, so với {}:\n", day(now.day), day(before.day));
        }
        None => {
            let _ = writeln!(body, "Đến {}:\n", day(now.day));
        }
    }
    for (label, count) in COLUMNS {
        let then = before.map(|before| format!(" (trước: {})", count(&before.counts))).unwrap_or_default();
        let _ = writeln!(body, "{label}: {}{then}", count(&now.counts));
    }
    let then = before.map(|before| format!(" (trước: {})", percent(before.verified))).unwrap_or_default();
    let _ = writeln!(body, "Tiến độ đã xác nhận: {}{then}", percent(now.verified));
    if !worst.is_empty() {
        let _ = writeln!(body, "\nĐơn vị có nhiều nhiệm vụ quá hạn nhất:");
        for (at, (unit, overdue, total)) in worst.iter().enumerate() {
            let _ = writeln!(body, "{}. {}: {overdue} quá hạn trong {total} nhiệm vụ", at + 1, line(unit, MOST_TITLE));
        }
    }
    Content { subject, body, link: "/".to_owned() }
}

/// A count with its name.
type Counted = (&'static str, fn(&TaskCounts) -> u32);

const COLUMNS: [Counted; 5] = [
    ("Tổng số nhiệm vụ", |counts| counts.total),
    ("Hoàn thành đúng hạn", |counts| counts.completed_on_time),
    ("Hoàn thành quá hạn", |counts| counts.completed_late),
    ("Đang thực hiện, trong hạn", |counts| counts.open() - counts.open_overdue),
    ("Đang thực hiện, quá hạn", |counts| counts.open_overdue),
];

fn percent(percent: Option<Percent>) -> String {
    percent.map_or_else(|| "chưa có".to_owned(), |percent| format!("{percent} %").replace('.', ","))
}

/// A report that was returned, to whoever logged it. Of a secret task neither title nor reason is told.
pub fn returned(task: &str, title: Option<&String>, unit: &str, reason: Option<&str>) -> Content {
    let subject = format!("Báo cáo bị trả lại: {}", line(&named(title), 100));
    let mut body = format!("Báo cáo tiến độ của {} về nhiệm vụ sau đã bị trả lại:\n\n{}\n", line(unit, MOST_TITLE), named(title));
    if let (Some(reason), true) = (reason, title.is_some()) {
        let _ = writeln!(body, "\nLý do: {}", words(reason));
    }
    body.push_str("\nĐề nghị báo cáo lại.\n");
    Content { subject, body, link: format!("/tasks/{task}") }
}

/// An instruction to a unit. `from` is the post of who gives it.
pub fn instruction(task: &str, title: &str, unit: &str, from: Option<&str>, text: &str, due_on: Option<NaiveDate>) -> Content {
    let subject = format!("Ý kiến chỉ đạo: {}", line(title, 100));
    let from = from.map(|from| format!(" của {}", line(from, MOST_TITLE))).unwrap_or_default();
    let mut body =
        format!("Ý kiến chỉ đạo{from} gửi {}, về nhiệm vụ:\n{}\n\n{}\n", line(unit, MOST_TITLE), line(title, MOST_TITLE), words(text));
    if let Some(due_on) = due_on {
        let _ = writeln!(body, "\nTrả lời trước hết ngày {}.", day(due_on));
    }
    Content { subject, body, link: format!("/tasks/{task}") }
}

/// What somebody wrote, with its paragraphs and without other control characters.
fn words(text: &str) -> String {
    let paragraphs: Vec<String> = text.lines().map(|paragraph| line(paragraph, MOST_WORDS)).collect();
    let text = paragraphs.join("\n");
    if text.chars().count() <= MOST_WORDS { text } else { text.chars().take(MOST_WORDS).chain(['…']).collect() }
}

/// What a kind is called in a letter and on the page that ends it.
pub fn name(kind: NotificationKind) -> &'static str {
    match kind {
        NotificationKind::DueSoon => "Nhiệm vụ sắp đến hạn",
        NotificationKind::DueToday => "Nhiệm vụ đến hạn hôm nay",
        NotificationKind::Overdue => "Nhiệm vụ quá hạn",
        NotificationKind::UnitDigest => "Tình hình của đơn vị, hằng tuần",
        NotificationKind::LeaderDigest => "Tình hình của tỉnh, hằng tháng",
        NotificationKind::ReportReturned => "Báo cáo bị trả lại",
        NotificationKind::Instruction => "Ý kiến chỉ đạo",
    }
}

/// The whole text: whom it is for, what it tells, where to look, and how to have no more of it.
pub fn framed(reader: &str, content: &Content, kind: NotificationKind, site: &str, unsubscribe: &str) -> String {
    format!(
        "Kính gửi: {}\n\n{}\nXem tại: {site}{}\n\n-- \nThư tự động của hệ thống theo dõi thực hiện nghị quyết, không cần trả lời.\n\
         Không nhận loại thư này nữa ({}): {unsubscribe}\nChọn loại thư muốn nhận: {site}/notifications\n",
        line(reader, MOST_TITLE),
        content.body,
        content.link,
        name(kind),
    )
}

#[cfg(test)]
mod tests;
