"""From findings to an assessment: three-valued, additive, exact, explained. Pure functions, no input or output."""
