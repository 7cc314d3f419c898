"""Tailor: resume tailoring in which every claim traces to something the person wrote."""
