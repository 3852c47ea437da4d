import json
from pathlib import Path
import pytest
from django.urls import resolve
from documents.models import DocumentVersion
from documents.services.rendering import render_version
from timpora.tests.canaries import CANARIES, build_canaries
from timpora.tests import test_canaries as tc
from timpora.tests.test_access import ROWS
@pytest.mark.django_db
def test_x():
    world = build_canaries()
    told = {}
    for person, client in tc.clients(world).items():
        for word in CANARIES:
            if tc.doubles_for(client, word): told.setdefault(word, []).append(person)
    bare = {tc.label_of(f) for f in tc.fields()} - {tc.label_of(f) for f in tc.fields() if tc.is_planted(f, CANARIES)}
    Path("/tmp/w/canary/told.json").write_text(json.dumps([told, sorted(bare - tc.OPEN.keys()), sorted(tc.OPEN.keys()-bare)]))
    for pk in DocumentVersion.objects.values_list("pk", flat=True):
        render_version(pk)
    pages = tc.reached(world)
    out = {}
    for word in CANARIES:
        out[word] = {p: [a for a, t in texts.items() if word in t] for p, texts in pages.items()}
    Path("/tmp/w/canary/matrix.json").write_text(json.dumps(out))
    asked = {resolve(one.split("?")[0]).view_name for one in pages["officer"]}
    asked |= {resolve(one.split("?")[0]).view_name for one in pages["link"]}
    readable = {name for name, row in ROWS.items() if row[1] == "get"}
    Path("/tmp/w/canary/unasked.json").write_text(json.dumps([sorted(readable-asked), sorted(tc.UNLINKED-(readable-asked))]))
    Path("/tmp/w/canary/counts.json").write_text(json.dumps({p: len(t) for p,t in pages.items()}))
