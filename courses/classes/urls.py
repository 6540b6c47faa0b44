"""Addresses under /lop-tap-huan/: training classes, who is invited, who came."""

from django.urls import path

from courses.classes.screens import (
    attending,
    confirm,
    costs,
    elsewhere,
    feedback,
    inviting,
    leading,
    mine,
    taking_away,
    walking_in,
)

app_name = "classes"

urlpatterns = [
    path("", leading.home, name="home"),
    path("moi/", leading.plan, name="plan"),
    path("lop/<int:pk>/", leading.training_class, name="class"),
    path("lop/<int:pk>/sua/", leading.change, name="change"),
    path("lop/<int:pk>/moi-nguoi/", inviting.inviting, name="invite"),
    path("lop/<int:pk>/xac-nhan/", confirm.confirming, name="confirm"),
    path("lop/<int:pk>/nguoi-ngoai/", walking_in.walk_in, name="walk_in"),
    path("lop/<int:pk>/gop-y/", feedback.results, name="feedback"),
    path("lop/<int:pk>/diem-danh.csv", taking_away.table, {"kind": "csv"}, name="table_csv"),
    path("lop/<int:pk>/diem-danh.xlsx", taking_away.table, {"kind": "xlsx"}, name="table_xlsx"),
    path("lop/<int:pk>/chung-nhan.pdf", taking_away.certificates, name="certificates"),
    path("kinh-phi/", costs.sums, name="costs"),
    path("cho-xac-nhan/", walking_in.waiting, name="waiting"),
    path("noi-khac/", elsewhere.trainings, name="elsewhere"),
    path("noi-khac/ghi/", elsewhere.entry, name="enter_elsewhere"),
    path("noi-khac/<int:pk>/giay/", elsewhere.paper, name="elsewhere_paper"),
    path("diem-danh/<int:pk>/", attending.attendance, name="attendance"),
    path("diem-danh/<int:pk>/phieu-ky.pdf", attending.sign_in_sheet, name="sign_in_sheet"),
    path("phieu/<int:pk>/", attending.paper, name="paper"),
    path("ma/<slug:token>/", attending.arrival, name="arrival"),
    path("cua-toi/<int:pk>/", mine.mine, name="mine"),
    path("cua-toi/<int:pk>/gop-y/", feedback.form, name="give_feedback"),
]
