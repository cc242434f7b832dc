package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.CodeTable.Kind;
import io.github.smsdispatch.http.CodeTable.Row;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ReceiptState;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The codes and words of one account. Africa's Talking spells its words differently from page to page
 * ({@code UserInBlacklist}, {@code UserInBlackList}), so that they are compared by their letters alone. Thread-safe.
 */
final class AfricasTalkingCodes {
    static final CodeTable TABLE = CodeTable.read(
            AfricasTalkingCodes.class.getResourceAsStream("africastalking-codes.txt"), "africastalking-codes.txt");

    private static final Pattern NO_LETTERS = Pattern.compile("[^A-Za-z]+");

    private record Word(Kind kind, String letters) {}

    /** How the table spells a word. */
    private static final Map<Word, String> SPELLINGS = spellings();

    private final CodeBook book;

    AfricasTalkingCodes(String account) {
        this.book = new CodeBook(account, TABLE);
    }

    /** What an answer's code or word means. */
    Optional<Row> submit(@Nullable String code) {
        return book.submit(spelt(Kind.SUBMIT, code));
    }

    /** What the status of a delivery report means. */
    ReceiptState state(String word) {
        return book.state(spelt(Kind.STATUS, word));
    }

    /** Why something was not delivered. */
    @Nullable
    FailureReason reason(String word) {
        return book.reason(spelt(Kind.RECEIPT, word));
    }

    /** As {@link #reason}, for a word that need not be a reason: not counted. */
    @Nullable
    FailureReason reasonIfAny(String word) {
        return TABLE.find(Kind.RECEIPT, spelt(Kind.RECEIPT, word))
                .map(Row::reason)
                .orElse(null);
    }

    Map<String, Long> unknownCodes() {
        return book.unknownCodes();
    }

    private static @Nullable String spelt(Kind kind, @Nullable String word) {
        return word == null ? null : SPELLINGS.getOrDefault(new Word(kind, letters(word)), word);
    }

    private static Map<Word, String> spellings() {
        var spellings = new HashMap<Word, String>();
        for (Row row : TABLE.rows()) {
            String letters = letters(row.code());
            if (!letters.isEmpty()) {
                spellings.put(new Word(row.kind(), letters), row.code());
            }
        }
        return spellings;
    }

    /** Empty for a number, which is compared as it is. */
    private static String letters(String word) {
        return NO_LETTERS.matcher(word).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
