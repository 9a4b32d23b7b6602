-- works with: 0003
-- Each step of a task's ladder, counted from one moment, is ahead once: two programs that plan at once plan one row.
UPDATE reminders SET settled_at = at, outcome = 'doubled'
WHERE settled_at IS NULL AND rung <> 'snooze' AND EXISTS (
    SELECT 1 FROM reminders r WHERE r.task_id = reminders.task_id AND r.rung = reminders.rung
    AND r.since = reminders.since AND r.step = reminders.step AND r.settled_at IS NULL AND r.id < reminders.id);
CREATE UNIQUE INDEX reminders_once ON reminders (task_id, rung, since, step)
    WHERE settled_at IS NULL AND rung <> 'snooze';
