package org.cloister.features;

import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The clauses of Import-Package or Export-Package: package to attributes and directives. */
final class PackageHeader {

    private static final Pattern CLAUSE = Pattern.compile("([^;,]+)((?:;[^;,=]+=(?:\"[^\"]*\"|[^;,]*))*),?");
    private static final Pattern PARAMETER = Pattern.compile(";([^;=:]+):?=(?:\"([^\"]*)\"|([^;,]*))");

    private final Map<String, Map<String, String>> clauses = new LinkedHashMap<>();

    PackageHeader(String header) {
        Matcher clause = CLAUSE.matcher(header);
        while (clause.find()) {
            Map<String, String> parameters = new LinkedHashMap<>();
            Matcher parameter = PARAMETER.matcher(clause.group(2));
            while (parameter.find()) {
                parameters.put(parameter.group(1).strip(),
                        parameter.group(2) == null ? parameter.group(3) : parameter.group(2));
            }
            clauses.put(clause.group(1).strip(), parameters);
        }
    }

    Iterable<String> packages() {
        return clauses.keySet();
    }

    /** Returns the versions that an import takes. */
    VersionRange range(String name) {
        return new VersionRange(clauses.get(name).getOrDefault("version", "0"));
    }

    /** Returns the version that an export has, null if there is no such export. */
    Version version(String name) {
        Map<String, String> parameters = clauses.get(name);
        return parameters == null ? null : Version.parseVersion(parameters.getOrDefault("version", "0"));
    }

    boolean optional(String name) {
        return "optional".equals(clauses.get(name).get("resolution"));
    }
}
