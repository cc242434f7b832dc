package io.github.smsdispatch.testkit.carrier;

import java.util.Locale;

/** What goes wrong with the receipts of a message. */
public enum ReceiptFault {
    /** Nothing. */
    NONE,
    /** None is ever sent; only asking tells what became of the message. */
    LOSE_RECEIPT,
    /** All of them arrive before the answer to the submission. */
    EARLY_RECEIPT,
    /** Each is sent twice. */
    REPEAT_RECEIPT,
    /** The final one arrives before the intermediate one. */
    REORDER_RECEIPT;

    /** The name in a {@link FaultScript}: {@code lose-receipt}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
