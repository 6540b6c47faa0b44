"""Addresses under /dich/: the desk of translators and approvers."""

from django.urls import path

from campaigns.translating.screens import home, leading, talk, work

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("neu-ten/", home.be_named, name="be_named"),
    path("bang/", leading.show_board, name="board"),
    path("cau-da-sua/", leading.corrected, name="corrected"),
    path("cau-da-sua/<int:pk>/", leading.where, name="where"),
    path("bo-chu/", leading.orthographies, name="orthographies"),
    path("bo-chu/<int:pk>/", leading.orthography, name="orthography"),
    path("bo-chu/them/<slug:language>/", leading.add_orthography, name="add_orthography"),
    path("<slug:language>/", home.queue, name="queue"),
    path("<slug:language>/tu/", talk.words, name="words"),
    path("<slug:language>/bai/<int:pk>/", work.work, name="work"),
    path("<slug:language>/bai/<int:pk>/tep.po", work.po_file, name="po"),
    path("<slug:language>/bai/<int:pk>/nhap/", work.take_po, name="take_po"),
    path("<slug:language>/cau/<int:pk>/", talk.sentence, name="sentence"),
]
