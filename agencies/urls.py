from django.urls import path

from agencies.views import accounts, audit, masters

app_name = "agencies"
urlpatterns = [
    path("", masters.overview, name="overview"),
    path("kantor/", masters.office, name="office"),
    path("kantor/logo.png", masters.logo, name="logo"),
    path("akun/", accounts.accounts, name="accounts"),
    path("akun/baru/", accounts.invite, name="invite"),
    path("akun/<int:pk>/", accounts.account, name="account"),
    path("akun/<int:pk>/<str:act>/", accounts.account_act, name="account_act"),
    path("audit/", audit.audit, name="audit"),
    path("data/<str:kind>/", masters.master_list, name="master_list"),
    path("data/<str:kind>/baru/", masters.master_edit, name="master_new"),
    path("data/<str:kind>/<str:pk>/", masters.master_edit, name="master_edit"),
    path(
        "data/<str:kind>/<str:pk>/hapus/", masters.master_remove, name="master_remove"
    ),
]
