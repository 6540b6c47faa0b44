"""Addresses under `/tai-khoan/`.

Those of allauth that make sense here are named one by one, so that a new version opens nothing by itself. Registration
and e-mail management do not exist: people come from the roster. Their names stay, since allauth reverses some of them.
"""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView

from people import oversight_page, own_data_page
from people.account_page import account

to_account = RedirectView.as_view(pattern_name="account")
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("", account, name="account"),
    path("login/", views.login, name="account_login"),
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
    path("du-lieu/", own_data_page.data, name="own_data"),
    path("du-lieu/<int:pk>/tep/", own_data_page.data_file, name="own_data_file"),
    path("du-lieu/xoa/", own_data_page.ask_erasure, name="ask_erasure"),
    path("nhat-ky/", own_data_page.log, name="own_log"),
    path("nhat-ky/tat-ca/", oversight_page.log, name="audit_log"),
    path("nhat-ky/tat-ca/xuat.csv", oversight_page.log_file, name="audit_log_file"),
    path("xoa/", oversight_page.erasures, name="erasures"),
    path("xoa/<int:pk>/", oversight_page.erasure_decision, name="erasure"),
    path("signup/", to_sign_in, name="account_signup"),
    path("login/code/confirm/", to_sign_in, name="account_confirm_login_code"),
    path("email/", to_account, name="account_email"),
    path("confirm-email/", to_account, name="account_email_verification_sent"),
]
