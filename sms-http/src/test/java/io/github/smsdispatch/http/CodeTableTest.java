package io.github.smsdispatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.http.CodeTable.Kind;
import io.github.smsdispatch.http.CodeTable.Row;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.RecipientFinding.Line;
import io.github.smsdispatch.spi.RecipientFinding.Reach;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeTableTest {
    @Test
    void aLineIsKindCodeWhatItMapsToMeaningAndSource() {
        CodeTable table = read(
                """
                # comment

                submit | 7 | OPTED_OUT | said no | docs
                submit | 5 | UNKNOWN | who knows | docs
                submit | 0 | ACCEPTED | fine | docs
                status | done | DELIVERED | there | docs
                receipt | 7 | RECIPIENT | gone | docs
                line | wall | LANDLINE | in a wall | docs
                check | 7 | IMPOSSIBLE | no number | docs
                """);

        assertThat(table.find(Kind.SUBMIT, "7")).contains(new Row(Kind.SUBMIT, "7", "OPTED_OUT", "said no"));
        assertThat(table.find(Kind.SUBMIT, "7").map(Row::reason)).contains(FailureReason.OPTED_OUT);
        assertThat(table.find(Kind.SUBMIT, "5").map(Row::reason)).isEmpty();
        assertThat(table.find(Kind.SUBMIT, "0").map(Row::isAccepted)).contains(true);
        assertThat(table.find(Kind.STATUS, "done").map(Row::state)).contains(ReceiptState.DELIVERED);
        assertThat(table.find(Kind.RECEIPT, "7").map(Row::reason)).contains(FailureReason.RECIPIENT);
        assertThat(table.find(Kind.LINE, "wall").map(Row::line)).contains(Line.LANDLINE);
        assertThat(table.find(Kind.CHECK, "7").map(Row::reach)).contains(Reach.IMPOSSIBLE);
        assertThat(table.find(Kind.CHECK, "7").map(Row::reason)).isEmpty();
        assertThat(table.rows()).extracting(Row::code).containsExactly("7", "5", "0", "done", "7", "wall", "7");
    }

    @Test
    void aCodeThatIsNotThereOrNullIsNotFound() {
        CodeTable table = read("submit | 7 | OPTED_OUT | said no | docs");

        assertThat(table.find(Kind.SUBMIT, "8")).isEmpty();
        assertThat(table.find(Kind.RECEIPT, "7")).isEmpty();
        assertThat(table.find(Kind.SUBMIT, null)).isEmpty();
    }

    @Test
    void aMistakeIsNamedWithItsLine() {
        assertThatThrownBy(() -> read("# x\nsubmit | 7 | OPTED_OUT | said no"))
                .hasMessage("codes.txt line 2: must be kind | code | maps to | meaning | source");
        for (String wrong : new String[] {
            "submit | 7 | NEVER",
            "receipt | 7 | ACCEPTED",
            "status | 7 | CONTENT",
            "line | 7 | CONTENT",
            "check | 7 | MOBILE",
            "x | 7 | CONTENT"
        }) {
            assertThatThrownBy(() -> read(wrong + " | said no | docs"))
                    .hasMessageStartingWith("codes.txt line 1: no such kind, or nothing that it maps to: ");
        }
        assertThatThrownBy(() -> read("submit | 7 | CONTENT | a | b\nsubmit | 7 | CONTENT | a | b"))
                .hasMessage("codes.txt line 2: code is there twice");
        assertThatThrownBy(() -> CodeTable.read(null, "codes.txt"))
                .hasMessage("code table codes.txt is missing from its module");
    }

    @Test
    void whatIsNotInTheTableIsCountedAndWhatLooksLikeNoCodeIsNotShown() {
        var book = new CodeBook(
                "acme", read("submit | 7 | OPTED_OUT | said no | docs\nstatus | done | DELIVERED | there | docs"));

        book.submit("7");
        book.submit(null);
        book.submit("8");
        book.submit("8");
        assertThat(book.state("done")).isEqualTo(ReceiptState.DELIVERED);
        assertThat(book.state("gone")).isEqualTo(ReceiptState.UNKNOWN);
        assertThat(book.reason("447700900123")).isNull();
        assertThat(book.line("mobile")).isEqualTo(Line.UNKNOWN);
        assertThat(book.check("9")).isEmpty();

        assertThat(book.unknownCodes())
                .isEqualTo(Map.of("submit 8", 2L, "status gone", 1L, "line mobile", 1L, "check 9", 1L, "others", 1L));
    }

    @Test
    void aWordIsNoCodeWhereAllCodesAreNumbers() {
        var book = new CodeBook(
                "acme", read("submit | 7 | OPTED_OUT | said no | docs\nstatus | done | DELIVERED | there | docs"));

        book.submit("secret");
        book.submit("secrets");

        assertThat(book.unknownCodes()).isEqualTo(Map.of("others", 2L));
        assertThat(book.shown(Kind.SUBMIT, "secret")).isNull();
        assertThat(book.shown(Kind.SUBMIT, "8")).isEqualTo("8");
        assertThat(book.shown(Kind.STATUS, "gone")).isEqualTo("gone");
        assertThat(book.shown(Kind.LINE, "mobile")).isEqualTo("mobile");
        assertThat(book.shown(Kind.SUBMIT, null)).isNull();
    }

    @Test
    void aProviderThatInventsCodesForEverFillsNoMemory() {
        var book = new CodeBook("acme", read("submit | 7 | OPTED_OUT | said no | docs"));

        for (int code = 0; code < 1_000; code++) {
            book.submit("1" + code);
        }

        assertThat(book.unknownCodes()).hasSize(101).containsEntry("others", 900L);
    }

    private static CodeTable read(String text) {
        return CodeTable.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "codes.txt");
    }
}
