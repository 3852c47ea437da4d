"""The conditions under which a step is lawful: each looks, and says what is missing.

A condition changes nothing and decides about nobody; it reads what was recorded. Each
answers None, or a sentence that names what is missing and what to do about it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foreigners.models import (
    CaseNote,
    CasePerson,
    Clock,
    Order,
    Referral,
)
from foreigners.queries.protection import is_protected
from foreigners.services.attempt import Attempt

ORDER_CLOCK = "order_after_exception"

Question = Callable[[Attempt], str | None]


@dataclass(frozen=True)
class Guard:
    """``name`` is the stable code, ``label`` what the receipt says was looked at."""

    name: str
    label: Any
    missing: Question


def guard(label: Any) -> Callable[[Question], Guard]:
    return lambda question: Guard(question.__name__, label, question)


def is_approved_exception(order: Order) -> bool:
    return bool(order.exception) and order.approved_at is not None


@guard(gettext_lazy("Surat perintah terbit, atau pengecualian disetujui"))
def order_or_exception(attempt: Attempt) -> str | None:
    if any(o.issued_on or is_approved_exception(o) for o in attempt.new_orders):
        return None
    return _(
        "Belum ada surat perintah pengawasan untuk pemeriksaan ini. Terbitkan surat "
        "perintah, atau catat pengecualian yang sudah disetujui."
    )


@guard(gettext_lazy("Surat perintah ada, atau batas waktu menyusul masih berjalan"))
def order_stands(attempt: Attempt) -> str | None:
    if any(order.issued_on for order in attempt.orders):
        return None
    running = (
        clock.state == Clock.State.RUNNING and clock.due_on >= attempt.on
        for clock in attempt.clocks_called(ORDER_CLOCK)
    )
    if any(is_approved_exception(o) for o in attempt.orders) and any(running):
        return None
    return _(
        "Surat perintah belum terbit dan batas waktu menyusulnya tidak sedang berjalan. "
        "Terbitkan surat perintah dahulu."
    )


@guard(gettext_lazy("Hasil pemeriksaan lapangan dicatat"))
def check_recorded(attempt: Attempt) -> str | None:
    if any(order.result_at for order in attempt.orders):
        return None
    return _(
        "Hasil pemeriksaan lapangan belum dicatat. Catat hasilnya pada surat perintah, "
        "juga bila nihil."
    )


@guard(gettext_lazy("Terduga atau penjamin disebut"))
def somebody_named(attempt: Attempt) -> str | None:
    if attempt.subjects or attempt.guarantors:
        return None
    return _(
        "Belum ada orang asing sebagai terduga dan belum ada penjamin. Tambahkan pada "
        "bagian Orang."
    )


@guard(gettext_lazy("Dugaan pelanggaran disebut"))
def violation_named(attempt: Attempt) -> str | None:
    if attempt.violations:
        return None
    return _("Dugaan pelanggaran belum dipilih. Tambahkan pada bagian Pelanggaran.")


@guard(gettext_lazy("Semua pelanggaran dapat selesai dengan teguran"))
def violations_allow_warning(attempt: Attempt) -> str | None:
    violations = [row.violation for row in attempt.violations]
    if not violations:
        return _("Dugaan pelanggaran belum dipilih. Tambahkan pada bagian Pelanggaran.")
    heavy = [str(one.code) for one in violations if not one.allows_warning]
    if not heavy:
        return None
    return _(
        "%s tidak dapat selesai dengan teguran. Lanjutkan ke pemeriksaan, atau perbaiki "
        "dugaan pelanggaran."
    ) % ", ".join(heavy)


@guard(gettext_lazy("Teguran dicatat dengan bukti"))
def warning_proven(attempt: Attempt) -> str | None:
    since = attempt.reopened_at
    for warning in attempt.warnings:
        if since is None or warning.settled_on >= since.date():
            return None
    return _("Belum ada teguran dengan bukti. Catat teguran atau perbaikannya.")


@guard(gettext_lazy("Pelimpahan dikirim"))
def referral_sent(attempt: Attempt) -> str | None:
    if states_of_referrals(attempt) & {Referral.State.SENT, Referral.State.ACCEPTED}:
        return None
    return _("Belum ada pelimpahan yang dikirim ke instansi lain. Buat pelimpahannya.")


@guard(gettext_lazy("Semua pelimpahan ditolak atau ditarik"))
def referrals_refused(attempt: Attempt) -> str | None:
    states = states_of_referrals(attempt)
    if states and states <= {Referral.State.REFUSED, Referral.State.REVOKED}:
        return None
    return _(
        "Masih ada pelimpahan yang menunggu jawaban atau sudah diterima. Tarik "
        "pelimpahan itu dahulu bila kasus hendak ditangani sendiri."
    )


@guard(gettext_lazy("Pelimpahan diterima dengan tanda terima"))
def referral_accepted(attempt: Attempt) -> str | None:
    states = states_of_referrals(attempt)
    if Referral.State.ACCEPTED in states and Referral.State.SENT not in states:
        return None
    return _(
        "Instansi tujuan belum menerima pelimpahan. Tunggu jawaban dan nomor tanda "
        "terimanya."
    )


def states_of_referrals(attempt: Attempt) -> set[str]:
    return {referral.state for referral in attempt.referrals}


@guard(gettext_lazy("Seseorang ditetapkan memerlukan pelindungan"))
def protection_determined(attempt: Attempt) -> str | None:
    if any(is_protected(person.foreigner) for person in attempt.persons):
        return None
    return _(
        "Belum ada jawaban “Ya” pada gerbang pelindungan (korban perdagangan atau "
        "penyelundupan orang, pengungsi, anak, tanpa kewarganegaraan). Catat penetapannya."
    )


@guard(gettext_lazy("Penyerahan kepada pihak pelindung dicatat"))
def hand_over_recorded(attempt: Attempt) -> str | None:
    case = attempt.case
    if Referral.State.ACCEPTED in states_of_referrals(attempt):
        return None
    if CaseNote.objects.filter(case=case.pk, at__gte=case.state_since).exists():
        return None
    return _(
        "Penyerahan belum dicatat. Limpahkan ke unit pelindungan sampai diterima, atau "
        "tulis catatan penyerahan."
    )


@guard(gettext_lazy("BAP setiap terduga ditandatangani"))
def examinations_signed(attempt: Attempt) -> str | None:
    signed = {e.person_id for e in attempt.examinations if e.is_signed}
    if attempt.subjects:
        owed = [str(p.foreigner) for p in attempt.subjects if p.pk not in signed]
        if not owed:
            return None
        return _("BAP belum ditandatangani untuk %s. Selesaikan pemeriksaannya.") % (
            ", ".join(owed)
        )
    witnesses = {
        p.pk for p in attempt.persons if p.role == CasePerson.Role.WITNESS
    } & signed
    if witnesses or any(order.result_at for order in attempt.all_orders):
        return None
    return _(
        "Kasus ini hanya menyangkut penjamin: perlu BAP saksi yang ditandatangani atau "
        "hasil pemeriksaan lapangan yang dicatat."
    )


@guard(gettext_lazy("Gelar kasus disiapkan"))
def conference_convened(attempt: Attempt) -> str | None:
    conference = attempt.conference
    if conference and conference.is_open:
        return None
    return _("Gelar kasus belum disiapkan. Tentukan waktu, pimpinan, dan anggotanya.")
