"""Pages that are pictures become lines of text with their places on the page."""
