package io.github.smsdispatch.spi;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A person said STOP, or took it back, and the provider says so itself.
 *
 * @param account the account that tells
 * @param eventId the provider's id of what it tells, the same whenever it tells it again: by it a repetition is known, so
 *     that it does not undo what the person said in between. That of the text where the request brings the text as an
 *     {@link InboundText} too. Never blank; null where the provider gives none: then WITHDRAWN counts each time, and GIVEN
 *     never, as it may be an old one that comes again
 * @param recipient who
 * @param consent whether they want texts from now on
 * @param sender the sender it is about, where the provider limits it to one; null: all of the account's
 */
public record ConsentChange(
        ProviderAccount account,
        @Nullable String eventId,
        PhoneNumber recipient,
        Consent consent,
        @Nullable String sender)
        implements WebhookEvent {
    /** Whether somebody wants to get texts. */
    public enum Consent {
        /** STOP and the like. */
        WITHDRAWN,
        /** START and the like. */
        GIVEN
    }

    /**
     * @throws IllegalArgumentException if the id is blank
     */
    public ConsentChange {
        if (eventId != null && eventId.isBlank()) {
            throw new IllegalArgumentException("the id of a change of consent is null or not blank");
        }
    }

    @Override
    public <T> T fold(
            Function<? super Receipt, ? extends T> receipt,
            Function<? super InboundText, ? extends T> inbound,
            Function<? super ConsentChange, ? extends T> consentChange) {
        return consentChange.apply(this);
    }

    /** Account and consent; no number. */
    @Override
    public String toString() {
        return "ConsentChange[" + account + ", " + consent + "]";
    }
}
