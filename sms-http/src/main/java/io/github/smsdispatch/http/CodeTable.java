package io.github.smsdispatch.http;

import io.github.smsdispatch.spi.RefusalReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider's error codes as data. A line of the table is {@code code | reason | meaning | source}; the reason is a
 * {@link RefusalReason}, or {@code UNKNOWN} where the code does not prove that nothing was taken. Lines that begin with
 * {@code #} and empty lines are skipped.
 */
public final class CodeTable {
    /**
     * One code.
     *
     * @param code as the provider writes it
     * @param reason null: the code does not prove that nothing was taken
     * @param meaning a sentence for people
     */
    public record Row(String code, @Nullable RefusalReason reason, String meaning) {}

    private final Map<String, Row> rows;

    private CodeTable(Map<String, Row> rows) {
        this.rows = rows;
    }

    /**
     * Reads a table that lies beside a class of the calling module, and closes it.
     *
     * @param table what {@link Class#getResourceAsStream} returned
     * @param name its name, for messages
     * @throws IllegalStateException if it is missing or a line cannot be read: the module was packed wrongly
     */
    public static CodeTable read(@Nullable InputStream table, String name) {
        if (table == null) {
            throw new IllegalStateException("code table " + name + " is missing from its module");
        }
        var rows = new LinkedHashMap<String, Row>();
        try (var reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                Row row = row(line, name + " line " + number);
                if (rows.put(row.code(), row) != null) {
                    throw new IllegalStateException(name + " line " + number + ": code is there twice");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read code table " + name, e);
        }
        return new CodeTable(rows);
    }

    /** What is known of a code. */
    public Optional<Row> find(@Nullable String code) {
        return Optional.ofNullable(code).map(rows::get);
    }

    /** All codes in the table. */
    public Set<String> codes() {
        return Set.copyOf(rows.keySet());
    }

    private static Row row(String line, String where) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 4) {
            throw new IllegalStateException(where + ": must be code | reason | meaning | source");
        }
        String reason = cells[1].strip();
        try {
            return new Row(
                    cells[0].strip(),
                    reason.equals("UNKNOWN") ? null : RefusalReason.valueOf(reason),
                    cells[2].strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(where + ": no such reason as " + reason, e);
        }
    }
}
