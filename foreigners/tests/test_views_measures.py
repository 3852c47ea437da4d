import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import UserFactory
from foreigners.models import (
    Case,
    Clock,
    Measure,
    MeasureKind,
    Objection,
    OverstaySheet,
    Protection,
    Reading,
)
from foreigners.queries import clocks, measures, objections, protection
from foreigners.services.attempt import Attempt
from foreigners.services.measuring import edit_draft
from foreigners.services.objecting import Filing, register_objection
from foreigners.tests.factories import CasePersonFactory, answer_gate
from foreigners.tests.measures import LONG_REASON, bench, examine, pdf_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(client):
    table = bench()
    table.client = client
    client.force_login(table.officer)
    return table


def today(days=0):
    return timezone.localdate() + dt.timedelta(days=days)


def url(name, *args):
    return reverse(f"foreigners:{name}", args=args)


def post(table, name, pk, data=None, by=None):
    table.client.force_login(by or table.officer)
    return table.client.post(url(name, pk), data or {})


def text_of(response):
    return response.content.decode()


def draft_data(table, **fields):
    return {
        "person": table.person.pk,
        "content": "Izin tinggal terbatas dibatalkan.",
        "reason": LONG_REASON,
        **fields,
    }


def kind_url(table, code):
    kind = MeasureKind.objects.get(code=code)
    return url("measure_new", table.case.pk) + f"?jenis={kind.pk}"


def test_kind_comes_first_and_decides_what_is_asked(table):
    page = text_of(table.client.get(url("measure_new", table.case.pk)))
    assert "Deportasi" in page
    assert "Pendetensian" in page

    for code, asked in (
        ("b", set()),
        ("a", {"starts_on", "ends_on"}),
        ("e", {"sheet"}),
        ("83", {"detention_ground", "place", "placement_reason"}),
    ):
        form = table.client.get(kind_url(table, code)).context["form"]
        assert set(form.fields) == {"person", "content", "reason", "revision"} | asked


@pytest.mark.parametrize("wish", ["abc", "999999", "'; --"])
def test_kind_that_is_none_asks_again(table, wish):
    response = table.client.get(url("measure_new", table.case.pk), {"jenis": wish})

    assert "Tindakan apa yang disusun?" in text_of(response)


def test_draft_without_its_reason_comes_back_with_what_was_typed(table):
    response = table.client.post(
        kind_url(table, "b"), draft_data(table, reason="Singkat.")
    )

    assert response.status_code == 422
    assert "Izin tinggal terbatas dibatalkan." in text_of(response)
    assert not Measure.objects.exists()


def test_person_of_another_case_is_no_choice(table):
    stranger = CasePersonFactory()

    response = table.client.post(
        kind_url(table, "b"), draft_data(table, person=stranger.pk)
    )

    assert response.status_code == 422
    assert not Measure.objects.exists()


def test_draft_is_made_and_its_page_opens(table):
    response = table.client.post(kind_url(table, "b"), draft_data(table))

    measure = Measure.objects.get()
    assert response.url == measure.get_absolute_url()
    assert measure.drafted_by == table.officer
    page = text_of(table.client.get(response.url))
    assert LONG_REASON in page
    assert "Putuskan tindakan ini" not in page


def test_text_of_ten_thousand_letters_is_refused_by_its_form(table):
    response = table.client.post(
        kind_url(table, "b"), draft_data(table, content="x" * 10_000)
    )

    assert response.status_code == 422


def test_markup_in_a_draft_stays_text(table):
    table.client.post(
        kind_url(table, "b"), draft_data(table, content="<script>alert(1)</script>")
    )

    page = text_of(table.client.get(Measure.objects.get().get_absolute_url()))
    assert "<script>alert(1)" not in page


