"""Bundled data and how to open it. What is in here, and under which licence: README.md beside this file."""
