package io.github.smsdispatch.webhooks;

import io.github.smsdispatch.ProviderAccount;
import java.util.Optional;

/** The account in a path: {@code /{provider}}, or {@code /{provider}/{account}} and anything behind it. */
final class AccountPath {
    private AccountPath() {}

    /** Empty where the path names none. Names need no decoding: what would have to be encoded is in none of them. */
    static Optional<ProviderAccount> read(String path) {
        String[] segments = path.split("/", 4);
        if (segments.length < 2) {
            return Optional.empty();
        }
        String account = segments.length > 2 && !segments[2].isEmpty() ? segments[2] : ProviderAccount.DEFAULT;
        try {
            return Optional.of(new ProviderAccount(segments[1], account));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
