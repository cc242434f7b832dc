package io.github.smsdispatch.http;

import io.github.smsdispatch.http.CodeTable.Kind;
import io.github.smsdispatch.http.CodeTable.Row;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.RecipientFinding.Line;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One account's view of a {@link CodeTable}: looks codes up, and counts those that are not there, so that a table that has
 * grown old shows. The first of each is logged. Thread-safe.
 */
public final class CodeBook {
    private static final Logger log = LoggerFactory.getLogger(CodeBook.class);

    /** What a code looks like; anything else may be a text or a number, which must not be shown. */
    private static final Pattern SHOWABLE = Pattern.compile("[0-9]{1,6}|[A-Za-z][A-Za-z_.-]{0,47}");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private static final int MOST = 100;
    private static final String OTHERS = "others";

    private final String account;
    private final CodeTable table;
    /** The kinds whose codes are numbers, all of them. */
    private final Set<Kind> numbered = EnumSet.noneOf(Kind.class);

    private final Map<String, LongAdder> unknown = new ConcurrentHashMap<>();

    /**
     * @param account who the codes come from, for the log
     */
    public CodeBook(String account, CodeTable table) {
        this.account = account;
        this.table = table;
        table.rows().forEach(row -> numbered.add(row.kind()));
        table.rows().stream()
                .filter(row -> !NUMBER.matcher(row.code()).matches())
                .forEach(row -> numbered.remove(row.kind()));
    }

    /**
     * What is known of an answer's code; counted if it is there and not known. Null: there is no code. A code that is not
     * known proves nothing: what speaks is the HTTP status ({@link Outcomes#ofUnknownCode}), under which a 4xx was not
     * processed and a 2xx or 5xx leaves the message in doubt.
     */
    public Optional<Row> submit(@Nullable String code) {
        return find(Kind.SUBMIT, code);
    }

    /** What a status word means; counted if not known. Null: there is no word. */
    public ReceiptState state(@Nullable String word) {
        return find(Kind.STATUS, word).map(Row::state).orElse(ReceiptState.UNKNOWN);
    }

    /** Why a message was not delivered, by the error code of its receipt; counted if not known. Null: there is no code. */
    public @Nullable FailureReason reason(@Nullable String errorCode) {
        return find(Kind.RECEIPT, errorCode).map(Row::reason).orElse(null);
    }

    /** What kind of line a word means; counted if not known. Null: there is no word. */
    public Line line(@Nullable String word) {
        return find(Kind.LINE, word).map(Row::line).orElse(Line.UNKNOWN);
    }

    /** What is known of a code in the answer to the check of a number; counted if it is there and not known. */
    public Optional<Row> check(@Nullable String code) {
        return find(Kind.CHECK, code);
    }

    /** How often each unknown code was seen, as {@code kind code}; those beyond the first hundred and those that look like no code count as {@code others}. */
    public Map<String, Long> unknownCodes() {
        var counts = new TreeMap<String, Long>();
        unknown.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }

    /**
     * A code of a kind as it may be shown: itself, or null where it does not look like one. Where all of the table's codes
     * of that kind are numbers, a word does not: it may be somebody's text.
     */
    public @Nullable String shown(Kind kind, @Nullable String code) {
        @Nullable String showable = showable(code);
        boolean isStrange = showable != null
                && numbered.contains(kind)
                && !NUMBER.matcher(showable).matches();
        return isStrange ? null : showable;
    }

    /** A code as it may be shown: itself, or null where it does not look like one. */
    public static @Nullable String showable(@Nullable String code) {
        return code != null && SHOWABLE.matcher(code).matches() ? code : null;
    }

    private Optional<Row> find(Kind kind, @Nullable String code) {
        Optional<Row> row = table.find(kind, code);
        if (row.isEmpty() && code != null) {
            count(kind, code);
        }
        return row;
    }

    private void count(Kind kind, String code) {
        boolean kept = shown(kind, code) != null && unknown.size() < MOST;
        String name = kind.name().toLowerCase(Locale.ROOT) + " " + code;
        LongAdder counter = unknown.get(name);
        if (counter == null) {
            var fresh = new LongAdder();
            counter = unknown.putIfAbsent(kept ? name : OTHERS, fresh);
            if (counter == null) {
                counter = fresh;
                log.warn(
                        "{} said {}, which this version does not know",
                        account,
                        kept ? name : "a code of another form");
            }
        }
        counter.increment();
    }
}
