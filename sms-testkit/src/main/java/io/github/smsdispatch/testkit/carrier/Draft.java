package io.github.smsdispatch.testkit.carrier;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A submission that a dialect has read and found valid; not yet accepted.
 *
 * @param recipient E.164 with plus sign
 * @param sender as given; null: the carrier picks one
 * @param service a pool of senders; null: none was named
 * @param text the text as it will be sent
 * @param segments as the carrier counts
 * @param reference the sender's own; null: none
 * @param callback where receipts go; null: nowhere, or to the address of the account
 * @param validity how long it may take to deliver
 */
record Draft(
        String recipient,
        @Nullable String sender,
        @Nullable String service,
        String text,
        int segments,
        @Nullable String reference,
        @Nullable String callback,
        Duration validity) {
    @Override
    public String toString() {
        return "Draft[segments=" + segments + "]";
    }
}
