"""Recurrence, time zones and iCalendar; pure, and knows no noun of ours."""
