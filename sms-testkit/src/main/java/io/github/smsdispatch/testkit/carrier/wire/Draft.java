package io.github.smsdispatch.testkit.carrier.wire;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that a dialect has read and found valid; not yet accepted.
 *
 * @param recipient E.164 with plus sign
 * @param sender as given; null: the carrier picks one
 * @param service a pool of senders; null: none was named
 * @param text the text as it will be sent
 * @param segments as the carrier counts
 * @param reference the sender's own; null: none
 * @param callback where receipts go; null: nowhere, or to the address of the account
 * @param validity how long it may take to deliver
 * @param messageId the id that the sender chose, accepted only once; null: the carrier gives ids
 * @param reported whether its steps are reported at all
 * @param details whatever else the dialect needs to know of it later; kept in the ledger file too
 */
public record Draft(
        String recipient,
        @Nullable String sender,
        @Nullable String service,
        String text,
        int segments,
        @Nullable String reference,
        @Nullable String callback,
        Duration validity,
        @Nullable String messageId,
        boolean reported,
        Map<String, String> details)
        implements Item {
    public Draft {
        details = Map.copyOf(details);
    }

    /** One whose ids the carrier gives, and whose steps are reported. */
    public Draft(
            String recipient,
            @Nullable String sender,
            @Nullable String service,
            String text,
            int segments,
            @Nullable String reference,
            @Nullable String callback,
            Duration validity) {
        this(recipient, sender, service, text, segments, reference, callback, validity, null, true, Map.of());
    }

    /** With an id that the sender chose: accepted only if no message of this provider has it. */
    public Draft withMessageId(@Nullable String id) {
        return new Draft(
                recipient, sender, service, text, segments, reference, callback, validity, id, reported, details);
    }

    /** One of which nothing will ever be reported. */
    public Draft withoutReceipts() {
        return new Draft(
                recipient, sender, service, text, segments, reference, callback, validity, messageId, false, details);
    }

    public Draft withDetail(String name, String value) {
        var more = new HashMap<>(details);
        more.put(name, value);
        return new Draft(
                recipient, sender, service, text, segments, reference, callback, validity, messageId, reported, more);
    }

    @Override
    public String toString() {
        return "Draft[segments=" + segments + "]";
    }
}
