"""The pro justitia route: the order of investigation, the SPDP in time, the stages."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.services.uploads import accept_letter
from foreigners.models import Case, Clock, Conference, Prosecution, StageEvent
from foreigners.services.casefile import touch
from foreigners.services.clocks import meet
from timpora.errors import DomainError

SPDP = "spdp"
ORDER = (
    Prosecution.Stage.INVESTIGATION,
    Prosecution.Stage.CHARGE,
    Prosecution.Stage.TRIAL,
    Prosecution.Stage.VERDICT,
)
ENDED = (Prosecution.Stage.VERDICT, Prosecution.Stage.STOPPED)


class ProsecutionRefused(DomainError):
    pass


@transaction.atomic
def open_prosecution(
    case: Case,
    *,
    order_number: str,
    ordered_on: dt.date,
    investigator: User,
    by: User,
) -> Prosecution:
    """Record the order of investigation after a conference that chose pro justitia."""
    chosen = case.conferences.filter(
        state=Conference.State.HELD, outcome=Conference.Outcome.PROSECUTE
    )
    if case.state != Case.State.CONFERENCE or not chosen.exists():
        raise ProsecutionRefused(
            _("Penyidikan dibuka setelah gelar kasus memilih pro justitia.")
        )
    if case.prosecutions.exists():
        raise ProsecutionRefused(_("Penyidikan untuk kasus ini sudah dibuka."))
    if ordered_on > case.office.today:
        raise ProsecutionRefused(_("Tanggal surat perintah penyidikan belum tiba."))
    prosecution = Prosecution.objects.create(
        case=case,
        order_number=order_number,
        ordered_on=ordered_on,
        investigator=investigator,
        created_by=by,
    )
    touch(case)
    record(
        by,
        "foreigners.open_prosecution",
        case,
        office_id=case.office_id,
        prosecution=prosecution.pk,
        ordered_on=ordered_on,
    )
    return prosecution


@transaction.atomic
def record_spdp(
    prosecution: Prosecution,
    *,
    spdp_number: str,
    spdp_sent_on: dt.date,
    proof: UploadedFile,
    by: User,
) -> None:
    """The notice of investigation went to the prosecutor, with proof; its clock stops."""
    case = prosecution.case
    if spdp_sent_on < prosecution.ordered_on or spdp_sent_on > case.office.today:
        raise ProsecutionRefused(
            _("SPDP dikirim sesudah surat perintah penyidikan dan tidak di masa depan.")
        )
    written = Prosecution.objects.filter(pk=prosecution.pk, spdp_sent_on=None).update(
        spdp_number=spdp_number,
        spdp_sent_on=spdp_sent_on,
        spdp_proof=accept_letter(proof, by=by),
    )
    if not written:
        raise ProsecutionRefused(_("SPDP untuk perkara ini sudah dicatat."))
    prosecution.refresh_from_db()
    for clock in Clock.objects.filter(case=case, rule__code=SPDP, ended_on=None):
        meet(clock, on=spdp_sent_on)
    touch(case)
    record(
        by,
        "foreigners.record_spdp",
        case,
        office_id=case.office_id,
        prosecution=prosecution.pk,
        sent_on=spdp_sent_on,
    )


@transaction.atomic
def advance_stage(
    prosecution: Prosecution,
    *,
    stage: str,
    on: dt.date,
    note: str,
    proof: UploadedFile,
    by: User,
) -> None:
    """The next stage, or the end by SP3, on a paper; no stage is skipped or repeated."""
    case, before = prosecution.case, prosecution.stage
    if before in ENDED:
        raise ProsecutionRefused(_("Perkara ini sudah berakhir."))
    following = ORDER[ORDER.index(Prosecution.Stage(before)) + 1]
    if stage not in {following, Prosecution.Stage.STOPPED}:
        raise ProsecutionRefused(
            _("Tahap berikutnya adalah %s, atau penghentian.") % following.label
        )
    if stage == Prosecution.Stage.CHARGE and prosecution.spdp_sent_on is None:
        raise ProsecutionRefused(_("SPDP belum dikirim kepada penuntut umum."))
    last = prosecution.stages.order_by("-on").values_list("on", flat=True).first()
    if on < (last or prosecution.ordered_on) or on > case.office.today:
        raise ProsecutionRefused(
            _(
                "Tanggal tahap tidak mendahului tahap sebelumnya dan tidak di masa depan."
            )
        )
    won = Prosecution.objects.filter(pk=prosecution.pk, stage=before).update(
        stage=stage
    )
    if not won:
        raise ProsecutionRefused(_("Tahap perkara ini baru saja diubah orang lain."))
    StageEvent.objects.create(
        prosecution=prosecution,
        stage=stage,
        on=on,
        note=note,
        proof=accept_letter(proof, by=by),
        by=by,
    )
    prosecution.refresh_from_db()
    touch(case)
    record(
        by,
        "foreigners.advance_stage",
        case,
        office_id=case.office_id,
        prosecution=prosecution.pk,
        stage=stage,
    )
