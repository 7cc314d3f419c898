"""Reaching pages of the open web, and nothing else: which addresses are asked for, which are public, how much is taken."""
