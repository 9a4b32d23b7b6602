CREATE TABLE task_search (
    rowid BIGINT PRIMARY KEY REFERENCES tasks (id),
    title TEXT NOT NULL,
    document TEXT NOT NULL,
    said TEXT NOT NULL,
    files TEXT NOT NULL,
    tokens TSVECTOR GENERATED ALWAYS AS (
        to_tsvector('simple', title || ' à ' || document || ' à ' || said || ' à ' || files)
    ) STORED
);
CREATE INDEX task_search_tokens ON task_search USING gin (tokens);
