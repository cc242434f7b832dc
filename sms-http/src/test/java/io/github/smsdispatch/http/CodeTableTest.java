package io.github.smsdispatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.spi.RefusalReason;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CodeTableTest {
    @Test
    void aLineIsCodeReasonMeaningAndSource() {
        CodeTable table = read("# comment\n\n7 | OPTED_OUT | said no | docs\n5 | UNKNOWN | who knows | docs\n");

        assertThat(table.find("7")).contains(new CodeTable.Row("7", RefusalReason.OPTED_OUT, "said no"));
        assertThat(table.find("5")).contains(new CodeTable.Row("5", null, "who knows"));
        assertThat(table.codes()).containsExactlyInAnyOrder("7", "5");
    }

    @Test
    void aCodeThatIsNotThereOrNullIsNotFound() {
        CodeTable table = read("7 | OPTED_OUT | said no | docs");

        assertThat(table.find("8")).isEmpty();
        assertThat(table.find(null)).isEmpty();
    }

    @Test
    void aMistakeIsNamedWithItsLine() {
        assertThatThrownBy(() -> read("# x\n7 | OPTED_OUT | said no"))
                .hasMessage("codes.txt line 2: must be code | reason | meaning | source");
        assertThatThrownBy(() -> read("7 | NEVER | said no | docs"))
                .hasMessage("codes.txt line 1: no such reason as NEVER");
        assertThatThrownBy(() -> read("7 | CONTENT | a | b\n7 | CONTENT | a | b"))
                .hasMessage("codes.txt line 2: code is there twice");
        assertThatThrownBy(() -> CodeTable.read(null, "codes.txt"))
                .hasMessage("code table codes.txt is missing from its module");
    }

    private static CodeTable read(String text) {
        return CodeTable.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "codes.txt");
    }
}
