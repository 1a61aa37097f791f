"""Builds a FabricPlan with Mininet: bridges of Open vSwitch, hosts and optical switches as network namespaces, veth pairs.

Every interface is silent by itself: no IPv6 on it, no ARP answered by the machine's own stack, so that a frame seen
anywhere was sent by a test.
"""
import json

from mininet.link import Intf, Link
from mininet.net import Mininet
from mininet.node import Host, OVSSwitch

from cloister_lab import ovs
from cloister_lab.command import CommandFailed, run
from cloister_lab.marks import BRIDGE_KEY, BRIDGE_VALUE, LINK_GROUP
from cloister_lab.optical import port_interface
from cloister_lab.topology import FABRIC_MTU, HOST_MTU, interface_name

HOST_INTERFACE = "eth0"
# A shallow queue per limited link, of bytes as a switch has it: 100 full packets. The default (1,000 packets) would add 100 ms
# at 100 Mbit/s; 100 small ones would not outlast the moments in which a busy machine sends nothing and then all at once.
QUEUE_BYTES = 100 * 1518
# An optical switch's management interface; in the root namespace its peer is NAME-mgmt.
MANAGEMENT_INTERFACE = "mgmt"

_HOST_SETUP = ("sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1"
               " && ip link set lo up")
_INTERFACE_SETUP = ("ip address add {ip}/{prefix_length} dev {interface} && ip link set {interface} up"
                    " && ethtool -K {interface} rx off tx off sg off tso off gso off gro off >/dev/null")
_MANAGEMENT_SETUP = "ip address add {address}/30 dev {interface} && ip link set {interface} up"
# Down is dark: the emulator puts light on a port by taking its interface up.
_FIBRE_SETUP = "ip link set {interface} arp off"


class FabricSwitch(OVSSwitch):
    """A bridge that carries the lab's mark and a controller given as a target, or none."""

    def __init__(self, name, target=None, **params):
        super().__init__(name, failMode="secure", batch=True, **params)
        self.target = target

    def bridgeOpts(self):
        options = super().bridgeOpts() + f" external_ids:{BRIDGE_KEY}={BRIDGE_VALUE}"
        return options + (f" -- set-controller {self.name} {self.target}" if self.target else "")


class PlainLink(Link):
    """A link over interfaces that exist already: they are all made in one go, see Emulation."""

    @classmethod
    def makeIntfPair(cls, *names, **options):
        """Nothing to make."""


