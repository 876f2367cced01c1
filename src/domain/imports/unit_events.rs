//! The annex of a reorganisation: what merges, splits, is renamed, ends or gives a function away.

mod shares;

use chrono::NaiveDate;

use super::header::Column;
use super::names::Index;
use super::options::ImportKind;
use super::problems;
use super::reader::{self, Reader, Reading};
use super::sheet::Sheet;
use super::table::BodyRow;
use super::words::unit_events as words;
use crate::domain::share::Share;
use crate::domain::unit_events::{EventSubject, HandoverRule, ReceiverDraft, UnitEventDraft, UnitEventKind};
use crate::domain::{Id, Reference};

/// One event of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitEventLine {
    /// Its rows: a merger may have one for each of those that end, a split one for each that is new.
    pub rows: Vec<u32>,
    /// The first day it is so.
    pub day: NaiveDate,
    /// What it happens to.
    pub of: EventSubject,
    /// What happens.
    pub kind: UnitEventKind,
    /// Who was there before.
    pub from: Vec<Id>,
    /// Who is there after, with shares.
    pub to: Vec<(Id, Option<Share>)>,
    /// Who takes over all work.
    pub handover: Option<Id>,
    /// On what basis.
    pub legal_basis: String,
    /// Remark.
    pub note: Option<String>,
    /// What it is called: the words of both sides.
    pub name: String,
}

impl UnitEventLine {
    /// The event as it is recorded.
    pub fn draft(&self) -> UnitEventDraft {
        let by_id = |id: &Id| Reference::Id(*id);
        let receiver = |(id, share): &(Id, Option<Share>)| ReceiverDraft { reference: by_id(id), share: *share };
        let rule = |id: &Id| HandoverRule { from: None, task: None, field: None, programme: None, to: by_id(id) };
        UnitEventDraft {
            of: self.of,
            kind: self.kind,
            from: self.from.iter().map(by_id).collect(),
            to: self.to.iter().map(receiver).collect(),
            handovers: self.handover.iter().map(rule).collect(),
            legal_basis: None,
        }
    }

    /// Whether the next row tells more of the same event.
    fn goes_on(&self, next: &Self) -> bool {
        let same = (self.day, self.of, self.kind, &self.legal_basis, self.handover);
        let one = same == (next.day, next.of, next.kind, &next.legal_basis, next.handover);
        match self.kind {
            UnitEventKind::Merge => one && self.to == next.to,
            UnitEventKind::Split => one && self.from == next.from,
            UnitEventKind::Rename | UnitEventKind::Dissolve | UnitEventKind::Transfer => false,
        }
    }

    fn join(&mut self, next: Self) {
        self.rows.extend(next.rows);
        let known = |from: &Id| self.from.contains(from);
        let from: Vec<Id> = next.from.into_iter().filter(|from| !known(from)).collect();
        self.from.extend(from);
        let to: Vec<_> = next.to.into_iter().filter(|(to, _)| !self.to.iter().any(|(known, _)| known == to)).collect();
        self.to.extend(to);
        self.note = self.note.take().or(next.note);
    }
}

/// Reads the events of a sheet. Names are those of the day before on the one side, of the day itself on the other.
pub fn read(sheet: &Sheet, units: &Index, areas: &Index) -> Reading<UnitEventLine> {
    reader::read_whole(sheet, ImportKind::UnitEvents, |reader, rows| {
        let mut events: Vec<UnitEventLine> = Vec::new();
        for row in rows {
            let Some(next) = one(reader, row, units, areas) else { continue };
            match events.last_mut().filter(|last| last.goes_on(&next)) {
                Some(last) => last.join(next),
                None => events.push(next),
            }
        }
        events
    })
}

