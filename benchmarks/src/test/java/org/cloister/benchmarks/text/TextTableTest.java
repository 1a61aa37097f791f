package org.cloister.benchmarks.text;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TextTableTest {

    @Test
    void wordsToTheLeftNumbersToTheRight() {
        TextTable table = new TextTable("name", "n", "with interval", "note");
        table.add("a", "1,000", "1.5 ± 0.1", "");
        table.add("longer", "-2.5", "10.0 ± 0.1", "12 apples");
        table.add("b", "-", "-", "x");

        assertThat(table).hasToString(""
                + "name        n  with interval  note\n"
                + "a       1,000      1.5 ± 0.1\n"
                + "longer   -2.5     10.0 ± 0.1  12 apples\n"
                + "b           -              -  x\n");
    }

    @Test
    void aTableWithoutRowsIsItsHeadings() {
        assertThat(new TextTable("a", "b")).hasToString("a  b\n");
    }

    @Test
    void cellsMustMatchHeadings() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TextTable("a", "b").add("1"))
                .withMessage("1 cells under 2 headings");
    }
}
