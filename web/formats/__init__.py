"""Formats of dates and times where ours differ from those of Django."""
