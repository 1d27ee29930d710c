"""The rules of the regulation as pure functions: no I/O, time and configuration passed in."""
