"""Faults under traffic: what is lost while a controller dies, a cable is pulled, a spine is drained, a member changes."""
