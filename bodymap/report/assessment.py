"""An assessment and a contrast for people and for programs: the way in for everything that shows one."""

from bodymap.report.contrasting import contrast_text
from bodymap.report.page import assessment_text
from bodymap.report.tables import assessment_json, assessment_table, contrast_json

__all__ = ["assessment_json", "assessment_table", "assessment_text", "contrast_json", "contrast_text"]
