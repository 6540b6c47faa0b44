"""Addresses under /in-an/ (staff): what communes print, and what the province approves and takes back."""

from django.urls import path

from campaigns.renderings.screens import board_page, gallery, hung_pages, province_pages, sheet_pages, text_pages

app_name = "prints"
urlpatterns = [
    path("", gallery.home, name="home"),
    path("xa/<int:space>/", gallery.gallery, name="gallery"),
    path("xa/<int:space>/da-lay-so/", gallery.issued, name="issued"),
    path("xa/<int:space>/in-lai/", gallery.reprint_all, name="reprint_all"),
    path("xa/<int:space>/bang/", board_page.show, name="board"),
    path("xa/<int:space>/viec/", gallery.steps, name="steps"),
    path("xa/<int:space>/viec/<int:pk>/", gallery.step, name="step"),
    path("xa/<int:space>/da-go/<int:pk>/", gallery.taken_down, name="taken_down"),
    path("xa/<int:space>/<int:message>/<slug:key>/", sheet_pages.sheet, name="sheet"),
    path("xa/<int:space>/<int:message>/<slug:key>/ban-nhap.pdf", sheet_pages.draft, name="draft"),
    path("xa/<int:space>/<int:message>/<slug:key>/<int:place>.png", sheet_pages.preview, name="preview"),
    path("hinh/<int:message>/<str:slot>/<slug:size>.png", sheet_pages.picture, name="picture"),
    path("to/<int:number>/<int:version>/", sheet_pages.version, name="version"),
    path("to/<int:number>/<int:version>/to.pdf", sheet_pages.file, name="file"),
    path("to/<int:number>/<int:version>/<int:place>.png", sheet_pages.page_file, name="page_file"),
    path("to/<int:number>/<int:version>/in-lai/", sheet_pages.reprint, name="reprint"),
    path("to/<int:number>/<int:version>/da-treo/", hung_pages.hung, name="hung"),
    path("loi/", text_pages.texts, name="texts"),
    path("loi/<int:message>/", text_pages.message_texts, name="message_texts"),
    path("loi/<int:message>/hinh/", text_pages.scene, name="scene"),
    path("loi/<int:message>/viet/<str:slot>/", text_pages.write, name="write"),
    path("loi/them-dieu/<int:pk>/", text_pages.leave_open, name="leave_open"),
    path("loi/sua/<int:pk>/", text_pages.passage, name="passage"),
    path("loi/xac-nhan/<int:pk>/", text_pages.settle, name="settle"),
    path("loi/mo-lai/<int:pk>/", text_pages.reopen, name="reopen"),
    path("tat-ca/", province_pages.for_all, name="for_all"),
    path("tat-ca/<int:pk>/", province_pages.work, name="work"),
    path("tat-ca/<int:pk>/tep/", province_pages.work_file, name="work_file"),
    path("ke-hoach/", province_pages.plan_steps, name="plan"),
    path("ke-hoach/them/", province_pages.plan_step, name="add_step"),
    path("ke-hoach/<int:pk>/", province_pages.plan_step, name="plan_step"),
    path("rut/", province_pages.withdrawals, name="withdrawals"),
]
