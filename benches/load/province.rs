//! A province made up for measuring: the same for the same day, and plausible in its proportions.
//! It goes in through the services, so that it is what a province in use looks like.

use chrono::{NaiveDate, TimeDelta};
use resolution_tracker::clock::Clock;
use resolution_tracker::config::{Settings, SigningKey};
use resolution_tracker::db::{Connection, migrations, pool::Pools};
use resolution_tracker::domain::areas::{AreaDraft, AreaLevel};
use resolution_tracker::domain::decisions::DecisionDraft;
use resolution_tracker::domain::permission::Role;
use resolution_tracker::domain::progress_reports::{Product, ReportDraft, ReportState};
use resolution_tracker::domain::task_drafts::{DeadlineDraft, TaskDraft};
use resolution_tracker::domain::tasks::{Decision, Secrecy};
use resolution_tracker::domain::units::{System, UnitDraft, UnitKind};
use resolution_tracker::domain::users::{GrantDraft, UserDraft};
use resolution_tracker::domain::verifications::{Outcome, VerificationDraft};
use resolution_tracker::domain::{Id, Moment, Origin, Percent, Reference};
use resolution_tracker::error::AppResult;
use resolution_tracker::service::access::Permit;
use resolution_tracker::service::lookup::Expected;
use resolution_tracker::service::{areas, decisions, grants, passwords, progress_reports, task_drafts, units, users, verifications};
use resolution_tracker::state::AppState;
use resolution_tracker::store::users::User;

/// The password of both accounts, `office` and `leader`.
pub const PASSWORD: &str = "Đo-tải-2026!";
/// Who signs for everything.
const NAME: &str = "load run";
/// Tasks in one transaction.
const TOGETHER: u32 = 200;

/// The state of a service on this database.
pub fn state(url: &str) -> AppState {
    let mut settings = Settings::from_parts("", |_| None).unwrap();
    settings.database_url = url.parse().unwrap();
    AppState::new(settings, SigningKey::new(vec![7; 32]).unwrap(), Clock::system())
}

/// The same, with the tables there.
pub fn prepared(url: &str) -> AppState {
    let state = state(url);
    migrations::run(&mut Pools::new(&state.settings().database_url, 1).writer().unwrap()).unwrap();
    state
}

/// The day it is.
pub fn today() -> NaiveDate {
    Clock::system().today()
}

/// Makes the province.
pub fn generate(url: &str, tasks: u32, reports: u32) {
    let state = prepared(url);
    let leads = state.write_now(directory).unwrap();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut left = reports;
    for first in (0..tasks).step_by(TOGETHER as usize) {
        let last = (first + TOGETHER).min(tasks);
        state
            .write_now(|conn, now| {
                for number in first..last {
                    // What is left is spread over the tasks that are left.
                    let mean = left / (tasks - number);
                    let share = if number + 1 == tasks { left } else { dice.below(2 * mean + 1).min(left) };
                    left -= share;
                    task(conn, now, &mut dice, &leads[number as usize % leads.len()], number, share)?;
                }
                Ok(())
            })
            .unwrap();
    }
    eprintln!("generated {tasks} tasks and {reports} reports for {} units", leads.len());
}

/// Xorshift: the same throws each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) as u32) % limit.max(1)
    }
}

/// Areas, units and accounts; answers the codes of the units that lead tasks.
fn directory(conn: &mut Connection, now: &Moment) -> AppResult<Vec<String>> {
    use UnitKind::{Department, PartyBody, PartyCommittee, PeopleCommittee};
    let at = long_ago(now);
    let mut made = Vec::new();
    root(conn, now)?;
    unit(conn, &at, &mut made, "mau-tinh-uy", "Tỉnh ủy", PartyCommittee, None, "mau")?;
    unit(conn, &at, &mut made, "mau-ubnd", "UBND tỉnh", PeopleCommittee, None, "mau")?;
    unit(conn, &at, &mut made, "mau-van-phong", "Văn phòng Tỉnh ủy", PartyBody, Some("mau-tinh-uy"), "mau")?;
    for number in 1..=4 {
        unit(conn, &at, &mut made, &format!("mau-ban-{number}"), &format!("Ban Đảng số {number}"), PartyBody, Some("mau-tinh-uy"), "mau")?;
    }
    for number in 1..=19 {
        unit(conn, &at, &mut made, &format!("mau-so-{number}"), &format!("Sở số {number}"), Department, Some("mau-ubnd"), "mau")?;
    }
    for number in 1..=8 {
        let district = format!("mau-huyen-{number}");
        area(conn, &at, &district, &format!("Huyện số {number}"), Some("mau"))?;
        let (party, state) = (format!("{district}-dang"), format!("{district}-ubnd"));
        unit(conn, &at, &mut made, &party, &format!("Huyện ủy số {number}"), PartyCommittee, Some("mau-tinh-uy"), &district)?;
        unit(conn, &at, &mut made, &state, &format!("UBND huyện số {number}"), PeopleCommittee, Some("mau-ubnd"), &district)?;
    }
    account(conn, now, "leader", Role::Leader)?;
    let office = account(conn, now, "office", Role::Office)?;
    let unit = GrantDraft { role: Role::Office, unit: Some(by_code("mau-van-phong")), area: None };
    grants::create(conn, &Permit::of_system(NAME), &office, &unit, &at)?;
    Ok(made)
}

