-- The tables as they stand after every migration, on SQLite; written by the tests.

CREATE TABLE migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, works_with BIGINT NOT NULL, run_at TIMESTAMPTZ NOT NULL);

CREATE TABLE units (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent_id BIGINT REFERENCES units (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    short_names TEXT NOT NULL DEFAULT '[]',
    former_names TEXT NOT NULL DEFAULT '[]',
    headcount BIGINT,
    outside BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);

CREATE UNIQUE INDEX units_place ON units (COALESCE(parent_id, 0), folded) WHERE ended_at IS NULL;

CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    position TEXT NOT NULL DEFAULT '',
    username TEXT,
    aliases TEXT NOT NULL DEFAULT '[]',
    telegram_id BIGINT,
    reach TEXT NOT NULL DEFAULT 'never_started',
    digest_at TEXT,
    brief BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMPTZ NOT NULL,
    told_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    pseudonym_at TIMESTAMPTZ
);

CREATE INDEX people_digest ON people (digest_at) WHERE digest_at IS NOT NULL;

CREATE UNIQUE INDEX people_account ON people (telegram_id) WHERE telegram_id IS NOT NULL;

CREATE TABLE roles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id BIGINT NOT NULL REFERENCES people (id),
    unit_id BIGINT REFERENCES units (id),
    role TEXT NOT NULL,
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ
);

CREATE INDEX roles_person ON roles (person_id) WHERE until_at IS NULL;

CREATE INDEX roles_unit ON roles (unit_id) WHERE until_at IS NULL;

CREATE TABLE charges (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id BIGINT NOT NULL REFERENCES people (id),
    unit_id BIGINT NOT NULL REFERENCES units (id),
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ
);

CREATE INDEX charges_person ON charges (person_id) WHERE until_at IS NULL;

CREATE TABLE mergers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    into_id BIGINT REFERENCES units (id),
    actor_id BIGINT NOT NULL REFERENCES people (id),
    made_at TIMESTAMPTZ NOT NULL,
    facts TEXT NOT NULL,
    undone_at TIMESTAMPTZ,
    undone_by_id BIGINT REFERENCES people (id)
);

CREATE TABLE absences (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id BIGINT NOT NULL REFERENCES people (id),
    deputy_id BIGINT REFERENCES people (id),
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    entered_by_id BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMPTZ NOT NULL,
    begun_at TIMESTAMPTZ,
    told_id BIGINT REFERENCES people (id),
    over_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ
);

CREATE INDEX absences_living ON absences (until_day) WHERE ended_at IS NULL;

CREATE INDEX absences_told ON absences (from_day) WHERE over_at IS NULL;

CREATE TABLE leader_groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);