class Emulation:
    """The running fabric of a plan. The namespaces live as long as this process."""

    def __init__(self, plan):
        self.plan = plan
        self.net = Mininet(build=False, controller=None, switch=FabricSwitch, host=Host, link=PlainLink, intf=Intf)

    def start(self):
        self._add_nodes()
        self._make_interfaces()
        self._register_links()
        self._configure_hosts()
        self._configure_optical_switches()
        # Before the bridges, so that a controller meets switches whose ports are up, as it would real ones.
        self._up_switch_ports()
        started = [self.net[switch.name] for switch in self.plan.switches]
        for switch in started:
            switch.start([])
        with ovs.port_buffers(self.plan.spec.port_buffer):
            FabricSwitch.batchStartup(started, run=_run_vsctl)
        self._mark_bridges()
        if self.plan.spec.link_mbit:
            self._limit_links()

    def describe(self):
        """What a reader of the state file gets, see fabric.Fabric."""
        peers = _peers(self.plan)
        return {
            "spec": self.plan.spec.to_json(),
            "switches": [{"name": s.name, "role": s.role, "dpid": f"{s.dpid:016x}", "device": s.device,
                          "ports": [{"number": port, "interface": s.interface(port), "peer": peers[s.name, port]}
                                    for port in [*s.host_ports, *s.fabric_ports]]}
                         for s in self.plan.switches],
            "hosts": [{**vars(h), "interface": HOST_INTERFACE, "pid": self.net[h.name].pid,
                       "netns": f"/proc/{self.net[h.name].pid}/ns/net"} for h in self.plan.hosts],
            "links": [vars(link) for link in self.plan.links],
            "opticalSwitches": [{"name": o.name, "pid": self.net[o.name].pid} for o in self.plan.optical_switches],
        }

    def _add_nodes(self):
        datapath = "kernel" if ovs.kernel_datapath() else "user"
        for host in self.plan.hosts:
            node = self.net.addHost(host.name, ip=f"{host.ip}/{host.prefix_length}", mac=host.mac)
            _expect_silence(node, _HOST_SETUP)
        for optical in self.plan.optical_switches:
            _expect_silence(self.net.addHost(optical.name), _HOST_SETUP)
        for switch in self.plan.switches:
            self.net.addSwitch(switch.name, dpid=f"{switch.dpid:016x}", datapath=datapath,
                               protocols=self.plan.spec.protocols, target=self.plan.spec.controller)

    def _make_interfaces(self):
        lines = []
        for host in self.plan.hosts:
            lines.append(f"link add {interface_name(host.leaf, host.port)} group {LINK_GROUP} "
                         f"mtu {HOST_MTU} type veth peer name {HOST_INTERFACE} address {host.mac} mtu {HOST_MTU} "
                         f"netns {self.net[host.name].pid}")
        for link in self.plan.links:
            ends = _ends(link)
            lines.append(f"link add {ends[0]} group {LINK_GROUP} mtu {FABRIC_MTU} "
                         f"type veth peer name {ends[1]} mtu {FABRIC_MTU}")
            lines.append(f"link set {ends[1]} group {LINK_GROUP}")
        for fibre in self.plan.fibres:
            lines.append(f"link add {interface_name(fibre.switch, fibre.switch_port)} group {LINK_GROUP} "
                         f"mtu {FABRIC_MTU} type veth peer name {port_interface(fibre.optical_switch, fibre.port)} "
                         f"mtu {FABRIC_MTU} netns {self.net[fibre.optical_switch].pid}")
        for optical in self.plan.optical_switches:
            pid = self.net[optical.name].pid
            # a port without a fibre is there all the same
            lines += [f"link add {optical.interface(port)} netns {pid} type veth peer name {optical.name}-x{port} netns {pid}"
                      for port in self.plan.unplugged(optical.name)]
            lines.append(f"link add {optical.name}-mgmt group {LINK_GROUP} type veth "
                         f"peer name {MANAGEMENT_INTERFACE} netns {pid}")
        run("ip", "-batch", "-", stdin="\n".join(lines) + "\n", seconds=120)

    def _register_links(self):
        for host in self.plan.hosts:
            PlainLink(self.net[host.name], self.net[host.leaf], port1=0, port2=host.port, intfName1=HOST_INTERFACE,
                      intfName2=interface_name(host.leaf, host.port), addr1=host.mac, up=None)
        for link in self.plan.links:
            ends = _ends(link)
            PlainLink(self.net[link.leaf], self.net[link.spine], port1=link.leaf_port, port2=link.spine_port,
                      intfName1=ends[0], intfName2=ends[1], up=None)
        for fibre in self.plan.fibres:
            PlainLink(self.net[fibre.optical_switch], self.net[fibre.switch], port1=fibre.port, port2=fibre.switch_port,
                      intfName1=port_interface(fibre.optical_switch, fibre.port),
                      intfName2=interface_name(fibre.switch, fibre.switch_port), up=None)

    def _configure_hosts(self):
        for host in self.plan.hosts:
            _expect_silence(self.net[host.name], _INTERFACE_SETUP.format(
                interface=HOST_INTERFACE, ip=host.ip, prefix_length=host.prefix_length))

    def _configure_optical_switches(self):
        for optical in self.plan.optical_switches:
            commands = [_MANAGEMENT_SETUP.format(address=optical.address, interface=MANAGEMENT_INTERFACE)]
            commands += [_FIBRE_SETUP.format(interface=optical.interface(fibre.port)) for fibre in self.plan.fibres
                         if fibre.optical_switch == optical.name]
            _expect_silence(self.net[optical.name], " && ".join(commands))
            _forbid_ipv6(f"{optical.name}-mgmt")
            run("sh", "-c", _MANAGEMENT_SETUP.format(address=optical.gateway, interface=f"{optical.name}-mgmt"))

    def _up_switch_ports(self):
        names = [s.interface(port) for s in self.plan.switches for port in [*s.host_ports, *s.fabric_ports]]
        for name in names:
            _forbid_ipv6(name)
        run("ip", "-batch", "-", stdin="".join(f"link set {name} arp off up\n" for name in names), seconds=120)

    def _mark_bridges(self):
        # A bridge of the userspace datapath has an interface of its own, which survives a kill of Open vSwitch.
        bridges = [s.name for s in self.plan.switches]
        for name in bridges:
            _forbid_ipv6(name)
        run("ip", "-batch", "-", stdin="".join(f"link set {name} group {LINK_GROUP}\n" for name in bridges))

    def _limit_links(self):
        # After add-port, which discards an interface's qdisc.
        names = [switch.interface(port) for switch in self.plan.switches for port in switch.fabric_ports]
        rate = f"{self.plan.spec.link_mbit}mbit"
        lines = []
        for name in names:
            lines += [f"qdisc replace dev {name} root handle 1: htb default 1",
                      f"class replace dev {name} parent 1: classid 1:1 htb rate {rate} ceil {rate} burst 15k cburst 15k",
                      f"qdisc replace dev {name} parent 1:1 handle 10: bfifo limit {QUEUE_BYTES}"]
        run("tc", "-batch", "-", stdin="\n".join(lines) + "\n", seconds=120)
        limited = {q["dev"] for q in json.loads(run("tc", "-j", "qdisc", "show")) if q["kind"] == "htb"}
        missing = sorted(set(names) - limited)
        if missing:
            raise CommandFailed(f"link_mbit: no limit on {', '.join(missing)}")


def _ends(link):
    return interface_name(link.leaf, link.leaf_port), interface_name(link.spine, link.spine_port)


def _peers(plan):
    """What each port of each switch is wired to."""
    peers = {(host.leaf, host.port): host.name for host in plan.hosts}
    for link in plan.links:
        peers[link.leaf, link.leaf_port] = f"{link.spine}/{link.spine_port}"
        peers[link.spine, link.spine_port] = f"{link.leaf}/{link.leaf_port}"
    for fibre in plan.fibres:
        peers[fibre.switch, fibre.switch_port] = f"{fibre.optical_switch}/{fibre.port}"
    return peers


def _forbid_ipv6(name):
    try:
        with open(f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6", "w") as switch:
            switch.write("1")
    except FileNotFoundError:
        pass  # a kernel without IPv6


def _expect_silence(node, command):
    said = node.cmd(command).strip()
    if said:
        raise CommandFailed(f"{node.name}: {command}: {said}")


def _run_vsctl(words, shell):
    """Mininet's batch of ovs-vsctl, with a deadline and its errors raised."""
    run("sh", "-c", words.replace("ovs-vsctl", "ovs-vsctl --timeout=60", 1), seconds=90)
