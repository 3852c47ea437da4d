"""nginx sends the same file under the same headers as we do ourselves."""

import pytest

from documents.http import send_file
from documents.services.storing import digest, store

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 contoh"


def sent(name, mime, *, inline):
    return send_file(
        store(CONTENT), mime=mime, name=name, sha256=digest(CONTENT), inline=inline
    )


@pytest.mark.parametrize("inline", [True, False])
@pytest.mark.parametrize("name", ["Notula 1.pdf", "Paparan “Desa Ñandú”.pdf"])
@pytest.mark.parametrize("mime", ["application/pdf", "image/jpeg"])
def test_file_sent_by_nginx_has_the_headers_of_one_sent_by_us(
    settings, name, mime, inline
):
    ours = sent(name, mime, inline=inline)
    settings.ACCEL_REDIRECT_PREFIX = "/berkas-internal"
    theirs = sent(name, mime, inline=inline)

    got, expected = dict(theirs.items()), dict(ours.items())
    assert got.pop("X-Accel-Redirect") == f"/berkas-internal/{store(CONTENT)}"
    assert theirs.content == b""
    assert expected.pop("Content-Length") == str(len(CONTENT))
    assert got == expected
    ours.close()