CREATE TABLE leader_group_members (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id BIGINT NOT NULL REFERENCES leader_groups (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ
);

CREATE INDEX leader_group_members_person ON leader_group_members (person_id) WHERE until_at IS NULL;

CREATE TABLE entry_rights (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id BIGINT NOT NULL REFERENCES people (id),
    for_person_id BIGINT REFERENCES people (id),
    for_group_id BIGINT REFERENCES leader_groups (id),
    given_by_id BIGINT NOT NULL REFERENCES people (id),
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ,
    CHECK ((for_person_id IS NULL) <> (for_group_id IS NULL))
);

CREATE INDEX entry_rights_person ON entry_rights (person_id) WHERE until_at IS NULL;

CREATE TABLE invitations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code_sha256 TEXT NOT NULL UNIQUE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    created_by BIGINT REFERENCES people (id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);

CREATE TABLE calendar_links (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_sha256 TEXT NOT NULL UNIQUE,
    person_id BIGINT NOT NULL REFERENCES people (id),
    made_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);

CREATE UNIQUE INDEX calendar_links_person ON calendar_links (person_id) WHERE ended_at IS NULL;

CREATE TABLE calendar_days (
    day TEXT PRIMARY KEY,
    works BOOLEAN NOT NULL,
    note TEXT NOT NULL DEFAULT ''
);

CREATE TABLE texts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    body TEXT,
    sha256 TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    symbol TEXT NOT NULL,
    folded TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    issuer TEXT NOT NULL DEFAULT '',
    issued_on TEXT,
    received_on TEXT,
    planned BIGINT,
    from_receipt BOOLEAN NOT NULL DEFAULT TRUE,
    for_person_id BIGINT REFERENCES people (id),
    for_group_id BIGINT REFERENCES leader_groups (id),
    entered_by_id BIGINT NOT NULL REFERENCES people (id),
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE series (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    rule TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    next_on TEXT,
    make_at TIMESTAMPTZ,
    fields TEXT NOT NULL,
    assigner_id BIGINT NOT NULL REFERENCES people (id),
    entered_by_id BIGINT NOT NULL REFERENCES people (id),
    held TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);

CREATE INDEX series_next ON series (make_at) WHERE ended_at IS NULL;

CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    text_id BIGINT REFERENCES texts (id),
    product TEXT,
    urgency TEXT NOT NULL,
    status TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    assigner_id BIGINT NOT NULL REFERENCES people (id),
    entered_by_id BIGINT NOT NULL REFERENCES people (id),
    group_id BIGINT REFERENCES leader_groups (id),
    unit_id BIGINT REFERENCES units (id),
    body_id BIGINT REFERENCES units (id),
    parent_id BIGINT REFERENCES tasks (id),
    series_id BIGINT REFERENCES series (id),
    occurs_on TEXT,
    document_id BIGINT REFERENCES documents (id),
    receiver TEXT,
    decider_id BIGINT REFERENCES people (id),
    done_when TEXT NOT NULL DEFAULT 'lead',
    closes_itself BOOLEAN NOT NULL DEFAULT FALSE,
    evidence TEXT NOT NULL DEFAULT 'any',
    evidence_symbol TEXT,
    evidence_on TEXT,
    evidence_to TEXT,
    quality TEXT,
    in_correction BOOLEAN NOT NULL DEFAULT FALSE,
    accepted_by_id BIGINT REFERENCES people (id),
    due_at TIMESTAMPTZ,
    late_from TIMESTAMPTZ,
    has_clock BOOLEAN NOT NULL DEFAULT FALSE,
    first_due_at TIMESTAMPTZ,
    first_late_from TIMESTAMPTZ,
    extensions BIGINT NOT NULL DEFAULT 0,
    percent BIGINT NOT NULL DEFAULT 0,
    effort BIGINT,
    note_id BIGINT REFERENCES texts (id),
    blocker_id BIGINT REFERENCES texts (id),
    state_text_id BIGINT REFERENCES texts (id),
    created_at TIMESTAMPTZ NOT NULL,
    received_at TIMESTAMPTZ,
    reported_at TIMESTAMPTZ,
    submitted_at TIMESTAMPTZ,
    accept_chased_at TIMESTAMPTZ,
    closed_at TIMESTAMPTZ
);

CREATE INDEX tasks_submitted ON tasks
    (submitted_at, late_from, in_correction, closed_at, assigner_id, group_id, id)
    WHERE status = 'submitted';

CREATE INDEX tasks_assigner ON tasks (assigner_id, late_from) WHERE closed_at IS NULL;

CREATE INDEX tasks_assigned ON tasks (assigner_id, id);

CREATE INDEX tasks_entered ON tasks (entered_by_id, late_from) WHERE closed_at IS NULL;

CREATE INDEX tasks_decider ON tasks (decider_id) WHERE decider_id IS NOT NULL;

CREATE INDEX tasks_unit ON tasks
    (unit_id, late_from, submitted_at, status, in_correction, body_id, urgency, created_at, due_at,
     reported_at, closed_at, document_id, id)
    WHERE closed_at IS NULL;

CREATE INDEX tasks_body ON tasks (body_id) WHERE body_id IS NOT NULL;

