-- What units propose in their reports becomes records that are answered. The column stays for a release: the words as
-- they were sent (expand, then contract).

CREATE TABLE proposals (
    id BLOB NOT NULL PRIMARY KEY,
    report_id BLOB NOT NULL REFERENCES progress_reports (id),
    task_id BLOB NOT NULL REFERENCES tasks (id),
    position BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    unit_id BLOB NOT NULL REFERENCES units (id),
    to_unit_id BLOB NOT NULL REFERENCES units (id),
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'declined', 'withdrawn')),
    answer TEXT,
    answer_post_id BLOB REFERENCES posts (id),
    answered_on DATE,
    decided_by BLOB REFERENCES users (id),
    decided_at TIMESTAMP,
    recorded_by BLOB REFERENCES users (id),
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    recorded_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (report_id, ordinal),
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK ((state IN ('answered', 'declined')) = (answered_on IS NOT NULL))
);
CREATE INDEX proposals_task_id ON proposals (task_id);
CREATE INDEX proposals_unit_id ON proposals (unit_id);
CREATE INDEX proposals_to_unit_id ON proposals (to_unit_id, state);
CREATE INDEX proposals_state ON proposals (state, position, ordinal);
CREATE INDEX proposals_answer_post_id ON proposals (answer_post_id);
CREATE INDEX proposals_decided_by ON proposals (decided_by);
CREATE INDEX proposals_recorded_by ON proposals (recorded_by);

-- Ids keep the time of their report and take their place in it: the same on both databases, whenever this runs.
INSERT INTO proposals (id, report_id, task_id, position, ordinal, unit_id, to_unit_id, text, state, recorded_by, origin, recorded_at, version)
SELECT
    unhex(substr(hex(r.id), 1, 12) || '7' || printf('%03x', p.key + 1) || substr(hex(r.id), 17, 16)),
    r.id, r.task_id, r.position, p.key + 1, r.unit_id,
    CASE WHEN t.monitoring_unit_id <> r.unit_id THEN t.monitoring_unit_id ELSE COALESCE(u.parent_id, r.unit_id) END,
    p.value, 'open', r.recorded_by, r.origin, r.recorded_at, 1
FROM progress_reports r
JOIN tasks t ON t.id = r.task_id
JOIN units u ON u.id = r.unit_id
JOIN json_each(r.proposals) p
WHERE p.value <> '';
