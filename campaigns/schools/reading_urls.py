"""Pages of a lesson that everybody reads, under every language; its first page is found by the page tree."""

from django.urls import path, register_converter

from campaigns.schools.reading import board, part, script
from campaigns.schools.teaching import run
from campaigns.schools.teaching.plans import PlanConverter

register_converter(PlanConverter, "plan")

urlpatterns = [
    path("<slug:slug>/loi-thay-co/", script, name="pack_script"),
    path("<slug:slug>/chep-bang/", board, name="pack_board"),
    path("<slug:slug>/phieu/<slug:code>/", part, name="pack_part"),
    path("<slug:slug>/<plan:plan>/", run.whole, name="pack_run"),
    path("<slug:slug>/<plan:plan>/lop/", run.for_class, name="pack_class"),
    path("<slug:slug>/<plan:plan>/<int:number>/", run.step, name="pack_run_step"),
    path("<slug:slug>/<plan:plan>/<int:number>/e/", run.danger, name="pack_run_danger"),
]
