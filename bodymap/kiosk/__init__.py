"""The lock of the waiting room: a process that holds the terminal, a fresh one for every visit. Knows no screen."""
