import pytest

from clothier.desks.shell.rings import draw, near
from tests.conftest import SATURDAY
from tests.desks.samples import sample


def test_a_running_promise_shows_what_is_left():
    drawing = draw(sample(target=180, elapsed=45), SATURDAY)
    assert (drawing.state, drawing.left, drawing.text, drawing.ticks) == ("running", 0.75, "2:15", True)


@pytest.mark.parametrize(("target", "seconds"), [(10, 5), (6, 3), (30, 7.5), (180, 45), (86_400, 3600)])
def test_a_promise_is_about_to_break_in_its_last_quarter_but_neither_too_briefly_nor_for_hours(target, seconds):
    assert near(target) == seconds


def test_the_last_moments_are_breaking_and_the_end_is_broken():
    assert draw(sample(target=10, elapsed=4.9), SATURDAY).state == "running"
    assert draw(sample(target=10, elapsed=5), SATURDAY).state == "breaking"
    assert draw(sample(target=10, elapsed=10), SATURDAY).state == "broken"


def test_a_broken_promise_counts_on_until_it_is_made_good():
    late = draw(sample("broken", target=60, elapsed=72), SATURDAY)
    assert (late.left, late.text, late.ticks) == (0.0, "+0:12", True)
    assert draw(sample("broken", target=60, elapsed=72, closed=True), SATURDAY).ticks is False


def test_a_kept_promise_is_a_full_ring_that_rests():
    kept = draw(sample("kept", target=180, elapsed=95, closed=True), SATURDAY)
    assert (kept.left, kept.ticks, kept.label) == (1.0, False, "迎宾：已兑现")


def test_a_paused_promise_shows_its_own_clock_and_does_not_tick():
    paused = draw(sample("paused", target=259_200, elapsed=86_400), SATURDAY)
    assert (paused.text, paused.ticks, paused.label) == ("2天", False, "迎宾：暂停，还剩 2 天")
