"""Addresses under /hoi-dap/. What only who leads training opens stands under `phu-trach/`, behind the second step."""

from django.urls import path

from courses.talk.screens import answering, asking, clinic, kept, moderating, own_inquiry

app_name = "talk"

urlpatterns = [
    path("", asking.mine, name="mine"),
    path("bai/<int:pk>/", asking.ask_beside, name="ask"),
    path("cau/<int:pk>/", own_inquiry.inquiry, name="inquiry"),
    path("ca/", clinic.cases, name="cases"),
    path("ca/moi/", clinic.tell, name="tell"),
    path("ca/<int:pk>/", clinic.case, name="case"),
    path("ca/<int:pk>/sua/", clinic.tell, name="retell"),
    path("phu-trach/", answering.to_answer, name="to_answer"),
    path("phu-trach/cau/<int:pk>/", answering.one_to_answer, name="answer"),
    path("phu-trach/cau/<int:pk>/ghi-lai/", kept.keep, name="keep"),
    path("phu-trach/ghi-lai/", kept.kept, name="kept"),
    path("phu-trach/ca/", moderating.to_moderate, name="to_moderate"),
    path("phu-trach/ca/<int:pk>/", moderating.moderate, name="moderate"),
]
