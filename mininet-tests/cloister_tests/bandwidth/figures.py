"""What rates are held to."""

TOLERANCE = 0.05
TCP_SHARE = 0.8
# A slice offers this many times what it may send.
EXCESS = 3


def is_delivered(delivered, rate):
    """Whether UDP got its rate, no less and no more."""
    return (1 - TOLERANCE) * rate <= delivered <= (1 + TOLERANCE) * rate


def is_reached(delivered, rate):
    """Whether TCP, which finds out for itself how fast it may be, is fast enough and no faster than allowed."""
    return TCP_SHARE * rate <= delivered <= (1 + TOLERANCE) * rate


def case(limit, offered, delivered, protocol):
    """One entry of the report. offered: None where the protocol offers what it can."""
    return {"limitBitsPerSecond": limit, "offeredBitsPerSecond": offered,
            "deliveredBitsPerSecond": round(delivered), "protocol": protocol}


def neighbour(guaranteed, delivered, against):
    """One entry of the report: the slowest of a slice's streams beside what its neighbour does."""
    return {"guaranteedBitsPerSecond": guaranteed, "deliveredBitsPerSecond": round(min(delivered)), "against": against,
            "streams": sorted(round(each) for each in delivered)}


def missed(cases):
    """The entries whose rate was not held, in words."""
    return [f"{each['protocol']} at {each['limitBitsPerSecond']} bit/s delivered {each['deliveredBitsPerSecond']}"
            for each in cases if not (is_delivered if each["protocol"] == "udp" else is_reached)(
                each["deliveredBitsPerSecond"], each["limitBitsPerSecond"])]
