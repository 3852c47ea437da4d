import pytest

from timpora.vault import KeyUnknown, keyed_hash, masked, seal, unseal


def test_sealed_field_opens_and_never_looks_the_same_twice(settings):
    settings.FIELD_KEYS = ["satu"]

    first, second = seal("ZZ00A0001"), seal("ZZ00A0001")

    assert first != second
    assert "ZZ00" not in first
    assert unseal(first) == unseal(second) == "ZZ00A0001"


def test_new_key_in_front_still_opens_and_finds_what_the_old_one_sealed(settings):
    settings.FIELD_KEYS = ["lama"]
    sealed, found = seal("ZZ00A0001"), keyed_hash("ZZ00A0001")

    settings.FIELD_KEYS = ["baru", "lama"]

    assert unseal(sealed) == "ZZ00A0001"
    assert keyed_hash("zz 00-a0001") == found


def test_foreign_key_opens_nothing(settings):
    settings.FIELD_KEYS = ["satu"]
    sealed = seal("ZZ00A0001")

    settings.FIELD_KEYS = ["dua"]

    with pytest.raises(KeyUnknown):
        unseal(sealed)


@pytest.mark.parametrize(
    ("number", "shown"),
    [("ZZ00A0001", "Z••••001"), ("A12", "•••"), ("", "")],
)
def test_mask_shows_the_ends_of_a_long_number_alone(number, shown):
    assert masked(number) == shown
