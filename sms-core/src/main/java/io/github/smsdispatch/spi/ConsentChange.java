package io.github.smsdispatch.spi;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A person said STOP, or took it back, and the provider says so itself.
 *
 * @param account the account that tells
 * @param recipient who
 * @param consent whether they want texts from now on
 * @param sender the sender it is about, where the provider limits it to one; null: all of the account's
 */
public record ConsentChange(ProviderAccount account, PhoneNumber recipient, Consent consent, @Nullable String sender)
        implements WebhookEvent {
    /** Whether somebody wants to get texts. */
    public enum Consent {
        /** STOP and the like. */
        WITHDRAWN,
        /** START and the like. */
        GIVEN
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
