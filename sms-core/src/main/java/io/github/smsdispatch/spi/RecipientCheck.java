package io.github.smsdispatch.spi;

import io.github.smsdispatch.PhoneNumber;
import java.util.List;

/** A provider that can say whether a number is worth a text. Most charge for it. */
public interface RecipientCheck {
    /** How many numbers one call may ask for; at least 1. */
    int maxCheckBatch();

    /**
     * Asks about numbers; blocks. Nothing is thrown for what the network or the provider does.
     *
     * @param recipients 1 to {@link #maxCheckBatch()}
     * @return one finding for each, in the same order
     */
    List<RecipientFinding> check(List<PhoneNumber> recipients);
}
