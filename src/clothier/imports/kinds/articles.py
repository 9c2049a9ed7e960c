"""Questions and answers, from a FAQ that is kept in a sheet."""

import re
from collections.abc import Sequence

from clothier.imports.contracts import CellRefused, Column, Counts, Kind, Plainly, Row, gettext_noop
from clothier.imports.kinds.base import Fate, Unit
from clothier.imports.kinds.single import SingleRows
from clothier.imports.rules.goods import slug
from clothier.kernel.errors import Refused
from clothier.knowledge.contracts import ArticleFacts
from clothier.knowledge.selectors import TOPICS
from clothier.knowledge.services import Brought, import_faq

COLUMNS = (
    Column("question", gettext_noop("问题"), True, ("question zh", "q", "标准问题", "标准问", "提问", "title", "标题")),
    Column("answer", gettext_noop("答案"), True, ("answer zh", "a", "回答", "回复", "答复", "内容", "reply")),
    Column("variants", gettext_noop("其他问法"), False, (
        "variants", "similar questions", "相似问题", "相似问", "同义问", "扩展问", "关键词", "keywords",
    )),
    Column("question_en", gettext_noop("英文问题"), False, ("question en", "english question", "question (english)")),
    Column("answer_en", gettext_noop("英文答案"), False, ("answer en", "english answer", "answer (english)")),
    Column("topic", gettext_noop("主题"), False, ("topic", "category", "分类", "类别", "栏目")),
    Column("code", gettext_noop("编码"), False, ("code", "key", "id", "no", "编号", "序号")),
)  # fmt: skip
_APART = re.compile(r"[\n|;；]+")
LONGEST = {"question": 200, "question_en": 300, "answer": 2000, "answer_en": 3000}


class ArticleRows(SingleRows[Brought]):
    kind = Kind.ARTICLES
    columns = COLUMNS

    def read(self, row: Row) -> Brought:
        said = {name: self._said(row, name) for name in LONGEST}
        for name, title in (("question", gettext_noop("问题")), ("answer", gettext_noop("答案"))):
            if not said[name]:
                raise CellRefused(gettext_noop("没有%(column)s"), column=title)
        ways = _APART.split(row.cells[self.at("variants")])
        facts = ArticleFacts(
            question=said["question"],
            answer=said["answer"],
            question_en=said["question_en"],
            answer_en=said["answer_en"],
            variants=tuple(way.strip()[:200] for way in ways if way.strip()),
            topic=_topic(self.text(row, "topic")),
        )
        code = slug(self.text(row, "code", 60), 60).lower()
        told = tuple(column for column in self.plan.columns if column != "code")
        return Brought(facts, told, code if re.fullmatch(r"[a-z0-9_-]+", code) else "")

    def _said(self, row: Row, name: str) -> str:
        text = row.cells[self.at(name)].strip()
        if len(text) > LONGEST[name]:
            title = next(column.title for column in self.columns if column.name == name)
            raise CellRefused(gettext_noop("%(column)s太长"), column=title)
        return text

    def save(self, units: Sequence[Unit[Brought]], counts: Counts) -> list[Fate | Plainly]:
        fates = import_faq(articles=[unit.facts for unit in units], actor=self.context.actor)
        for unit, fate in zip(units, fates, strict=True):
            if fate in ("created", "changed"):
                unit.made = (f"articles_{fate}", unit.facts.facts.question)
                counts.remark(unit.made[0])
        return [_fate(one) for one in fates]


def _fate(told: str | Refused) -> Fate | Plainly:
    if isinstance(told, Refused):
        # A sentence of the library's own, in the words of whoever imports.
        return CellRefused("%(why)s", why=told.message)
    return Fate.ALREADY if told == "same" else Fate.IMPORTED


def _topic(text: str) -> str:
    """A topic by its code or its name; "other" for what the house does not know."""
    return next((code for code, name in TOPICS if text and text in (code, str(name))), "other")
