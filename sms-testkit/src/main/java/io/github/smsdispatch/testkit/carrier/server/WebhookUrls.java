package io.github.smsdispatch.testkit.carrier.server;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an account has its webhooks, by provider. Immutable.
 *
 * @param byProvider those of single providers
 * @param otherwise of all others; null: none
 */
public record WebhookUrls(Map<String, URI> byProvider, @Nullable URI otherwise) {
    /** No webhook at all. */
    public static final WebhookUrls NONE = new WebhookUrls(Map.of(), null);

    public WebhookUrls {
        byProvider = Map.copyOf(byProvider);
    }

    /**
     * These and one more.
     *
     * @param provider null: all that have none of their own
     */
    public WebhookUrls with(@Nullable String provider, URI url) {
        if (provider == null) {
            return new WebhookUrls(byProvider, url);
        }
        var more = new HashMap<>(byProvider);
        more.put(provider, url);
        return new WebhookUrls(more, otherwise);
    }

    /** Null: none. */
    @Nullable
    URI of(String provider) {
        return byProvider.getOrDefault(provider, otherwise);
    }

    /**
     * Checks what a user set.
     *
     * @param setting its name, for the message
     * @throws IllegalArgumentException if one is elsewhere, or for a provider that is not played
     */
    public void check(String setting, Set<String> providers) {
        for (String provider : byProvider.keySet()) {
            if (!providers.contains(provider)) {
                throw new IllegalArgumentException(
                        setting + " is set for provider " + provider + ", but only " + providers + " are played");
            }
        }
        if ((otherwise != null && !WebhookPoster.isOnThisMachine(otherwise))
                || !byProvider.values().stream().allMatch(WebhookPoster::isOnThisMachine)) {
            throw new IllegalArgumentException(setting + " must be an address on this machine, such as"
                    + " http://127.0.0.1:8080/receipts: the simulator calls nobody else");
        }
    }
}
