"""Words for the ids that the contract fixes, the same on every screen and page."""

from __future__ import annotations

BAND_WORDS = {"strong": "strong", "possible": "possible", "weak": "weak", "unlikely": "unlikely"}
GRADE_WORDS = {"strong": "strong", "moderate": "moderate", "weak": "weak", "very-low": "very low"}
TIER_WORDS = {"emergency": "EMERGENCY", "same-day": "SAME DAY", "mention": "MENTION TO THE CLINICIAN"}
