from courses.attempts import Answer, Attempt, AttemptGrant, AttemptItem, Mark
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
    "Completion",
    "CoursePage",
    "DailyCount",
    "Excuse",
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
    "StaleCount",
    "Standing",
    "Tick",
    "Void",
]
