"""Addresses under `/bao-cao/`. Fixed addresses come first: no requirement may have such a key."""

from django.urls import path

from courses.quizzes import grants
from courses.reports.annual import looking_up, patterns
from courses.reports.annual import views as annual
from courses.reports.chosen import assigning, buddying, relieving
from courses.reports.chosen.choosing import choosing
from courses.reports.chosen.inviting import invite_chosen
from courses.reports.chosen.slips import slips
from courses.reports.figures import views as figures
from courses.reports.figures.first_choices import first_choices
from courses.reports.figures.forgotten import forgotten
from courses.reports.files import downloads, works
from courses.reports.importing import views as importing
from courses.reports.mending.views import mend
from courses.reports.movements import downloads as movement_files
from courses.reports.movements import views as movements
from courses.reports.people import certificates, person
from courses.reports.people import views as people
from courses.reports.queue import views as queue
from courses.reports.reliefs import views as reliefs
from courses.reports.roster import acts, adding, confirming, correcting, emptying, listed
from courses.reports.roster import views as roster
from courses.reports.saved import views as saved
from courses.reports.shown.switching import switching
from courses.reports.together import views as together

app_name = "reports"

ABOUT = "<slug:requirement>/<str:code>/"
CSV, XLSX = {"kind": "csv"}, {"kind": "xlsx"}

