"""The bot's own sentences, as the house rules word them."""

from datetime import datetime, timedelta

from django.utils import timezone

from clothier.kernel import clock
from clothier.standards.selectors import document, next_service


def greeting(language: str) -> str:
    return document("service").words.greeting.say(language)


def unsure(language: str) -> str:
    return document("service").words.unsure.say(language)


def candidates(language: str) -> str:
    return document("service").words.candidates.say(language)


def sorry(language: str) -> str:
    return document("service").words.sorry.say(language)


def handed(language: str) -> str:
    return document("service").words.handed.say(language)


def announced(text: str, language: str, *, ahead: int) -> str:
    """Words that announce a person. Outside the service hours they say when one answers, behind others how many they
    are, instead of promising one now; an apology stays.
    """
    rules, now = document("service"), clock.now()
    opens = next_service(rules.calendar, now)
    if opens is not None and opens > now:
        said = rules.words.hours.say(language).replace("{time}", moment(opens, language))
    elif ahead:
        said = rules.words.waiting.say(language).replace("{number}", str(ahead))
    else:
        return text
    return said if text == handed(language) else f"{text}\n{said}"


def moment(at: datetime, language: str) -> str:
    """今天 09:00, 明天 09:00, 11 月 23 日 09:00; today at 09:00 …"""
    local, today = timezone.localtime(at), timezone.localdate(clock.now())
    clock_time = f"{local:%H:%M}"
    days = (local.date() - today) // timedelta(days=1)
    if language.startswith("en"):
        near = {0: "today at ", 1: "tomorrow at "}.get(days)
        return f"{near or f'on {local.day} {local:%B} at '}{clock_time}"
    near = {0: "今天", 1: "明天"}.get(days)
    return f"{near or f'{local.month} 月 {local.day} 日'} {clock_time} "
