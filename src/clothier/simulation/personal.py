"""The demo's people do not exist."""

from clothier.kernel.personal import nobodys

nobodys("simulation.Filling", "day aside")
