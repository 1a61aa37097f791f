"""Slices that come and go, one after the other: how fast they carry packets, and that they leave nothing behind."""
