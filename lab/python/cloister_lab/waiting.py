"""Waiting for a state with a deadline: never a fixed sleep in the hope that it will do."""
import time


class DeadlinePassed(RuntimeError):
    """What was waited for did not come in time; the message says what was still missing."""


def until(missing, seconds, interval=0.1, say=None):
    """Calls missing() until it returns nothing.

    missing:  what is not there yet, in words, or an empty value.
    say:      called with each new answer of missing(), to show what is waited for.
    Raises DeadlinePassed with the last answer. Returns the seconds that it took.
    """
    start = time.monotonic()
    said = None
    while True:
        answer = missing()
        elapsed = time.monotonic() - start
        if not answer:
            return elapsed
        if say and answer != said:
            say(answer)
            said = answer
        if elapsed > seconds:
            raise DeadlinePassed(f"after {seconds:g} s: {answer}")
        time.sleep(interval)
