from django.urls import path

from meetings.views import (
    agenda,
    approving,
    attendance_papers,
    calendar,
    checkin,
    circulating,
    convening,
    correcting,
    dossiers,
    entries,
    exporting,
    followups,
    inviting,
    link_review,
    links,
    materials,
    operations,
    photos,
    reviewing,
    rollcall,
    search,
    sessions,
)

app_name = "meetings"
urlpatterns = [
    path("rapat/", convening.meeting_list, name="list"),
    path("rapat/baru/", convening.new, name="new"),
    path("rapat/<int:pk>/", convening.detail, name="detail"),
    path(
        "rapat/<int:pk>/kalender.ics",
        calendar.meeting_calendar,
        name="meeting_calendar",
    ),
    path("rapat/<int:pk>/ubah/", convening.edit, name="edit"),
    path("rapat/<int:pk>/jadwal/", convening.reschedule, name="reschedule"),
    path("rapat/<int:pk>/batal/", convening.cancel, name="cancel"),
    path("rapat/<int:pk>/templat/", convening.keep_template, name="keep_template"),
    path("rapat/<int:pk>/acara/", agenda.agenda, name="agenda"),
    path("mata-acara/<int:pk>/", agenda.agenda_item, name="agenda_item"),
    path("mata-acara/<int:pk>/<str:act>/", agenda.agenda_act, name="agenda_act"),
    path("rapat/<int:pk>/undangan/", inviting.invitations, name="invitations"),
    path("rapat/<int:pk>/undangan/anggota/", inviting.roster, name="roster"),
    path("rapat/<int:pk>/kirim/", inviting.send, name="send"),
    path("undangan/<int:pk>/", inviting.invitation, name="invitation"),
    path("undangan/<int:pk>/jawab/", inviting.answer, name="answer"),
    path("undangan/<int:pk>/surat-izin/", inviting.excuse_letter, name="excuse_letter"),
    path(
        "undangan/<int:pk>/<str:act>/", inviting.invitation_act, name="invitation_act"
    ),
    path("u/<str:token>/", links.link, name="link"),
    path("u/<str:token>/surat/", links.link_letter, name="link_letter"),
    path("u/<str:token>/kalender.ics", links.link_calendar, name="link_calendar"),
    path("rapat/<int:pk>/kehadiran/", rollcall.attendance, name="attendance"),
    path(
        "rapat/<int:pk>/kehadiran/jumlah/",
        rollcall.attendance_counts,
        name="attendance_counts",
    ),
    path(
        "rapat/<int:pk>/kehadiran/tamu/",
        rollcall.attendance_walk_in,
        name="attendance_walk_in",
    ),
    path(
        "rapat/<int:pk>/kehadiran/<int:line>/",
        rollcall.attendance_line,
        name="attendance_line",
    ),
    path(
        "rapat/<int:pk>/kehadiran/<int:line>/tandai/",
        rollcall.attendance_mark,
        name="attendance_mark",
    ),
    path("rapat/kalender/", calendar.calendar, name="calendar"),
    path("cari/", search.search, name="search"),
    path("tindak-lanjut/", followups.follow_ups, name="follow_ups"),
    path("tindak-lanjut/<int:pk>/", followups.follow_up, name="follow_up"),
    path("tindak-lanjut/<int:pk>/tenggat/", followups.move_due, name="move_due"),
    path("tindak-lanjut/<int:pk>/batal/", followups.cancel_duty, name="cancel_duty"),
    path(
        "tindak-lanjut/<int:pk>/bukti/<int:upload_pk>/",
        followups.evidence,
        name="evidence",
    ),
    path("laporan-kemajuan/<int:pk>/", followups.judge_progress, name="judge_progress"),
    path(
        "rapat/<int:pk>/kehadiran/<int:line>/tanda-tangan/",
        rollcall.attendance_signature,
        name="attendance_signature",
    ),
    path(
        "rapat/<int:pk>/kehadiran/cetak/<str:kind>/",
        attendance_papers.attendance_print,
        name="attendance_print",
    ),
    path(
        "rapat/<int:pk>/kehadiran/berkas/",
        attendance_papers.attendance_papers,
        name="attendance_papers",
    ),
    path("rapat/<int:pk>/hadir/", checkin.attend, name="attend"),
    path(
        "rapat/<int:pk>/hadir/<int:line>/pulang/",
        checkin.attend_leave,
        name="attend_leave",
    ),
    path("u/<str:token>/hadir/", checkin.link_attend, name="link_attend"),
    path(
        "u/<str:token>/hadir/<int:line>/pulang/",
        checkin.link_leave,
        name="link_leave",
    ),
    path("rapat/<int:pk>/buka/", sessions.open_session, name="open_session"),
    path("rapat/<int:pk>/tutup/", sessions.close_session, name="close_session"),
    path("rapat/<int:pk>/notula/", entries.minutes, name="minutes"),
    path(
        "rapat/<int:pk>/notula/butir/", entries.minutes_entries, name="minutes_entries"
    ),
    path(
        "rapat/<int:pk>/notula/butir/<uuid:key>/", entries.entry_save, name="entry_save"
    ),
    path(
        "rapat/<int:pk>/notula/butir/<uuid:key>/hapus/",
        entries.entry_delete,
        name="entry_delete",
    ),
    path(
        "rapat/<int:pk>/notula/butir/<uuid:key>/pindah/",
        entries.entry_move,
        name="entry_move",
    ),
    path("rapat/<int:pk>/foto/", photos.photos, name="photos"),
    path("rapat/<int:pk>/foto/<int:photo>/", photos.photo_file, name="photo_file"),
    path("rapat/<int:pk>/foto/<int:photo>/ubah/", photos.photo_edit, name="photo_edit"),
    path("rapat/<int:pk>/paparan/", materials.materials, name="materials"),
    path(
        "rapat/<int:pk>/paparan/<int:material>/unduh/",
        materials.material_file,
        name="material_file",
    ),
    path(
        "rapat/<int:pk>/paparan/<int:material>/hapus/",
        materials.material_delete,
        name="material_delete",
    ),
    path("rapat/<int:pk>/tinjauan/", reviewing.review, name="review"),
    path("rapat/<int:pk>/tinjauan/buka/", reviewing.review_open, name="review_open"),
    path(
        "rapat/<int:pk>/tinjauan/setuju/",
        reviewing.review_confirm,
        name="review_confirm",
    ),
    path(
        "rapat/<int:pk>/tinjauan/butir/<int:entry_pk>/",
        reviewing.review_contest,
        name="review_contest",
    ),
    path(
        "rapat/<int:pk>/tinjauan/keberatan/<int:objection_pk>/",
        reviewing.settle,
        name="settle",
    ),
    path(
        "rapat/<int:pk>/tinjauan/ajukan/",
        reviewing.review_submit,
        name="review_submit",
    ),
    path("u/<str:token>/tinjauan/", link_review.link_review, name="link_review"),
    path(
        "u/<str:token>/tinjauan/setuju/", link_review.link_confirm, name="link_confirm"
    ),
    path(
        "u/<str:token>/tinjauan/butir/<int:entry_pk>/",
        link_review.link_contest,
        name="link_contest",
    ),
    path("rapat/<int:pk>/pengesahan/", approving.approval, name="approval"),
    path("rapat/<int:pk>/pengesahan/sahkan/", approving.approve, name="approve"),
    path(
        "rapat/<int:pk>/pengesahan/kembalikan/",
        approving.approval_return,
        name="approval_return",
    ),
    path("rapat/<int:pk>/perbaikan/", correcting.correct, name="correct"),
    path(
        "rapat/<int:pk>/perbaikan/batal/",
        correcting.correction_drop,
        name="correction_drop",
    ),
    path("rapat/<int:pk>/perubahan/", correcting.changes, name="changes"),
    path(
        "rapat/<int:pk>/notula/akoma-ntoso.xml",
        exporting.minutes_xml,
        name="minutes_xml",
    ),
    path(
        "rapat/<int:pk>/notula/data.json", exporting.minutes_json, name="minutes_json"
    ),
    path("skema/notula-1.json", exporting.minutes_schema, name="minutes_schema"),
    path("rapat/<int:pk>/pengesahan/salinan/", circulating.circulate, name="circulate"),
    path("rapat/<int:pk>/bundel/", dossiers.dossier, name="dossier"),
    path("rapat/<int:pk>/bundel/unduh/", dossiers.dossier_file, name="dossier_file"),
    path("rapat/<int:pk>/operasi/", operations.operation, name="operation"),
    path(
        "rapat/<int:pk>/operasi/laporan/",
        operations.operation_report,
        name="operation_report",
    ),
    path(
        "rapat/<int:pk>/operasi/tempat/",
        operations.operation_place_add,
        name="operation_place_add",
    ),
    path(
        "rapat/<int:pk>/operasi/tempat/<int:place_pk>/",
        operations.operation_place,
        name="operation_place",
    ),
    path(
        "rapat/<int:pk>/operasi/tempat/<int:place_pk>/hasil/",
        operations.operation_result,
        name="operation_result",
    ),
    path(
        "rapat/<int:pk>/operasi/tempat/<int:place_pk>/temuan/",
        operations.operation_finding,
        name="operation_finding",
    ),
    path(
        "rapat/<int:pk>/operasi/tempat/<int:place_pk>/foto/<int:upload_pk>/",
        operations.operation_photo,
        name="operation_photo",
    ),
    path(
        "rapat/<int:pk>/operasi/tempat/<int:place_pk>/foto/<int:upload_pk>/lepas/",
        operations.operation_photo_remove,
        name="operation_photo_remove",
    ),
]
