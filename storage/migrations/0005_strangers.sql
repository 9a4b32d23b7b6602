-- works with: 0003

-- What people whom the office does not know have tried, a row a day: nothing of it grows the history.
CREATE TABLE strangers (
    day TEXT PRIMARY KEY,
    marked BIGINT NOT NULL DEFAULT 0,
    wrong_codes BIGINT NOT NULL DEFAULT 0,
    group_moves BIGINT NOT NULL DEFAULT 0
);
