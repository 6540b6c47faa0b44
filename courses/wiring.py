"""Connects signals, page views, rights and menu entries of the courses when Django is ready."""

from django.utils.translation import gettext_lazy as _

from courses import personal_data, rights
from courses.annual import personal_data as own_reports
from courses.annual.training import section as training
from courses.approval.part_of_course import PartOfCourse
from courses.approval.review_items import follow_marks
from courses.approving import personal_data as own_approvals
from courses.approving import queued, submitting
from courses.approving.deciding import decides_on_courses
from courses.assigned import personal_data as own_assignments
from courses.assigned import told as assigned_told
from courses.buddies import personal_data as own_buddies
from courses.buddies import told as buddies_told
from courses.calendars import address as calendar_addresses
from courses.calendars import personal_data as own_calendars
from courses.certificates import issuing, undone
from courses.citing import cards, questions, rubrics, rules, steps
from courses.classes import personal_data as own_classes
from courses.classes import queued as classes_queued
from courses.classes.elsewhere import personal_data as own_elsewhere
from courses.classes.elsewhere import queued as elsewhere_queued
from courses.classes.held import annual as classes_told
from courses.classes.planned import following as classes_following
from courses.classes.planned import told as class_told
from courses.classes.planned.whose import OPENING_KINDS
from courses.completions import following, merged_records
from courses.content import bodies, quiz
from courses.content.catalogue import CataloguePage
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage
from courses.keeping import personal_data as own_notes
from courses.learning import conversations, previewing, views
from courses.plans.filled import sources as plans_filled
from courses.plans.told import personal_data as own_plans
from courses.plans.told import queued as plans_queued
from courses.plans.told import section as plans_told
from courses.practice.conversations.page import ConversationPage
from courses.practice.observed import personal_data as observed_practice
from courses.practice.observed.session import LEADING_KINDS
from courses.questions import publishing
from courses.quizzes.previewing import quiz_sample
from courses.quizzes.views import quiz as quiz_view
from courses.reliefs import personal_data as own_reliefs
from courses.remarking import personal_data as own_remarks
from courses.remarking import queued as remarks_queued
from courses.remarking import told as remarks_told
from courses.reminders import topics as reminder_topics
from courses.reports.chosen import offers
from courses.reports.reliefs import queued as reliefs_queued
from courses.reports.roster import queued as reports_queued
from courses.reports.saved import personal_data as own_saved_reports
from courses.reports.shown import personal_data as own_switches
from courses.retests import personal_data as own_retests
from courses.retests import results
from courses.standing import excuses, standing
from courses.standing.outcomes import merges as merge_outcomes
from courses.standing.outcomes import reforms as reform_figures
from courses.talk import news as talk_news
from courses.talk.clinic import personal_data as own_cases
from courses.talk.clinic import queued as clinic_queued
from courses.talk.clinic import told as clinic_told
from courses.talk.exemplars import annual as exemplars_told
from courses.talk.exemplars import personal_data as own_exemplars
from courses.talk.exemplars import queued as exemplars_queued
from courses.talk.exemplars import told as exemplars_news
from courses.talk.inquiries import personal_data as own_inquiries
from courses.talk.inquiries import queued as inquiries_queued
from courses.talk.inquiries import telling as inquiries_told
from courses.talk.kept import personal_data as own_kept_answers
from courses.talk.kept import queued as kept_queued
from courses.talk.kept import showing as kept_shown
from media.replacing.reviewers import reviews
from pages.marks.source_marks import marks_found
from pages.page_views import adds_context, adds_sample, serves
from pages.shell.navigation import holding, offer

# how completions that a file brought, and excuses, are undone; excuses go along when two records are merged
ROWS = (undone, excuses)
# what is told of two records before they are merged
TOLD = (merge_outcomes,)
# what cites the law
CITING = (steps, cards, questions, rubrics, rules)
# what they put into the queue
QUEUE = (
    *(reports_queued, reliefs_queued, classes_queued, queued, elsewhere_queued),
    *(inquiries_queued, kept_queued, clinic_queued, exemplars_queued, plans_queued, remarks_queued),
)
# what the annual report tells of training, of classes and of plans, and what it holds about a person
ANNUAL = (training, classes_told, plans_told, own_reports)
# answers worth keeping: at the end of their lesson, and in the copy of who proposed them
KEPT = (kept_shown, own_kept_answers)
# models worth copying: in the annual report, and in the copy of who wrote them
EXEMPLARS = (exemplars_told, own_exemplars)
# what is held of calendars, courses given beyond what is required, plans, figures made public and answers that were
# marked again, about a person
OWN = (own_calendars, own_assignments, own_plans, own_switches, own_remarks)
# what happened in units, for their plans
HAPPENED = (plans_filled,)
# what follows a unit that is reorganised, and the figures of a reform before and after
FOLLOWING = (classes_following, reform_figures)


def connect() -> None:
    quiz.connect()
    submitting.connect()
    publishing.connect()
    bodies.connect()
    # a certificate says until when it is valid, so the standings come first
    results.connect()
    standing.connect()
    rules.connect()
    rubrics.connect()
    issuing.connect()
    following.connect()
    merged_records.connect()
    rights.announce()
    personal_data.connect()
    marks_found.connect(follow_marks, dispatch_uid="courses.approval")
    observed_practice.connect()
    own_notes.connect()
    own_approvals.connect()
    own_reliefs.connect()
    own_retests.connect()
    reminder_topics.connect()
    class_told.connect()
    assigned_told.connect()
    buddies_told.connect()
    own_buddies.connect()
    offers.connect()
    own_classes.connect()
    own_saved_reports.connect()
    calendar_addresses.connect()
    own_elsewhere.connect()
    own_inquiries.connect()
    own_cases.connect()
    inquiries_told.connect()
    remarks_told.connect()
    talk_news.connect()
    clinic_told.connect()
    exemplars_news.connect()
    offer(45, "/buoi-tap/", _("Buổi tập"), holding(LEADING_KINDS))
    offer(46, "/lop-tap-huan/", _("Lớp tập huấn"), holding(OPENING_KINDS))
    reviews(PartOfCourse, decides_on_courses)
    show_pages()


def show_pages() -> None:
    serves(LessonPage, views.lesson)
    serves(QuizPage, quiz_view)
    serves(ConversationPage, conversations.conversation)
    adds_context(CataloguePage, views.catalogue_context)
    adds_context(CoursePage, views.course_context)
    adds_context(ModulePage, views.module_context)
    adds_sample(CataloguePage, previewing.catalogue_sample)
    adds_sample(CoursePage, previewing.course_sample)
    adds_sample(ModulePage, previewing.module_sample)
    adds_sample(LessonPage, previewing.lesson_sample)
    adds_sample(QuizPage, quiz_sample)
    adds_sample(ConversationPage, previewing.conversation_sample)
