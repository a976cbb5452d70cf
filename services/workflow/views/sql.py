"""The statements by which events change the rows of the queue."""

from __future__ import annotations

BEGIN = """
    INSERT INTO workflow_queue_cases
        (case_id, dossier_id, code, procedure, procedure_name, applicant, words,
         is_emergency, due_at, due_soon_at)
    VALUES (%(case_id)s, %(dossier_id)s, %(code)s, %(procedure)s, %(procedure_name)s,
            %(applicant)s, %(words)s, %(is_emergency)s, %(due_at)s, %(due_soon_at)s)
"""
END = "DELETE FROM workflow_queue_cases WHERE case_id = %(case_id)s"
LEARN = """
    WITH learned AS (
        UPDATE workflow_queue_cases SET words = words || %(words)s::text[]
        WHERE case_id = %(case_id)s
    )
    UPDATE workflow_queue SET words = words || %(words)s::text[]
    WHERE case_id = %(case_id)s
"""
HOLD = """
    UPDATE workflow_queue_cases
    SET holds = array_append(array_remove(holds, %(reason)s), %(reason)s),
        stood_since = coalesce(stood_since, %(at)s)
    WHERE case_id = %(case_id)s
"""
RELEASE = """
    UPDATE workflow_queue_cases
    SET holds = array_remove(holds, %(reason)s),
        stood_since = CASE WHEN array_remove(holds, %(reason)s) <> '{}'
                           THEN stood_since END
    WHERE case_id = %(case_id)s
"""
AWAIT = """
    UPDATE workflow_queue_cases SET awaits_at = %(step)s WHERE case_id = %(case_id)s
"""
AWAIT_NO_MORE = """
    WITH known AS (
        UPDATE workflow_queue_cases
        SET awaits_at = NULL,
            holds = array_remove(array_remove(holds, 'supplement'), 'payment'),
            stood_since =
                CASE WHEN NOT holds <@ '{supplement,payment}' THEN stood_since END
        WHERE case_id = %(case_id)s AND awaits_at = %(step)s
        RETURNING *
    )
    UPDATE workflow_queue AS step
    SET soon_from = known.soon_from, late_from = known.late_from,
        is_stopped = known.holds <> '{}'
    FROM known WHERE step.case_id = known.case_id
"""
MOVE_DUE = """
    UPDATE workflow_queue_cases
    SET due_at = %(due_at)s, due_soon_at = %(due_soon_at)s,
        alerts = alerts - '{near-due,overdue,apology-drafted}'::text[]
    WHERE case_id = %(case_id)s
"""
PREFER = """
    UPDATE workflow_queue_cases SET preferences = array_append(preferences, %(decree)s)
    WHERE case_id = %(case_id)s
"""
PREFER_NO_MORE = """
    UPDATE workflow_queue_cases SET preferences = array_remove(preferences, %(decree)s)
    WHERE case_id = %(case_id)s
"""
ALERT = """
    UPDATE workflow_queue_cases SET alerts = alerts || %(alert)s
    WHERE case_id = %(case_id)s
"""
CALM = """
    UPDATE workflow_queue_cases SET alerts = alerts - %(kinds)s::text[]
    WHERE case_id = %(case_id)s
"""
ALERT_STEP = """
    UPDATE workflow_queue
    SET own_alerts = own_alerts || %(alert)s, alerts = alerts || %(alert)s
    WHERE case_id = %(case_id)s AND step = %(step)s
"""
RELEASE_RESULT = """
    UPDATE workflow_queue_cases SET is_released = %(is_released)s
    WHERE case_id = %(case_id)s
"""
CALM_STEP = """
    UPDATE workflow_queue SET own_alerts = own_alerts - %(kinds)s::text[]
    WHERE case_id = %(case_id)s AND step = %(step)s
"""
COPY = """
    UPDATE workflow_queue AS step
    SET status = status_of(known), lane = known.lane, due_at = known.due_at,
        soon_from = known.soon_from, late_from = known.late_from,
        is_stopped = known.holds <> '{}', alerts = known.alerts || step.own_alerts
    FROM workflow_queue_cases AS known
    WHERE step.case_id = %(case_id)s AND known.case_id = step.case_id
"""
RESTATE = """
    UPDATE workflow_queue AS step SET status = status_of(known)
    FROM workflow_queue_cases AS known
    WHERE step.case_id = %(case_id)s AND known.case_id = step.case_id
      AND step.status <> status_of(known)
"""
ADD = """
    INSERT INTO workflow_queue
        (case_id, dossier_id, code, procedure, procedure_name, applicant,
         step, step_name, unit, role, opened_at, deadline_at, own_status, words,
         status, lane, due_at, soon_from, late_from, is_stopped, alerts)
    SELECT case_id, dossier_id, code, procedure, procedure_name, applicant,
           %(step)s, %(step_name)s, %(unit)s, %(role)s, %(opened_at)s, %(deadline_at)s,
           %(status)s, words || %(step_words)s::text[],
           coalesce(status, %(status)s), lane, due_at, soon_from, late_from,
           holds <> '{}', alerts
    FROM workflow_queue_cases WHERE case_id = %(case_id)s
"""
ASSIGN = """
    UPDATE workflow_queue SET assignee = %(assignee)s
    WHERE case_id = %(case_id)s AND step = %(step)s
"""
REMOVE = """
    DELETE FROM workflow_queue WHERE case_id = %(case_id)s AND step = ANY(%(steps)s)
"""
REMOVE_ALL = "DELETE FROM workflow_queue WHERE case_id = %(case_id)s"
