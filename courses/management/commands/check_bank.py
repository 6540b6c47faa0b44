import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses.quizzes.bank_check import NoSuchQuiz, QuizReport, check, quizzes_named


class Command(BaseCommand):
    help = "Bài kiểm tra có đoán mò được không: chơi thử các mẹo trên 1.000 lần rút câu (docs/answers.md)."
    # they load every address and screen, which takes longer than the command itself
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "quiz", metavar="QUIZ", nargs="?", help=_("khóa của khóa học hoặc số trang; không ghi: mọi bài")
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng in ra"))

    def handle(self, *args, **options):
        try:
            quizzes = quizzes_named(options["quiz"])
        except NoSuchQuiz as error:
            raise CommandError(str(error)) from None
        as_json, reports = options["format"] == "json", []
        for quiz in quizzes:
            if as_json:
                self.stderr.write(_("Đang chơi thử “%(quiz)s”…") % {"quiz": quiz.title})
            reports.append(check(quiz))
            if not as_json:
                self._print(reports[-1])
        if as_json:
            self.stdout.write(json.dumps({"quizzes": [one.as_dict() for one in reports]}, ensure_ascii=False, indent=2))
        if count := sum(len(report.named) for report in reports):
            raise CommandError(_("Có %(count)d điều cần sửa để bài không đoán mò được.") % {"count": count})

    def _print(self, report: QuizReport) -> None:
        params = {"quiz": report.quiz.title, "course": report.course_key, "asked": report.bank.asked}
        self.stdout.write(_("%(course)s – %(quiz)s: hỏi %(asked)d câu") % params)
        for name, one in report.strategies:
            params = {"name": name, "average": one.percent, "passes": one.passed_percent}
            self.stdout.write(_("  %(name)s: trung bình %(average)s %%, đạt %(passes)s %% số lần") % params)
        for sentence in [report.bank.warning, *(one.sentence for one in report.named)]:
            if sentence:
                self.stdout.write(f"  ! {sentence}")
