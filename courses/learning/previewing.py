"""Sample contexts for previews: an editor sees a page as a learner halfway through the course would."""

from dataclasses import replace
from uuid import uuid4

from courses.content.bodies import render
from courses.content.course import CoursePage
from courses.content.structure import Course, Module, Step, StepKind, all_structures, lines, read
from courses.learning.conversations import intro_context
from courses.learning.learner_facts import LearnerFacts
from courses.learning.outline import Outline, outline_for
from courses.learning.views import lesson_context
from courses.practice.conversations.rules import wording
from courses.practice.conversations.showing import trial_of
from courses.practice.conversations.words import words_for
from pages.serving import version


def halfway(course: Course, until: int | None = None) -> Outline:
    """An outline with the first `until` steps done (by default the first half) and none shut."""
    steps = course.steps[: len(course.steps) // 2 if until is None else until]
    done = {step.key for step in steps}
    return outline_for(replace(course, before=(), order_enforced=False), LearnerFacts(done, set(), {}, {}))


def catalogue_sample(request, page) -> dict:
    courses = all_structures(version.of(request), page.locale.language_code)
    return {"outlines": [halfway(course) for course in courses]}


def course_sample(request, page) -> dict:
    return {"outline": halfway(read(page, drafts=True)), "objectives": lines(page.objectives)}


def module_sample(request, page) -> dict:
    course = with_page(course_above(page), page)
    outline = halfway(course)
    return {"outline": outline, "part": outline.part_of(page.pk or 0), "objectives": lines(page.objectives)}


def lesson_sample(request, page) -> dict:
    course = with_page(course_above(page), page)
    number = next(n for n, step in enumerate(course.steps) if step.page_id == (page.pk or 0))
    outline = halfway(course, until=number)
    return lesson_context(request, page, outline, outline.steps[number], render(page), set())


def conversation_sample(request, page) -> dict:
    """The page before a run, or in the mode of that name a play-through of which nothing is kept."""
    course = with_page(course_above(page), page)
    outline = halfway(course)
    words = wording.read(words_for(page.locale_id))
    trial = trial_of(page, getattr(page, "tried", ""))
    return {**intro_context(outline, outline.at(page.pk or 0), page.conversation(), words, []), "trial": trial}


def course_above(page) -> Course:
    return read(CoursePage.objects.ancestor_of(page).get(), drafts=True)


def with_page(course: Course, page) -> Course:
    """The course with the edited page; a page that is not saved yet (id 0) is the last of its module."""
    pk = page.pk or 0
    if hasattr(page, "minutes"):
        return _with_step(course, page, pk)
    modules = course.modules
    if not any(module.page_id == pk for module in modules):
        empty = Step(0, uuid4(), StepKind.LESSON, "…", "", 4, True, 1, 1)
        modules = (*modules, Module(pk, page.title, "", (), (empty,)))
    return _of_modules(course, tuple(replace(m, title=page.title) if m.page_id == pk else m for m in modules))


def _with_step(course: Course, page, pk: int) -> Course:
    if any(step.page_id == pk for step in course.steps):
        edited = {"title": page.title, "minutes": page.minutes, "required": page.required}
        modules = [
            replace(m, steps=tuple(replace(s, **edited) if s.page_id == pk else s for s in m.steps))
            for m in course.modules
        ]
        return _of_modules(course, tuple(modules))
    above = page.get_parent()
    home = next((m for m in course.modules if m.page_id == above.pk), None) or Module(above.pk, above.title, "", (), ())
    count = len(home.steps) + 1
    key = page.translation_key or uuid4()
    step = Step(pk, key, StepKind(page._meta.model_name), page.title, "", page.minutes, page.required, count, count)
    filled = replace(home, steps=tuple(replace(s, places=count) for s in (*home.steps, step)))
    others = tuple(filled if m is home else m for m in course.modules)
    return _of_modules(course, others if home in course.modules else (*course.modules, filled))


def _of_modules(course: Course, modules: tuple[Module, ...]) -> Course:
    return replace(course, modules=modules, steps=tuple(step for module in modules for step in module.steps))
