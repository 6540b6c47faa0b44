from courses.attempts.attempt import Answer, Attempt, AttemptGrant, AttemptItem, Mark
from courses.certificates.certificate import Certificate, Revocation, Series
from courses.certificates.issuers import Issuer
from courses.completions.completion import Completion, Void
from courses.content.catalogue import CataloguePage
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.progress.lessons import LessonSeen, Place, Tick
from courses.questions.bank import Question, QuestionTag
from courses.questions.versions import QuestionVersion
from courses.requirements.requirement import Excuse, Requirement, RequirementRule
from courses.standing.standing import DailyCount, StaleCount, Standing

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