/// The area everything stands in.
pub fn root(conn: &mut Connection, now: &Moment) -> AppResult<()> {
    area(conn, &long_ago(now), "mau", "Tỉnh Mẫu", None)
}

/// An account that is granted all of it.
pub fn account(conn: &mut Connection, now: &Moment, username: &str, role: Role) -> AppResult<User> {
    let at = long_ago(now);
    let draft = UserDraft { username: username.into(), display_name: username.into(), disabled: false, email: None };
    let user = users::create(conn, &Permit::of_system(NAME), &draft, passwords::hash(PASSWORD)?, &at)?.user;
    let area = GrantDraft { role, unit: None, area: Some(by_code("mau")) };
    grants::create(conn, &Permit::of_system(NAME), &user, &area, &at)?;
    Ok(user)
}

/// A unit below none.
pub fn lone_unit(conn: &mut Connection, now: &Moment, code: &str, kind: UnitKind) -> AppResult<()> {
    unit(conn, &long_ago(now), &mut Vec::new(), code, code, kind, None, "mau")
}

/// Tasks that were issued to a unit, without reports.
pub fn plain_tasks(conn: &mut Connection, now: &Moment, lead: &str, tasks: u32) -> AppResult<()> {
    let (mut dice, at) = (Dice(0x9E37_79B9_7F4A_7C15), long_ago(now));
    (0..tasks).try_for_each(|number| {
        let draft = draft(&mut dice, &at, now, lead, number);
        issue(conn, &TaskDraft { coordinating_units: Vec::new(), monitoring_unit: None, ..draft }, &at).map(drop)
    })
}

fn long_ago(now: &Moment) -> Moment {
    now.recorded(now.instant - TimeDelta::days(700), Origin::Entry)
}

fn area(conn: &mut Connection, at: &Moment, code: &str, name: &str, parent: Option<&str>) -> AppResult<()> {
    let level = if parent.is_some() { AreaLevel::District } else { AreaLevel::Province };
    let draft = AreaDraft {
        code: code.into(),
        name: name.into(),
        level,
        parent: parent.map(by_code),
        valid_from: first_day(),
        valid_to: None,
        note: None,
        external_refs: Default::default(),
    };
    areas::create(conn, &Permit::of_system(NAME), &draft, at).map(drop)
}

#[expect(clippy::too_many_arguments, reason = "what a unit is")]
fn unit(
    conn: &mut Connection,
    at: &Moment,
    made: &mut Vec<String>,
    code: &str,
    name: &str,
    kind: UnitKind,
    parent: Option<&str>,
    area: &str,
) -> AppResult<()> {
    let party = matches!(kind, UnitKind::PartyCommittee | UnitKind::PartyBody);
    let draft = UnitDraft {
        code: code.into(),
        agency_code: None,
        name: name.into(),
        system: if party { System::Party } else { System::State },
        kind,
        parent: parent.map(by_code),
        area: by_code(area),
        valid_from: first_day(),
        valid_to: None,
        note: None,
        external_refs: Default::default(),
    };
    made.push(code.to_owned());
    units::create(conn, &Permit::of_system(NAME), &draft, at).map(drop)
}