def test_stale_edit_is_a_conflict_and_keeps_what_was_typed(table):
    measure = table.draft()
    edit_draft(measure, table.content(content="Lebih dulu."), revision=1, by=table.head)

    response = post(
        table,
        "measure_edit",
        measure.pk,
        draft_data(table, content="Terlambat disimpan.", revision=1),
    )

    assert response.status_code == 409
    assert "Terlambat disimpan." in text_of(response)
    assert Measure.objects.get().content == "Lebih dulu."


def test_edit_of_a_draft_is_saved(table):
    measure = table.draft()

    response = post(
        table,
        "measure_edit",
        measure.pk,
        draft_data(table, content="Isi yang diperbaiki.", revision=1),
    )

    assert response.status_code == 302
    assert Measure.objects.get().content == "Isi yang diperbaiki."


def decide(table, measure, revision, by=None):
    return post(
        table,
        "measure_decide",
        measure.pk,
        {"revision": revision},
        by=by or table.chief,
    )


@pytest.mark.parametrize("revision", ["", "abc", "2", "-1"])
def test_chief_decides_only_what_the_page_showed(table, revision):
    measure = table.draft()

    response = decide(table, measure, revision)

    page = text_of(table.client.get(response.url))
    assert "sejak Anda membacanya" in page
    assert Measure.objects.get().is_draft


def test_chief_who_examined_reads_why_not(table):
    measure = table.draft()
    examine(table.case, table.person, table.chief)

    response = decide(table, measure, 1)

    assert "Anda memeriksa seseorang" in text_of(table.client.get(response.url))
    assert Measure.objects.get().is_draft


def test_double_click_of_the_chief_decides_once(table):
    measure = table.draft()

    decide(table, measure, 1)
    second = decide(table, measure, 1)

    assert "diputuskan" in text_of(table.client.get(second.url))
    assert table.case.papers.count() == 1


def test_dropped_draft_is_gone(table):
    measure = table.draft()

    post(table, "measure_drop", measure.pk, {"revision": 1})

    assert not Measure.objects.exists()


@pytest.mark.parametrize("sent", [{"revision": 1}, {}, {"revision": "9" * 40}])
def test_draft_that_was_changed_since_it_was_read_is_not_dropped(table, sent):
    measure = table.draft()
    edit_draft(measure, table.content(), revision=1, by=table.head)

    response = post(table, "measure_drop", measure.pk, sent)

    assert "diubah atau diputuskan orang lain" in text_of(
        table.client.get(response.url)
    )
    assert Measure.objects.exists()


def test_opening_a_measure_is_a_reading_of_the_person(table):
    measure = table.draft()

    table.client.get(measure.get_absolute_url())

    reading = Reading.objects.get()
    assert (reading.verb, reading.reader, reading.foreigner, reading.case) == (
        "opened",
        table.officer,
        table.person.foreigner,
        table.case,
    )


def test_page_of_a_removal_says_what_stands_in_its_way(table):
    measure = table.draft("f")
    Protection.objects.filter(kind="tppo").update(answer="ya")

    page = text_of(table.client.get(measure.get_absolute_url()))

    assert "gerbang pelindungan menahan" in page
    assert "Node" not in page


def test_title_and_address_name_nobody(table):
    measure = table.draft()

    page = text_of(table.client.get(measure.get_absolute_url()))

    title = page[page.index("<title>") : page.index("</title>")]
    assert table.person.foreigner.name not in title
    assert table.person.foreigner.name in page


def serve_data(**fields):
    return {
        "on": today().isoformat(),
        "to": "Yang bersangkutan",
        "proof": pdf_file(),
        **fields,
    }


def test_service_with_a_wrong_file_comes_back_with_what_was_typed(table):
    measure = table.decided()
    wrong = SimpleUploadedFile("bukti.pdf", b"MZ bukan pdf")

    response = post(
        table,
        "measure_serve",
        measure.pk,
        serve_data(proof=wrong, to="Istri yang bersangkutan"),
    )

    assert response.status_code == 422
    assert "Istri yang bersangkutan" in text_of(response)
    assert not Clock.objects.exists()


