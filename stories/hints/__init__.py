"""Private, kind hints about a write-up: what could be asked, quoted or concluded better. Pure."""
