from courses.attempts import Answer, Attempt, AttemptGrant, AttemptItem, Mark
from courses.certificates.issuers import Issuer
from courses.certificates.records import Certificate, Revocation, Series
from courses.completion import Completion, Void
from courses.pages import CataloguePage, CoursePage, LessonPage, ModulePage, QuizPage, QuizQuestion
from courses.progress import LessonSeen, Place, Tick
from courses.questions.bank import Question, QuestionTag
from courses.questions.versions import QuestionVersion
from courses.standing import DailyCount, StaleCount, Standing
from courses.targets import Excuse, Requirement, RequirementRule

__all__ = [
    "Answer",
    "Attempt",
    "AttemptGrant",
    "AttemptItem",
    "CataloguePage",
    "Certificate",
    "Completion",
    "CoursePage",
    "DailyCount",
    "Excuse",
    "Issuer",
    "LessonPage",
    "LessonSeen",
    "Mark",
    "ModulePage",
    "Place",
    "Question",
    "QuestionTag",
    "QuestionVersion",
    "QuizPage",
    "QuizQuestion",
    "Requirement",
    "RequirementRule",
    "Revocation",
    "Series",
    "StaleCount",
    "Standing",
    "Tick",
    "Void",
]