CREATE INDEX tasks_group ON tasks (group_id) WHERE group_id IS NOT NULL;

CREATE INDEX tasks_over_assigned ON tasks (created_at) WHERE closed_at IS NOT NULL;

CREATE INDEX tasks_over_finished ON tasks (closed_at) WHERE closed_at IS NOT NULL;

CREATE INDEX tasks_over_due ON tasks (due_at) WHERE closed_at IS NOT NULL;

CREATE INDEX tasks_over_assigner ON tasks (assigner_id, unit_id, closed_at)
    WHERE closed_at IS NOT NULL;

CREATE INDEX tasks_over_entered ON tasks (entered_by_id, unit_id, closed_at)
    WHERE closed_at IS NOT NULL;

CREATE UNIQUE INDEX tasks_occurrence ON tasks (series_id, occurs_on) WHERE series_id IS NOT NULL;

CREATE INDEX tasks_parent ON tasks (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX tasks_document ON tasks (document_id) WHERE document_id IS NOT NULL;

CREATE INDEX tasks_late ON tasks
    (late_from, submitted_at, status, in_correction, decider_id, blocker_id, closed_at, unit_id,
     body_id, id)
    WHERE closed_at IS NULL;

CREATE TABLE task_people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id BIGINT NOT NULL REFERENCES tasks (id),
    person_id BIGINT REFERENCES people (id),
    unit_id BIGINT REFERENCES units (id),
    part TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'owes',
    text_id BIGINT REFERENCES texts (id),
    reported_at TIMESTAMPTZ,
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ,
    CHECK (person_id IS NOT NULL OR unit_id IS NOT NULL)
);

CREATE UNIQUE INDEX task_people_lead ON task_people (task_id) WHERE part = 'lead' AND until_at IS NULL;

CREATE INDEX task_people_person ON task_people (person_id, task_id) WHERE until_at IS NULL;

CREATE INDEX task_people_unit ON task_people (unit_id, task_id)
    WHERE until_at IS NULL AND unit_id IS NOT NULL;

CREATE INDEX task_people_task ON task_people (task_id);

CREATE TABLE merger_tasks (
    merger_id BIGINT NOT NULL REFERENCES mergers (id),
    task_id BIGINT NOT NULL REFERENCES tasks (id),
    unit_id BIGINT NOT NULL,
    to_unit_id BIGINT NOT NULL,
    lead_id BIGINT,
    to_lead_id BIGINT,
    decider_id BIGINT,
    PRIMARY KEY (merger_id, task_id)
);

CREATE INDEX merger_tasks_task ON merger_tasks (task_id);

CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id BIGINT NOT NULL REFERENCES tasks (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_by BIGINT NOT NULL REFERENCES people (id),
    asked_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ,
    late_from TIMESTAMPTZ,
    has_clock BOOLEAN,
    person_id BIGINT REFERENCES people (id),
    facts TEXT NOT NULL DEFAULT '{}',
    text_id BIGINT REFERENCES texts (id),
    decided_by BIGINT REFERENCES people (id),
    decided_at TIMESTAMPTZ,
    chased_at TIMESTAMPTZ
);

CREATE INDEX requests_unchased ON requests (asked_at) WHERE state = 'open' AND chased_at IS NULL;

CREATE UNIQUE INDEX requests_open ON requests (task_id, kind) WHERE state IN ('open', 'offered');

CREATE TABLE check_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id BIGINT NOT NULL REFERENCES tasks (id),
    text_id BIGINT NOT NULL REFERENCES texts (id),
    done_by BIGINT REFERENCES people (id),
    done_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);

CREATE INDEX check_items_task ON check_items (task_id);

CREATE TABLE series_skips (
    series_id BIGINT NOT NULL REFERENCES series (id),
    day TEXT NOT NULL,
    ended_at TIMESTAMPTZ,
    PRIMARY KEY (series_id, day)
);

