"""One list of addresses a process; whoever adds one adds its row to the access table."""

from django.urls import URLPattern, path

from foreigners.views import amending, annotating, papers, sealed, stepping
from foreigners.views import cases as case_views

app_name = "foreigners"

findings: list[URLPattern] = []
persons: list[URLPattern] = []
cases: list[URLPattern] = [
    path("kasus/", case_views.cases, name="cases"),
    path("kasus/saringan/", case_views.save_filter, name="save_filter"),
    path(
        "kasus/saringan/<int:pk>/hapus/", case_views.delete_filter, name="delete_filter"
    ),
    path("kasus/tersegel/", sealed.sealed_cases, name="sealed_cases"),
    path("kasus/tersegel/<int:pk>/", sealed.sealed_case, name="sealed_case"),
    path("kasus/berkas/<int:pk>/", papers.paper, name="paper"),
    path("kasus/<int:pk>/", case_views.case, name="case"),
    path("kasus/<int:pk>/langkah/<slug:action>/", stepping.step, name="step"),
    path("kasus/<int:pk>/lembar/<int:event_pk>/", stepping.receipt, name="receipt"),
    path("kasus/<int:pk>/ubah/", amending.case_edit, name="case_edit"),
    path("kasus/<int:pk>/klasifikasi/", amending.case_classify, name="case_classify"),
    path("kasus/<int:pk>/petugas/", amending.case_assign, name="case_assign"),
    path(
        "kasus/<int:pk>/pelanggaran/",
        amending.case_add_violation,
        name="case_add_violation",
    ),
    path(
        "kasus/<int:pk>/pelanggaran/<int:row_pk>/hapus/",
        amending.case_remove_violation,
        name="case_remove_violation",
    ),
    path("kasus/<int:pk>/orang/", amending.case_find_person, name="case_find_person"),
    path(
        "kasus/<int:pk>/orang/tambah/", amending.case_add_person, name="case_add_person"
    ),
    path("kasus/<int:pk>/catatan/", annotating.note_add, name="note_add"),
    path(
        "kasus/<int:pk>/catatan/<int:note_pk>/berkas/<int:upload_pk>/",
        papers.note_file,
        name="note_file",
    ),
    path("kasus/<int:pk>/menunggu/", annotating.hold_start, name="hold_start"),
    path(
        "kasus/<int:pk>/menunggu/<int:hold_pk>/selesai/",
        annotating.hold_end,
        name="hold_end",
    ),
]
work: list[URLPattern] = []
measures: list[URLPattern] = []
custody: list[URLPattern] = []
law: list[URLPattern] = []

urlpatterns = [*findings, *persons, *cases, *work, *measures, *custody, *law]
