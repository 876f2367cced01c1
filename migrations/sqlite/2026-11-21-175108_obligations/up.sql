-- What repeated work owes, and steps: a report may name the period or the step it speaks of, and each that was
-- touched has a row that says where it stands (docs/adr/0018-obligations.md).

ALTER TABLE progress_reports ADD COLUMN period TEXT;
-- Empty for most work, which is not done period by period.
CREATE INDEX progress_reports_period ON progress_reports (task_id, period) WHERE period IS NOT NULL;

CREATE TABLE obligations (
    task_id BLOB NOT NULL REFERENCES tasks (id),
    period TEXT NOT NULL,
    due_on DATE,
    report_id BLOB REFERENCES progress_reports (id),
    state TEXT NOT NULL CHECK (state IN ('not_started', 'in_progress', 'product_submitted', 'completed')),
    done_on DATE,
    confirmed BOOLEAN NOT NULL,
    PRIMARY KEY (task_id, period)
);
CREATE INDEX obligations_report_id ON obligations (report_id);
