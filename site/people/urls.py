"""Addresses under `/tai-khoan/`.

The URLs of allauth that are needed here are listed one by one, so that a new version opens no others. Registration and
e-mail management do not exist: people come from the roster. The names of their URLs stay, since allauth reverses some
of them.
"""

from allauth.account import views
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import path, re_path
from django.views.generic import RedirectView

from people.privacy import told as told_page
from people.reforms.screens import deciding as reform_pages
from people.reforms.screens import preparing as reform_drafts
from people.reforms.screens import tables as reform_tables
from people.screens import changes as changes_page
from people.screens import insistences as insistences_page
from people.screens import merging as merging_pages
from people.screens import notices as notices_page
from people.screens import oversight as oversight_page
from people.screens import own_data as own_data_page
from people.screens import role_requests as role_requests_page
from people.screens import slips as slip_printing
from people.screens.account import account, end_session
from people.screens.activation import activate
from people.screens.second_step import ask_link, changing, open_link
from people.screens.welcome import welcome
from people.signing_in import identity_provider
from people.signing_in import second_step_views as second_step_pages
from people.signing_in.resuming import send_kept_form
from people.signing_in.views import sign_in

to_account = RedirectView.as_view(pattern_name="account")
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("", account, name="account"),
    path("lan-dau/", welcome, name="welcome"),
    path("login/", sign_in, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("kich-hoat/", activate, name="activate"),
    path("gui-tiep/", send_kept_form, name="send_kept_form"),
    path("phien/", end_session, name="end_session"),
    path("phieu-kich-hoat/", slip_printing.slips_home, name="slips_home"),
    path("phieu-kich-hoat/can-bo/<path:staff_code>/", slip_printing.slip_of, name="slip_of"),
    path("phieu-kich-hoat/<str:code>/", slip_printing.slips, name="slips"),
    path("thay-doi/", changes_page.changes, name="changes"),
    path("thay-doi/<int:pk>/", changes_page.change, name="change"),
    path("thay-doi/hoan-tac/<int:pk>/", changes_page.undo, name="undo"),
    path("gop-ho-so/", merging_pages.doubles_page, name="doubles"),
    path("gop-ho-so/<int:one>/<int:other>/", merging_pages.pair, name="merge_pair"),
    path("gop-ho-so/lan/<int:pk>/", merging_pages.merged, name="merge"),
    path("gop-ho-so/hai-nguoi/<int:pk>/", merging_pages.not_same, name="not_same"),
    path("sap-xep/", reform_drafts.reforms, name="reforms"),
    path("sap-xep/<int:pk>/", reform_pages.reform, name="reform"),
    path("sap-xep/<int:pk>/bang/", reform_tables.from_tables, name="reform_tables"),
    path("sap-xep/<int:pk>/ghi/<slug:what>/", reform_drafts.act_by_hand, name="reform_act"),
    path("sap-xep/<int:pk>/phan/<str:code>/", reform_drafts.split, name="reform_split"),
    path("sap-xep/<int:pk>/xem-truoc/<int:work>/", reform_pages.check, name="reform_check"),
    path("sap-xep/<int:pk>/hoan-tac/", reform_pages.back, name="reform_back"),
    path("hai-buoc/", second_step.index, name="mfa_index"),
    path("hai-buoc/lien-ket/", ask_link, name="second_step_ask_link"),
    path("hai-buoc/lien-ket/<str:token>/", open_link, name="second_step_link"),
    path("hai-buoc/xac-nhan/", second_step.authenticate, name="mfa_authenticate"),
    path("hai-buoc/xac-nhan-lai/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("hai-buoc/ung-dung/", changing(totp.activate_totp), name="mfa_activate_totp"),
    path("hai-buoc/ung-dung/tat/", changing(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("hai-buoc/ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("hai-buoc/ma-du-phong/tao/", changing(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("hai-buoc/ma-du-phong/tep/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("hai-buoc/khoa/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("hai-buoc/khoa/them/", changing(keys.add_webauthn), name="mfa_add_webauthn"),
    path("hai-buoc/khoa/xac-nhan-lai/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("hai-buoc/khoa/<int:pk>/ten/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("hai-buoc/khoa/<int:pk>/bo/", changing(second_step_pages.remove_key), name="mfa_remove_webauthn"),
    path("oidc/<slug:provider_id>/", identity_provider.provider_login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/ve/", identity_provider.provider_callback, name="openid_connect_callback"),
    path("du-lieu/", own_data_page.data, name="own_data"),
    path("du-lieu/<int:pk>/tep/", own_data_page.data_file, name="own_data_file"),
    path("du-lieu/xoa/", own_data_page.ask_erasure, name="ask_erasure"),
    path("tin-nhac/", told_page.told, name="told"),
    path("nhat-ky/", own_data_page.log, name="own_log"),
    path("nhat-ky/tat-ca/", oversight_page.log, name="audit_log"),
    path("nhat-ky/tat-ca/xuat.csv", oversight_page.log_file, name="audit_log_file"),
    path("da-biet/", notices_page.seen, name="notices_seen"),
    path("khoi-phuc/<str:token>/", notices_page.restore_account, name="restore_account"),
    path("goi-bao/", notices_page.calls, name="calls"),
    path("goi-bao/<int:pk>/", notices_page.call, name="call"),
    path("de-nghi-vai-tro/", role_requests_page.requests, name="role_requests"),
    path("de-nghi-vai-tro/<int:pk>/", role_requests_page.decision, name="role_request"),
    path("nhan-vai-tro/<int:pk>/", role_requests_page.consent, name="role_consent"),
    path("chu-van-giu/", insistences_page.insistences, name="insistences"),
    path("xoa/", oversight_page.erasures, name="erasures"),
    path("xoa/<int:pk>/", oversight_page.erasure_decision, name="erasure"),
    path("signup/", to_sign_in, name="account_signup"),
    path("login/code/confirm/", to_sign_in, name="account_confirm_login_code"),
    path("email/", to_account, name="account_email"),
    path("confirm-email/", to_account, name="account_email_verification_sent"),
]
