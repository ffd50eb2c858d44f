"""An assessment, a session, many sessions: written out for people and for other programs. Decides nothing."""
