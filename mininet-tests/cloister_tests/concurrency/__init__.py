"""Several clients at once: slices come and go, and no link is given out twice."""
