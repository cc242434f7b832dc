package io.github.smsdispatch.examples.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.github.smsdispatch.spi.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A campaign file: a header, then one row a line, read one at a time. RFC 4180, UTF-8 with or without byte order mark.
 */
final class CsvFile {
    /** The names in the header, spelled as the files spell them. */
    static final List<String> COLUMNS = List.of("message", "recepient_nos", "campaign", "sending_time");

    private static final String EXPECTED = "message,recepient_nos,campaign,sending_time";

    private static final ObjectReader READER =
            new CsvMapper().readerFor(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY);

    private final Path path;

    CsvFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /**
     * Reads the whole file once, so that a file that breaks off half-way is refused before anything of it is stored.
     *
     * @return how many rows it has
     * @throws ConfigurationException if it cannot be read as a campaign file
     */
    long check() {
        if (!Files.isRegularFile(path)) {
            throw problem(
                    Files.exists(path) ? "is no regular file" : "does not exist",
                    "give the path of a CSV file on disk");
        }
        if (!Files.isReadable(path)) {
            throw problem("may not be read by you", "change its permissions");
        }
        try (Rows rows = open()) {
            long count = 0;
            while (rows.hasNext()) {
                rows.next();
                count++;
            }
            return count;
        } catch (UncheckedIOException e) {
            throw problem("cannot be read to its end", "copy it to a local disk and try again");
        }
    }

    /**
     * Opens it behind its header.
     *
     * @throws ConfigurationException if the header is not as expected, or at the first row that is no CSV
     */
    Rows open() {
        try {
            // Not Jackson's own reading of bytes: that takes what is no UTF-8 for something else.
            BufferedReader text = Files.newBufferedReader(path, StandardCharsets.UTF_8);
            return new Rows(READER.readValues(withoutByteOrderMark(text)));
        } catch (IOException e) {
            throw broken(1, e);
        }
    }

    private static BufferedReader withoutByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != '\ufeff') {
            text.reset();
        }
        return text;
    }

    private ConfigurationException problem(String problem, String remedy) {
        return new ConfigurationException(path.toString(), problem, remedy);
    }

    /** Words of our own: the parser's might quote the file. */
    private ConfigurationException broken(long row, IOException e) {
        if (e instanceof CharacterCodingException) {
            return problem("is not UTF-8 at or after row " + row, "save it again with the encoding UTF-8");
        }
        if (e instanceof JsonProcessingException) {
            return problem(
                    "is no CSV from row " + row + " on: a quote is never closed, or text follows a closing quote",
                    "close the quote; a quote inside quotes is written twice (RFC 4180)");
        }
        return problem("cannot be read at row " + row, "copy it to a local disk and try again");
    }

    /** The rows behind the header. Not thread-safe. */
    final class Rows implements Iterator<CsvRow>, AutoCloseable {
        private final MappingIterator<String[]> cells;
        private final int[] positions;
        private final int width;
        private long row = 1;
        private @Nullable CsvRow next;

        private Rows(MappingIterator<String[]> cells) {
            this.cells = cells;
            try {
                String[] header = read();
                if (header == null) {
                    throw problem("is empty", "begin it with the header " + EXPECTED);
                }
                this.width = header.length;
                this.positions = positions(header);
            } catch (ConfigurationException e) {
                close();
                throw e;
            }
        }

        private int[] positions(String[] header) {
            List<String> names = List.of(header).stream().map(String::strip).toList();
            if (!new TreeSet<>(names).equals(new TreeSet<>(COLUMNS)) || names.size() != COLUMNS.size()) {
                String missing = COLUMNS.stream()
                        .filter(column -> !names.contains(column))
                        .collect(Collectors.joining(", "));
                throw problem(
                        missing.isEmpty()
                                ? "has a header with columns that do not belong there"
                                : "has no header with the column" + (missing.contains(",") ? "s " : " ") + missing,
                        "make its first line " + EXPECTED);
            }
            return COLUMNS.stream().mapToInt(names::indexOf).toArray();
        }

        private String @Nullable [] read() {
            try {
                return cells.hasNextValue() ? cells.nextValue() : null;
            } catch (IOException e) {
                throw broken(row, e);
            }
        }

        @Override
        public boolean hasNext() {
            while (next == null) {
                String[] values = read();
                if (values == null) {
                    return false;
                }
                row++;
                // An empty line is no row, but a spreadsheet counts it.
                if (values.length > 1 || (values.length == 1 && !values[0].isBlank())) {
                    next = toRow(values);
                }
            }
            return true;
        }

        private CsvRow toRow(String[] values) {
            return values.length == width
                    ? new CsvRow(
                            row,
                            values[positions[0]],
                            values[positions[1]],
                            values[positions[2]],
                            values[positions[3]],
                            0)
                    : new CsvRow(row, "", "", "", "", values.length);
        }

        @Override
        public CsvRow next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            CsvRow result = next;
            next = null;
            return result;
        }

        @Override
        public void close() {
            try {
                cells.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
