from allauth.account import views as account
from django.contrib import admin
from django.urls import include, path, re_path

from agencies.views.health import health

# Of the account library only what invited people need; the rest has no address.
accounts = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    # The library asks for these two names; the adapter closes what stands behind.
    path("daftar/", account.signup, name="account_signup"),
    path("ulangi/", account.reauthenticate, name="account_reauthenticate"),
    path("kata-sandi/", account.password_change, name="account_change_password"),
    path("kata-sandi/baru/", account.password_set, name="account_set_password"),
    path("kata-sandi/lupa/", account.password_reset, name="account_reset_password"),
    path(
        "kata-sandi/lupa/terkirim/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "kata-sandi/tersimpan/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^kata-sandi/tautan/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("perangkat/", include("allauth.usersessions.urls")),
]

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("meetings.urls")),
    path("", include("foreigners.urls")),
    path("", include("documents.urls")),
    path("kelola/", include("agencies.urls")),
    path("akun/", include(accounts)),
    path("panel-teknis/", admin.site.urls),
    path("sehat/", health, name="health"),
]
