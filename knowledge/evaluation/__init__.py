"""Measures: how good the lists are that search returns, and how sure the figures."""
