"""The courses' effects and clock jobs; the outbox imports this module at start."""

from courses.analysis import making as analyses
from courses.approving import publishing
from courses.certificates import batches, issuing
from courses.classes.elsewhere import papers as elsewhere_papers
from courses.classes.feedback import answers as class_feedback
from courses.classes.held import counting, papers, walk_ins_undone
from courses.completions import following
from courses.month_ends import publishing as month_ends
from courses.plans.made import papers as plan_papers
from courses.practice.conversations import retention
from courses.questions import leftovers
from courses.quizzes import time_over
from courses.remarking import applying
from courses.reminders import call_sheets, choices_kept, chosen
from courses.reports.annual import jobs as annual_jobs
from courses.reports.files import export_jobs
from courses.reports.importing import evidence
from courses.reports.importing import jobs as importing_jobs
from courses.reports.movements import export_jobs as movement_exports
from courses.reports.movements import kept as kept_movements
from courses.reports.roster import act_jobs, emptying
from courses.reports.roster import export as roster_export
from courses.reports.saved import sending as saved_reports
from courses.standing import daily_counts, rule_recount
from courses.starter import screens
from courses.talk.clinic import ending as cases_ending
from courses.talk.inquiries import ending as inquiries_ending

__all__ = [
    "act_jobs",
    "analyses",
    "annual_jobs",
    "applying",
    "batches",
    "counting",
    "call_sheets",
    "cases_ending",
    "class_feedback",
    "choices_kept",
    "chosen",
    "daily_counts",
    "elsewhere_papers",
    "emptying",
    "evidence",
    "export_jobs",
    "following",
    "inquiries_ending",
    "importing_jobs",
    "issuing",
    "kept_movements",
    "leftovers",
    "month_ends",
    "movement_exports",
    "papers",
    "plan_papers",
    "publishing",
    "retention",
    "roster_export",
    "rule_recount",
    "screens",
    "time_over",
    "walk_ins_undone",
    "saved_reports",
]
