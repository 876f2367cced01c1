//! How the house's own types stand in a database: ids, texts with a fixed set of values, percents.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{HasSqlType, Integer, SqlType, Text};
use diesel::sqlite::Sqlite;

use super::connection::{MultiBackend, MultiRawValue};
use crate::domain;

/// The SQL type of every id: native `uuid` in PostgreSQL, a 16-byte `BLOB` in SQLite.
#[derive(Debug, Clone, Copy, SqlType, QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Binary"))]
pub struct Uuid;

impl HasSqlType<Uuid> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        MultiBackend::lookup_sql_type::<Uuid>(lookup)
    }
}

#[derive(AsExpression, FromSqlRow)]
#[diesel(foreign_derive)]
#[diesel(sql_type = Uuid)]
#[expect(dead_code, reason = "carries the derives for a type of the domain")]
struct IdProxy(domain::Id);

impl ToSql<Uuid, Pg> for domain::Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        std::io::Write::write_all(out, self.as_bytes())?;
        Ok(IsNull::No)
    }
}

impl ToSql<Uuid, Sqlite> for domain::Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.as_bytes().as_slice());
        Ok(IsNull::No)
    }
}

impl ToSql<Uuid, MultiBackend> for domain::Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Uuid, self));
        Ok(IsNull::No)
    }
}

impl FromSql<Uuid, Pg> for domain::Id {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::from_slice(value.as_bytes())?)
    }
}

impl FromSql<Uuid, Sqlite> for domain::Id {
    fn from_sql(mut value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::from_slice(value.read_blob())?)
    }
}

impl FromSql<Uuid, MultiBackend> for domain::Id {
    fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, Uuid>()
    }
}

#[derive(AsExpression, FromSqlRow)]
#[diesel(foreign_derive)]
#[diesel(sql_type = Integer)]
#[expect(dead_code, reason = "carries the derives for a type of the domain")]
struct PercentProxy(domain::Percent);

impl<DB> ToSql<Integer, DB> for domain::Percent
where
    DB: Backend,
    i32: ToSql<Integer, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.hundredths_ref().to_sql(out)
    }
}

impl<DB> FromSql<Integer, DB> for domain::Percent
where
    DB: Backend,
    i32: FromSql<Integer, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::from_hundredths(i32::from_sql(value)?)?)
    }
}

/// Stores enums of the domain as their words.
macro_rules! stored_as_text {
    ($($proxy:ident($type:path);)+) => {$(
        #[derive(AsExpression, FromSqlRow)]
        #[diesel(foreign_derive)]
        #[diesel(sql_type = Text)]
        #[expect(dead_code, reason = "carries the derives for a type of the domain")]
        struct $proxy($type);

        impl<DB> ToSql<Text, DB> for $type
        where
            DB: Backend,
            str: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                <str as ToSql<Text, DB>>::to_sql(self.as_str(), out)
            }
        }

        impl<DB> FromSql<Text, DB> for $type
        where
            DB: Backend,
            String: FromSql<Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(String::from_sql(value)?.parse::<Self>()?)
            }
        }
    )+};
}

stored_as_text! {
    AreaLevelProxy(domain::areas::AreaLevel);
    CalendarDayKindProxy(domain::calendar_days::CalendarDayKind);
    SystemProxy(domain::units::System);
    UnitKindProxy(domain::units::UnitKind);
    ResolutionKindProxy(domain::resolutions::ResolutionKind);
    ResolutionLevelProxy(domain::resolutions::ResolutionLevel);
    CycleAnchorProxy(domain::resolutions::CycleAnchor);
    RelationProxy(domain::resolutions::Relation);
    ProgrammeKindProxy(domain::programmes::ProgrammeKind);
    ProgrammeScopeProxy(domain::programmes::ProgrammeScope);
    ProgrammeStateProxy(domain::programmes::ProgrammeState);
    ObjectiveLevelProxy(domain::objectives::ObjectiveLevel);
    TargetDirectionProxy(domain::targets::TargetDirection);
    VerdictProxy(domain::targets::Verdict);
    KeptBoundProxy(domain::targets::KeptBound);
    MidTermScaleProxy(domain::targets::MidTermScale);
    AggregationProxy(domain::indicators::Aggregation);
    IndicatorRoleProxy(domain::indicators::IndicatorRole);
    ValueStageProxy(domain::indicator_values::ValueStage);
    SearchKindProxy(domain::search::SearchKind);
    ClauseKindProxy(domain::clauses::ClauseKind);
    TaskGroupKindProxy(domain::task_groups::TaskGroupKind);
    OriginProxy(domain::Origin);
    AttachmentKindProxy(domain::attachments::AttachmentKind);
    ImportKindProxy(domain::imports::ImportKind);
    RefKindProxy(domain::external_refs::RefKind);
    EventSubjectProxy(domain::unit_events::EventSubject);
    UnitEventKindProxy(domain::unit_events::UnitEventKind);
    SideProxy(domain::unit_events::Side);
    LifecycleProxy(domain::tasks::Lifecycle);
    SecrecyProxy(domain::tasks::Secrecy);
    DecisionProxy(domain::tasks::Decision);
    ReportStateProxy(domain::progress_reports::ReportState);
    InstructionStateProxy(domain::instructions::InstructionState);
    StepKindProxy(domain::instructions::StepKind);
    ProposalStateProxy(domain::proposals::ProposalState);
    RequestStateProxy(domain::commitment_requests::RequestState);
    VerificationProxy(domain::progress_reports::Verification);
    NotificationKindProxy(domain::notifications::NotificationKind);
    OutboxStateProxy(domain::notifications::OutboxState);
    RoleProxy(domain::permission::Role);
    ReviewKindProxy(domain::reviews::ReviewKind);
    ReviewStateProxy(domain::reviews::ReviewState);
    DatePrecisionProxy(domain::partial_date::DatePrecision);
    DeadlineKindProxy(domain::deadline::DeadlineKind);
    EventKindProxy(domain::dissemination_events::EventKind);
    EventLevelProxy(domain::dissemination_events::EventLevel);
    EventStateProxy(domain::dissemination_events::EventState);
    CommendationLevelProxy(domain::commendations::CommendationLevel);
    CommendationFormProxy(domain::commendations::CommendationForm);
    RecipientKindProxy(domain::commendations::RecipientKind);
    DeadlinePrecisionProxy(domain::deadline::DeadlinePrecision);
}
