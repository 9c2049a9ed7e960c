"""Sums of a day in a shop are about nobody."""

from clothier.kernel.personal import nobodys

nobodys("insights.DailyFigure", "day measure")
nobodys("insights.TouchedDay", "day")
