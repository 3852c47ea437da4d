"""What the audit trail calls an act, in the words of the office."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

VERBS = {
    "accounts.activate": _("Mengaktifkan akun"),
    "accounts.change": _("Mengubah akun"),
    "accounts.deactivate": _("Menonaktifkan akun"),
    "accounts.invite": _("Mengundang pengguna"),
    "accounts.send_link": _("Mengirim tautan kata sandi"),
    "documents.download": _("Mengunduh berkas"),
    "documents.issue": _("Menerbitkan berkas"),
    "documents.keep_pattern": _("Mengatur pola nomor"),
    "documents.void_number": _("Membatalkan nomor"),
    "foreigners.bind_dossier": _("Menyusun bundel berkas kasus"),
    "foreigners.correct_finding": _("Memperbaiki temuan"),
    "foreigners.register_finding": _("Mendaftarkan temuan"),
    "foreigners.withdraw_finding": _("Menarik temuan"),
    "masters.keep": _("Menyimpan data acuan"),
    "masters.logo": _("Mengganti logo"),
    "masters.remove": _("Menghapus data acuan"),
    "meetings.add_entry": _("Menulis butir notula"),
    "meetings.add_invitee": _("Menambah undangan"),
    "meetings.add_material": _("Mengunggah paparan"),
    "meetings.add_photos": _("Mengunggah foto"),
    "meetings.add_walk_in": _("Mencatat tamu tanpa undangan"),
    "meetings.answer_invitation": _("Menjawab undangan"),
    "meetings.approve_minutes": _("Mengesahkan notula"),
    "meetings.ask_again": _("Meminta tinjauan ulang"),
    "meetings.bind_dossier": _("Menyusun bundel berkas"),
    "meetings.cancel": _("Membatalkan rapat"),
    "meetings.cancel_follow_up": _("Membatalkan tindak lanjut"),
    "meetings.caption_photo": _("Mengubah keterangan foto"),
    "meetings.change_link": _("Mengubah tautan undangan"),
    "meetings.check_in": _("Mencatat kehadiran sendiri"),
    "meetings.circulate_minutes": _("Mengirim salinan edaran notula"),
    "meetings.close_session": _("Menutup rapat"),
    "meetings.confirm_minutes": _("Menyetujui notula"),
    "meetings.contest_entry": _("Menyatakan keberatan"),
    "meetings.correct_attendance": _("Memperbaiki kehadiran"),
    "meetings.correct_follow_up": _("Memperbaiki tindak lanjut"),
    "meetings.create": _("Membuat rapat"),
    "meetings.delete_entry": _("Menghapus butir notula"),
    "meetings.delete_material": _("Menghapus paparan"),
    "meetings.delete_photo": _("Menghapus foto"),
    "meetings.download_dossier": _("Mengunduh bundel berkas"),
    "meetings.download_material": _("Mengunduh paparan"),
    "meetings.drop_correction": _("Membatalkan perbaikan notula"),
    "meetings.edit": _("Mengubah rapat"),
    "meetings.edit_agenda": _("Mengubah susunan acara"),
    "meetings.edit_entry": _("Mengubah butir notula"),
    "meetings.edit_invitee": _("Mengubah undangan"),
    "meetings.export_minutes": _("Mengunduh notula sebagai data"),
    "meetings.judge_progress": _("Memeriksa laporan tindak lanjut"),
    "meetings.leave": _("Mencatat kepulangan"),
    "meetings.make_feed": _("Membuat alamat kalender"),
    "meetings.move_due_date": _("Mengubah tenggat"),
    "meetings.move_entry": _("Memindah butir notula"),
    "meetings.move_photo": _("Memindah foto"),
    "meetings.open_review": _("Membuka tinjauan notula"),
    "meetings.open_session": _("Membuka rapat"),
    "meetings.print_attendance": _("Mencetak daftar hadir"),
    "meetings.read_feed": _("Membaca kalender pribadi"),
    "meetings.record_attendance": _("Mencatat kehadiran"),
    "meetings.remove_invitee": _("Menghapus undangan"),
    "meetings.renew_feed": _("Mengganti alamat kalender"),
    "meetings.report_progress": _("Melaporkan tindak lanjut"),
    "meetings.reschedule": _("Mengubah jadwal"),
    "meetings.resend_invitation": _("Mengirim ulang undangan"),
    "meetings.return_minutes": _("Mengembalikan notula"),
    "meetings.revoke_feed": _("Mencabut alamat kalender"),
    "meetings.save_template": _("Menyimpan templat"),
    "meetings.send_invitations": _("Mengirim undangan"),
    "meetings.settle_objection": _("Menyelesaikan keberatan"),
    "meetings.start_correction": _("Memulai perbaikan notula"),
    "meetings.submit_minutes": _("Mengajukan notula"),
    "meetings.view_photo": _("Melihat foto"),
}


def verb_in_words(verb: str) -> str:
    """The office's words for an act; the verb itself while nobody has given it any."""
    return str(VERBS.get(verb, verb))


def verbs_like(text: str) -> list[str]:
    """The acts whose words contain ``text``."""
    wanted = text.casefold()
    return [verb for verb, words in VERBS.items() if wanted in str(words).casefold()]


def kind_in_words(label: str) -> str:
    """What an act was done to: "meetings.meeting" is a rapat."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label
