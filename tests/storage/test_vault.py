"""What is sealed opens for its tenant alone, and keys rotate."""

import pytest

from storage.vault import SealBroken, Vault


def test_a_sealed_text_opens_for_its_tenant() -> None:
    vault = Vault(("one",))
    assert vault.unseal("T1", vault.seal("T1", "06 12 34 56 78")) == "06 12 34 56 78"


def test_a_text_moved_to_another_tenant_does_not_open() -> None:
    vault = Vault(("one",))
    with pytest.raises(SealBroken):
        vault.unseal("T2", vault.seal("T1", "secret"))


def test_an_old_key_still_opens_and_is_told_from_the_newest() -> None:
    old = Vault(("one",)).seal("T1", "secret")
    rotated = Vault(("two", "one"))
    assert rotated.unseal("T1", old) == "secret"
    assert not rotated.is_current(old)


def test_a_key_no_longer_listed_is_named_as_the_cause() -> None:
    with pytest.raises(SealBroken, match="GOODCOP_SECRET_KEYS"):
        Vault(("two",)).unseal("T1", Vault(("one",)).seal("T1", "secret"))
