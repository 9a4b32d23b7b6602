CREATE TABLE tallies (
    span TEXT NOT NULL,
    month TEXT NOT NULL,
    unit_id BIGINT NOT NULL,
    body_id BIGINT NOT NULL,
    urgency TEXT NOT NULL,
    bucket TEXT NOT NULL,
    tasks BIGINT NOT NULL,
    PRIMARY KEY (span, month, unit_id, body_id, urgency, bucket)
);
CREATE TABLE person_tallies (
    person_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    body_id BIGINT NOT NULL,
    bucket TEXT NOT NULL,
    tasks BIGINT NOT NULL,
    PRIMARY KEY (person_id, unit_id, body_id, bucket)
);
CREATE TABLE document_tallies (
    document_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    body_id BIGINT NOT NULL,
    bucket TEXT NOT NULL,
    tasks BIGINT NOT NULL,
    PRIMARY KEY (document_id, unit_id, body_id, bucket)
);
CREATE FUNCTION closed_bucket(t tasks) RETURNS TEXT LANGUAGE sql STABLE AS '
    SELECT CASE WHEN t.status = ''cancelled'' THEN ''cancelled''
                WHEN t.in_correction THEN ''correcting''
                WHEN COALESCE(t.submitted_at, t.closed_at) > t.late_from THEN ''done_late''
                ELSE ''done_on_time'' END
';
CREATE VIEW closed_tasks AS
SELECT t.id, COALESCE(t.unit_id, 0) AS unit_id, COALESCE(t.body_id, 0) AS body_id, t.urgency,
       COALESCE(t.document_id, 0) AS document_id, t.created_at, t.closed_at, t.due_at, closed_bucket(t) AS bucket,
       COALESCE((SELECT p.person_id FROM task_people p
                 WHERE p.task_id = t.id AND p.part = 'lead' AND p.until_at IS NULL), 0) AS person_id
FROM tasks t WHERE t.closed_at IS NOT NULL;
CREATE VIEW tally_entries AS
SELECT t.id, s.span,
       CASE s.span WHEN 'all' THEN '' ELSE to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM') END AS month,
       t.unit_id, t.body_id, t.urgency, t.bucket
FROM closed_tasks t, LATERAL (VALUES
    ('all', t.closed_at), ('assigned', t.created_at), ('finished', t.closed_at), ('due', t.due_at)
) AS s (span, at) WHERE s.at IS NOT NULL;
CREATE FUNCTION tally(t tasks, n BIGINT) RETURNS VOID LANGUAGE sql AS '
    INSERT INTO tallies
    SELECT s.span,
           CASE s.span WHEN ''all'' THEN '''' ELSE to_char(s.at AT TIME ZONE ''UTC'', ''YYYY-MM'') END,
           COALESCE(t.unit_id, 0), COALESCE(t.body_id, 0), t.urgency, closed_bucket(t), n
    FROM (VALUES (''all'', t.closed_at), (''assigned'', t.created_at), (''finished'', t.closed_at),
                 (''due'', t.due_at)) AS s (span, at)
    WHERE s.at IS NOT NULL
    ON CONFLICT (span, month, unit_id, body_id, urgency, bucket)
    DO UPDATE SET tasks = tallies.tasks + EXCLUDED.tasks;
    INSERT INTO person_tallies
    SELECT COALESCE((SELECT p.person_id FROM task_people p
                     WHERE p.task_id = t.id AND p.part = ''lead'' AND p.until_at IS NULL), 0),
           COALESCE(t.unit_id, 0), COALESCE(t.body_id, 0), closed_bucket(t), n
    ON CONFLICT (person_id, unit_id, body_id, bucket)
    DO UPDATE SET tasks = person_tallies.tasks + EXCLUDED.tasks;
    INSERT INTO document_tallies
    VALUES (COALESCE(t.document_id, 0), COALESCE(t.unit_id, 0), COALESCE(t.body_id, 0),
            closed_bucket(t), n)
    ON CONFLICT (document_id, unit_id, body_id, bucket)
    DO UPDATE SET tasks = document_tallies.tasks + EXCLUDED.tasks;
';
CREATE FUNCTION keep_tallies() RETURNS TRIGGER LANGUAGE plpgsql AS '
BEGIN
    IF OLD.closed_at IS NOT NULL THEN PERFORM tally(OLD, -1); END IF;
    IF NEW.closed_at IS NOT NULL THEN PERFORM tally(NEW, 1); END IF;
    RETURN NULL;
END
';
CREATE CONSTRAINT TRIGGER tallies_kept AFTER UPDATE ON tasks DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL OR NEW.closed_at IS NOT NULL)
EXECUTE FUNCTION keep_tallies();

-- What is open is a small part of all, and has states of its own: else the planner multiplies the two.
CREATE STATISTICS tasks_states (mcv) ON closed_at, status, in_correction FROM tasks;
