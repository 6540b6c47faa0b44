from courses.acts.choice import Choice
from courses.annual.patterns import ReportPattern
from courses.annual.periods import CutDay
from courses.annual.report import AnnualReport, ReportedPerson, ReportFile
from courses.approval.approval import Approval
from courses.approval.review_items import ReviewItem, Settlement
from courses.approval.submission import Submission, SubmittedPart
from courses.assigned.assignment import Assignment
from courses.attempts.attempt import Answer, Attempt, AttemptGrant, AttemptItem, Mark
from courses.attempts.remarks import Remarked, Remarking
from courses.buddies.buddy import Buddy
from courses.calendars.address import CalendarAddress
from courses.certificates.certificate import Certificate, Revocation, Series
from courses.certificates.issuers import Issuer
from courses.classes.elsewhere.training import TrainingElsewhere
from courses.classes.feedback.answers import FeedbackCount, FeedbackWords
from courses.classes.held.attendance import Attendance
from courses.classes.held.confirmation import ClassConfirmation
from courses.classes.held.confirming import ConfirmedMark
from courses.classes.held.papers import Paper
from courses.classes.held.walk_ins import WalkInAnswer
from courses.classes.held.walk_ins_undone import WalkInUndone
from courses.classes.planned.participant import Participant
from courses.classes.planned.training_class import Meeting, TrainingClass
from courses.completions.completion import Completion, Void
from courses.completions.following import AskedSteps
from courses.completions.unapproved import Recognition
from courses.content.catalogue import CataloguePage
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.month_ends.month_end import MonthEnd
from courses.month_ends.public_switch import PublicFigures
from courses.plans.made.plan import Plan, PlanVersion
from courses.plans.made.result import Result
from courses.plans.made.task import BudgetLine, Task
from courses.practice.conversations.page import ConversationPage
from courses.practice.conversations.runs import ConversationRun, RunTurn
from courses.practice.conversations.versions import ConversationVersion
from courses.practice.conversations.words import ConversationWords
from courses.practice.observed.agreeing import AgreedLevel, Proposal
from courses.practice.observed.observation import Observation, ObservedLevel
from courses.practice.observed.rubric import Guide, Rubric
from courses.practice.observed.session import Performance, PracticeSession
from courses.practice.observed.versions import RubricVersion
from courses.progress.attended import CourseAttended
from courses.progress.begun import CourseBegun
from courses.progress.lessons import LessonSeen, Place, Tick
from courses.progress.news import CourseNews
from courses.progress.notes import LessonNote
from courses.progress.tries import Try
from courses.questions.bank import Question, QuestionTag
from courses.questions.versions import QuestionVersion
from courses.reminders.plan import ReminderStep
from courses.reports.importing.evidence import FiledPaper
from courses.reports.importing.remembered import ColumnMapping
from courses.reports.saved.report import SavedReport
from courses.requirements.relief import Relief, ReliefRequest
from courses.requirements.requirement import Excuse, Requirement, RequirementRule
from courses.retests.retest import FollowUp, Retest, RetestAnswer, RetestResult
from courses.standing.standing import DailyCount, StaleCount, Standing
from courses.starter.arrival import EditionArrival
from courses.talk.clinic.case import ClinicCase, Contribution
from courses.talk.exemplars.exemplar import Adoption, Exemplar, ExemplarResult
from courses.talk.inquiries.inquiry import Inquiry, Said
from courses.talk.kept.kept_answer import KeptAnswer
from courses.talk.news import TalkNews

__all__ = [
    "Adoption",
    "AgreedLevel",
    "AnnualReport",
    "Answer",
    "Approval",
    "AskedSteps",
    "Assignment",
    "Attempt",
    "AttemptGrant",
    "AttemptItem",
    "Attendance",
    "Buddy",
    "BudgetLine",
    "CalendarAddress",
    "CataloguePage",
    "Certificate",
    "ClassConfirmation",
    "Choice",
    "ClinicCase",
    "ColumnMapping",
    "Completion",
    "ConfirmedMark",
    "Contribution",
    "ConversationPage",
    "ConversationRun",
    "ConversationVersion",
    "ConversationWords",
    "CourseAttended",
    "CourseBegun",
    "CourseNews",
    "CoursePage",
    "CutDay",
    "DailyCount",
    "EditionArrival",
    "Excuse",
    "FiledPaper",
    "Exemplar",
    "ExemplarResult",
    "FeedbackCount",
    "FeedbackWords",
    "FollowUp",
    "Guide",
    "Inquiry",
    "Issuer",
    "KeptAnswer",
    "LessonNote",
    "LessonPage",
    "LessonSeen",
    "Mark",
    "Meeting",
    "MonthEnd",
    "ModulePage",
    "Observation",
    "ObservedLevel",
    "Paper",
    "Participant",
    "Performance",
    "Place",
    "Plan",
    "PlanVersion",
    "PracticeSession",
    "Proposal",
    "PublicFigures",
    "Question",
    "QuestionTag",
    "QuestionVersion",
    "QuizPage",
    "QuizQuestion",
    "Recognition",
    "Relief",
    "ReliefRequest",
    "ReminderStep",
    "ReportFile",
    "ReportPattern",
    "ReportedPerson",
    "Requirement",
    "Remarked",
    "Remarking",
    "RequirementRule",
    "Result",
    "Retest",
    "RetestAnswer",
    "RetestResult",
    "ReviewItem",
    "Revocation",
    "Rubric",
    "RubricVersion",
    "RunTurn",
    "Said",
    "Series",
    "Settlement",
    "StaleCount",
    "SavedReport",
    "Standing",
    "Submission",
    "SubmittedPart",
    "TalkNews",
    "Task",
    "Tick",
    "TrainingClass",
    "Try",
    "Void",
    "TrainingElsewhere",
    "WalkInAnswer",
    "WalkInUndone",
]
