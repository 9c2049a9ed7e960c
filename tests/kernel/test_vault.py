import pytest

from clothier.kernel import vault


def test_what_is_sealed_opens_with_its_own_key_only():
    lin, other = vault.new_key(), vault.new_key()
    sealed = vault.seal(lin, "13800138000")
    assert "138" not in sealed
    assert vault.unseal(lin, sealed) == "13800138000"
    with pytest.raises(vault.SealBroken):
        vault.unseal(other, sealed)


def test_the_same_phone_hashes_the_same_for_the_same_purpose_only():
    assert vault.keyed_hash("phone", "138") == vault.keyed_hash("phone", "138")
    assert vault.keyed_hash("phone", "138") != vault.keyed_hash("member", "138")
