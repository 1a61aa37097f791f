package org.cloister.features;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

import static org.assertj.core.api.Assertions.assertThat;

class PackageHeaderTest {

    @Test
    void importsHaveRangesAndResolutions() {
        PackageHeader header = new PackageHeader("a.b;version=\"[2.5,3)\",c;resolution:=optional;version=\"[1,2)\",d");
        assertThat(header.packages()).containsExactly("a.b", "c", "d");
        assertThat(header.range("a.b").includes(Version.parseVersion("2.7"))).isTrue();
        assertThat(header.range("a.b").includes(Version.parseVersion("3.0"))).isFalse();
        assertThat(header.range("d").includes(Version.emptyVersion)).isTrue();
        assertThat(header.optional("c")).isTrue();
        assertThat(header.optional("a.b")).isFalse();
    }

    @Test
    void exportsHaveVersions() {
        PackageHeader header = new PackageHeader("a.b;uses:=\"x,y;z\";version=\"1.5.1\",c;version=2");
        assertThat(header.packages()).containsExactly("a.b", "c");
        assertThat(header.version("a.b")).isEqualTo(Version.parseVersion("1.5.1"));
        assertThat(header.version("c")).isEqualTo(Version.parseVersion("2"));
        assertThat(header.version("none")).isNull();
    }
}
