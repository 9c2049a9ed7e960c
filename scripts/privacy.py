#!/usr/bin/env python3
"""Write docs/data-protection.md and its Chinese twin: scripts/privacy.py (run from the root, PYTHONPATH=src).

`sheets()` is what tests/house/test_docs.py holds the pages against.
"""

import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clothier.config.settings")

DOCS = Path(__file__).resolve().parent.parent / "docs"
WORDS = {
    "en": {
        "file": "data-protection.md",
        "title": "Data-protection sheet",
        "head": """Which personal data Clothier holds, where, why, how long, and who may read it. `scripts/privacy.py`
writes this page from the declarations beside the models ([kernel/personal.py](../src/clothier/kernel/personal.py)); a
test fails when a column that could be about somebody is not declared. The same for a running shop, with its own days
and the number of reads of the last 30 days, stands in the studio under *Personal data* (`/studio/privacy/`).
[中文](data-protection.zh.md)

The grounds are those of the Personal Information Protection Law of the People's Republic of China, article 13: what the
shop relies on and has to secure. *Sensitive* is what article 28 calls so. *Sealed* is encrypted with a key of the
person's own, which erasure destroys. Every read of a customer's data leaves a line in the access log, under the names
given in brackets: who, in which role, what, why.""",
        "columns": "| what | where | why, on what ground | how long | who may read |",
        "terms": ("What the calendar ends", "| what | days | set by |"),
        "sensitive": "sensitive",
        "sealed": "sealed",
        "days": "{} days",
        "ever": "for good",
    },
    "zh-hans": {
        "file": "data-protection.zh.md",
        "title": "个人信息处理清单",
        "head": """衣诺存了哪些个人信息、存在哪里、为什么、存多久、谁能看。本页由 `scripts/privacy.py` 根据
[kernel/personal.py](../src/clothier/kernel/personal.py) 收集的声明生成；有一列可能涉及个人而没有声明，测试就不通过。
运行中的门店在“运营 › 个人信息”（`/studio/privacy/`）看到同一张清单，外加本店的保存天数和最近 30 天的读取次数。
[English](data-protection.md)

处理依据是《中华人民共和国个人信息保护法》第十三条，由门店负责取得和证明。“敏感”指第二十八条的敏感个人信息。
“加密”指用本人专有的密钥加密，删除即销毁密钥。每次读取顾客资料都在访问记录里留一行（名目见括号）：
谁、什么岗位、看了什么、为什么。""",
        "columns": "| 内容 | 在哪里 | 为什么，依据什么 | 存多久 | 谁能看 |",
        "terms": ("到期就删", "| 内容 | 天数 | 由谁设定 |"),
        "sensitive": "敏感",
        "sealed": "加密",
        "days": "{} 天",
        "ever": "长期",
    },
}
VARIABLES = {
    "postings": "`CLOTHIER_KEEP_POSTINGS_DAYS`",
    "import_files": "`CLOTHIER_KEEP_IMPORT_FILES_DAYS`",
    "access_log": "`CLOTHIER_KEEP_ACCESS_LOG_DAYS`",
    "log": "`CLOTHIER_KEEP_LOG_DAYS`",
}


def sheets() -> dict[str, str]:
    """The pages by the names of their files."""
    from django.utils.translation import override

    pages = {}
    for language, words in WORDS.items():
        with override(language):
            pages[words["file"]] = _page(words)
    return pages


def _page(words: dict) -> str:
    from clothier.customers.selectors.rows import AccessRecord
    from clothier.desks.studio.sheet import people
    from clothier.worker.selectors import terms

    days = {term.name: term.days for term in terms()}
    parts = [f"# {words['title']}", words["head"]]
    for whose, lines in people():
        rows = [f"## {whose[:1].upper()}{whose[1:]}", "", words["columns"], "|---|---|---|---|---|"]
        for line in lines:
            marks = [words[mark] for mark in ("sensitive", "sealed") if getattr(line, mark)]
            what = line.what + (f" · *{' · '.join(marks)}*" if marks else "")
            kept = line.kept + (f" ({words['days'].format(days[line.term])})" if line.term else "")
            reads = ", ".join(str(AccessRecord.What(name).label) for name in line.reads)
            readers = line.readers + (f" [{reads}]" if reads else "")
            where = "<br>".join(f"`{place}`" for place in line.places)
            rows.append(f"| {what} | {where} | {line.why}<br>{line.basis} | {kept} | {readers} |")
        parts.append("\n".join(rows))
    title, columns = words["terms"]
    rows = [f"## {title}", "", columns, "|---|---|---|"]
    rows += [f"| {term.label} | {term.days or words['ever']} | {VARIABLES.get(term.name, '—')} |" for term in terms()]
    return "\n\n".join([*parts, "\n".join(rows)]) + "\n"


if __name__ == "__main__":
    django.setup()
    for name, text in sheets().items():
        (DOCS / name).write_text(text)
