"""What the bot may look up here: a member's points, for nobody but the member."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clothier.conversations.contracts import Question, SkillAnswer, skill
from clothier.loyalty.selectors.balances import balance

SIGNS = (
    "多少积分", "几多积分", "积分余额", "我的积分", "积分还有", "还有多少分", "有多少分", "积分剩",
    "my points", "how many points", "points balance", "points do i have",
)  # fmt: skip


@skill("points", signs=SIGNS)
def points(question: Question) -> SkillAnswer | None:
    """None for somebody the channel does not vouch for: the library says where to look."""
    if question.customer is None:
        return None
    stands = balance(question.customer)
    lines = [_("您现在有 %(points)s 积分可用。") % {"points": stands.available}]
    if stands.pending:
        lines.append(_("另有 %(points)s 积分待生效，过了退货期就能用。") % {"points": stands.pending})
    if stands.expires_at:
        until = date_format(localtime(stands.expires_at), "DATE_FORMAT")
        lines.append(_("其中 %(points)s 积分 %(until)s 到期。") % {"points": stands.expiring, "until": until})
    return SkillAnswer(" ".join(lines), {"customer": question.customer})
