"""The evaluations of answers and of the language guard, on data made here."""

import csv
import gzip

import pytest

from clothier.cli.evals.guard import CHATS, guard
from clothier.cli.evals.pairs import SETS, same_meaning
from clothier.cli.problems import Problem


def written(path, columns, rows):
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])


def test_pairs_that_share_their_words_are_told_from_pairs_that_share_none(tmp_path):
    same = [(f"第{n}件衣服怎么退货", f"第{n}件衣服如何退货", 1) for n in range(40)]
    other = [(f"第{n}件衣服怎么退货", f"附近停车场在哪{n + 50}", 0) for n in range(40)]
    written(tmp_path / SETS["LCQMC"], ["a", "b", "same"], same + other)
    assert [(figure["name"], figure["value"]) for figure in same_meaning(tmp_path)] == [
        ("LCQMC: same meaning, 5 folds", 1.0)
    ]


def test_only_what_agents_wrote_is_scanned(tmp_path):
    rows = [(1, "这个不知道呢"), (1, "您好，马上为您查询"), (0, "你们怎么能不知道"), (1, "不归我管，不知道")]
    written(tmp_path / CHATS, ["from_agent", "text"], rows)
    figures = {figure["name"]: figure["value"] for figure in guard(tmp_path)}
    assert (figures["messages of agents"], figures["flagged expressions"]) == (3, 3)
    assert (figures["rule dont_know"], figures["rule not_my_job"]) == (2, 1)


def test_without_the_chats_the_guard_says_which_file_it_wants(tmp_path):
    with pytest.raises(Problem, match=CHATS):
        guard(tmp_path)
