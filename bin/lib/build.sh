# Builds with Maven when a source changed. Sourced; expects $root.

distribution=lab/karaf/target/assembly/bin/karaf

# One hash over the names and contents of everything that Maven builds from.
sources_hash() (
    cd "$root"
    git -c safe.directory='*' ls-files -z --cached --others --exclude-standard -- \
        pom.xml .mvn ':(glob)**/pom.xml' ':(glob)**/src/**' |
        sort -zu | xargs -0 sha256sum 2>/dev/null | sha256sum | cut -d' ' -f1
)

build() {
    local stamp="$root/target/build.sha256" log="$root/target/build.log"
    mkdir -p "$root/target"
    exec 9> "$root/target/build.lock"
    if ! flock -n 9; then
        echo "build: waiting for another build of this directory"
        flock -w 1800 9 || { echo "build: the other build took more than 30 minutes" >&2; return 1; }
    fi
    local sources
    sources=$(sources_hash)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$sources" ] && [ -x "$root/$distribution" ]; then
        echo "build: nothing changed since the last one"
    else
        rm -f "$stamp"
        echo "build: Maven builds all modules; the first time it downloads about 250 MB (log: $log)"
        if ! run_maven "$log"; then
            echo "build: failed:" >&2
            grep -E '^\[ERROR\]' "$log" | head -n 25 >&2
            return 1
        fi
        printf '%s\n' "$sources" > "$stamp"
        echo "build: done"
    fi
    exec 9>&-
}

run_maven() {
    (cd "$root" && mvn -B -ntp package -DskipTests < /dev/null 2>&1) | tee "$1" |
        { grep --line-buffered -oE '^\[INFO\] Building .+ \[[0-9]+/[0-9]+\]' || true; } |
        sed -u 's/^\[INFO\] Building /build:   /'
    return "${PIPESTATUS[0]}"
}
