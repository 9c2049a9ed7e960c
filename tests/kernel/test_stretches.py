import pytest

from clothier.kernel import stretches


def test_every_key_is_in_one_stretch():
    assert list(stretches.every(0)) == []
    assert list(stretches.every(2_000)) == [(1, 1_001), (1_001, 2_001)]


@pytest.mark.parametrize("top", [1, 999, 1_000, 50_000])
def test_a_small_table_is_looked_at_whole(top):
    looked = {key for low, high in stretches.sample(top) for key in range(low, high)}
    assert set(range(1, top + 1)) <= looked


def test_of_a_great_table_fifty_stretches_are_looked_at_and_the_shift_moves_them():
    assert list(stretches.sample(1_000_000, 0.0))[:2] == [(1, 1_001), (20_001, 21_001)]
    assert list(stretches.sample(1_000_000, 0.5))[:2] == [(9_501, 10_501), (29_501, 30_501)]
    assert len(list(stretches.sample(1_000_000))) == 50
