"""The conditions of deciding, serving, contesting, carrying out, prosecuting, reopening."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foreigners.models import (
    CaseNote,
    Clock,
    Conference,
    FindingEvent,
    Measure,
    Prosecution,
)
from foreigners.queries.protection import names_of, unasked, what_blocks_removal
from foreigners.services.attempt import Attempt
from foreigners.services.guards import guard

OBJECTION_CLOCK = "objection"
LEAST_CHOICE = 30


def held_for(attempt: Attempt, outcome: Conference.Outcome) -> str | None:
    conference = attempt.conference
    if (
        conference
        and conference.state == Conference.State.HELD
        and conference.outcome == outcome
    ):
        return None
    if conference and conference.state == Conference.State.HELD:
        return _("Hasil gelar kasus adalah “%(is)s”, bukan “%(wanted)s”.") % {
            "is": conference.get_outcome_display(),
            "wanted": outcome.label,
        }
    return _("Gelar kasus belum selesai. Hasilnya dicatat di gelar kasus itu sendiri.")


@guard(gettext_lazy("Gelar kasus menghasilkan tindakan administratif"))
def held_for_measure(attempt: Attempt) -> str | None:
    return held_for(attempt, Conference.Outcome.TAK)


@guard(gettext_lazy("Gelar kasus menghasilkan pro justitia"))
def held_for_prosecution(attempt: Attempt) -> str | None:
    return held_for(attempt, Conference.Outcome.PROSECUTE)


@guard(gettext_lazy("Gelar kasus menghasilkan tidak terbukti"))
def held_for_not_proven(attempt: Attempt) -> str | None:
    return held_for(attempt, Conference.Outcome.NOT_PROVEN)


@guard(gettext_lazy("Gelar kasus menghasilkan pelindungan"))
def held_for_protection(attempt: Attempt) -> str | None:
    return held_for(attempt, Conference.Outcome.PROTECT)


@guard(gettext_lazy("Kriteria pasal 59 ayat (2) dipilih"))
def criteria_chosen(attempt: Attempt) -> str | None:
    # Permenimipas 2/2025 art. 59(2): why a measure and not an investigation.
    if attempt.conference and attempt.conference.criteria:
        return None
    return _(
        "Kriteria memilih tindakan administratif (pasal 59 ayat (2)) belum dicatat pada "
        "gelar kasus."
    )


@guard(gettext_lazy("Tindakan diputuskan, tidak ada yang masih konsep"))
def measures_decided(attempt: Attempt) -> str | None:
    states = {measure.state for measure in attempt.measures}
    if Measure.State.DRAFT in states:
        return _("Masih ada tindakan berupa konsep. Putuskan atau hapus konsepnya.")
    if Measure.State.DECIDED in states:
        return None
    return _("Belum ada tindakan yang diputuskan. Susun dan putuskan tindakannya.")


@guard(gettext_lazy("Pemutus bukan pemeriksa dan bukan penyusun konsep"))
def decider_apart(attempt: Attempt) -> str | None:
    examiners = {examination.examiner_id for examination in attempt.examinations}
    decided = [m for m in attempt.measures if m.state == Measure.State.DECIDED]
    deciders = {measure.decided_by_id for measure in decided}
    drafters = {measure.drafted_by_id for measure in decided}
    by = {attempt.decider.pk} if attempt.decider else set()
    if by:
        drafters |= {who.pk for measure in decided for who in measure.drafters.all()}
    if (deciders | by) & examiners:
        return _(
            "Pemeriksa dalam kasus ini tidak dapat memutus tindakannya. Minta pejabat "
            "lain yang berwenang memutus."
        )
    if by & drafters:
        return _(
            "Penyusun konsep tidak dapat memutus konsepnya sendiri. Minta pejabat lain "
            "yang berwenang memutus."
        )
    return None


@guard(gettext_lazy("Gerbang pelindungan dijawab untuk setiap orang yang terkena"))
def gate_answered(attempt: Attempt) -> str | None:
    owed = {
        str(measure.person.foreigner): unasked(measure.person.foreigner)
        for measure in attempt.standing_measures
        if measure.kind.removes or measure.kind.detains
    }
    owed = {person: kinds for person, kinds in owed.items() if kinds}
    if not owed:
        return None
    return _(
        "Gerbang pelindungan belum dijawab untuk %s. Belum ditanyakan tidak sama dengan "
        "tidak."
    ) % "; ".join(f"{person} ({names_of(kinds)})" for person, kinds in owed.items())


@guard(gettext_lazy("Tidak ada pelindungan yang menghalangi pemindahan"))
def removal_unblocked(attempt: Attempt) -> str | None:
    blocks = {
        what_blocks_removal(measure.person.foreigner)
        for measure in attempt.standing_measures
        if measure.kind.removes and measure.execution != Measure.Execution.IMPOSSIBLE
    } - {None}
    if not blocks:
        return None
    return _(
        "Pemindahan terhalang pelindungan. %s Selesaikan penetapannya dahulu, atau bawa "
        "kasus ke pelindungan."
    ) % " ".join(sorted(str(block) for block in blocks))


@guard(gettext_lazy("Setiap keputusan disampaikan dengan bukti"))
def measures_served(attempt: Attempt) -> str | None:
    standing = attempt.standing_measures
    owed = [m for m in standing if m.state == Measure.State.DECIDED and not m.is_served]
    if standing and not owed:
        return None
    if not standing:
        return _("Tidak ada keputusan yang masih berlaku untuk disampaikan.")
    return _("Belum disampaikan dengan bukti: %s.") % kinds_of(owed)


@guard(gettext_lazy("Ada keberatan yang belum diputus"))
def objection_open(attempt: Attempt) -> str | None:
    if attempt.open_objections:
        return None
    return _("Belum ada keberatan yang diterima. Catat keberatannya dahulu.")


@guard(gettext_lazy("Tidak ada keberatan yang belum diputus"))
def no_open_objection(attempt: Attempt) -> str | None:
    if not attempt.open_objections:
        return None
    return _("Keberatan atas %s belum diputus Menteri.") % kinds_of(
        [objection.measure for objection in attempt.open_objections]
    )


@guard(gettext_lazy("Masa keberatan setiap keputusan sudah habis"))
def objection_window_over(attempt: Attempt) -> str | None:
    over = {
        clock.measure_id
        for clock in attempt.clocks_called(OBJECTION_CLOCK)
        if clock.state in {Clock.State.PASSED, Clock.State.MET}
    }
    served = [m for m in attempt.standing_measures if m.is_served]
    owed = [measure for measure in served if measure.pk not in over]
    if served and not owed:
        return None
    if not served:
        return _("Belum ada keputusan yang disampaikan, sehingga masanya belum mulai.")
    return _("Masa keberatan atas %s masih berjalan.") % kinds_of(owed)


@guard(gettext_lazy("Pilihan tertulis Kepala Kantor untuk setiap tindakan"))
def early_execution_chosen(attempt: Attempt) -> str | None:
    waiting = [m for m in attempt.standing_measures if not m.is_executed]
    owed = [m for m in waiting if len(m.early_execution_reason.strip()) < LEAST_CHOICE]
    if waiting and not owed:
        return None
    if not waiting:
        return _("Tidak ada tindakan yang masih harus dilaksanakan.")
    return _(
        "Alasan tertulis untuk melaksanakan lebih awal belum ada atau terlalu pendek "
        "pada: %s."
    ) % kinds_of(owed)


@guard(gettext_lazy("Sedikitnya satu keputusan tetap berlaku"))
def measure_stands(attempt: Attempt) -> str | None:
    if attempt.standing_measures:
        return None
    return _(
        "Semua keputusan dibatalkan atas keberatan. Tutup kasus karena dibatalkan."
    )


@guard(gettext_lazy("Semua keputusan dibatalkan atas keberatan"))
def all_annulled(attempt: Attempt) -> str | None:
    if attempt.measures and not attempt.standing_measures:
        return None
    if not attempt.measures:
        return _("Belum ada keputusan yang dapat dibatalkan.")
    return _("Masih ada keputusan yang berlaku: %s.") % kinds_of(
        attempt.standing_measures
    )


@guard(gettext_lazy("Setiap tindakan selesai dilaksanakan dengan bukti"))
def measures_executed(attempt: Attempt) -> str | None:
    owed = [m for m in attempt.standing_measures if not m.is_executed]
    if not owed:
        return None
    return _("Belum dilaksanakan dengan bukti: %s.") % kinds_of(owed)


@guard(gettext_lazy("Tidak ada pendetensian yang berjalan"))
def no_running_detention(attempt: Attempt) -> str | None:
    over = {Measure.State.ENDED, Measure.State.ANNULLED}
    running = [
        measure
        for measure in attempt.detentions
        if measure.state not in over
        and measure.execution != Measure.Execution.IMPOSSIBLE
    ]
    if not running:
        return None
    return _(
        "Pendetensian masih berjalan atau menunggu: %s. Catat akhirnya, atau hapus "
        "konsepnya, dahulu."
    ) % kinds_of(running)


@guard(gettext_lazy("Surat perintah penyidikan dicatat"))
def prosecution_ordered(attempt: Attempt) -> str | None:
    if any(prosecution.order_number for prosecution in attempt.prosecutions):
        return None
    return _("Surat perintah penyidikan belum dicatat. Catat nomor dan tanggalnya.")


@guard(gettext_lazy("Perkara putus atau dihentikan, dengan bukti"))
def prosecution_ended(attempt: Attempt) -> str | None:
    final = {Prosecution.Stage.VERDICT, Prosecution.Stage.STOPPED}
    prosecutions = attempt.prosecutions
    prefetch_related_objects(prosecutions, "stages")
    for prosecution in prosecutions:
        proven = {s.stage for s in prosecution.stages.all() if s.proof_id is not None}
        if prosecution.stage not in final or prosecution.stage not in proven:
            return _(
                "Perkara belum putus atau dihentikan dengan bukti. Catat tahapnya."
            )
    return None if prosecutions else _("Belum ada perkara yang dicatat.")


@guard(gettext_lazy("SPDP dikirim"))
def spdp_sent(attempt: Attempt) -> str | None:
    # Permenkumham 39/2021 art. 27.
    if all(prosecution.spdp_sent_on for prosecution in attempt.prosecutions):
        return None
    return _("SPDP belum dicatat terkirim kepada penuntut umum.")


@guard(gettext_lazy("Ada bukti baru sejak kasus berakhir"))
def new_evidence(attempt: Attempt) -> str | None:
    case = attempt.case
    note = CaseNote.objects.filter(
        case=case.pk, at__gte=case.state_since, files__isnull=False
    )
    joined = FindingEvent.objects.filter(
        finding__case=case.pk, at__gte=case.state_since, state="joined"
    )
    if note.exists() or joined.exists():
        return None
    return _(
        "Belum ada bukti baru. Lampirkan berkas pada catatan kasus, atau gabungkan temuan "
        "baru ke kasus ini."
    )


def kinds_of(measures: list[Measure]) -> str:
    return ", ".join(f"{m.kind} ({m.person.foreigner})" for m in measures)
