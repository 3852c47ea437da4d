from django.urls import path

from reports.views import dashboards, exporting, home, recap_files, recaps

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
    path("rekap/", recaps.recaps, name="recaps"),
    path("rekap/baru/", recaps.recap_new, name="recap_new"),
    path("rekap/<int:pk>/", recaps.recap, name="recap"),
    path("rekap/<int:pk>/sel/<str:code>/", recaps.cell, name="cell"),
    path("rekap/<int:pk>/hitung/", recaps.recap_compute, name="recap_compute"),
    path("rekap/<int:pk>/berkas/", recaps.recap_papers, name="recap_papers"),
    path("rekap/<int:pk>/hentikan/", recaps.recap_stop, name="recap_stop"),
    path("rekap/<int:pk>/narasi/", recaps.recap_narrative, name="recap_narrative"),
    path("rekap/<int:pk>/bekukan/", recaps.recap_freeze, name="recap_freeze"),
    path("rekap/<int:pk>/koreksi/", recaps.recap_correct, name="recap_correct"),
    path("rekap/<int:pk>/terbitkan/", recaps.recap_publish, name="recap_publish"),
    path(
        "rekap/<int:pk>/banding/<int:other>/",
        recaps.recap_compare,
        name="recap_compare",
    ),
    path("rekap/<int:pk>/rekap.xlsx", recap_files.recap_xlsx, name="recap_xlsx"),
    path("rekap/<int:pk>/rekap.docx", recap_files.recap_docx, name="recap_docx"),
]
