"""The screens: the explorer and the pages that open over it."""
