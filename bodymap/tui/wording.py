"""Words for the fixed ids of bands and grades."""

BAND_WORDS = {"strong": "strong", "possible": "possible", "weak": "weak", "unlikely": "unlikely"}
GRADE_WORDS = {"strong": "strong", "moderate": "moderate", "weak": "weak", "very-low": "very low"}