def test_service_without_proof_is_refused(table):
    measure = table.decided()

    response = post(table, "measure_serve", measure.pk, serve_data(proof=""))

    assert response.status_code == 422
    assert Measure.objects.get().served_on is None


def test_served_measure_shows_the_last_day_with_its_basis(table):
    measure = table.decided()

    response = post(table, "measure_serve", measure.pk, serve_data())

    page = text_of(table.client.get(response.url))
    clock = Clock.objects.get()
    assert clock.basis[-1] in page
    assert "Catat keberatan" in page


def test_proof_is_sent_to_who_sees_the_case_and_is_a_reading(table):
    measure = table.served()
    address = url("measure_file", measure.pk, measure.service_proof_id)

    response = table.client.get(address)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content)

    reading = Reading.objects.get()
    assert (reading.verb, reading.sha256) == (
        "downloaded",
        measure.service_proof.sha256,
    )
    table.client.force_login(UserFactory())
    assert table.client.get(address).status_code == 404


def test_file_of_another_measure_is_not_there(table):
    measure, other = table.served(), table.served()

    response = table.client.get(url("measure_file", measure.pk, other.service_proof_id))

    assert response.status_code == 404


CHOICE = "Orangnya meminta dipulangkan segera dan menandatangani pernyataan."


def execute_data(**fields):
    return {
        "outcome": "penuh",
        "on": today().isoformat(),
        "note": "Dilaksanakan.",
        "proof": pdf_file(),
        **fields,
    }


def test_execution_without_the_chief_s_choice_is_refused_and_the_page_warned(table):
    measure = table.served()
    table.move(Case.State.EXECUTION)

    page = text_of(table.client.get(url("measure_execute", measure.pk)))
    response = post(table, "measure_execute", measure.pk, execute_data())

    assert "pilihan tertulis" in page
    assert response.status_code == 409
    assert Measure.objects.get().execution == ""


def test_chief_chooses_in_writing_and_the_officer_carries_out(table):
    measure = table.served()
    table.move(Case.State.EXECUTION)

    post(table, "measure_early", measure.pk, {"reason": CHOICE}, by=table.chief)
    response = post(table, "measure_execute", measure.pk, execute_data())

    page = text_of(table.client.get(response.url))
    assert "Dilaksanakan lebih awal" in page
    assert (
        measures.executed_early(table.case.office, since=today(-1), until=today()).get()
        == Measure.objects.get()
    )


@pytest.mark.parametrize("reason", ["", "Segera dipulangkan."])
def test_short_choice_comes_back(table, reason):
    measure = table.served()

    response = post(
        table, "measure_early", measure.pk, {"reason": reason}, by=table.chief
    )

    assert response.status_code == 422
    assert Measure.objects.get().early_execution_reason == ""


def test_payment_number_is_asked_of_a_charge_alone(table):
    charge = table.served("b")
    Measure.objects.update(kind=MeasureKind.objects.get(code="e"))
    form = table.client.get(url("measure_execute", charge.pk)).context["form"]
    assert "payment_number" in form.fields

    Measure.objects.update(kind=MeasureKind.objects.get(code="b"))
    form = table.client.get(url("measure_execute", charge.pk)).context["form"]
    assert "payment_number" not in form.fields


def test_detention_is_reviewed_and_ended_by_a_head(table):
    measure = table.served("83")
    table.move(Case.State.EXECUTION)
    post(table, "measure_early", measure.pk, {"reason": CHOICE}, by=table.chief)
    post(table, "measure_execute", measure.pk, execute_data())

    assert post(table, "measure_review", measure.pk, {"on": today()}).status_code == 403
    for name, data in (
        ("measure_review", {"on": today(), "reason": "Dokumen belum terbit."}),
        ("measure_release", {"on": today(), "note": "Diserahkan ke Rudenim."}),
    ):
        response = post(table, name, measure.pk, data, by=table.head)
        assert response.status_code == 302

    assert Measure.objects.get().state == "ended"