urlpatterns = [
    path("", figures.unit, name="home"),
    path("danh-sach/", importing.upload, name="roster"),
    path("danh-sach/mau.csv", importing.template, {"form": "csv"}, name="template_csv"),
    path("danh-sach/mau.xlsx", importing.template, {"form": "xlsx"}, name="template_xlsx"),
    path("danh-sach/xuat.csv", roster.export, {"kind": "csv"}, name="roster_csv"),
    path("danh-sach/xuat.xlsx", roster.export, {"kind": "xlsx"}, name="roster_xlsx"),
    path("danh-sach/don-vi/<str:code>/ket-thuc/", emptying.empty, name="empty_unit"),
    path("chua-co-nguoi/", queue.duties_of_nobody, name="unheld"),
    path("danh-sach/them/", adding.add, name="add_person"),
    path("danh-sach/sua/<path:staff_code>/", correcting.correct, name="correct_person"),
    path("danh-sach/cong-tac/<int:pk>/", mend, name="mend_posting"),
    path("danh-sach/viec/<slug:kind>/", acts.act, name="act"),
    path("danh-sach/<int:pk>/", importing.work, name="roster_work"),
    path("nhap/viec/<int:pk>/", importing.work, name="file_work"),
    path("nhap/minh-chung/<int:pk>/", importing.paper, name="filed_paper"),
    path("nhap/<slug:kind>/", importing.upload, name="file"),
    path("nhap/<slug:kind>/mau.csv", importing.template, {"form": "csv"}, name="file_template_csv"),
    path("nhap/<slug:kind>/mau.xlsx", importing.template, {"form": "xlsx"}, name="file_template_xlsx"),
    path("lua-chon/<int:pk>/", first_choices, name="first_choices"),
    path("nam/", annual.reports, name="annual"),
    path("nam/viec/<int:pk>/", annual.work, name="annual_work"),
    path("nam/mau/<str:code>/", patterns.pattern, name="annual_pattern"),
    path("nam/ngay-chot/", patterns.cut_days, name="annual_cut_days"),
    path("nam/<int:pk>/", annual.report, name="annual_report"),
    path("nam/<int:pk>/moi/", annual.anew, name="annual_anew"),
    path("nam/<int:pk>/tra-so.xlsx", looking_up.numbers, name="annual_numbers"),
    path("nam/<int:pk>/tep/<str:name>", annual.file, name="annual_file"),
    path("viec/", works.works, name="works"),
    path("viec/<int:pk>/tep/", works.work_file, name="work_file"),
    path("chung-nhan/", certificates.batch, name="certificates"),
    path("chung-nhan/<int:pk>.pdf", certificates.file, name="certificate_file"),
    path("chung-nhan/<int:pk>/thu-hoi/", certificates.revoke_one, name="revoke_certificate"),
    path("chung-nhan/<int:pk>/cap-lai/", certificates.reissue_one, name="reissue_certificate"),
    path("chung-nhan/cap/<int:pk>/", certificates.issue_one, name="issue_certificate"),
    path("xac-nhan/<str:code>/", confirming.confirm, name="confirm"),
    path("xac-nhan/<str:code>/<int:pk>/", confirming.confirmed, name="confirmed"),
    path("them-luot/<int:pk>/<uuid:quiz_key>/", grants.grant_attempt, name="grant_attempt"),
    path("mien-hoan/", reliefs.reliefs, name="reliefs"),
    path("mien-hoan/moi/", reliefs.ask_relief, name="ask_relief"),
    path("mien-hoan/quyet-dinh/", reliefs.decide_reliefs, name="decide_reliefs"),
    path("mien-hoan/<int:pk>/", reliefs.relief, name="relief"),
    path("cong-khai/", switching, name="public"),
    path("dinh-ky/", saved.saved, name="saved"),
    path("dinh-ky/<int:pk>/", saved.opened, name="saved_report"),
    path("chon/", choosing, name="choose"),
    path("chon/<int:pk>/phieu/", slips, name="slips_chosen"),
    path("chon/<int:pk>/lop/", invite_chosen, name="invite_chosen"),
    path("chon/<int:pk>/mien/", relieving.excuse, name="excuse_chosen"),
    path("chon/<int:pk>/gia-han/", relieving.extend, name="extend_chosen"),
    path("chon/<int:pk>/khoa/", assigning.assign_chosen, name="assign_chosen"),
    path("chon/<int:pk>/kem/", buddying.name_for_chosen, name="buddy_chosen"),
    path("hoc-them/", assigning.assigned, name="assigned"),
    path("kem/", buddying.buddies, name="buddies"),
    path("can-bo/", listed.find, name="find"),
    path("can-bo/<path:staff_code>/", person.person, name="person"),
    path("<slug:requirement>/<str:code>/", figures.unit, name="unit"),
    path("<slug:requirement>/<str:code>/hoi-lai/", forgotten, name="forgotten"),
    path("<slug:requirement>/<str:code>/xuat.csv", downloads.units, {"kind": "csv"}, name="units_csv"),
    path("<slug:requirement>/<str:code>/xuat.xlsx", downloads.units, {"kind": "xlsx"}, name="units_xlsx"),
    path("<slug:requirement>/<str:code>/can-bo/", people.people, name="people"),
    path("<slug:requirement>/<str:code>/can-bo/xuat.csv", downloads.people, {"kind": "csv"}, name="people_csv"),
    path("<slug:requirement>/<str:code>/can-bo/xuat.xlsx", downloads.people, {"kind": "xlsx"}, name="people_xlsx"),
    path(f"{ABOUT}bien-dong/", movements.movement, name="movement"),
    path(f"{ABOUT}bien-dong/xuat.csv", movement_files.bridge, CSV, name="movement_csv"),
    path(f"{ABOUT}bien-dong/xuat.xlsx", movement_files.bridge, XLSX, name="movement_xlsx"),
    path(f"{ABOUT}bien-dong/can-bo/", movements.people, name="movement_people"),
    path(f"{ABOUT}bien-dong/can-bo/xuat.csv", movement_files.people, CSV, name="movement_people_csv"),
    path(f"{ABOUT}bien-dong/can-bo/xuat.xlsx", movement_files.people, XLSX, name="movement_people_xlsx"),
    path(f"{ABOUT}gop/", together.together, name="together"),
    path(f"{ABOUT}gop/xuat.csv", together.groups_file, CSV, name="together_csv"),
    path(f"{ABOUT}gop/xuat.xlsx", together.groups_file, XLSX, name="together_xlsx"),
    path(f"{ABOUT}gop/can-bo/", together.people, name="together_people"),
    path(f"{ABOUT}gop/can-bo/xuat.csv", together.people_file, CSV, name="together_people_csv"),
    path(f"{ABOUT}gop/can-bo/xuat.xlsx", together.people_file, XLSX, name="together_people_xlsx"),
]
