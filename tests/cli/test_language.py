"""The command speaks the language of the terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clothier.cli import language
from clothier.cli.problems import Problem

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("CLOTHIER_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh-hant"),
        ({"LANG": "zh_HK"}, "zh-hant"),
        ({"LC_ALL": "C", "CLOTHIER_LANGUAGE": "zh"}, "zh-hans"),
        ({"LANG": "zh_CN", "CLOTHIER_LANGUAGE": "en"}, "en"),
        ({"CLOTHIER_LANGUAGE": "zh-Hant"}, "zh-hant"),
    ],
)
def test_the_environment_chooses_and_our_own_variable_before_it(monkeypatch, environment, wanted):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language.chosen() == wanted


@pytest.mark.parametrize(
    ("code", "sentence"), [("zh", "顾客数。"), ("zh-hant", "顧客數。"), ("en", "How many customers.")]
)
def test_a_sentence_comes_in_each_language(monkeypatch, code, sentence):
    monkeypatch.setenv("CLOTHIER_LANGUAGE", code)
    assert language._("顾客数。") == sentence


def spoken(*words: str, **environment: str) -> str:
    variables = {name: value for name, value in os.environ.items() if name not in NAMES}
    variables |= {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8", **environment}
    command = [sys.executable, "-m", "clothier.cli", *words]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_help_is_chinese_where_the_terminal_is_and_english_elsewhere():
    chinese, english = spoken("demo", "--help", LANG="zh_CN.UTF-8"), spoken("demo", "--help", LC_ALL="C")
    assert ("顾客数。" in chinese, "选项" in chinese, "How many" in chinese) == (True, True, False)
    assert ("How many customers." in english, "顾客" in english) == (True, False)


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "told"), [("zh", "没有门店 moon"), ("en", "there is no store moon")])
def test_what_goes_wrong_is_said_in_it(monkeypatch, clothier, cast, code, told):
    monkeypatch.setenv("CLOTHIER_LANGUAGE", code)
    lost = clothier("user", "create", "fang", "--password", "korrekt-pferd-batterie-7", "--store", "moon")
    assert isinstance(lost.exception, Problem)
    assert str(lost.exception) == told


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "told"), [("zh", "账号 nobody"), ("en", "nobody")])
def test_what_a_verb_refuses_is_said_in_it_and_the_language_is_as_before(monkeypatch, clothier, cast, code, told):
    from django.utils.translation import get_language

    monkeypatch.setenv("CLOTHIER_LANGUAGE", code)
    before = get_language()
    refused = clothier("user", "password", "nobody", "--password", "korrekt-pferd-batterie-7")
    assert told in str(refused.exception)
    assert ("没有" in str(refused.exception)) == (code == "zh")
    assert get_language() == before


def test_columns_line_up_whatever_the_script():
    assert [language.width(language.left(text, 12)) for text in ("数据库", "database")] == [12, 12]
    assert language.right("合计", 6) == "  合计"
