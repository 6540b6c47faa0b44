"""Addresses under /truong-hoc/nhat-ky/ and beside it: what was taught."""

from django.urls import path

from campaigns.schools.screens import (
    coverage_page,
    files,
    improving_page,
    inviting_page,
    later_page,
    log_page,
    quiz_page,
    school_page,
)

app_name = "school_log"

urlpatterns = [
    path("nhat-ky/", log_page.home, name="home"),
    path("nhat-ky/ghi/", log_page.write, name="write"),
    path("nhat-ky/gui/", log_page.sending, name="sending"),
    path("ghi-sau/", later_page.later, name="later"),
    path("nhat-ky/<int:pk>/sua/", log_page.correct, name="correct"),
    path("nhat-ky/<int:pk>/rut/", log_page.take_back, name="take_back"),
    path("nhat-ky/do/", quiz_page.runs, name="quizzes"),
    path("nhat-ky/do/<uuid:key>/", quiz_page.quiz, name="quiz"),
    path("nhat-ky/do/<uuid:key>/chieu/", quiz_page.wall, name="quiz_wall"),
    path("nhat-ky/do/<uuid:key>/dem-<slug:moment>/", quiz_page.count, name="quiz_count"),
    path("nhat-ky/truong/", school_page.school, name="school"),
    path("nhat-ky/truong/moi-giao-vien/", inviting_page.invite, name="invite"),
    path("nhat-ky/truong/phieu/<int:pk>/", inviting_page.new_slip, name="new_slip"),
    path("gop-y/", improving_page.notes, name="notes"),
    path("bao-phu/", coverage_page.page, name="coverage"),
    path("bao-phu/bang.csv", files.table, {"kind": "csv"}, name="coverage_csv"),
    path("bao-phu/bang.xlsx", files.table, {"kind": "xlsx"}, name="coverage_xlsx"),
]