def objection_data(**fields):
    return {
        "received_on": today().isoformat(),
        "reasons": "Kegiatan itu termasuk izin tinggal.",
        **fields,
    }


def test_objection_leads_to_its_receipt(table):
    measure = table.served()

    response = post(
        table, "objection_new", measure.pk, objection_data(evidence=pdf_file())
    )

    objection = Objection.objects.get()
    assert response.url == objection.get_absolute_url()
    assert objection.evidence.count() == 1
    assert "Penerusan keberatan" in text_of(table.client.get(response.url))


def test_second_objection_is_a_conflict(table):
    measure = table.served()
    post(table, "objection_new", measure.pk, objection_data())

    response = post(table, "objection_new", measure.pk, objection_data())

    assert response.status_code == 409
    assert "belum diputus" in text_of(response)
    assert Objection.objects.count() == 1


def contested(table):
    measure = table.served()
    return register_objection(
        measure,
        Filing(
            received_on=today(),
            reasons="Kegiatan itu termasuk izin tinggal.",
            evidence=[pdf_file()],
        ),
        by=table.officer,
    )


def test_objection_is_forwarded_and_decided_on_the_page(table):
    objection = contested(table)

    post(
        table,
        "objection_forward",
        objection.pk,
        {"on": today(), "advice": "Keputusan sudah tepat."},
        by=table.head,
    )
    response = post(
        table,
        "objection_decide",
        objection.pk,
        {
            "on": today(),
            "outcome": "dibatalkan",
            "note": "Keberatan diterima.",
            "proof": pdf_file(),
        },
        by=table.head,
    )

    page = text_of(table.client.get(response.url))
    assert "Diterima, keputusan dibatalkan" in page
    assert Measure.objects.get().state == "annulled"


def test_decision_before_forwarding_comes_back_with_a_sentence(table):
    objection = contested(table)

    response = post(
        table,
        "objection_decide",
        objection.pk,
        {
            "on": today(),
            "outcome": "ditolak",
            "note": "Keberatan ditolak.",
            "proof": pdf_file(),
        },
        by=table.head,
    )

    assert response.status_code == 422
    assert "kapan keberatan diteruskan" in text_of(response)


def test_evidence_of_an_objection_is_sent_to_who_sees_the_case(table):
    objection = contested(table)
    address = url("objection_file", objection.pk, objection.evidence.get().pk)

    response = table.client.get(address)
    assert response.status_code == 200
    assert b"".join(response.streaming_content)
    table.client.force_login(UserFactory())
    assert table.client.get(address).status_code == 404


def overstay_data(table, **fields):
    return {
        "person": table.person.pk,
        "permit_ends_on": today(-12).isoformat(),
        "found_on": today().isoformat(),
        "act": "hitung",
        **fields,
    }


def test_sheet_is_computed_before_it_is_kept(table):
    response = post(table, "overstay_new", table.case.pk, overstay_data(table))

    page = text_of(response)
    assert response.status_code == 200
    assert "Rp12.000.000,00" in page
    assert not OverstaySheet.objects.exists()


def test_kept_sheet_shows_its_lines_and_what_they_rest_on(table):
    response = post(
        table, "overstay_new", table.case.pk, overstay_data(table, act="simpan")
    )

    page = text_of(table.client.get(response.url))
    assert response.url == OverstaySheet.objects.get().get_absolute_url()
    for line in OverstaySheet.objects.get().derivation["lines"]:
        assert line["text"] in page
    assert "Belum diverifikasi, tanyakan" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": "1"},
        {"found_on": "2999-01-01"},
        {"permit_ends_on": "bukan tanggal"},
        {"permit_ends_on": "1800-01-01"},
        {"days": "-1"},
        {"found_time": "25:99"},
    ],
)
def test_impossible_sheet_comes_back(table, fields):
    response = post(
        table,
        "overstay_new",
        table.case.pk,
        overstay_data(table, act="simpan", **fields),
    )

    assert response.status_code == 422
    assert not OverstaySheet.objects.exists()


