package io.github.smsdispatch.http;

import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.RecipientFinding.Line;
import io.github.smsdispatch.spi.RecipientFinding.Reach;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider's codes and status words as data, in one text file beside its classes. A line is
 * {@code kind | code | maps to | meaning | source}; lines that begin with {@code #} and empty lines are skipped. Ask it
 * through a {@link CodeBook}, which counts what is not there.
 */
public final class CodeTable {
    /** What a code is about, and what it maps to. */
    public enum Kind {
        /**
         * The answer to a hand-over: {@code ACCEPTED}, a {@link FailureReason}, or {@code UNKNOWN} where the code does not
         * prove that nothing was taken.
         */
        SUBMIT,
        /** A status word of a receipt or look-up: a {@link ReceiptState}. */
        STATUS,
        /**
         * An error code of a receipt or look-up: a {@link FailureReason}, or {@code UNKNOWN} where it gives no reason.
         */
        RECEIPT,
        /** A word for the kind of line a number has: a {@link Line}. */
        LINE,
        /** A code in the answer to the check of a number: a {@link Reach}. */
        CHECK
    }

    /**
     * One line.
     *
     * @param code as the provider writes it
     * @param mapsTo the third column
     * @param meaning half a sentence for people
     */
    public record Row(Kind kind, String code, String mapsTo, String meaning) {
        /** Whether it is a {@link Kind#SUBMIT} row for what the provider took. */
        public boolean isAccepted() {
            return mapsTo.equals("ACCEPTED");
        }

        /** The reason; null where the row says {@code UNKNOWN} or {@code ACCEPTED}. */
        public @Nullable FailureReason reason() {
            boolean hasReasons = kind == Kind.SUBMIT || kind == Kind.RECEIPT;
            return !hasReasons || isAccepted() || mapsTo.equals("UNKNOWN") ? null : FailureReason.valueOf(mapsTo);
        }

        /** What a {@link Kind#STATUS} row says; unknown for the other kinds. */
        public ReceiptState state() {
            return kind == Kind.STATUS ? ReceiptState.valueOf(mapsTo) : ReceiptState.UNKNOWN;
        }

        /** What a {@link Kind#LINE} row says; unknown for the other kinds. */
        public Line line() {
            return kind == Kind.LINE ? Line.valueOf(mapsTo) : Line.UNKNOWN;
        }

        /** What a {@link Kind#CHECK} row says; unknown for the other kinds. */
        public Reach reach() {
            return kind == Kind.CHECK ? Reach.valueOf(mapsTo) : Reach.UNKNOWN;
        }
    }

    private record Key(Kind kind, String code) {}

    private final Map<Key, Row> rows;

    private CodeTable(Map<Key, Row> rows) {
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
        var rows = new LinkedHashMap<Key, Row>();
        try (var reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                Row row = row(line, name + " line " + number);
                if (rows.put(new Key(row.kind(), row.code()), row) != null) {
                    throw new IllegalStateException(name + " line " + number + ": code is there twice");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read code table " + name, e);
        }
        return new CodeTable(rows);
    }

    /** What is known of a code. */
    public Optional<Row> find(Kind kind, @Nullable String code) {
        return Optional.ofNullable(code).map(known -> rows.get(new Key(kind, known)));
    }

    /** All lines, in the order of the file. */
    public Collection<Row> rows() {
        return List.copyOf(rows.values());
    }

    private static Row row(String line, String where) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 5) {
            throw new IllegalStateException(where + ": must be kind | code | maps to | meaning | source");
        }
        try {
            Kind kind = Kind.valueOf(cells[0].strip().toUpperCase(Locale.ROOT));
            var row = new Row(kind, cells[1].strip(), cells[2].strip(), cells[3].strip());
            check(row);
            return row;
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    where + ": no such kind, or nothing that it maps to: " + cells[0].strip() + " | "
                            + cells[2].strip(),
                    e);
        }
    }

    private static void check(Row row) {
        if (row.isAccepted() && row.kind() != Kind.SUBMIT) {
            throw new IllegalArgumentException("ACCEPTED is for submit rows");
        }
        // Each throws if the row is of its kind and maps to nothing.
        row.reason();
        row.state();
        row.line();
        row.reach();
    }
}
