"""Who may do what on a running ONOS, what is refused to generated requests, and leases that run out."""
