"""Isolation on real packets: attacks, captures, and the controls that show both work."""
