package io.github.smsdispatch.twilio;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether the account's recipients were seen masked, such as {@code +120255501XX}. With address redaction on, a search by
 * recipient may find nothing of what was sent, so that absence proves nothing from then on. What was never seen cannot be
 * known: the first doubt after a start may come before the first masked number. Thread-safe.
 */
final class AddressRedaction {
    private static final Pattern MASKED = Pattern.compile("\\+?[0-9]{0,15}[Xx*]{2,15}[0-9]{0,15}");

    private volatile boolean seen;

    /** Takes note of a recipient as Twilio writes it; null is none. */
    void note(@Nullable String to) {
        if (to != null && !seen && MASKED.matcher(to).matches()) {
            seen = true;
        }
    }

    boolean isSeen() {
        return seen;
    }
}
