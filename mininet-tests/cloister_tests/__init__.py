"""Tests of Cloister on an emulated fabric, with real packets."""
