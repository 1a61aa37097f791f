# Debian packages that Cloister and its lab need. Sourced; expects $root.

# what building and the benchmarks need; the font is for pictures
java_packages=(openjdk-17-jdk-headless maven git fonts-dejavu-core)
packages=("${java_packages[@]}" mininet openvswitch-switch iperf iperf3 iputils-ping ethtool tcpdump iproute2
    python3 python3-scapy procps curl psmisc unzip openssl)
# a NETCONF server that tests run sessions with; OpenSSH's own service is not wanted
packages+=(netconfd openssh-server)

# Those of the given packages that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
    done
}

# Installs the given packages; all of them, when none is given.
install_packages() {
    [ $# -gt 0 ] || set -- "${packages[@]}"
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if [ ${#missing[@]} -eq 0 ]; then
        echo "setup: all Debian packages are there"
        return
    fi
    if [ "$(id -u)" -ne 0 ]; then
        echo "setup: only root can install what is missing: ${missing[*]}" >&2
        return 1
    fi
    echo "setup: installing ${missing[*]} (waits up to 5 minutes for another apt to finish)"
    local ssh_is_new=no
    [[ " ${missing[*]} " != *" openssh-server "* ]] || ssh_is_new=yes
    mkdir -p "$root/target"
    local log="$root/target/setup.log"
    : > "$log"
    local installed=yes
    apt_install "${missing[@]}" >> "$log" 2>&1 || installed=no
    # even after half an installation: the next attempt finds the package there
    [ "$ssh_is_new" = no ] || [ ! -e /etc/init.d/ssh ] || disable_ssh ||
        echo "setup: OpenSSH's service could not be switched off, see: update-rc.d ssh disable" >&2
    if [ "$installed" = no ]; then
        echo "setup: apt-get failed, the end of $log:" >&2
        tail -n 20 "$log" >&2
        return 1
    fi
    mapfile -t missing < <(missing_packages "$@")
    if [ ${#missing[@]} -ne 0 ]; then
        echo "setup: still missing after apt-get: ${missing[*]}; see $log" >&2
        return 1
    fi
    echo "setup: installed"
}

# Nobody asked for logins to this machine: what came with the package is not to listen after the next boot.
disable_ssh() {
    if [ -d /run/systemd/system ]; then
        systemctl -q disable --now ssh.service ssh.socket
    fi
    update-rc.d ssh disable
}

# The subshell keeps the trap to itself.
apt_install() (
    export DEBIAN_FRONTEND=noninteractive
    # The lab starts Open vSwitch itself; a service that the package starts (or fails to, without systemd) is in the way.
    if [ ! -e /usr/sbin/policy-rc.d ]; then
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
        printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
        chmod 755 /usr/sbin/policy-rc.d
    fi
    apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 update &&
        apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 \
            install --no-install-recommends "$@" < /dev/null
)
