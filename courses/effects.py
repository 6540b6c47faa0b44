"""What the courses do in the background; the outbox imports this module at start."""

from courses.reports import export_jobs, roster_jobs

__all__ = ["export_jobs", "roster_jobs"]
