"""What the courses do in the background and at their own time; the outbox imports this module at start."""

from courses import daily_counts, rule_recount
from courses.certificates import batches, issuing
from courses.reports import export_jobs, roster_jobs

__all__ = ["batches", "daily_counts", "export_jobs", "issuing", "roster_jobs", "rule_recount"]
