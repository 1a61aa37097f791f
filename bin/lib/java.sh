# Runs a class of the benchmarks. Sourced; expects $root.

# A main class and its arguments. $CLOISTER_JAVA_OPTIONS: more for the Java VM, such as -Xmx8g.
run_java() {
    # shellcheck disable=SC2086
    exec java -Djava.awt.headless=true -Djdk.util.zip.disableZip64ExtraFieldValidation=true -Djmh.ignoreLock=true \
        -Dcloister.repository="$root" ${CLOISTER_JAVA_OPTIONS:-} \
        -cp "$root/benchmarks/target/classes:$(cat "$root/benchmarks/target/class-path")" "$@"
}
