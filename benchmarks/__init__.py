"""Measurements as ratios to a named baseline in the same run; never a timed test."""
