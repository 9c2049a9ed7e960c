"""Visits of the past as arrays, millions at a time: a demo's history, a chain that moves in."""

from clothier.visits.history.recorded import load_visits as load_visits
from clothier.visits.history.served import load_services as load_services
from clothier.visits.history.tables import TABLES as TABLES
