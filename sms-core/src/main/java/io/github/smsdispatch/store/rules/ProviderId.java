package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.ProviderAccount;

/**
 * A provider's id of a message or of a part of it, unique within the account. Blanks around it do not count, because
 * databases disagree on whether they do, and only the first {@value #MAX_LENGTH} characters are kept.
 *
 * @param account the account that gave it
 * @param value the id
 */
public record ProviderId(ProviderAccount account, String value) {
    /** The longest id that is kept; those in use have at most 64 characters. */
    public static final int MAX_LENGTH = 190;

    /** Brings the id into the form that is kept. */
    public ProviderId {
        value = value.strip();
        if (value.length() > MAX_LENGTH) {
            value = value.substring(0, MAX_LENGTH);
        }
    }
}
