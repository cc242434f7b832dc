package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.ProviderAccount;

/**
 * A provider's id of a message or of a part of it, unique within the account. Blanks around it do not count, because
 * databases disagree on whether they do, and only the first {@value #MAX_LENGTH} characters are kept, as {@link KeptText} has them.
 *
 * @param account the account that gave it
 * @param value the id
 */
public record ProviderId(ProviderAccount account, String value) {
    /** The longest id that is kept; those in use have at most 64 characters. */
    public static final int MAX_LENGTH = 190;

    /** Brings the id into the form that is kept. */
    public ProviderId {
        value = KeptText.of(value.strip(), MAX_LENGTH).stripTrailing();
    }
}
