"""Who has business in the library: agents and managers read and point at mistakes, head office writes."""

from clothier.kernel.access import Role

READERS = (Role.AGENT, Role.MANAGER, Role.OPERATOR)
EDITORS = (Role.OPERATOR,)
