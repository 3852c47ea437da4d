"""One list of addresses a process; whoever adds one adds its row to the access table."""

from django.urls import URLPattern, path

from foreigners.views import (
    amending,
    annotating,
    conferring,
    disclosing,
    dossiers,
    examining,
    executing,
    filtering,
    identifying,
    judging,
    keeping,
    measuring,
    objecting,
    ordering,
    papers,
    prosecuting,
    protecting,
    referring,
    reporting,
    sealed,
    searching,
    serving,
    settling,
    stepping,
    triage,
)
from foreigners.views import cases as case_views
from foreigners.views import clocks as clock_views
from foreigners.views import custody as custody_views
from foreigners.views import findings as lists
from foreigners.views import law as law_views
from foreigners.views import overstay as overstay_views

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
persons: list[URLPattern] = [
    path("orang-asing/", identifying.persons, name="persons"),
    path("orang-asing/cari/", searching.person_search, name="person_search"),
    path("orang-asing/baru/", identifying.person_new, name="person_new"),
    path("orang-asing/akses/", disclosing.access_log, name="access_log"),
    path("orang-asing/<int:pk>/", identifying.person, name="person"),
    path("orang-asing/<int:pk>/ubah/", identifying.person_edit, name="person_edit"),
    path(
        "orang-asing/<int:pk>/tambah/<slug:what>/",
        keeping.person_add,
        name="person_add",
    ),
    path(
        "orang-asing/<int:pk>/ke-kasus/",
        keeping.person_to_case,
        name="person_to_case",
    ),
    path(
        "orang-asing/<int:pk>/koreksi/<slug:what>/<int:row_pk>/",
        keeping.person_correct,
        name="person_correct",
    ),
    path(
        "orang-asing/<int:pk>/buka/<slug:what>/<int:row_pk>/",
        disclosing.unmask,
        name="unmask",
    ),
    path("orang-asing/<int:pk>/mirip/", judging.look_alikes, name="look_alikes"),
    path(
        "orang-asing/<int:pk>/banding/<int:other_pk>/", judging.compare, name="compare"
    ),
    path(
        "orang-asing/<int:pk>/gabung/<int:other_pk>/",
        judging.merge_persons,
        name="merge_persons",
    ),
    path("orang-asing/<int:pk>/pisah/<int:merge_pk>/", judging.unmerge, name="unmerge"),
    path(
        "orang-asing/<int:pk>/pertentangan/<slug:subject>/",
        settling.settle,
        name="settle_statements",
    ),
    path("orang-asing/<int:pk>/akses/", disclosing.person_access, name="person_access"),
]
cases: list[URLPattern] = [
    path("kasus/", case_views.cases, name="cases"),
    path("saringan/<slug:slug>/", filtering.save_filter, name="save_filter"),
    path("saringan/<int:pk>/hapus/", filtering.delete_filter, name="delete_filter"),
    path("kasus/tersegel/", sealed.sealed_cases, name="sealed_cases"),
    path("kasus/tersegel/<int:pk>/", sealed.sealed_case, name="sealed_case"),
    path("kasus/berkas/<int:pk>/", papers.paper, name="paper"),
    path(
        "kasus/berkas/<int:pk>/ditandatangani/",
        papers.paper_signed,
        name="paper_signed",
    ),
    path("kasus/<int:pk>/bundel/", dossiers.dossier, name="dossier"),
    path("kasus/<int:pk>/bundel/unduh/", dossiers.dossier_file, name="dossier_file"),
    path("kasus/<int:pk>/", case_views.case, name="case"),
    path("kasus/<int:pk>/bagian/<slug:part>/", case_views.case_part, name="case_part"),
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
work: list[URLPattern] = [
    path("kasus/<int:pk>/surat-perintah/baru/", ordering.order_new, name="order_new"),
    path("surat-perintah/<int:pk>/", ordering.order, name="order"),
    path("surat-perintah/<int:pk>/hasil/", ordering.order_result, name="order_result"),
    path("surat-perintah/<int:pk>/<str:act>/", ordering.order_act, name="order_act"),
    path(
        "kasus/<int:pk>/pemeriksaan/baru/",
        examining.examination_new,
        name="examination_new",
    ),
    path("pemeriksaan/<int:pk>/", examining.examination, name="examination"),
    path(
        "pemeriksaan/<int:pk>/pertanyaan/",
        examining.question_save,
        name="question_save",
    ),
    path(
        "pemeriksaan/<int:pk>/hak/",
        examining.examination_rights,
        name="examination_rights",
    ),
    path(
        "pemeriksaan/<int:pk>/tutup/",
        examining.examination_sign,
        name="examination_sign",
    ),
    path(
        "kasus/<int:pk>/gelar/baru/", conferring.conference_new, name="conference_new"
    ),
    path("gelar/<int:pk>/", conferring.conference, name="conference"),
    path(
        "gelar/<int:pk>/pendapat/",
        conferring.conference_position,
        name="conference_position",
    ),
    path("gelar/<int:pk>/tutup/", conferring.conference_close, name="conference_close"),
    path(
        "gelar/<int:pk>/bekukan/",
        conferring.conference_freeze,
        name="conference_freeze",
    ),
    path(
        "gelar/<int:pk>/batal/", conferring.conference_cancel, name="conference_cancel"
    ),
]
measures: list[URLPattern] = [
    path("kasus/<int:pk>/tindakan/", measuring.measure_new, name="measure_new"),
    path("tindakan/<int:pk>/", measuring.measure, name="measure"),
    path("tindakan/<int:pk>/ubah/", measuring.measure_edit, name="measure_edit"),
    path("tindakan/<int:pk>/hapus/", measuring.measure_drop, name="measure_drop"),
    path("tindakan/<int:pk>/putuskan/", measuring.measure_decide, name="measure_decide"),
    path("tindakan/<int:pk>/sampaikan/", serving.measure_serve, name="measure_serve"),
    path("tindakan/<int:pk>/lebih-awal/", executing.measure_early, name="measure_early"),
    path("tindakan/<int:pk>/laksanakan/", executing.measure_execute, name="measure_execute"),
    path("tindakan/<int:pk>/tinjau/", executing.measure_review, name="measure_review"),
    path("tindakan/<int:pk>/akhiri/", executing.measure_release, name="measure_release"),
    path("tindakan/<int:pk>/berkas/<int:upload_pk>/", measuring.measure_file, name="measure_file"),
    path("tindakan/<int:pk>/keberatan/", objecting.objection_new, name="objection_new"),
    path("keberatan/<int:pk>/", objecting.objection, name="objection"),
    path("keberatan/<int:pk>/teruskan/", objecting.objection_forward, name="objection_forward"),
    path("keberatan/<int:pk>/putusan/", objecting.objection_decide, name="objection_decide"),
    path("keberatan/<int:pk>/berkas/<int:upload_pk>/", objecting.objection_file, name="objection_file"),
    path("kasus/<int:pk>/lembar-hitung/", overstay_views.overstay_new, name="overstay_new"),
    path("lembar-hitung/<int:pk>/", overstay_views.overstay, name="overstay"),
    path("orang-asing/<int:pk>/pelindungan/", protecting.person_protection, name="person_protection"),
    path("orang-asing/<int:pk>/pelindungan/berkas/<int:upload_pk>/", protecting.person_protection_file, name="person_protection_file"),
    path("kasus/<int:pk>/pelindungan/<int:person_pk>/", protecting.protection, name="protection"),
    path("kasus/<int:pk>/pelindungan/berkas/<int:upload_pk>/", protecting.protection_file, name="protection_file"),
    path("tenggat/", clock_views.clocks, name="clocks"),
    path("tenggat/<int:pk>/", clock_views.clock, name="clock"),
    path("tenggat/<int:pk>/jeda/", clock_views.clock_pause, name="clock_pause"),
    path("tenggat/<int:pk>/lanjut/", clock_views.clock_resume, name="clock_resume"),
    path("tenggat/<int:pk>/perpanjang/", clock_views.clock_extend, name="clock_extend"),
]  # fmt: skip
custody: list[URLPattern] = [
    path(
        "kasus/<int:pk>/barang-bukti/baru/",
        custody_views.evidence_new,
        name="evidence_new",
    ),
    path("barang-bukti/<int:pk>/", custody_views.evidence, name="evidence"),
    path(
        "barang-bukti/<int:pk>/kartu/",
        custody_views.evidence_card,
        name="evidence_card",
    ),
    path(
        "barang-bukti/<int:pk>/berkas/",
        custody_views.evidence_file,
        name="evidence_file",
    ),
    path(
        "barang-bukti/<int:pk>/serahkan/",
        custody_views.evidence_hand_over,
        name="evidence_hand_over",
    ),
    path(
        "barang-bukti/<int:pk>/lepas/",
        custody_views.evidence_let_go,
        name="evidence_let_go",
    ),
    path(
        "serah-terima/<int:pk>/<str:act>/",
        custody_views.custody_answer,
        name="custody_answer",
    ),
    path("kasus/<int:pk>/limpah/baru/", referring.referral_new, name="referral_new"),
    path("pelimpahan/", referring.referrals, name="referrals"),
    path("pelimpahan/<int:pk>/", referring.referral, name="referral"),
    path("pelimpahan/<int:pk>/surat/", referring.referral_paper, name="referral_paper"),
    path(
        "pelimpahan/<int:pk>/<str:act>/",
        referring.referral_answer,
        name="referral_answer",
    ),
    path(
        "kasus/<int:pk>/penyidikan/baru/",
        prosecuting.prosecution_new,
        name="prosecution_new",
    ),
    path(
        "penyidikan/<int:pk>/<str:act>/",
        prosecuting.prosecution_act,
        name="prosecution_act",
    ),
    path("kasus/<int:pk>/teguran/baru/", prosecuting.warning_new, name="warning_new"),
    path(
        "kasus/<int:pk>/bukti/<int:upload_pk>/",
        prosecuting.case_proof,
        name="case_proof",
    ),
]
law: list[URLPattern] = [
    path("hukum/", law_views.law, name="law"),
    path("hukum/<str:kind>/", law_views.law_list, name="law_list"),
    path("hukum/<str:kind>/baru/", law_views.law_edit, name="law_new"),
    path("hukum/<str:kind>/<str:pk>/", law_views.law_edit, name="law_edit"),
]

urlpatterns = [*findings, *persons, *cases, *work, *measures, *custody, *law]
