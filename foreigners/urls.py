"""One list of addresses a process; whoever adds one adds its row to the access table."""

from django.urls import URLPattern, path

from foreigners.views import findings as lists
from foreigners.views import reporting, triage

app_name = "foreigners"

findings: list[URLPattern] = [
    path("temuan/", lists.findings, name="findings"),
    path("temuan/baru/", reporting.finding_new, name="finding_new"),
    path("temuan/serupa/", reporting.finding_doubles, name="finding_doubles"),
    path("temuan/<int:pk>/", lists.finding, name="finding"),
    path("temuan/<int:pk>/ubah/", reporting.finding_edit, name="finding_edit"),
    path("temuan/<int:pk>/kirim/", reporting.finding_submit, name="finding_submit"),
    path("temuan/<int:pk>/buang/", reporting.finding_discard, name="finding_discard"),
    path(
        "temuan/<int:pk>/berkas/<int:upload_pk>/",
        lists.finding_file,
        name="finding_file",
    ),
    path(
        "temuan/<int:pk>/berkas/<int:upload_pk>/lepas/",
        reporting.finding_file_remove,
        name="finding_file_remove",
    ),
    path(
        "temuan/<int:pk>/orang/<int:person_pk>/",
        triage.finding_person_link,
        name="finding_person_link",
    ),
    path("temuan/<int:pk>/telaah/", triage.triage, name="triage"),
    path("temuan/<int:pk>/telaah/dasar/", triage.triage_ground, name="triage_ground"),
    path(
        "temuan/<int:pk>/telaah/<str:decision>/",
        triage.triage_decide,
        name="triage_decide",
    ),
]
persons: list[URLPattern] = []
cases: list[URLPattern] = []
work: list[URLPattern] = []
measures: list[URLPattern] = []
custody: list[URLPattern] = []
law: list[URLPattern] = []

urlpatterns = [*findings, *persons, *cases, *work, *measures, *custody, *law]