CREATE TABLE remarks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id BIGINT NOT NULL REFERENCES tasks (id),
    author_id BIGINT NOT NULL REFERENCES people (id),
    text_id BIGINT NOT NULL REFERENCES texts (id),
    asked_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ,
    chased_at TIMESTAMPTZ,
    answered_by BIGINT REFERENCES people (id),
    answer_id BIGINT REFERENCES texts (id),
    answered_at TIMESTAMPTZ
);

CREATE INDEX remarks_open ON remarks (task_id) WHERE answered_at IS NULL;

CREATE TABLE undos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id BIGINT NOT NULL REFERENCES tasks (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    before TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL
);

CREATE UNIQUE INDEX undos_task ON undos (task_id);

CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    mime TEXT NOT NULL,
    telegram_file_id TEXT,
    album TEXT,
    task_id BIGINT NOT NULL REFERENCES tasks (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX files_task ON files (task_id);

CREATE INDEX files_bytes ON files (sha256);

CREATE INDEX files_album ON files (album) WHERE album IS NOT NULL;

CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id BIGINT NOT NULL REFERENCES people (id),
    chat_id BIGINT NOT NULL,
    topic_id BIGINT,
    message_id BIGINT,
    card_id BIGINT,
    kind TEXT NOT NULL,
    task_id BIGINT REFERENCES tasks (id),
    waits_for TEXT,
    fields TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);

CREATE INDEX drafts_worded ON drafts (ended_at) WHERE ended_at IS NOT NULL AND fields <> '{}';

CREATE INDEX drafts_waiting ON drafts (chat_id, person_id) WHERE ended_at IS NULL;

CREATE INDEX drafts_message ON drafts (chat_id, message_id) WHERE message_id IS NOT NULL;

CREATE TABLE inquiries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id BIGINT NOT NULL REFERENCES people (id),
    chat_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    fields TEXT NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX inquiries_person ON inquiries (person_id, chat_id);

CREATE TABLE album_parts (
    album TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    telegram_file_id TEXT NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size BIGINT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (album, person_id, telegram_file_id)
);

CREATE TABLE album_drafts (
    album TEXT NOT NULL,
    draft_id BIGINT NOT NULL REFERENCES drafts (id),
    PRIMARY KEY (album, draft_id)
);

CREATE TABLE group_chats (
    chat_id BIGINT PRIMARY KEY,
    title TEXT NOT NULL,
    added_by BIGINT REFERENCES people (id),
    added_at TIMESTAMPTZ NOT NULL,
    strangers_told_at TIMESTAMPTZ,
    hears_all BOOLEAN NOT NULL DEFAULT FALSE,
    ended_at TIMESTAMPTZ
);

CREATE TABLE cards (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id BIGINT NOT NULL REFERENCES tasks (id),
    person_id BIGINT REFERENCES people (id),
    chat_id BIGINT NOT NULL,
    topic_id BIGINT,
    message_id BIGINT,
    changes BIGINT NOT NULL DEFAULT 0,
    shown BIGINT NOT NULL DEFAULT 0,
    lease_owner TEXT,
    lease_until TIMESTAMPTZ,
    sent_at TIMESTAMPTZ NOT NULL
);

CREATE UNIQUE INDEX cards_message ON cards (chat_id, message_id);

CREATE INDEX cards_task ON cards (task_id, person_id);

CREATE UNIQUE INDEX cards_group ON cards (task_id, chat_id) WHERE person_id IS NULL;

CREATE INDEX cards_outdated ON cards (id) WHERE changes > shown;

CREATE INDEX cards_leased ON cards (chat_id) WHERE lease_until IS NOT NULL;

CREATE TABLE reminders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id BIGINT NOT NULL REFERENCES tasks (id),
    rung TEXT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    step BIGINT NOT NULL DEFAULT 0,
    at TIMESTAMPTZ NOT NULL,
    settled_at TIMESTAMPTZ,
    outcome TEXT
);

