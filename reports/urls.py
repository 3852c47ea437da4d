from django.urls import path

from reports.views import exporting, home

app_name = "reports"
urlpatterns = [
    path("", home.home, name="home"),
    path("ekspor/", exporting.exports, name="exports"),
    path("ekspor/baru/<slug:kind>/", exporting.export_new, name="export_new"),
    path("ekspor/<int:pk>/", exporting.export, name="export"),
    path("ekspor/<int:pk>/batal/", exporting.export_cancel, name="export_cancel"),
    path("ekspor/<int:pk>/unduh/", exporting.export_file, name="export_file"),
]
