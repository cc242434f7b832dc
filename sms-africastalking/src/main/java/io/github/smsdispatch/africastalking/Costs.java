package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.spi.SubmitOutcome.Cost;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a message costs, in the words of an answer: {@code KES 0.8000}, or {@code 0} for what was not sent. */
final class Costs {
    private static final Pattern COST = Pattern.compile("\\s*([A-Z]{3})\\s*([0-9]{1,9}(?:\\.[0-9]{1,9})?)\\s*");

    private Costs() {}

    /** Null where it cannot be read. */
    static @Nullable Cost read(@Nullable String text) {
        Matcher matcher = COST.matcher(text == null ? "" : text);
        if (!matcher.matches()) {
            return null;
        }
        try {
            return new Cost(new BigDecimal(matcher.group(2)), Currency.getInstance(matcher.group(1)));
        } catch (IllegalArgumentException e) {
            return null; // three letters that are no currency
        }
    }
}
