"""Requests for people: what is owed, why, and by when it must be dated; as text for e-mail, XLSX and iCalendar."""
