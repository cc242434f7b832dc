package io.github.smsdispatch.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.spi.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A campaign file")
class CsvFileTest {
    private static final String HEADER = "message,recepient_nos,campaign,sending_time\n";

    @TempDir
    Path folder;

    @Test
    @DisplayName("gives its cells as they were before they were quoted")
    void quoting() throws IOException {
        List<CsvRow> rows = read(HEADER + "\"One, \"\"two\"\"\nthree\",\"+12025550101,+12025550102\",water,now\n");

        assertThat(rows)
                .containsExactly(new CsvRow(2, "One, \"two\"\nthree", "+12025550101,+12025550102", "water", "now", 0));
    }

    @Test
    @DisplayName("may begin with a byte order mark and end its lines as Windows does")
    void byteOrderMark() throws IOException {
        assertThat(read("\ufeff" + HEADER.replace("\n", "\r\n") + "Été,+12025550101,a,\r\n"))
                .containsExactly(new CsvRow(2, "Été", "+12025550101", "a", "", 0));
    }

    @Test
    @DisplayName("may have its columns in another order")
    void order() throws IOException {
        assertThat(read("sending_time,campaign,recepient_nos,message\nnow,a,+12025550101,Hi\n"))
                .containsExactly(new CsvRow(2, "Hi", "+12025550101", "a", "now", 0));
    }

    @Test
    @DisplayName(
            "counts rows as a spreadsheet does: with the header, with empty lines, a record with line breaks as one")
    void rowNumbers() throws IOException {
        List<CsvRow> rows = read(HEADER + "\"a\nb\",+12025550101,x,\n\nc,+12025550102,x,\n");

        assertThat(rows).extracting(CsvRow::row).containsExactly(2L, 4L);
    }

    @Test
    @DisplayName("tells a row with too few or too many cells from the others")
    void width() throws IOException {
        assertThat(read(HEADER + "Hi, there,+12025550101,x,now\nonly\n"))
                .extracting(CsvRow::wrongWidth)
                .containsExactly(5, 1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "message,recepient_nos,campaign|no header with the column sending_time",
                "message,recipient_nos,campaign,sending_time|no header with the column recepient_nos",
                "Hello,+12025550101,x,now|no header with the columns message, recepient_nos, campaign, sending_time",
                "message,recepient_nos,campaign,sending_time,note|columns that do not belong there",
                "message,recepient_nos,campaign,sending_time,message|columns that do not belong there",
            })
    @DisplayName("is refused as a whole if its header is not as expected")
    void header(String header, String problem) {
        assertThatThrownBy(() -> read(header + "\nHi,+12025550101,x,now,\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("message,recepient_nos,campaign,sending_time")
                .hasMessageNotContaining("+12025550101");
    }

    @Test
    @DisplayName("is refused if there is nothing in it")
    void empty() {
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is empty");
    }

    @Test
    @DisplayName("is refused before anything is stored if a quote is never closed, and the error names the row")
    void unclosedQuote() throws IOException {
        CsvFile file = file(HEADER + "Hi,+12025550101,x,now\n\"Secret,+12025550102,x,now\n");

        assertThatThrownBy(file::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("from row 2 on")
                .hasMessageNotContaining("Secret");
    }

    @Test
    @DisplayName("is refused if it is not UTF-8")
    void notUtf8() throws IOException {
        Path path = folder.resolve("latin1.csv");
        Files.write(path, (HEADER + "Été,+12025550101,x,now\n").getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> new CsvFile(path).check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is not UTF-8");
    }

    @Test
    @DisplayName("must exist and be a file")
    void missing() {
        assertThatThrownBy(() -> new CsvFile(folder.resolve("none.csv")).check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> new CsvFile(folder).check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is no regular file");
    }

    @Test
    @DisplayName("that comes along is what its generator writes")
    void generated() throws IOException {
        assertThat(Files.readString(Path.of("campaigns.csv"))).isEqualTo(DemoCampaigns.content());
    }

    private CsvFile file(String content) throws IOException {
        Path path = folder.resolve("file.csv");
        Files.writeString(path, content);
        return new CsvFile(path);
    }

    private List<CsvRow> read(String content) throws IOException {
        var rows = new ArrayList<CsvRow>();
        try (CsvFile.Rows all = file(content).open()) {
            all.forEachRemaining(rows::add);
        }
        return rows;
    }
}
