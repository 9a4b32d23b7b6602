-- works with: 0003
-- Who may not see a document enters one of the same symbol and learns nothing: the symbol is theirs as well.
DROP INDEX documents_symbol;
CREATE INDEX documents_symbol ON documents (folded);

-- A task was once linked to whatever document its words cited, and opened it to whoever wrote them. Now it is
-- linked by right alone (`rights.may_assign_from`): by who entered the document, for whom it was entered, or who
-- leads the whole office; or by a head or leader with such a task in view, to somebody else.
CREATE VIEW linked_by_right AS
SELECT t.id, t.document_id, t.unit_id FROM tasks t JOIN documents d ON d.id = t.document_id
WHERE t.entered_by_id = d.entered_by_id OR t.entered_by_id = d.for_person_id
   OR EXISTS (SELECT 1 FROM leader_group_members m
              WHERE m.group_id = d.for_group_id AND m.person_id = t.entered_by_id)
   OR EXISTS (SELECT 1 FROM events e WHERE e.document_id = d.id AND e.kind = 'document.enter'
              AND e.actor_id = t.entered_by_id)
   OR EXISTS (SELECT 1 FROM roles r LEFT JOIN units u ON u.id = r.unit_id
              WHERE r.person_id = t.entered_by_id AND r.role = 'leader' AND u.parent_id IS NULL
              AND r.from_at <= t.created_at AND (r.until_at IS NULL OR r.until_at > t.created_at));
CREATE VIEW looked_after AS
WITH RECURSIVE below (person_id, unit_id, from_at, until_at) AS (
    SELECT person_id, unit_id, from_at, until_at FROM roles
    WHERE role IN ('head', 'leader') AND unit_id IS NOT NULL
    UNION SELECT c.person_id, c.unit_id, c.from_at, c.until_at FROM charges c JOIN roles r
    ON r.person_id = c.person_id AND r.role IN ('head', 'leader')
    UNION SELECT b.person_id, u.id, b.from_at, b.until_at FROM below b JOIN units u ON u.parent_id = b.unit_id
)
SELECT person_id, unit_id, from_at, until_at FROM below;
CREATE TABLE linked_by_citing AS
SELECT t.id FROM tasks t
WHERE t.document_id IS NOT NULL AND t.id NOT IN (SELECT r.id FROM linked_by_right r) AND NOT (
    t.entered_by_id = t.assigner_id
    AND t.assigner_id <> COALESCE((SELECT p.person_id FROM task_people p
                                   WHERE p.task_id = t.id AND p.part = 'lead' ORDER BY p.id LIMIT 1), 0)
    AND EXISTS (SELECT 1 FROM looked_after a JOIN linked_by_right r ON r.unit_id = a.unit_id
                WHERE a.person_id = t.assigner_id AND r.document_id = t.document_id
                AND a.from_at <= t.created_at AND (a.until_at IS NULL OR a.until_at > t.created_at))
);
UPDATE task_search SET document = '' WHERE rowid IN (SELECT id FROM linked_by_citing);
UPDATE tasks SET document_id = NULL WHERE id IN (SELECT id FROM linked_by_citing);
DROP TABLE linked_by_citing;
DROP VIEW looked_after;
DROP VIEW linked_by_right;
