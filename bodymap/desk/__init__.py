"""The clinician's desk without its screens: finding sessions by a filter, counting over many, making some up."""