def gate(table, person=None):
    return url("protection", table.case.pk, (person or table.person).pk)


def answer_data(**fields):
    return {
        "answers_read": Protection.objects.count(),
        "kind": "sakit",
        "answer": "ya",
        "note": "Surat dokter tanggal 3 Maret.",
        **fields,
    }


def gate_of_person(table):
    return url("person_protection", table.person.foreigner_id)


@pytest.mark.parametrize("address", [gate, gate_of_person])
def test_officer_on_duty_protects_and_takes_nothing_away(table, address):
    Case.objects.update(responsible=table.officer)

    offered = table.client.get(address(table)).context["form"].fields["answer"].choices
    lowered = table.client.post(address(table), answer_data(answer="tidak"))
    done = table.client.post(address(table), answer_data())

    assert {value for value, _label in offered} == {"ya", "diperiksa"}
    assert lowered.status_code == 422
    assert (done.status_code, done.url) == (302, address(table))
    newest = Protection.objects.filter(kind="sakit").first()
    assert (newest.answer, newest.determined_by) == ("ya", table.officer)


@pytest.mark.parametrize("address", [gate, gate_of_person])
def test_chief_reads_the_gate_and_does_not_answer(table, address):
    table.client.force_login(table.chief)

    assert table.client.get(address(table)).status_code == 200
    assert table.client.post(address(table), answer_data()).status_code == 403


@pytest.mark.parametrize("address", [gate, gate_of_person])
def test_section_head_lifts_with_evidence_alone(table, address):
    Protection.objects.filter(kind="tppo").update(answer="ya")
    table.client.force_login(table.head)
    lift = answer_data(kind="tppo", answer="tidak")

    without = table.client.post(address(table), lift)
    with_proof = table.client.post(address(table), {**lift, "proof": pdf_file()})

    assert without.status_code == 422
    assert "dicabut dengan bukti" in text_of(without)
    assert "Surat dokter tanggal 3 Maret." in text_of(without)
    assert with_proof.status_code == 302
    newest = Protection.objects.filter(kind="tppo").first()
    assert (newest.answer, newest.evidence is None) == ("tidak", False)


def test_gate_of_the_person_is_on_record_and_leads_to_its_proof(table):
    table.client.force_login(table.head)
    table.client.post(gate_of_person(table), answer_data(proof=pdf_file()))
    newest = Protection.objects.filter(kind="sakit").first()
    proof = url("person_protection_file", table.person.foreigner_id, newest.evidence_id)

    page = text_of(table.client.get(gate_of_person(table)))
    person = text_of(table.client.get(url("person", table.person.foreigner_id)))
    sent = table.client.get(proof)

    assert f'href="{proof}"' in page
    assert f'href="{gate_of_person(table)}"' in person
    assert b"".join(sent.streaming_content)
    read = Reading.objects.order_by("pk").values_list("verb", "fields")
    assert [one for one in read if "protection" in one[1][0]] == [
        (Reading.Verb.OPENED, ["protection"]),
        (Reading.Verb.DOWNLOADED, ["protection_proof"]),
    ]


def test_officer_without_duty_finds_no_way_to_the_gate_of_a_person(table):
    person = text_of(table.client.get(url("person", table.person.foreigner_id)))

    assert gate_of_person(table) not in person
    assert table.client.get(gate_of_person(table)).status_code == 403


def test_person_of_another_office_has_no_gate_here(table):
    table.client.force_login(UserFactory(role=User.Role.SECTION_HEAD))

    assert table.client.get(gate_of_person(table)).status_code == 404


def test_assigned_officer_is_on_duty(table):
    table.case.assigned.add(table.officer)

    assert table.client.get(gate(table)).status_code == 200


def test_officer_without_duty_reads_no_fact_of_the_gate(table):
    Protection.objects.update(note="kxcatatan", answer="ya")

    assert table.client.get(gate(table)).status_code == 403
    for address in (
        table.draft().get_absolute_url(),
        url("clocks"),
    ):
        assert "kxcatatan" not in text_of(table.client.get(address))


