from django.urls import path

from reports.views import dashboards, exporting, home

app_name = "reports"
urlpatterns = [
    path("", home.home, name="home"),
    path("dasbor/", dashboards.dashboard, name="dashboard"),
    path("dasbor/peta/", dashboards.district_map, name="district_map"),
    path(
        "dasbor/baris/<slug:figure>/", dashboards.dashboard_rows, name="dashboard_rows"
    ),
    path("dasbor/data/<str:kind>/", dashboards.plan_list, name="plan_list"),
    path("dasbor/data/<str:kind>/baru/", dashboards.plan_edit, name="plan_new"),
    path("dasbor/data/<str:kind>/<str:pk>/", dashboards.plan_edit, name="plan_edit"),
    path("ekspor/", exporting.exports, name="exports"),
    path("ekspor/baru/<slug:kind>/", exporting.export_new, name="export_new"),
    path("ekspor/<int:pk>/", exporting.export, name="export"),
    path("ekspor/<int:pk>/batal/", exporting.export_cancel, name="export_cancel"),
    path("ekspor/<int:pk>/unduh/", exporting.export_file, name="export_file"),
]
