//! What came of the indicators, unit by unit.

use std::collections::BTreeMap;

use super::{ReportedIndicators, ReportedName};
use crate::domain::targets::Score;
use crate::domain::text;

/// The score of the indicators one unit reports on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitScore<'a> {
    /// The unit; none for the indicators nobody was named for.
    pub unit: Option<&'a ReportedName>,
    /// By the verdicts that count.
    pub score: Score,
}

impl ReportedIndicators {
    /// The scores of the units that report on indicators, in Vietnamese order of their names, last the indicators without a unit. What
    /// the sentence counts is counted here, so the parts add up to its score.
    pub fn unit_scores(&self) -> Vec<UnitScore<'_>> {
        let mut of_units: BTreeMap<_, (Option<&ReportedName>, Vec<_>)> = BTreeMap::new();
        for line in self.lines.iter().filter(|line| line.counted) {
            let unit = line.lead_unit.as_ref();
            let place = (unit.is_none(), unit.map(|unit| (text::sort_key(&unit.name), &unit.code)));
            of_units.entry(place).or_insert_with(|| (unit, Vec::new())).1.push(line.verdict);
        }
        of_units.into_values().map(|(unit, verdicts)| UnitScore { unit, score: Score::of(verdicts) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::domain::indicators::IndicatorRole;
    use crate::domain::review_reports::{ReportedIndicator, ReportedIndicators, ReportedName};
    use crate::domain::targets::{Score, Verdict};

    fn line(unit: Option<&str>, counted: bool, verdict: Verdict) -> ReportedIndicator {
        ReportedIndicator {
            place: "1".to_owned(),
            name: "GRDP bình quân đầu người".to_owned(),
            measure: None,
            counted,
            role: IndicatorRole::Main,
            lead_unit: unit.map(|name| ReportedName { code: format!("hg-{name}"), name: name.to_owned() }),
            target: None,
            actual: None,
            newest: None,
            stage: None,
            computed: verdict,
            cause: None,
            verdict,
            reason: None,
            on_path: None,
            mid_term: None,
        }
    }

    fn of(lines: Vec<ReportedIndicator>) -> ReportedIndicators {
        let (score, computed) = Default::default();
        ReportedIndicators { score, computed, sentence: String::new(), mid_term: None, claimed: None, lines }
    }

    #[test]
    fn units_stand_in_vietnamese_order_and_those_without_one_last() {
        let indicators = of(vec![
            line(None, true, Verdict::NotYetDue),
            line(Some("Sở Y tế"), true, Verdict::Met),
            line(Some("Sở Đầu tư"), true, Verdict::Exceeded),
            line(Some("Sở Công Thương"), false, Verdict::NotMet),
            line(Some("Sở Y tế"), true, Verdict::NotMet),
        ]);
        let scores = indicators.unit_scores();
        let names: Vec<_> = scores.iter().map(|of| of.unit.map(|unit| unit.name.as_str())).collect();
        assert_eq!(names, [Some("Sở Đầu tư"), Some("Sở Y tế"), None]);
        assert_eq!(scores[1].score, Score { total: 2, met: 1, not_met: 1, ..Score::default() });
    }

    proptest! {
        #[test]
        fn the_parts_add_up(lines in prop::collection::vec((prop::option::of(0..4_usize), any::<bool>(), 0..6_usize), 0..30)) {
            let names = ["Sở Y tế", "Sở Nội vụ", "Ban Dân vận", "Đảng ủy Công an"];
            let made = lines.into_iter().map(|(unit, counted, verdict)| line(unit.map(|at| names[at]), counted, Verdict::ALL[verdict]));
            let lines: Vec<_> = made.collect();
            let whole = Score::of(lines.iter().filter(|line| line.counted).map(|line| line.verdict));
            let indicators = of(lines);
            let mut sum = [0; 7];
            for of in indicators.unit_scores() {
                sum.iter_mut().zip(of.score.counts()).for_each(|(sum, count)| *sum += count);
            }
            prop_assert_eq!(sum, whole.counts());
        }
    }
}
