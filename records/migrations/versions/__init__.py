"""The schema's history, oldest first. A released file is never changed; a new one is added."""
