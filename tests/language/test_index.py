"""The index over what can be answered."""

from clothier.language.contracts import Entry, Verdict
from clothier.language.services import Index

ENTRIES = (
    Entry("return_window", "多少天内可以退货？", ("支持七天无理由吗",)),
    Entry("store_hours", "门店几点开门几点关门？", ("营业时间", "When do you open?")),
    Entry("care_wool", "羊毛衫怎么洗？", ("毛衣洗小了",)),
)


def test_an_index_of_nothing_and_a_question_of_nothing_have_no_answer():
    assert Index.build(()).ask("几点关门").verdict is Verdict.NONE
    assert Index.build(ENTRIES).ask("  ").candidates == ()


def test_a_question_that_was_written_down_is_answered_outright():
    found = Index.build(ENTRIES).ask("營業時間？")
    assert (found.candidates[0].key, found.verdict) == ("store_hours", Verdict.SURE)
