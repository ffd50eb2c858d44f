"""Names that need none of the classes of a pack: to load those costs ten milliseconds of the first frame."""

QUALITIES: tuple[str, ...] = ("ache", "sharp", "burning", "shooting", "tingling", "numb", "tight", "weak")
