"""Skills the house knows by name; a store may write its own beside them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST = 20
LONGEST = 30

SKILLS: dict[str, Promise] = {
    "experience_officer": pgettext_lazy("skill", "体验官"),
    "styling": _("搭配"),
    "tailoring": _("量体改衣"),
    "menswear": _("男装"),
    "childrenswear": _("童装"),
    "leather_care": _("皮具护理"),
    "complaints": _("投诉处理"),
    "first_aid": _("急救"),
    "english": _("英语"),
    "cantonese": _("粤语"),
    "sign_language": _("手语"),
    # Who is asked first by the ladder's roles of the same name.
    "specialist": pgettext_lazy("skill", "投诉专员"),
    "general_manager": pgettext_lazy("skill", "总经理"),
    "business_owner": pgettext_lazy("skill", "企业主"),
    # Who keeps the books: asked first by the ladder's roles of the same name.
    "finance": _("财务"),
    "finance_head": _("财务负责人"),
}


def skill_name(skill: str) -> str:
    """A skill in the reader's language; a store's own as it was written."""
    return str(SKILLS.get(skill, skill))
