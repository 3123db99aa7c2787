"""Journeys in a real browser, phone size, on the running service."""
