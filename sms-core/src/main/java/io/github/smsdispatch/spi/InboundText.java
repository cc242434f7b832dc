package io.github.smsdispatch.spi;

import io.github.smsdispatch.ProviderAccount;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text that somebody sent to one of the account's numbers. Providers may tell of the same one more than once: go by
 * account and id.
 *
 * @param account the account that got it
 * @param providerMessageId the provider's id; never blank
 * @param from who sent it: E.164 with plus sign where it is a phone number, else a short code or name as the provider
 *     writes it
 * @param to the number or code it was sent to, written likewise
 * @param text what it says; empty where it holds none
 * @param part which part of a long text it is; null: all of it
 * @param receivedAt when the provider got it; null where it does not say
 */
public record InboundText(
        ProviderAccount account,
        String providerMessageId,
        String from,
        String to,
        String text,
        @Nullable Part part,
        @Nullable Instant receivedAt)
        implements WebhookEvent {
    /**
     * Where a piece belongs in a long text that the provider passes on in pieces.
     *
     * @param reference the same for all pieces of one text from one sender, and used again after some hundred texts
     * @param number 1 to {@code total}
     * @param total how many pieces there are
     */
    public record Part(String reference, int number, int total) {
        /**
         * @throws IllegalArgumentException if the number is not 1 to {@code total}
         */
        public Part {
            if (number < 1 || number > total) {
                throw new IllegalArgumentException("a part has a number from 1 to their total");
            }
        }
    }

    /**
     * @throws IllegalArgumentException if the provider's id is blank
     */
    public InboundText {
        if (providerMessageId.isBlank()) {
            throw new IllegalArgumentException("an inbound text needs the provider's message id");
        }
    }

    @Override
    public <T> T fold(
            Function<? super Receipt, ? extends T> receipt,
            Function<? super InboundText, ? extends T> inbound,
            Function<? super ConsentChange, ? extends T> consent) {
        return inbound.apply(this);
    }

    /** Account and id; neither numbers nor text. */
    @Override
    public String toString() {
        return "InboundText[" + account + ", " + providerMessageId + "]";
    }
}
