"""Runs beside each other: their calls paired by what was asked, and the widget in which they step together."""
