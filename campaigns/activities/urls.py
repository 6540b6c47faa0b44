"""Addresses under /hoat-dong/: the log of activities."""

from django.urls import path

from campaigns.activities.screens import activity_page, coverage_page, files, home, places, pulse_page, report_page

app_name = "activities"

urlpatterns = [
    path("", home.home, name="home"),
    path("so.csv", files.log, {"kind": "csv"}, name="log_csv"),
    path("so.xlsx", files.log, {"kind": "xlsx"}, name="log_xlsx"),
    path("ghi/", home.choose, name="choose"),
    path("ghi/<slug:kind>/", activity_page.write, name="write"),
    path("muc/<uuid:key>/", activity_page.activity, name="activity"),
    path("muc/<uuid:key>/sua/", activity_page.edit, name="edit"),
    path("muc/<uuid:key>/hoi-nhanh/", pulse_page.pulse, name="pulse"),
    path("anh/<int:pk>/", activity_page.photo, name="photo"),
    path("anh/<int:pk>/xoa/", activity_page.delete_photo, name="delete_photo"),
    path("xa/<int:pk>/", places.commune, name="commune"),
    path("do-phu/", coverage_page.page, name="coverage"),
    path("do-phu/bang.csv", coverage_page.table, {"kind": "csv"}, name="coverage_csv"),
    path("do-phu/bang.xlsx", coverage_page.table, {"kind": "xlsx"}, name="coverage_xlsx"),
    path("trong-diem/", coverage_page.assessed, name="assessed"),
    path("bao-cao-30-7/", report_page.page, name="report"),
    path("bao-cao-30-7/bang.csv", report_page.file, {"kind": "csv"}, name="report_csv"),
    path("bao-cao-30-7/bang.xlsx", report_page.file, {"kind": "xlsx"}, name="report_xlsx"),
    path("loai/", places.kinds, name="kinds"),
]
