"""Commands of the machine, run with a deadline, their errors kept."""
import subprocess


class CommandFailed(RuntimeError):
    """A command ended with another exit code than 0; the message holds what it printed."""


def run(*words, stdin=None, seconds=30, check=True, env=None):
    """Runs a command and returns what it printed on standard output.

    Raises CommandFailed (with the command's standard error) or subprocess.TimeoutExpired.
    """
    words = [str(word) for word in words]
    done = subprocess.run(words, input=stdin, text=True, capture_output=True, timeout=seconds, env=env,
                          stdin=subprocess.DEVNULL if stdin is None else None)
    if check and done.returncode:
        raise CommandFailed(f"{' '.join(words)[:300]}: exit {done.returncode}: {(done.stderr or done.stdout).strip()}")
    return done.stdout
