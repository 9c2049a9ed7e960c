"""Who works with the agenda."""

from clothier.kernel.access import Role

AGENDA = (Role.ASSOCIATE, Role.AGENT, Role.MANAGER, Role.OPERATOR)
