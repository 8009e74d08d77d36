"""A plugin of gonogo from outside: an agency's own help-desk facts."""
