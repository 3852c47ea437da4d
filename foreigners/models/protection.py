from django.db import models
from django.utils.translation import gettext_lazy as _


class Protection(models.Model):
    """One question of the protective gate and its answer; not asked is not "no".

    The newest row of a kind counts. Facts of health and harm raise protection, never
    suspicion; only those on duty read the note.
    """

    class Kind(models.TextChoices):
        TRAFFICKING = "tppo", _("Korban perdagangan atau penyelundupan orang")
        CHILD = "anak", _("Anak")
        REFUGEE = "pengungsi", _("Pengungsi atau pencari suaka")
        ILLNESS = "sakit", _("Sakit")
        PREGNANCY = "hamil", _("Hamil atau akan melahirkan")
        FAMILY = "keluarga", _("Kesatuan keluarga")
        STATELESS = "tanpa_kewarganegaraan", _("Tanpa kewarganegaraan")

    class Answer(models.TextChoices):
        PENDING = "diperiksa", _("Sedang diperiksa")
        YES = "ya", _("Ya")
        NO = "tidak", _("Tidak")

    # What stands in the way of a removal while it is "yes" or still being examined.
    BLOCKS_REMOVAL = (Kind.TRAFFICKING, Kind.REFUGEE)
    # UU 6/2011 art. 83(2): may be placed elsewhere than in detention.
    ELSEWHERE = (Kind.CHILD, Kind.ILLNESS, Kind.PREGNANCY)

    foreigner = models.ForeignKey(
        "foreigners.Foreigner", models.CASCADE, related_name="protections"
    )
    kind = models.CharField(_("hal"), max_length=25, choices=Kind)
    answer = models.CharField(_("jawaban"), max_length=10, choices=Answer)
    note = models.TextField(_("dasar"))
    evidence = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )
    determined_at = models.DateTimeField(auto_now_add=True)
    determined_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_answer_display()}"
