"""Dates as newsrooms and sites write them: the front of the recognisers of dates."""

from __future__ import annotations

from archiver.wording.date_lines import DateLine, parse_date_line
from archiver.wording.date_prose import day_order_from, find_dates
from archiver.wording.date_values import DayOrder
from archiver.wording.machine_dates import parse_machine_date

__all__ = ["DateLine", "DayOrder", "day_order_from", "find_dates", "parse_date_line", "parse_machine_date"]
