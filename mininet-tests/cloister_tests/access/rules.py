"""Who may ask what, and what the others are answered: data, for the operations of the OpenAPI document."""
OWNER = "slurm"
USERS = (None, "guest", "reader", "kueue", OWNER, "fabric-admin", "onos")
PASSWORDS = {"onos": "rocks"}
# Stands for whatever those are answered who may.
MAY = 200

# By user, in the order of USERS: nobody, ONOS's viewer, a reader, another's scheduler, the owner, two administrators.
OPEN = (MAY, MAY, MAY, MAY, MAY, MAY, MAY)
READ = (401, 403, MAY, MAY, MAY, MAY, MAY)
READ_EVERYTHING = (401, 403, MAY, 403, 403, MAY, MAY)
READ_OWN = (401, 403, MAY, 404, MAY, MAY, MAY)
CHANGE_OWN = (401, 403, 403, 404, MAY, MAY, MAY)
SCHEDULE = (401, 403, 403, MAY, MAY, MAY, MAY)
ADMINISTER = (401, 403, 403, 403, 403, MAY, MAY)

RULES = {
    "GET /health": OPEN, "GET /ready": OPEN,
    "GET /fabric": READ, "GET /slices": READ, "GET /switches": READ, "GET /circuits": READ,
    "GET /switches/{name}": READ, "GET /circuits/{switch}/{port}/{peer}": READ,
    "GET /openapi.yaml": READ, "GET /openapi.json": READ,
    "GET /drains": READ_EVERYTHING, "GET /drains/{name}": READ_EVERYTHING, "GET /metrics": READ_EVERYTHING,
    "GET /slices/{id}": READ_OWN, "GET /slices/{id}/verification": READ_OWN,
    "PUT /slices/{id}": CHANGE_OWN, "DELETE /slices/{id}": CHANGE_OWN, "POST /slices/{id}/renew": CHANGE_OWN,
    "POST /renew": SCHEDULE, "POST /plans": SCHEDULE,
    "PUT /drains/{name}": ADMINISTER, "DELETE /drains/{name}": ADMINISTER,
    "PUT /circuits/{switch}/{port}/{peer}": ADMINISTER, "DELETE /circuits/{switch}/{port}/{peer}": ADMINISTER,
}

# ONOS's own interface: for its own users alone.
ONOS_PATHS = ("/flows", "/applications", "/network/configuration", "/devices")
ONOS_STATUSES = (401, MAY, 403, 403, 403, 403, MAY)
