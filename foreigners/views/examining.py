from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.http import Request, require, tell_unsaved, typed_over
from foreigners.forms.examining import (
    ExaminationForm,
    QuestionForm,
    RightsForm,
    SignForm,
)
from foreigners.http import visible_case
from foreigners.models import Examination, Reading
from foreigners.services.disclosing import note_reading
from foreigners.services.examining import (
    ExaminationChanged,
    missing_from,
    record_rights,
    save_question,
    sign_examination,
    start_examination,
)
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_http_methods(["GET", "POST"])
def examination_new(request: Request, pk: int) -> HttpResponse:
    """Open an interview; whoever opens it is the examiner."""
    case = visible_case(request, pk)
    require(request.user, "foreigners.examine", case)
    form = ExaminationForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            opened = start_examination(case, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Pemeriksaan dimulai."))
            return go_to(request, opened.get_absolute_url())
    return render(
        request,
        "foreigners/examination_form.html",
        {"case": case, "form": form, "has_persons": case.persons.exists()},
        status=422 if form.errors else 200,
    )


@require_GET
def examination(request: Request, pk: int) -> HttpResponse:
    """The interview as it goes on, or as it was signed; opening it is a reading."""
    found = _examination(request, pk)
    note_reading(
        request.user,
        Reading.Verb.OPENED,
        office_id=found.case.office_id,
        foreigners=[found.person.foreigner],
        case=found.case,
        fields=["bap"],
    )
    return show(request, found)


@require_POST
def question_save(request: Request, pk: int) -> HttpResponse:
    """Add or change one question; a stale one comes back beside what is there now."""
    found = _examination(request, pk)
    require(request.user, "foreigners.write_examination", found)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return show(request, found, question_form=form, status=422)
    try:
        save_question(
            found,
            number=form.cleaned_data["number"],
            question=form.cleaned_data["question"],
            answer=form.cleaned_data["answer"],
            revision=form.cleaned_data["revision"] or 0,
        )
    except ExaminationChanged as error:
        # What is there now stands in the list above; saving again replaces exactly that.
        found = _examination(request, pk)
        form = QuestionForm(data=_on_top_of(found, form))
        form.add_error(None, str(error))
        return show(request, found, question_form=form, status=409)
    except DomainError as error:
        tell_unsaved(request, error, form)
    else:
        messages.success(request, _("Tersimpan."))
    return go_to(request, f"{found.get_absolute_url()}#tulis")


@require_POST
def examination_rights(request: Request, pk: int) -> HttpResponse:
    found = _examination(request, pk)
    require(request.user, "foreigners.write_examination", found)
    form = RightsForm(request.POST)
    if not form.is_valid():
        return show(request, found, rights_form=form, status=422)
    try:
        record_rights(found, by=request.user, **form.cleaned_data)
    except DomainError as error:
        found = _examination(request, pk)
        form = RightsForm(typed_over(request, revision=found.revision))
        form.add_error(None, str(error))
        return show(request, found, rights_form=form, status=409)
    messages.success(request, _("Keterangan pemeriksaan tersimpan."))
    return go_to(request, found.get_absolute_url())


@require_POST
def examination_sign(request: Request, pk: int) -> HttpResponse:
    found = _examination(request, pk)
    require(request.user, "foreigners.write_examination", found)
    form = SignForm(request.POST)
    if not form.is_valid():
        return show(request, found, sign_form=form, status=422)
    try:
        sign_examination(found, by=request.user, **form.cleaned_data)
    except DomainError as error:
        found = _examination(request, pk)
        form = SignForm(typed_over(request, revision=found.revision))
        form.add_error(None, str(error))
        return show(request, found, sign_form=form, status=409)
    messages.success(request, _("BAP ditutup dan sedang dicetak."))
    return go_to(request, found.get_absolute_url())


def _examination(request: Request, pk: int) -> Examination:
    examinations = Examination.objects.visible_to(request.user).select_related(
        "case__office",
        "person__foreigner__nationality",
        "examiner",
        "version__document",
    )
    found: Examination = get_object_or_404(
        examinations.prefetch_related("questions"), pk=pk
    )
    return found


def show(
    request: Request,
    examination: Examination,
    *,
    question_form: QuestionForm | None = None,
    rights_form: RightsForm | None = None,
    sign_form: SignForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """``?ubah=3`` opens question 3 for change."""
    return render(
        request,
        "foreigners/examination_detail.html",
        {
            "examination": examination,
            "case": examination.case,
            "missing": missing_from(examination),
            "question_form": question_form
            or QuestionForm(initial=_asked(request, examination)),
            "rights_form": rights_form or RightsForm(initial=_rights(examination)),
            "sign_form": sign_form
            or SignForm(initial={"revision": examination.revision}),
            "next_number": len(examination.questions.all()) + 1,
            "sign_url": reverse("foreigners:examination_sign", args=[examination.pk]),
        },
        status=status,
    )


def _asked(request: Request, examination: Examination) -> dict[str, object]:
    wanted = request.GET.get("ubah", "")
    for row in examination.questions.all():
        if str(row.number) == wanted:
            return {
                "number": row.number,
                "revision": row.revision,
                "question": row.question,
                "answer": row.answer,
            }
    return {}


def _on_top_of(examination: Examination, form: QuestionForm) -> dict[str, object]:
    """The refused text again, over the revision that the question has now."""
    number = form.cleaned_data["number"]
    rows = examination.questions.all()
    row = next((row for row in rows if row.number == number), None)
    return {**form.cleaned_data, "revision": row.revision if row else None}


def _rights(examination: Examination) -> dict[str, object]:
    return {
        "revision": examination.revision,
        "rights_read": examination.rights_read_at is not None,
        "consular": examination.consular,
        "consular_note": examination.consular_note,
        "language": examination.language,
        "interpreter": examination.interpreter,
        "companion": examination.companion,
    }
