"""The process that keeps a fabric's namespaces: started by fabric.up, ended by fabric.down.

Reads the specification as JSON from its standard input, builds the fabric, writes the state file, prints one line
("ready", or what went wrong) and then waits for a signal. Nothing is taken down here: the next process that needs the
place sweeps it, whether this one ended in order or not.
"""
import json
import logging
import os
import signal
import sys

from cloister_lab import paths, process
from cloister_lab.emulation import Emulation
from cloister_lab.topology import FabricPlan, FabricSpec


def main():
    # A shell of Mininet ends with its terminal, so an unhandled SIGTERM is all the shutdown that is needed.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    answer = sys.stdout
    sys.stdout = sys.stderr
    try:
        emulation = Emulation(FabricPlan(FabricSpec(**json.load(sys.stdin))))
        emulation.start()
    except Exception as failure:  # whatever it is, the caller waits for this line
        logging.exception("the fabric was not built")
        print(f"{type(failure).__name__}: {failure}".replace("\n", " "), file=answer, flush=True)
        return 1
    paths.write_json(paths.FABRIC_STATE, {"daemon": process.identity(os.getpid()), **emulation.describe()})
    print("ready", file=answer, flush=True)
    answer.close()
    while True:
        signal.pause()


if __name__ == "__main__":
    sys.exit(main())
