CREATE TABLE tallies (
    span TEXT NOT NULL,
    month TEXT NOT NULL,
    unit_id BIGINT NOT NULL,
    body_id BIGINT NOT NULL,
    urgency TEXT NOT NULL,
    bucket TEXT NOT NULL,
    tasks BIGINT NOT NULL,
    PRIMARY KEY (span, month, unit_id, body_id, urgency, bucket)
) WITHOUT ROWID;
CREATE TABLE person_tallies (
    person_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    body_id BIGINT NOT NULL,
    bucket TEXT NOT NULL,
    tasks BIGINT NOT NULL,
    PRIMARY KEY (person_id, unit_id, body_id, bucket)
) WITHOUT ROWID;
CREATE TABLE document_tallies (
    document_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    body_id BIGINT NOT NULL,
    bucket TEXT NOT NULL,
    tasks BIGINT NOT NULL,
    PRIMARY KEY (document_id, unit_id, body_id, bucket)
) WITHOUT ROWID;
CREATE VIEW closed_tasks AS
SELECT t.id, COALESCE(t.unit_id, 0) AS unit_id, COALESCE(t.body_id, 0) AS body_id, t.urgency,
       COALESCE(t.document_id, 0) AS document_id, t.created_at, t.closed_at, t.due_at,
       COALESCE((SELECT p.person_id FROM task_people p
                 WHERE p.task_id = t.id AND p.part = 'lead' AND p.until_at IS NULL), 0) AS person_id,
       CASE WHEN t.status = 'cancelled' THEN 'cancelled'
            WHEN t.in_correction THEN 'correcting'
            WHEN COALESCE(t.submitted_at, t.closed_at) > t.late_from THEN 'done_late'
            ELSE 'done_on_time' END AS bucket
FROM tasks t WHERE t.closed_at IS NOT NULL;
CREATE VIEW tally_entries AS
SELECT id, 'all' AS span, '' AS month, unit_id, body_id, urgency, bucket FROM closed_tasks
UNION ALL
SELECT id, 'assigned', substr(created_at, 1, 7), unit_id, body_id, urgency, bucket FROM closed_tasks
UNION ALL
SELECT id, 'finished', substr(closed_at, 1, 7), unit_id, body_id, urgency, bucket FROM closed_tasks
UNION ALL
SELECT id, 'due', substr(due_at, 1, 7), unit_id, body_id, urgency, bucket FROM closed_tasks
WHERE due_at IS NOT NULL;
CREATE TRIGGER tallies_less BEFORE UPDATE ON tasks WHEN OLD.closed_at IS NOT NULL
BEGIN
    INSERT INTO tallies SELECT span, month, unit_id, body_id, urgency, bucket, -1
    FROM tally_entries WHERE id = OLD.id
    ON CONFLICT DO UPDATE SET tasks = tasks + EXCLUDED.tasks;
    INSERT INTO person_tallies SELECT person_id, unit_id, body_id, bucket, -1
    FROM closed_tasks WHERE id = OLD.id
    ON CONFLICT DO UPDATE SET tasks = tasks + EXCLUDED.tasks;
    INSERT INTO document_tallies SELECT document_id, unit_id, body_id, bucket, -1
    FROM closed_tasks WHERE id = OLD.id
    ON CONFLICT DO UPDATE SET tasks = tasks + EXCLUDED.tasks;
END;
CREATE TRIGGER tallies_more AFTER UPDATE ON tasks WHEN NEW.closed_at IS NOT NULL
BEGIN
    INSERT INTO tallies SELECT span, month, unit_id, body_id, urgency, bucket, 1
    FROM tally_entries WHERE id = NEW.id
    ON CONFLICT DO UPDATE SET tasks = tasks + EXCLUDED.tasks;
    INSERT INTO person_tallies SELECT person_id, unit_id, body_id, bucket, 1
    FROM closed_tasks WHERE id = NEW.id
    ON CONFLICT DO UPDATE SET tasks = tasks + EXCLUDED.tasks;
    INSERT INTO document_tallies SELECT document_id, unit_id, body_id, bucket, 1
    FROM closed_tasks WHERE id = NEW.id
    ON CONFLICT DO UPDATE SET tasks = tasks + EXCLUDED.tasks;
END;
