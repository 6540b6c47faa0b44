"""What a person does on a lesson and on a quiz, by mouse or keyboard, with and without scripts."""

import re

# a question of which one option is chosen, and of those the ones without an answer
SINGLE = "fieldset[data-question]:has(input[type=radio])"
UNANSWERED = f"{SINGLE}:not(:has(:checked))"
OPEN_TRIES = ".choosing ol.options"
# who read all of a course's lessons and tried what stands in them
READ_ALL = """
from django.utils import timezone
from courses.content.bodies import choices_of
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.progress.lessons import LessonSeen
from courses.progress.tries import keep_try
from people.persons.user import User
person, now = User.objects.by_login("%(login)s"), timezone.now()
course = CoursePage.objects.get(key="%(course)s", locale__language_code="vi")
for lesson in LessonPage.objects.descendant_of(course).live():
    LessonSeen.objects.get_or_create(person=person, lesson_key=lesson.translation_key, course_key=course.key)
    for choice in choices_of(lesson):
        keep_try(person, lesson.translation_key, choice.block_id, choice.options[0].id, now)
LessonSeen.objects.filter(person=person, done_at=None).update(done_at=now)
"""


def read_all(trial, login: str, course: str) -> None:
    trial.manage("shell", "-v", "0", "-c", READ_ALL % {"login": login, "course": course})


def try_everything(page) -> None:
    """Chooses the first option wherever nothing was chosen yet."""
    for left in range(page.locator(OPEN_TRIES).count(), 0, -1):
        page.locator(OPEN_TRIES).first.locator("button").first.click()
        page.locator(OPEN_TRIES).nth(left - 1).wait_for(state="detached")
        page.wait_for_load_state()


def words(text: str) -> str:
    return " ".join(text.split())


def question_of(field) -> str:
    return re.sub(r"^\d+\.\s*", "", words(field.locator("legend").inner_text()))


def answer_right(page, key: str, items: dict[str, dict]) -> None:
    """`key` is the question's; `items` are those of the bank by their words."""
    field = page.locator(f"fieldset[data-question='{key}']")
    item = next(item for text, item in items.items() if text in question_of(field))
    if item["kind"] == "ordering":
        put_in_order(page, key, [words(step) for step in item["items"]])
    elif item["kind"] == "matching":
        match(field, {words(pair["left"]): words(pair["right"]) for pair in item["pairs"]})
    else:
        wanted = [words(option["text"]) for option in item["options"] if option["right"]]
        for label in field.locator("label:has([data-choice])").all():
            if words(label.inner_text()) in wanted:
                label.locator("input").check()


def answer_anyhow(field) -> None:
    """With scripts: the first option, the order as shown, the first pairs."""
    if (keep := field.locator("button[data-move='0']")).count():
        keep.click()
    for select in field.locator("select[data-choice]").all():
        select.select_option(index=1)
    if (options := field.locator("input[type=radio][data-choice], input[type=checkbox][data-choice]")).count():
        options.first.check()


def put_in_order(page, key: str, wanted: list[str]) -> None:
    """By the buttons that move a step up; each is a request of its own where no script runs."""
    steps = page.locator(f"fieldset[data-question='{key}'] [data-order] li")
    for place, step in enumerate(wanted):
        at = [words(one.locator("p").inner_text()) for one in steps.all()].index(step)
        for here in range(at, place, -1):
            steps.nth(here).locator("button[data-move='-1']").click()
            page.wait_for_load_state()
            steps.nth(here - 1).locator("p", has_text=step).wait_for()
    keep = page.locator(f"fieldset[data-question='{key}'] button[data-move='0']")
    if keep.count():
        keep.click()
        page.wait_for_load_state()


def match(field, right: dict[str, str]) -> None:
    for select in field.locator("select[data-choice]").all():
        label = field.locator(f"label[for='{select.get_attribute('id')}']")
        wanted = right[words(label.inner_text())]
        values = {words(one.inner_text()): one.get_attribute("value") for one in select.locator("option").all()}
        select.select_option(value=values[wanted])
