-- Days on which work is or is not done, entered above what the law gives: holidays, swaps, days made up for.

CREATE TABLE calendar_days (
    id UUID NOT NULL PRIMARY KEY,
    day DATE NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('holiday', 'day_off', 'working_day')),
    name TEXT NOT NULL,
    source TEXT,
    voided_at TIMESTAMP,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
