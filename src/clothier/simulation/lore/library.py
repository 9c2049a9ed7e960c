"""What the demo shop may answer with, and what its customers asked in vain."""

from datetime import datetime, timedelta

from clothier.kernel import clock
from clothier.knowledge.selectors import articles, by_codes
from clothier.knowledge.services import mark_false, note_gap, take_in_shipped

# A question nobody has written, in the words of several people, and how often.
GAPS = (
    (("可以带狗进店吗", "能带小狗逛店吗", "可以带宠物狗进店吗"), 7),
    (("有没有孕妇能穿的款", "孕妇可以穿哪些款"), 5),
    (("大衣可以租吗", "能租一件大衣拍照吗"), 3),
    (("能刻字吗，想在袖口绣名字",), 3),
    (("Do you have vegan leather?",), 2),
    (("你们和上海那家同名的店是一家吗",), 1),
)
# An answer that was wrong: the question, what was answered, what would have been right (none: nobody has looked yet).
MARKS = (
    ("裤子买回去长了一截怎么办", "size_between", "alteration", "问的是改裤长"),
    ("卡里还有多少钱", "points_use", "pay_giftcard", "问的是礼品卡余额"),
    ("能便宜点吗", "coupon_expired", None, "顾客在还价"),
)


def stock_library(*, at: datetime) -> None:
    """The shipped answers, and a few weeks of questions; once."""
    if articles(limit=1):
        return
    with clock.simulated(at) as now:
        take_in_shipped()
        for wordings, times in GAPS:
            for nth in range(times):
                now.advance(timedelta(hours=5).total_seconds())
                note_gap(text=wordings[nth % len(wordings)], channel="web")
        codes = by_codes([code for _text, wrong, right, _why in MARKS for code in (wrong, right) if code])
        for text, wrong, right, why in MARKS:
            now.advance(timedelta(hours=9).total_seconds())
            mark_false(text=text, article=codes[wrong], right=codes[right] if right else None, reason=why)
