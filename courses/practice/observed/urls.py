"""Addresses under /buoi-tap/: sessions of observed practice, forms, cards and results."""

from django.urls import path

from courses.practice.observed.screens import figures, leading, mine, observing, prints

app_name = "observed"

urlpatterns = [
    path("", leading.home, name="home"),
    path("moi/", leading.plan, name="plan"),
    path("buoi/<int:pk>/", leading.session, name="session"),
    path("buoi/<int:pk>/phieu.pdf", prints.form, name="print_form"),
    path("buoi/<int:pk>/the-<slug:name>.pdf", prints.card, name="card"),
    path("phieu/<int:pk>/", observing.form, name="form"),
    path("thong-nhat/<int:pk>/", observing.agree, name="agree"),
    path("cua-toi/<int:pk>/", mine.mine, name="mine"),
    path("cua-toi/<int:pk>/the.pdf", prints.my_card, name="my_card"),
    path("bo-tieu-chi/<int:pk>/", figures.figures, name="figures"),
    path("bo-tieu-chi/<int:pk>/phieu.pdf", prints.rubric_form, name="rubric_print"),
]