fn one(reader: &mut Reader<'_>, row: &BodyRow, units: &Index, areas: &Index) -> Option<UnitEventLine> {
    let day = reader.required_day(row, Column::EffectiveOn);
    let of = reader.word_if(row, Column::Subject, words::SUBJECTS);
    let kind = reader.word(row, Column::Kind, words::KINDS);
    let legal_basis = reader.required(row, Column::LegalBasis, 500);
    let note = reader.text(row, Column::Note, 2000);
    let (day, of) = (day?, of?.unwrap_or(EventSubject::Unit));
    let (index, unknown) = match of {
        EventSubject::Unit => (units, problems::UNKNOWN_UNIT),
        EventSubject::Area => (areas, problems::UNKNOWN_AREA),
    };
    let before = day.pred_opt().unwrap_or(day);
    let mut side = |column: Column, day: NaiveDate, index: &Index| {
        let found = reader.parts(row, column).into_iter().map(|part| {
            let (name, share) = shares::read(&part, |name| index.is_known(name));
            Some((reader.named(row, (column, &name), (index, day), unknown)?.id, share))
        });
        found.collect::<Vec<Option<(Id, Option<Share>)>>>()
    };
    let (from, to) = (side(Column::From, before, index), side(Column::To, day, index));
    let handover = side(Column::Handover, day, units);
    if from.is_empty() {
        reader.complain(problems::REQUIRED, row, Column::From);
    }
    let all = |found: Vec<Option<(Id, Option<Share>)>>| found.into_iter().collect::<Option<Vec<_>>>();
    let (from, to, handover) = (all(from)?, all(to)?, all(handover)?);
    if handover.len() > 1 {
        reader.complain(problems::ONE_UNIT, row, Column::Handover);
        return None;
    }
    let words = [Column::From, Column::To].map(|column| reader.said(row, column));
    Some(UnitEventLine {
        rows: vec![row.row.number],
        day,
        of,
        kind: kind?,
        from: Some(from.into_iter().map(|(id, _)| id).collect()).filter(|from: &Vec<Id>| !from.is_empty())?,
        to,
        handover: handover.first().map(|(id, _)| *id),
        legal_basis: legal_basis?,
        note: note?,
        name: words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" → "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::imports::names::tests::index;
    use crate::domain::imports::sheet::{Cell, SheetRow};

    fn read_rows(lines: &[&str]) -> Reading<UnitEventLine> {
        let row = |(at, line): (usize, &&str)| SheetRow {
            number: u32::try_from(at).unwrap() + 1,
            cells: line.split('|').map(Cell::words).collect(),
        };
        let sheet = Sheet { rows: lines.iter().enumerate().map(row).collect(), ..Sheet::default() };
        let units = index(&["Sở Xây dựng", "Sở Giao thông vận tải", "Sở Xây dựng mới", "Sở Tài chính"]);
        read(&sheet, &units, &index(&["Xã A", "Xã B", "Xã Mới"]))
    }

    const HEADER: &str = "Từ ngày|Đối tượng|Loại|Trước|Sau|Bàn giao việc cho|Căn cứ";

    #[test]
    fn rows_of_one_merger_are_joined_and_a_split_has_shares() {
        let reading = read_rows(&[
            HEADER,
            "01/07/2025|Địa bàn|Sáp nhập|Xã A|Xã Mới||NQ 1668/NQ-UBTVQH15",
            "01/07/2025|Địa bàn|Sáp nhập|Xã B|Xã Mới||NQ 1668/NQ-UBTVQH15",
            "01/03/2025|Đơn vị|Chia tách|Sở Xây dựng|Sở Xây dựng mới (0,6); Sở Tài chính 40%|Sở Tài chính|01/QĐ-UBND",
            "01/03/2025||giải thể|Sở Giao thông vận tải||Sở Tài chính|01/QĐ-UBND",
        ]);
        assert!(reading.problems.is_empty(), "{:?}", reading.problems);
        let [merger, split, end] = reading.lines.as_slice() else { panic!("{:?}", reading.lines) };
        assert_eq!((merger.rows.as_slice(), merger.from.len(), merger.of), ([2, 3].as_slice(), 2, EventSubject::Area));
        let shares: Vec<_> = split.to.iter().map(|(_, share)| share.map(Share::ten_thousandths)).collect();
        assert_eq!((shares, split.draft().handovers.len()), (vec![Some(6000), Some(4000)], 1));
        assert_eq!((end.of, end.to.len(), end.name.as_str()), (EventSubject::Unit, 0, "Sở Giao thông vận tải"));
    }

    #[test]
    fn what_is_wrong_is_told() {
        let reading = read_rows(&[
            HEADER,
            "1/7/2025||Sáp nhập||Sở X||1/QĐ",
            "mai||bay|Sở Tài chính|||",
            "1/7/2025||Giải thể|Sở Tài chính||Sở Xây dựng; Sở Tài chính|1/QĐ",
        ]);
        let told: Vec<_> = reading.problems.iter().map(|problem| (problem.row.unwrap(), problem.rule)).collect();
        let wanted = [(2, "unknown_unit"), (2, "required"), (3, "not_a_date"), (3, "unknown_word"), (3, "required"), (4, "one_unit")];
        assert_eq!(told, wanted);
        assert!(reading.lines.is_empty());
    }
}
