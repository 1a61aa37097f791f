"""Rates on shared links: what a limit delivers, and what a neighbour can take away."""
