"""The command line of the lab, behind bin/lab."""
import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from cloister_lab import fabric as fabrics
from cloister_lab import session
from cloister_lab.command import CommandFailed
from cloister_lab.control import ControlFailed
from cloister_lab.emulator import EmulatorFailed
from cloister_lab.fabric import FabricNotUp, FabricSpec
from cloister_lab.java import NoJava
from cloister_lab.onos import OnosFailed
from cloister_lab.rest import RestFailed, RestUnreachable
from cloister_lab.waiting import DeadlinePassed

_EXPECTED = (OnosFailed, FabricNotUp, EmulatorFailed, ControlFailed, NoJava, DeadlinePassed, CommandFailed, RestFailed,
             RestUnreachable, TimeoutError, ValueError)


def main(words=None):
    arguments = _parser().parse_args(words)
    if os.geteuid() != 0:
        print("lab: network namespaces and Open vSwitch need root", file=sys.stderr)
        return 2
    try:
        return arguments.run(arguments) or 0
    except _EXPECTED as failure:
        print(f"lab: {failure}", file=sys.stderr)
        return 1


def _parser():
    parser = argparse.ArgumentParser(prog="lab", description="One machine's worth of ONOS and a leaf-spine fabric.")
    commands = parser.add_subparsers(required=True, metavar="up|down|status|cli|host|optical")
    up = commands.add_parser("up", help="start ONOS, Open vSwitch and the fabric, and wait until ONOS sees all of it")
    up.add_argument("--topology", type=Path, metavar="FILE",
                    help="JSON with the fields of a fabric, optical switches included; the options below override it")
    defaults = FabricSpec()
    for name, text in (("leaves", "leaf switches"), ("spines", "spine switches"), ("hosts", "host ports per leaf"),
                       ("nics", "NICs per node; more than one makes the fabric rail-optimised")):
        up.add_argument(f"--{name}", type=int, metavar="N", help=f"{text} ({getattr(defaults, name)})")
    up.add_argument("--link-mbit", type=int, metavar="N", help="limit of every fabric link in Mbit/s (none)")
    up.add_argument("--wipe", action="store_true", help="begin with an empty ONOS: no application, no state")
    up.set_defaults(run=_up)
    commands.add_parser("down", help="stop what the lab started").set_defaults(run=lambda _: session.down())
    status = commands.add_parser("status", help="say what runs and what ONOS sees")
    status.add_argument("--json", action="store_true")
    status.set_defaults(run=_status)
    cli = commands.add_parser("cli", help="open the ONOS shell, or run one command in it")
    cli.add_argument("command", nargs=argparse.REMAINDER)
    cli.set_defaults(run=_cli)
    host = commands.add_parser("host", help="run a command in a host, e.g. host gpu-001-0 ping -c1 10.0.2.1")
    host.add_argument("name")
    host.add_argument("command", nargs=argparse.REMAINDER, help="default: a shell")
    host.set_defaults(run=_host)
    optical = commands.add_parser("optical", help="where an optical switch's light goes, or a fault for it")
    optical.add_argument("name", help="for instance ocs-1")
    optical.add_argument("order", nargs="?", type=json.loads, help="""JSON, e.g. '{"fault":"loss-of-light","port":"3"}'""")
    optical.set_defaults(run=_optical)
    return parser


def _up(arguments):
    given = {name: value for name in ("leaves", "spines", "hosts", "nics", "link_mbit")
             if (value := getattr(arguments, name)) is not None}
    spec = FabricSpec(**{**(json.loads(arguments.topology.read_text()) if arguments.topology else {}), **given})
    fabric = session.up(spec, arguments.wipe)
    optical = f", {len(fabric.optical_switches)} optical switches" if fabric.optical_switches else ""
    print(f"ready: {len(fabric.switches)} switches, {len(fabric.links)} links, {len(fabric.hosts)} hosts{optical}; "
          f"REST http://127.0.0.1:8181/onos/v1 (onos/rocks), shell: bin/lab cli")


def _status(arguments):
    status = session.status()
    if arguments.json:
        print(json.dumps(status, indent=2))
        return
    onos, fabric = status["onos"], status["fabric"]
    print("ONOS:", f"pid {onos['pid']}, {'ready' if onos['ready'] else 'waits for ' + onos['waitingFor']}"
          if onos["running"] else "not running")
    print("fabric:", f"{fabric['leaves']} leaves, {fabric['spines']} spines, {fabric['hosts']} hosts a leaf"
          if fabric else "not up")
    if status["seen"]:
        print(f"ONOS sees: {status['seen']}" + (f"; {status['missing']}" if status["missing"] else ", all of the fabric"))


def _cli(arguments):
    node = session.onos()
    if not node.pid:
        raise ValueError("cli: ONOS is not running; start it with bin/lab up")
    # The client asks for a terminal when it is to wait for commands, or for one command.
    if arguments.command:
        print(node.shell(" ".join(arguments.command)), end="")
        return 0
    if not sys.stdin.isatty():
        print(node.shell(*sys.stdin.read().splitlines()), end="")
        return 0
    return node.interactive_shell()


def _host(arguments):
    host = fabrics.load().hosts.get(arguments.name)
    if host is None:
        raise ValueError(f"host: no {arguments.name!r} in this fabric")
    return subprocess.call(host.command(*(arguments.command or ["bash", "--norc"])))


def _optical(arguments):
    switch = fabrics.load().optical_switches.get(arguments.name)
    if switch is None:
        raise ValueError(f"optical: no {arguments.name!r} in this fabric")
    if arguments.order is not None:
        print(json.dumps(switch.control.order(arguments.order), indent=2))
        return
    print("emulator:", "running" if switch.is_running else "not running")
    for port, other in sorted(switch.circuits()):
        print(f"{port} - {other}: {switch.ends[port]} - {switch.ends[other]}")


if __name__ == "__main__":
    sys.exit(main())
