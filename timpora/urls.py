from django.contrib import admin
from django.urls import include, path

from agencies.views.health import health

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("meetings.urls")),
    path("", include("documents.urls")),
    path("kelola/", include("agencies.urls")),
    path("akun/", include("allauth.account.urls")),
    path("akun/2fa/", include("allauth.mfa.urls")),
    path("panel-teknis/", admin.site.urls),
    path("sehat/", health, name="health"),
]
