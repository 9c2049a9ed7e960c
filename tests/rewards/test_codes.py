from hypothesis import given
from hypothesis import strategies as st

from clothier.rewards.rules.codes import SYMBOLS, new_code, normal_code, shown_code, well_formed

codes = st.builds(lambda _seed: new_code(), st.integers())


def test_a_code_is_twelve_symbols_that_are_not_mistaken_for_each_other():
    code = new_code()
    assert well_formed(code)
    assert len(code) == 12
    assert not set("ILOU") & set(code)


def test_a_code_reads_in_groups_and_is_understood_as_typed():
    assert shown_code("0123456789AB") == "0123-4567-89AB"
    assert normal_code(" olil-4567 89ab ") == "0111456789AB"


@given(codes, st.integers(0, 11), st.sampled_from(SYMBOLS))
def test_one_wrong_symbol_is_never_a_code(code, place, symbol):
    wrong = code[:place] + symbol + code[place + 1 :]
    assert well_formed(wrong) is (wrong == code)


@given(codes, st.integers(0, 11), st.integers(0, 11))
def test_two_symbols_exchanged_are_never_a_code(code, one, other):
    told = list(code)
    told[one], told[other] = told[other], told[one]
    assert well_formed("".join(told)) is ("".join(told) == code)


def test_codes_do_not_repeat():
    assert len({new_code() for _ in range(5000)}) == 5000
