"""Creates the pages and questions of a starter course file; never changes existing ones.

Pages belong to the editors, so a second run only adds what is missing. Ids of blocks and choices are derived from the
file (uuid5): two sites seeded from the same file have the same ids, by which translations are matched.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path

from courses.content.catalogue import CataloguePage
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.questions.writing import create_or_update_question
from courses.starter.blocks import body_of
from pages.publishing import add_published

HERE = Path(__file__).parent
FILES = ["nhan-dien-nan-nhan.toml", "ho-tro-tam-ly-ban-dau.toml"]
# reading speed of the officials, for whom the courses are written
WORDS_A_MINUTE = 90


def read(name: str) -> dict:
    with open(HERE / name, "rb") as handle:
        return tomllib.load(handle)


def load_courses(catalogue: CataloguePage, progress: Callable[[str], None] = lambda line: None) -> list[CoursePage]:
    return [load_course(read(name), catalogue, progress) for name in FILES]


def load_course(data: dict, catalogue: CataloguePage, progress) -> CoursePage:
    course = CoursePage.objects.child_of(catalogue).filter(key=data["key"]).first()
    if course is not None:
        return course
    progress(data["title"])
    course = add_published(
        catalogue,
        CoursePage(
            title=data["title"],
            slug=data["slug"],
            key=data["key"],
            summary=data["summary"],
            audience=data["audience"],
            objectives="\n".join(line for module in data["modules"] for line in module["objectives"]),
            note=data["note"],
        ),
    )
    quiz_questions = []
    for module in data["modules"]:
        page = add_published(
            course,
            ModulePage(
                title=f"{module['code']}. {module['title']}",
                slug=f"mo-dun-{module['code'].replace('.', '-')}",
                objectives="\n".join(module["objectives"]),
            ),
        )
        lessons = [_lesson(page, data["key"], module, n) for n in range(len(module["lessons"]))]
        quiz_questions += [_quiz_question(data["key"], module, n, lessons) for n in range(len(module["questions"]))]
    add_published(course, _final_quiz(quiz_questions))
    return course


def _lesson(module_page, course_key: str, module: dict, n: int) -> LessonPage:
    lesson = module["lessons"][n]
    identity = (course_key, module["code"], str(n + 1))
    words = sum(len(str(value).split()) for block in lesson["blocks"] for value in block.values())
    return add_published(
        module_page,
        LessonPage(
            title=lesson["title"],
            slug=f"muc-{n + 1}",
            body=body_of(lesson["blocks"], identity),
            minutes=max(2, round(words / WORDS_A_MINUTE) + 1),
            sources=lesson["sources"],
        ),
    )


def _quiz_question(course_key: str, module: dict, n: int, lessons: list[LessonPage]) -> QuizQuestion:
    item = module["questions"][n]
    question = create_or_update_question(
        category=f"{course_key}/{module['code']}",
        name=f"{module['code']} câu {n + 1}",
        kind="single_choice",
        text=item["text"],
        choices=[
            {"text": text, "right": position == item["right"], "feedback": ""}
            for position, text in enumerate(item["choices"])
        ],
        explanation=item["why"],
        source=item["source"],
        tags=[course_key, module["code"]],
    )
    return QuizQuestion(question=question, lesson=lessons[item["review"] - 1])


def _final_quiz(questions: list[QuizQuestion]) -> QuizPage:
    quiz = QuizPage(
        title="Bài kiểm tra cuối khóa",
        slug="bai-kiem-tra",
        intro="Rời trang lúc nào cũng được, câu trả lời vẫn còn. Làm lại được nếu chưa đạt.",
        minutes=30,
        pass_percent=80,
        wait_minutes=10,
    )
    quiz.questions = questions
    return quiz
