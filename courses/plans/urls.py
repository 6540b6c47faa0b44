"""Addresses under /ke-hoach/: the yearly plans of units."""

from django.urls import path

from courses.plans.screens import cascade_pages, files, home, plan_page, task_pages

app_name = "plans"

urlpatterns = [
    path("", home.home, name="home"),
    path("lap/", home.begin, name="begin"),
    path("lap-mau/", home.begin_template, name="begin_template"),
    path("ban/<int:pk>/", plan_page.plan, name="plan"),
    path("ban/<int:pk>/can-cu/", plan_page.head, name="head"),
    path("ban/<int:pk>/phien-ban/<int:number>/", plan_page.old_version, name="version"),
    path("ban/<int:pk>/ke-hoach.csv", files.plan_file, {"kind": "csv"}, name="plan_csv"),
    path("ban/<int:pk>/ke-hoach.xlsx", files.plan_file, {"kind": "xlsx"}, name="plan_xlsx"),
    path("ban/<int:pk>/ke-hoach.docx", files.plan_file, {"kind": "docx"}, name="plan_docx"),
    path("ban/<int:pk>/them-viec/", task_pages.add, name="add_task"),
    path("ban/<int:pk>/viec/<uuid:key>/", task_pages.task, name="task"),
    path("ban/<int:pk>/viec/<uuid:key>/sua/", task_pages.edit, name="edit_task"),
    path("minh-chung/<int:pk>/", task_pages.paper, name="paper"),
    path("tong-hop/<int:year>/", cascade_pages.figures, name="cascade"),
    path("tong-hop/<int:year>/bang.csv", cascade_pages.table, {"kind": "csv"}, name="cascade_csv"),
    path("tong-hop/<int:year>/bang.xlsx", cascade_pages.table, {"kind": "xlsx"}, name="cascade_xlsx"),
    path("tong-hop/<int:year>/<uuid:key>/", cascade_pages.rows, name="cascade_rows"),
]
