# Builds with Maven when a source changed. Sourced; expects $root.

distribution=lab/karaf/target/assembly/bin/karaf
class_path=benchmarks/target/class-path

# One hash over the names and contents of everything that Maven builds the given directories from.
sources_hash() (
    cd "$root"
    git -c safe.directory='*' ls-files -z --cached --others --exclude-standard -- \
        pom.xml .mvn "${@/%//pom.xml}" "${@/%//**/pom.xml}" "${@/%//src/**}" "${@/%//**/src/**}" |
        sort -zu | xargs -0 sha256sum 2>/dev/null | sha256sum | cut -d' ' -f1
)

# Everything: for the lab and the demo.
build() {
    under_lock build_when_changed build "$distribution" "all modules; the first time it downloads about 250 MB" \
        protocol-gnmi shell runtime test-support app-isolation app-ocs driver-ocs rest-api features lab benchmarks
}

# What bin/replay and bin/benchmark run, and no more.
build_benchmarks() {
    under_lock build_when_changed build-benchmarks "$class_path" \
        "the replay and the benchmarks; the first time it downloads about 150 MB" \
        protocol-gnmi shell runtime test-support app-isolation app-ocs driver-ocs benchmarks -- \
        -pl benchmarks -am
}

under_lock() {
    mkdir -p "$root/target"
    exec 9> "$root/target/build.lock"
    if ! flock -n 9; then
        echo "build: waiting for another build of this directory"
        flock -w 1800 9 || { echo "build: the other build took more than 30 minutes" >&2; return 1; }
    fi
    local status=0
    "$@" || status=$?
    exec 9>&-
    return $status
}

# NAME of stamp and log, the FILE that a build leaves, what is WHAT, directories, and after -- more for Maven.
build_when_changed() {
    local stamp="$root/target/$1.sha256" log="$root/target/$1.log" file="$root/$2" what=$3 directories=()
    shift 3
    while [ $# -gt 0 ] && [ "$1" != -- ]; do directories+=("$1"); shift; done
    [ $# -eq 0 ] || shift
    local sources
    sources=$(sources_hash "${directories[@]}")
    if [ "$(cat "$stamp" 2>/dev/null)" = "$sources" ] && is_complete "$file"; then
        echo "build: nothing changed since the last one"
        return
    fi
    rm -f "$stamp"
    echo "build: Maven builds $what (log: $log)"
    if ! run_maven "$log" "$@"; then
        echo "build: failed:" >&2
        grep -E '^\[ERROR\]' "$log" | head -n 25 >&2
        return 1
    fi
    printf '%s\n' "$sources" > "$stamp"
    echo "build: done"
}

# A class path is complete when all that it names is there.
is_complete() {
    case "$1" in
        */class-path) [ -s "$1" ] && tr ':' '\n' < "$1" | while read -r jar; do [ -e "$jar" ] || exit 1; done ;;
        *) [ -x "$1" ] ;;
    esac
}

run_maven() {
    local log=$1
    shift
    (cd "$root" && mvn -B -ntp package -DskipTests "$@" < /dev/null 2>&1) | tee "$log" |
        { grep --line-buffered -oE '^\[INFO\] Building .+ \[[0-9]+/[0-9]+\]' || true; } |
        sed -u 's/^\[INFO\] Building /build:   /'
    return "${PIPESTATUS[0]}"
}
