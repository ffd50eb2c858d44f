"""What can be done, in one table from which keys, key line, palette and help all derive."""
