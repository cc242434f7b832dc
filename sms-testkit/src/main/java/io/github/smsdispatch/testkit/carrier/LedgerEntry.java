package io.github.smsdispatch.testkit.carrier;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message that the carrier accepted, as it stood when the ledger was asked.
 *
 * @param provider whose wire format it came in by: {@code twilio}, {@code vonage}
 * @param messageIds the carrier's ids: one, or one for each part where the provider counts so; or the one
 *     that the sender chose
 * @param reference the sender's reference (Twilio: {@code ref} in the query of StatusCallback; Vonage: client-ref);
 *     null: it carried none
 * @param recipient E.164 with plus sign
 * @param textHash {@link Ledger#textHash} of the text
 * @param segments segments as the carrier counts them
 * @param acceptedAt by the carrier's clock
 * @param state where it was when the ledger was asked; of several parts, UNDELIVERED if any part failed
 */
public record LedgerEntry(
        String provider,
        List<String> messageIds,
        @Nullable String reference,
        String recipient,
        String textHash,
        int segments,
        Instant acceptedAt,
        CarrierState state) {
    /** Copies the list. */
    public LedgerEntry {
        messageIds = List.copyOf(messageIds);
    }

    /** Everything but the recipient and the text. */
    @Override
    public String toString() {
        return "LedgerEntry[" + provider + " " + messageIds + ", reference=" + reference + ", segments=" + segments
                + ", acceptedAt=" + acceptedAt + ", " + state + "]";
    }
}