CREATE INDEX reminders_due ON reminders (at, rung, since) WHERE settled_at IS NULL;

CREATE INDEX reminders_task ON reminders (task_id);

CREATE UNIQUE INDEX reminders_snooze ON reminders (task_id, step)
    WHERE rung = 'snooze' AND settled_at IS NULL;

CREATE TABLE digest_rounds (
    day TEXT NOT NULL,
    hour TEXT NOT NULL,
    PRIMARY KEY (day, hour)
);

CREATE TABLE digests (
    day TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    PRIMARY KEY (day, person_id)
);

CREATE TABLE report_plans (
    person_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    told_on TEXT NOT NULL,
    PRIMARY KEY (person_id, kind)
);

CREATE INDEX report_plans_told ON report_plans (kind, told_on);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    task_id BIGINT REFERENCES tasks (id),
    facts TEXT NOT NULL DEFAULT '{}',
    priority BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    not_before TIMESTAMPTZ NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    lease_owner TEXT,
    lease_until TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    update_id BIGINT,
    settled_at TIMESTAMPTZ,
    error TEXT,
    into_id BIGINT REFERENCES outbox (id)
);

CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id BIGINT NOT NULL REFERENCES outbox (id),
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL
);

CREATE INDEX attempts_message ON attempts (message_id);

CREATE INDEX attempts_at ON attempts (at);

CREATE INDEX outbox_told ON outbox (person_id, settled_at, kind) WHERE state = 'sent';

CREATE INDEX outbox_into ON outbox (into_id) WHERE into_id IS NOT NULL;

CREATE INDEX outbox_worded ON outbox (settled_at) WHERE settled_at IS NOT NULL AND facts <> '{}';

CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE reminded (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id BIGINT NOT NULL REFERENCES tasks (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    pressed_at TIMESTAMPTZ,
    over TEXT,
    clear_at TIMESTAMPTZ,
    lease_owner TEXT,
    lease_until TIMESTAMPTZ
);

CREATE UNIQUE INDEX reminded_standing ON reminded (task_id, person_id) WHERE over IS NULL;

CREATE INDEX reminded_message ON reminded (chat_id, message_id);

CREATE INDEX reminded_over ON reminded (clear_at) WHERE over IS NOT NULL;

CREATE INDEX reminded_leased ON reminded (lease_owner) WHERE lease_owner IS NOT NULL;

CREATE TABLE heard (
    person_id BIGINT PRIMARY KEY REFERENCES people (id),
    at TIMESTAMPTZ NOT NULL
);

CREATE INDEX outbox_waiting ON outbox (priority, not_before, id) WHERE state = 'waiting';

CREATE INDEX outbox_person ON outbox (person_id) WHERE state = 'waiting';

CREATE INDEX outbox_unreachable ON outbox (person_id) WHERE state = 'unreachable';

CREATE INDEX outbox_notes ON outbox (task_id, person_id) WHERE kind = 'task.note';

CREATE TABLE inbox (
    bot_id BIGINT NOT NULL,
    update_id BIGINT NOT NULL,
    lane BIGINT NOT NULL,
    body TEXT,
    mark TEXT,
    album TEXT,
    state TEXT NOT NULL DEFAULT 'waiting',
    received_at TIMESTAMPTZ NOT NULL,
    not_before TIMESTAMPTZ NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    lease_owner TEXT,
    lease_until TIMESTAMPTZ,
    applied_at TIMESTAMPTZ,
    handled_at TIMESTAMPTZ,
    error TEXT, suspect BOOLEAN NOT NULL DEFAULT FALSE, deaths BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (bot_id, update_id)
);

CREATE INDEX inbox_waiting ON inbox (bot_id, update_id) WHERE state = 'waiting';

CREATE INDEX inbox_lane ON inbox (bot_id, lane, update_id) WHERE state = 'waiting';

CREATE INDEX inbox_album ON inbox (album) WHERE album IS NOT NULL;

CREATE TABLE paces (
    chat_id BIGINT PRIMARY KEY,
    free_at BIGINT NOT NULL,
    barred_until BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE allowances (
    what TEXT NOT NULL,
    account BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    used_until BIGINT NOT NULL,
    PRIMARY KEY (what, account)
);

CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    until TIMESTAMPTZ NOT NULL
);

CREATE TABLE events (
    id BIGINT PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    kind TEXT NOT NULL,
    actor_id BIGINT REFERENCES people (id),
    task_id BIGINT REFERENCES tasks (id),
    person_id BIGINT REFERENCES people (id),
    text_id BIGINT REFERENCES texts (id),
    document_id BIGINT REFERENCES documents (id),
    facts TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE INDEX events_task ON events (task_id, id);

CREATE INDEX events_office ON events (id)
    WHERE task_id IS NULL AND document_id IS NULL AND kind <> 'secrecy.refused' AND kind <> 'read';

CREATE INDEX events_document ON events (document_id, id) WHERE document_id IS NOT NULL;

CREATE TABLE chain (
    id BIGINT PRIMARY KEY,
    length BIGINT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE archives (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    year BIGINT,
    unit_id BIGINT REFERENCES units (id),
    tasks BIGINT NOT NULL,
    made_by_id BIGINT REFERENCES people (id),
    begun_at TIMESTAMPTZ NOT NULL,
    made_at TIMESTAMPTZ,
    fingerprint TEXT,
    restored BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE UNIQUE INDEX archives_name ON archives (name);

CREATE TABLE disposals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    state TEXT NOT NULL,
    proposed_by_id BIGINT NOT NULL REFERENCES people (id),
    proposed_at TIMESTAMPTZ NOT NULL,
    decided_by_id BIGINT REFERENCES people (id),
    decided_at TIMESTAMPTZ
);

CREATE UNIQUE INDEX disposals_open ON disposals (state) WHERE state = 'open';

CREATE TABLE imported_rows (
    fingerprint TEXT PRIMARY KEY,
    task_id BIGINT NOT NULL REFERENCES tasks (id)
);

CREATE TABLE archived_tasks (
    task_id BIGINT PRIMARY KEY REFERENCES tasks (id),
    archive_id BIGINT NOT NULL REFERENCES archives (id),
    sha256 TEXT,
    disposal_id BIGINT REFERENCES disposals (id),
    disposed_at TIMESTAMPTZ
);

CREATE INDEX archived_tasks_archive ON archived_tasks (archive_id, task_id);

CREATE INDEX archived_tasks_disposal ON archived_tasks (disposal_id) WHERE disposal_id IS NOT NULL;

CREATE TABLE kept_events (
    id BIGINT PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    kind TEXT NOT NULL,
    actor_id BIGINT REFERENCES people (id),
    task_id BIGINT REFERENCES tasks (id),
    person_id BIGINT REFERENCES people (id),
    text_id BIGINT REFERENCES texts (id),
    document_id BIGINT REFERENCES documents (id),
    facts TEXT NOT NULL,
    hash TEXT NOT NULL,
    previous TEXT NOT NULL
);

CREATE INDEX kept_events_task ON kept_events (task_id, id);

CREATE INDEX kept_events_document ON kept_events (document_id, id) WHERE document_id IS NOT NULL;

CREATE VIRTUAL TABLE task_search USING fts5 (
    title, document, said, files, tokenize = 'unicode61 remove_diacritics 0'
);

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

CREATE TABLE strangers (
    day TEXT PRIMARY KEY,
    marked BIGINT NOT NULL DEFAULT 0,
    wrong_codes BIGINT NOT NULL DEFAULT 0,
    group_moves BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX documents_symbol ON documents (folded);

CREATE UNIQUE INDEX reminders_once ON reminders (task_id, rung, since, step)
    WHERE settled_at IS NULL AND rung <> 'snooze';
