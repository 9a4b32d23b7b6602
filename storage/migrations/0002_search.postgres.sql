CREATE TABLE task_search (
    rowid BIGINT PRIMARY KEY REFERENCES tasks (id),
    folded TEXT NOT NULL,
    tokens TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED
);
CREATE INDEX task_search_tokens ON task_search USING gin (tokens);
