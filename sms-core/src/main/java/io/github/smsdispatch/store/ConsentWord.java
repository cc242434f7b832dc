package io.github.smsdispatch.store;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConsentChange.Consent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of getting texts.
 *
 * @param account the account that heard it
 * @param eventId the account's id of it, by which a repetition is known; null: it has none
 * @param recipient who says it
 * @param consent what they say
 * @param tenants whose texts it is about
 */
public record ConsentWord(
        ProviderAccount account,
        @Nullable String eventId,
        PhoneNumber recipient,
        Consent consent,
        Set<String> tenants) {
    /** Copies the set. */
    public ConsentWord {
        tenants = Set.copyOf(tenants);
    }

    /**
     * Whether nobody can tell it from an old START that comes again after a STOP. Nothing is taken back on such a word: a
     * text too few is cheaper than a text too many.
     */
    public boolean mayBeAnOldStart() {
        return consent == Consent.GIVEN && eventId == null;
    }
}