def test_section_head_answers_and_the_answer_before_stays(table):
    table.client.force_login(table.head)

    response = table.client.post(gate(table), answer_data(proof=pdf_file()))

    page = text_of(table.client.get(response.url))
    newest = Protection.objects.filter(kind="sakit").first()
    assert (newest.answer, newest.determined_by) == ("ya", table.head)
    assert "Jawaban sebelumnya" in page
    proof = url("protection_file", table.case.pk, newest.evidence_id)
    response = table.client.get(proof)
    assert response.status_code == 200
    assert b"".join(response.streaming_content)
    table.client.force_login(table.officer)
    assert table.client.get(proof).status_code == 403


def test_answer_that_came_while_the_gate_was_read_is_read_before_answering(table):
    table.client.force_login(table.head)
    sent = answer_data(answer="tidak", note="Tidak ada keluhan menurut orangnya.")
    table.client.post(gate(table), answer_data(note="KXSURAT dokter hari ini."))

    refused = table.client.post(gate(table), sent)

    page = text_of(refused)
    assert refused.status_code == 409
    assert "Ada jawaban baru" in page
    assert "KXSURAT dokter hari ini." in page
    assert "Tidak ada keluhan menurut orangnya.</textarea>" in page
    assert Protection.objects.filter(kind="sakit").first().answer == "ya"

    again = {
        **sent,
        # What protects is lifted with evidence alone.
        "proof": pdf_file(),
        "answers_read": re.search(r'name="answers_read" value="(\d+)"', page)[1],
    }
    assert table.client.post(gate(table), again).status_code == 302
    assert Protection.objects.filter(kind="sakit").first().answer == "tidak"


def test_answer_without_its_ground_comes_back(table):
    table.client.force_login(table.head)

    response = table.client.post(gate(table), answer_data(note="Ya"))

    assert response.status_code == 422
    assert not Protection.objects.filter(answer="ya").exists()


def test_person_of_another_case_is_not_at_this_gate(table):
    table.client.force_login(table.head)

    assert table.client.get(gate(table, CasePersonFactory())).status_code == 404


def asked(case):
    return Attempt(case, on=timezone.localdate())


INCLUDES = {
    "case_measures": measures.for_case,
    "case_objections": objections.for_case,
    "case_clocks": lambda case: clocks.in_order(asked(case).clocks),
    "case_protection": lambda case: protection.gates_of(asked(case).persons),
}


def drawn(table, name, user):
    """As the case page draws it: what the query gives, and the case."""
    request = RequestFactory().get("/")
    request.user = user
    return render_to_string(
        f"foreigners/{name}.html",
        {"case": table.case, "user": user, **INCLUDES[name](table.case)},
        request=request,
    )


@pytest.mark.parametrize("name", INCLUDES)
def test_include_of_an_empty_case_says_what_to_do(table, name):
    table.case.persons.all().delete()

    assert "Traceback" not in drawn(table, name, table.officer)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("case_measures", 3),
        ("case_objections", 2),
        ("case_clocks", 1),
        ("case_protection", 2),
    ],
)
def test_include_needs_the_same_queries_for_any_number_of_rows(
    table, rows, name, queries, django_assert_num_queries
):
    for _row in range(rows):
        contested(table)
        answer_gate(CasePersonFactory(case=table.case).foreigner)

    with django_assert_num_queries(queries):
        page = drawn(table, name, table.head)

    assert page.strip()


def test_include_of_the_gate_tells_the_rest_of_the_office_no_fact(table):
    Protection.objects.filter(kind="tppo").update(answer="ya")

    on_duty = drawn(table, "case_protection", table.head)
    others = drawn(table, "case_protection", table.officer)

    assert "gerbang pelindungan menahan" in others
    assert "Lengkap" in on_duty
    assert "Lengkap" not in others
    assert gate(table) not in others
    assert "perdagangan" not in others + on_duty
