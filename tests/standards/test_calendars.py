"""Days and hours, to the second, as a Chinese calendar has them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clothier.standards.rules.calendars import DayBook, resolve
from clothier.standards.rules.documents import shelf
from clothier.standards.rules.documents.calendars import Calendars
from clothier.standards.rules.documents.promises import Clock
from clothier.standards.rules.holidays import DayKind, announced, kind_of
from clothier.standards.rules.hours import CalendarHours


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


def book(*extra: dict) -> DayBook:
    shipped = shelf.shipped("calendars").model_dump(mode="json")
    document = Calendars.model_validate({**shipped, "calendars": [*shipped["calendars"], *extra]})
    return DayBook(resolve(document, extra[-1]["code"] if extra else "store"))


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2026, 10, 1), DayKind.HOLIDAY),
        (date(2026, 10, 10), DayKind.MAKEUP),
        (date(2026, 10, 11), DayKind.WEEKEND),
        (date(2026, 11, 13), DayKind.WORKDAY),
        # Not announced: the statutory days themselves, and no make-up days.
        (date(2027, 2, 5), DayKind.HOLIDAY),
        (date(2027, 2, 6), DayKind.HOLIDAY),
        (date(2027, 2, 9), DayKind.WORKDAY),
        (date(2027, 10, 4), DayKind.WORKDAY),
    ],
)
def test_kinds_of_days(on, kind):
    assert kind_of(on) is kind


def test_an_unannounced_year_is_said_to_be_guessed_until_the_operator_enters_it():
    assert (announced(2026), announced(2027)) == (True, False)
    assert book().guessed(2027)
    entered = {"code": "ours", "name": {"zh": "本店"}, "parent": "store"}
    entered["days"] = [{"on": "2027-02-20", "counts_as": "workday"}]
    assert not book(entered).guessed(2027)
    assert book(entered).kind(date(2027, 2, 20)) is DayKind.MAKEUP


def test_an_invoice_asked_for_on_friday_is_due_on_monday():
    hours = CalendarHours(book(), Clock.WORKING)
    assert hours.after(at("2026-11-13 15:00"), timedelta(seconds=86_400)) == at("2026-11-16 15:00")


def test_before_national_day_a_working_day_is_eight_days_long():
    hours = CalendarHours(book(), Clock.WORKING)
    assert hours.after(at("2026-09-30 15:00"), timedelta(seconds=86_400)) == at("2026-10-08 15:00")


def test_a_make_up_saturday_counts_as_a_working_day():
    hours = CalendarHours(book(), Clock.WORKING)
    assert hours.between(at("2026-10-09 18:00"), at("2026-10-11 09:00")).total_seconds() == 30 * 3600


def test_a_child_changes_only_what_it_says():
    mall = book({"code": "ours", "name": {"zh": "本店"}, "parent": "mall", "opening": {"mon": ["12:00-22:00"]}})
    assert mall.windows(Clock.OPENING, date(2026, 11, 16)) == ("12:00-22:00",)
    assert mall.windows(Clock.OPENING, date(2026, 11, 13)) == ("10:00-22:30",)
    assert mall.windows(Clock.OPENING, date(2026, 10, 1)) == ("10:00-22:30",)
    assert mall.windows(Clock.SERVICE, date(2026, 11, 16)) == ("09:00-22:00",)


def test_seasons_and_special_days_have_the_last_word():
    ours = book(
        {
            "code": "ours",
            "name": {"zh": "本店"},
            "parent": "store",
            "seasons": [{"since": "2026-12-01", "until": "2027-02-28", "opening": {"every": ["10:00-20:00"]}}],
            "days": [{"on": "2026-12-24", "opening": ["10:00-24:00"]}, {"on": "2027-02-06", "opening": []}],
        }
    )
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 24), date(2027, 2, 6), date(2027, 3, 1)]
    assert [ours.windows(Clock.OPENING, day) for day in days] == [
        ("09:30-21:30",),
        ("10:00-20:00",),
        ("10:00-24:00",),
        (),
        ("09:30-21:30",),
    ]


def test_a_shop_that_never_opens_has_no_due_time():
    shut = book({"code": "shut", "name": {"zh": "停业"}, "parent": "store", "opening": {"every": [], "holiday": []}})
    assert CalendarHours(shut, Clock.OPENING).after(at("2026-11-14 10:00"), timedelta(seconds=10)) is None


def test_an_overnight_window_belongs_to_the_day_it_starts_on():
    bar = book({"code": "bar", "name": {"zh": "夜场"}, "parent": "cn", "opening": {"every": ["18:00-02:00"]}})
    hours = CalendarHours(bar, Clock.OPENING)
    assert hours.after(at("2026-11-15 01:30"), timedelta(seconds=3600)) == at("2026-11-15 18:30")