/// A task that was issued, and what was reported on it.
fn task(conn: &mut Connection, now: &Moment, dice: &mut Dice, lead: &str, number: u32, reports: u32) -> AppResult<()> {
    let age = i64::from(150 + dice.below(400));
    let at = now.recorded(now.instant - TimeDelta::days(age), Origin::Entry);
    let id = issue(conn, &draft(dice, &at, now, lead, number), &at)?;
    let done = dice.below(100) < 35;
    for nth in 0..reports {
        let when = at.instant + TimeDelta::minutes((now.instant - at.instant).num_minutes() * i64::from(nth + 1) / i64::from(reports + 1));
        let at = now.recorded(when, Origin::Entry);
        let draft = report(&at, nth, reports, done);
        let logged = log(conn, &at, id, &draft)?;
        if dice.below(5) == 0 {
            let target = verifications::target(conn, &Permit::of_system(NAME), logged, Expected::Any, &at)?;
            let verdict = VerificationDraft { outcome: Outcome::Verified, reason: None };
            verifications::verify(conn, &Permit::of_system(NAME), target, &verdict, &at)?;
        }
    }
    Ok(())
}

fn issue(conn: &mut Connection, draft: &TaskDraft, at: &Moment) -> AppResult<Id> {
    let id = task_drafts::create(conn, &Permit::of_system(NAME), draft, at)?.record.task.id;
    let target = decisions::target(conn, &Permit::of_system(NAME), id, at)?;
    let issue = DecisionDraft { decision: Decision::Issue, reason: None, legal_basis: None };
    decisions::decide(conn, &Permit::of_system(NAME), target, &issue, at)?;
    Ok(id)
}

fn draft(dice: &mut Dice, at: &Moment, now: &Moment, lead: &str, number: u32) -> TaskDraft {
    let due = now.today() + TimeDelta::days(i64::from(dice.below(500)) - 250);
    let due = due.max(at.today() + TimeDelta::days(30));
    let text = match dice.below(10) {
        0 => None,
        1 => Some("thường xuyên".to_owned()),
        2..5 => Some(due.format("trong tháng %-m/%Y").to_string()),
        _ => Some(due.format("trước ngày %d/%m/%Y").to_string()),
    };
    TaskDraft {
        title: Some(format!("Nhiệm vụ số {number}: triển khai nội dung được phân công trong chương trình hành động của tỉnh")),
        description: None,
        deliverable: Some("Kế hoạch, báo cáo kết quả".into()),
        parent: None,
        resolution: None,
        programme: None,
        group: None,
        field: None,
        breakthrough: None,
        pillar: None,
        objective: None,
        clauses: Vec::new(),
        lead_unit: Some(by_code(lead)),
        lead_group: None,
        coordinating_units: vec![by_code(&format!("mau-so-{}", 1 + dice.below(19)))].into_iter().filter(|r| *r != by_code(lead)).collect(),
        monitoring_unit: Some(by_code("mau-van-phong")),
        accountable_post: None,
        assigned_by: None,
        assigned_on: None,
        assigning_document: None,
        weight: 1 + dice.below(3) as i32,
        scope: None,
        deadline: text.map(|text| DeadlineDraft { text, reference_date: Some(at.today()) }),
        secrecy: Secrecy::None,
        source: None,
        external_refs: Default::default(),
    }
}

fn report(at: &Moment, nth: u32, of: u32, done: bool) -> ReportDraft {
    let last = nth + 1 == of && done;
    ReportDraft {
        state: if last { ReportState::Completed } else { ReportState::InProgress },
        result: Some(format!("Kỳ {}: đã triển khai đến các đơn vị, đang tổng hợp ý kiến góp ý.", nth + 1)),
        period: None,
        percent: (!last).then(|| Percent::from_hundredths((nth * 9_000 / of.max(1)) as i32).unwrap()),
        measured_on: at.today(),
        product: last.then(|| Product { number: Some(format!("{nth}/BC")), issued_on: at.today(), note: None }),
        obstacles: None,
        proposals: Vec::new(),
        reason: None,
    }
}

fn log(conn: &mut Connection, at: &Moment, task: Id, draft: &ReportDraft) -> AppResult<Id> {
    let permit = Permit::of_system(NAME);
    let target = progress_reports::target(conn, &permit, task, at)?;
    Ok(progress_reports::log(conn, &permit, target, draft, at)?.record.report.id)
}

fn by_code(code: &str) -> Reference {
    Reference::Code(code.to_owned())
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2004, 1, 1).unwrap()
}
