"""The bot answers once, from what is written; offers what may be meant; and knows when to stop."""

from collections.abc import Callable

import pytest

from clothier.conversations.bot.turn import take_turn
from clothier.conversations.contracts import Author, Question, Skill, SkillAnswer, State, skill
from clothier.conversations.models import Handover, Message
from clothier.conversations.sealing import opened
from clothier.conversations.selectors import messages
from clothier.conversations.services import assign
from clothier.eventlog.deliveries import claim, deliver
from clothier.eventlog.models import Entry
from clothier.kernel import clock
from clothier.kernel.clock import SimulatedClock
from clothier.knowledge import selectors as knowledge
from clothier.knowledge.contracts import Answer, Candidate, Verdict
from clothier.knowledge.models import Gap
from clothier.language.services import in_traditional, leaning
from clothier.standards.contracts import customer_tiers
from clothier.standards.selectors import document
from tests.cast import Cast
from tests.conversations.said import thread_of, write
from tests.knowledge.conftest import PARKING, PILLING, RETURNS, said


@pytest.fixture
def library(desk: Cast) -> dict[str, int]:
    shelf = {"pilling": PILLING, "returns": RETURNS, "parking": PARKING}
    return {code: said(facts, code).article_id for code, facts in shelf.items()}


@pytest.fixture(autouse=True)
def no_skills(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other packages can look up is tested there."""
    none: dict[str, Skill] = {}
    monkeypatch.setattr("clothier.conversations.contracts.skills", none)
    monkeypatch.setattr("clothier.conversations.bot.answering.skills", none)


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch, library: dict[str, int]) -> Callable[[Verdict], None]:
    """The library is not sure, whatever is asked."""

    def be(kind: Verdict) -> None:
        near = (
            Candidate(library["pilling"], PILLING.question, 0.6),
            Candidate(library["returns"], RETURNS.question, 0.5),
        )
        found = Answer(kind, candidates=near if kind == Verdict.CANDIDATES else ())
        monkeypatch.setattr("clothier.conversations.bot.answering.answer", lambda *_a, **_k: found)

    return be


def heard(text: str, **more: object) -> Message:
    """A customer writes and the bot has its turn."""
    message = write(text, **more)
    take_turn(message.pk)
    return message


def bot_said(thread: int) -> list[str]:
    return [one.text or "" for one in messages(thread) if one.author == Author.BOT]


def reasons(thread: int) -> list[str]:
    return [one.payload["reason"] for one in Entry.objects.filter(type="chat.handed_over", subject_id=thread)]


def test_a_sure_answer_is_given_with_its_source(library: dict[str, int]) -> None:
    thread = thread_of(heard("毛衣起球正常吗"))
    last = messages(thread.pk)[-1]
    assert (last.author, last.text) == (Author.BOT, PILLING.answer)
    assert last.sources["articles"][0][0] == library["pilling"]
    assert (thread_of(Message.objects.first()).state, Gap.objects.count()) == (State.BOT, 0)


def test_english_is_answered_in_english(library: dict[str, int]) -> None:
    thread = thread_of(heard("How long can I return it?"))
    assert bot_said(thread.pk) == ["Within 7 days."]


def test_who_writes_traditional_characters_reads_them_until_simplified_ones_come(
    library: dict[str, int],
) -> None:
    said = [bot_said(thread_of(heard(text)).pk)[-1] for text in ("毛衣起球正常嗎", "你好", "你们几点上班")]
    assert said[0] == in_traditional(PILLING.answer) != PILLING.answer
    assert said[1] == "我在的，請說。"
    assert leaning(said[2]) < 0


def test_one_message_has_one_answer_however_often_it_is_delivered(library: dict[str, int]) -> None:
    message = heard("毛衣起球正常吗")
    take_turn(message.pk)
    take_turn(message.pk)
    assert len(bot_said(thread_of(message).pk)) == 1


def test_the_worker_brings_the_customers_words_to_the_bot(library: dict[str, int]) -> None:
    message = write("毛衣起球正常吗")
    for one in claim(limit=50):
        if one.handler == "conversations.bot":
            assert deliver(one)
    assert bot_said(thread_of(message).pk) == [PILLING.answer]


def test_two_questions_in_one_breath_are_both_answered(library: dict[str, int]) -> None:
    thread = thread_of(heard("你好，毛衣起球正常吗？另外停车怎么收费？"))
    assert bot_said(thread.pk) == [f"1. {PILLING.answer}\n\n2. 一小时 500 积分。"]


def test_greeting_and_thanks_are_answered_in_kind_and_are_no_miss(library: dict[str, int]) -> None:
    first = heard("你好，在吗？")
    heard("您好")
    heard("好的，谢谢你")
    thread = thread_of(first)
    words, manners = document("service").words, document("bot")
    assert bot_said(thread.pk) == [words.greeting.zh, manners.hello.say.zh, manners.thanks.say.zh]
    assert (thread_of(first).misses, reasons(thread.pk)) == (0, [])


def test_whoever_asks_for_a_person_gets_one(library: dict[str, int]) -> None:
    thread = thread_of(heard("转人工"))
    assert bot_said(thread.pk) == [document("service").words.handed.zh]
    assert (thread.state, reasons(thread.pk)) == (State.HELD, ["asked"])


def test_a_word_inside_a_longer_question_is_no_wish_for_a_person(library: dict[str, int]) -> None:
    thread = thread_of(heard("毛衣起球正常吗，上次的客服说这个是正常的现象不用管它"))
    assert reasons(thread.pk) == []


def test_anger_is_met_with_an_apology_and_a_person(library: dict[str, int]) -> None:
    thread = thread_of(heard("太过分了！你们就是骗子，毛衣洗一次就起球，垃圾！我要投诉！"))
    assert bot_said(thread.pk) == [document("service").words.sorry.zh]
    assert reasons(thread.pk) == ["anger"]
    handed = Handover.objects.select_related("contact").get()
    told = opened(handed.contact.key, handed.sealed) or ""
    assert "情绪激动" in told
    assert "毛衣洗一次就起球" in told


def test_at_night_the_customer_is_told_when_a_person_answers(library: dict[str, int], saturday: SimulatedClock) -> None:
    saturday.advance(13.5 * 3600)  # 23:30
    thread = thread_of(heard("转人工"))
    assert bot_said(thread.pk) == [document("service").words.hours.zh.replace("{time}", "明天 09:00 ")]
    assert (thread.state, reasons(thread.pk)) == (State.WAITING, ["asked"])


def test_an_apology_at_night_says_both(library: dict[str, int], saturday: SimulatedClock) -> None:
    saturday.advance(13.5 * 3600)
    thread = thread_of(heard("What a scam! This is outrageous, you are liars! I am furious!!"))
    assert bot_said(thread.pk)[0].startswith(document("service").words.sorry.en)
    assert "tomorrow at 09:00" in bot_said(thread.pk)[0]


def test_customers_of_a_vip_tier_get_a_person_at_once(
    library: dict[str, int], lin: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customer_tiers, "_answer", lambda customers: dict.fromkeys(customers, "black"))
    thread = thread_of(heard("毛衣起球正常吗", customer=lin))
    assert reasons(thread.pk) == ["vip"]


def test_below_the_margin_candidates_are_offered_with_their_titles(library: dict[str, int], unsure) -> None:
    unsure(Verdict.CANDIDATES)
    message = heard("衣服怪怪的")
    last = messages(thread_of(message).pk)[-1]
    assert last.text == f"您想问的是不是下面其中一个？\n1. {PILLING.question}\n2. {RETURNS.question}"
    assert [one["article"] for one in last.sources["candidates"]] == [library["pilling"], library["returns"]]
    assert thread_of(message).misses == 1
    assert Gap.objects.get().text == "衣服怪怪的"


@pytest.mark.parametrize("choice", ["2", "第2个", "几天内可以退货？"])
def test_a_choice_by_number_or_by_title_is_answered_and_learned_from(
    library: dict[str, int], unsure, choice: str
) -> None:
    unsure(Verdict.CANDIDATES)
    for sender in ("browser-1", "browser-2"):
        asked = heard("想还给你们", sender=sender)
        heard(choice, sender=sender)
        assert bot_said(thread_of(asked).pk)[-1] == "7 天内可以退货。"
        assert thread_of(asked).misses == 0
    now_said = knowledge.in_force(library["returns"], clock.now())
    assert now_said is not None
    assert "想还给你们" in now_said.version.variants


def test_none_of_the_candidates_is_a_second_miss_and_a_person_comes(library: dict[str, int], unsure) -> None:
    unsure(Verdict.CANDIDATES)
    asked = heard("衣服怪怪的")
    heard("都不是")
    assert reasons(thread_of(asked).pk) == ["misses"]


def test_two_misses_hand_over_with_a_summary(library: dict[str, int], unsure) -> None:
    unsure(Verdict.NONE)
    asked = heard("你们老板属什么")
    thread = thread_of(asked)
    assert bot_said(thread.pk) == [document("service").words.unsure.zh]
    heard("那他几岁")
    assert reasons(thread.pk) == ["misses"]
    handed = Handover.objects.select_related("contact").get()
    assert "你们老板属什么" in (opened(handed.contact.key, handed.sealed) or "")
    assert Gap.objects.count() == 2


def test_a_courtesy_between_two_misses_forgives_nothing(library: dict[str, int], unsure) -> None:
    unsure(Verdict.NONE)
    asked = heard("你们老板属什么")
    heard("好的")
    heard("那他几岁")
    assert reasons(thread_of(asked).pk) == ["misses"]


def test_the_bot_never_says_the_same_twice_in_a_row(library: dict[str, int]) -> None:
    asked = heard("毛衣起球正常吗")
    heard("毛衣起球正常吗")
    heard("毛衣起球正常吗")
    thread = thread_of(asked)
    told = bot_said(thread.pk)
    assert told[0] == PILLING.answer
    assert told[1].startswith(document("bot").again.zh)
    assert len(set(told)) == 3
    assert reasons(thread.pk) == ["misses"]


def test_a_photo_without_words_is_for_a_person(library: dict[str, int]) -> None:
    message = write("x")
    row = Message.objects.get(pk=message.pk)
    Message.objects.filter(pk=row.pk).update(sealed="", files=1)
    take_turn(message.pk)
    assert reasons(thread_of(message).pk) == ["unsure"]


def test_where_the_channel_takes_no_words_a_person_is_asked_to_find_another_way(library: dict[str, int]) -> None:
    message = heard("毛衣起球正常吗", channel="wechat")
    thread = thread_of(message).pk
    assert (bot_said(thread), reasons(thread)) == ([], ["unsure"])


def test_where_a_person_has_the_conversation_the_bot_is_silent(library: dict[str, int], desk: Cast) -> None:
    message = write("毛衣起球正常吗")
    assign(thread=thread_of(message).pk, employee=desk.chen.pk)
    take_turn(message.pk)
    assert bot_said(thread_of(message).pk) == []


def test_live_facts_come_before_what_is_written(library: dict[str, int]) -> None:
    @skill("parking-now", signs=["停车"])
    def _free(question: Question) -> SkillAnswer:
        return SkillAnswer("现在还有 12 个空位。", {"store": 1})

    told = thread_of(heard("停车怎么收费"))
    last = messages(told.pk)[-1]
    assert (last.text, last.sources) == ("现在还有 12 个空位。", {"skill": "parking-now", "facts": {"store": 1}})


def test_a_skill_that_fails_leaves_the_answer_to_the_library(library: dict[str, int]) -> None:
    @skill("broken", signs=["停车"])
    def _broken(question: Question) -> SkillAnswer:
        raise RuntimeError("no connection")

    assert bot_said(thread_of(heard("停车怎么收费")).pk) == ["一小时 500 积分。"]


def test_only_a_proven_customer_is_named_to_a_skill(library: dict[str, int], lin: int) -> None:
    asked: list[int | None] = []

    @skill("who", signs=["停车"])
    def _who(question: Question) -> None:
        asked.append(question.customer)

    heard("停车怎么收费", customer=lin)
    heard("停车要钱吗", customer=lin, proven=True)
    assert asked == [None, lin]
