"""Bounds on what pack files may hold, shared by the models and by the reader of their compiled form."""

from __future__ import annotations

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MOST_ID = 64
MOST_TEXT = 1600
MOST_LABEL = 120
LANGUAGE_PATTERN = r"^[a-z]{2}(-[A-Z]{2})?$"
MOST_LANGUAGES = 20
