"""Addresses under /hoi-dap/. What only who leads training opens stands under `phu-trach/`, behind the second step."""

from django.urls import path

from courses.talk.screens import answering, asking, kept, own_inquiry

app_name = "talk"

urlpatterns = [
    path("", asking.mine, name="mine"),
    path("bai/<int:pk>/", asking.ask_beside, name="ask"),
    path("cau/<int:pk>/", own_inquiry.inquiry, name="inquiry"),
    path("phu-trach/", answering.to_answer, name="to_answer"),
    path("phu-trach/cau/<int:pk>/", answering.one_to_answer, name="answer"),
    path("phu-trach/cau/<int:pk>/ghi-lai/", kept.keep, name="keep"),
    path("phu-trach/ghi-lai/", kept.kept, name="kept"),
]
