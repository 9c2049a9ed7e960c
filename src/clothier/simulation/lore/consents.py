"""What the people of a stretch agreed to on the day they joined."""

import numpy as np

from clothier.customers.contracts import PastConsents
from clothier.simulation.draws import Bools, stream
from clothier.simulation.world import Stretch

NOTICE = "2025-03"
# purpose, channel, data class, and the share of members who agreed.
AGREED = (
    ("service", "phone", "contact", 0.97),
    ("service", "in_store", "behaviour", 0.88),
    ("personal", "none", "behaviour", 0.76),
    ("personal", "in_store", "body", 0.38),
    ("marketing", "sms", "contact", 0.60),
    ("marketing", "wechat", "contact", 0.55),
    ("service", "in_store", "minors", 0.6),
)
BODY, MINORS = 3, 6


def agreed(drawn: Stretch, *, seed: int) -> Bools:
    """Who said yes to what, a column for each of AGREED; only parents are asked about their children."""
    lots = stream(seed, "consents", drawn.people.first).random((len(drawn.people), len(AGREED)))
    yes: Bools = lots < np.array([share for *_rest, share in AGREED])
    yes[:, MINORS] &= drawn.people.has_child == 1
    return yes


def consents(drawn: Stretch, yes: Bools) -> PastConsents:
    who, what = np.nonzero(yes)
    forms = drawn.people.numbers("member-form:")
    asked = what.tolist()
    return PastConsents(
        people=who,
        purposes=[AGREED[n][0] for n in asked],
        channels=[AGREED[n][1] for n in asked],
        data_classes=[AGREED[n][2] for n in asked],
        proofs=[forms[place] for place in who.tolist()],
        moments=drawn.registered[who],
        notice_version=NOTICE,
    )
