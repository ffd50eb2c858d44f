"""What is known: the regions of the body and the packs of causes, questions and alarms, read and checked."""
