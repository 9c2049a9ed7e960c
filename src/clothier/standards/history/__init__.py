"""Promises that ran on a past that somebody witnessed: judged and written by the column."""

from clothier.standards.history.following import TABLES as TABLES
from clothier.standards.history.following import follow_history as follow_history
