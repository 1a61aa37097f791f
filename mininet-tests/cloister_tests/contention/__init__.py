"""Two jobs that share leaves and spines: with a slice each, and spread by hash as fabrics without slices are."""
