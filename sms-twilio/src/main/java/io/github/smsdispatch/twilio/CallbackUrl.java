package io.github.smsdispatch.twilio;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.http.Form;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Our reference in the status callback's URL. Twilio keeps no client reference; the query of a message's own callback
 * URL comes back with each of its callbacks, and the signature covers it.
 */
final class CallbackUrl {
    /** The query parameter with the reference. */
    static final String REFERENCE = "ref";

    private CallbackUrl() {}

    /** The URL with the reference in its query; before the fragment, which may hold connection overrides. */
    static String with(String url, String reference) {
        int hash = url.indexOf('#');
        String base = hash < 0 ? url : url.substring(0, hash);
        String fragment = hash < 0 ? "" : url.substring(hash);
        return base + (base.indexOf('?') < 0 ? "?" : "&") + REFERENCE + "=" + reference + fragment;
    }

    /** The reference; null where there is none, or none of ours. */
    static @Nullable AttemptId referenceOf(Form query) {
        Optional<String> reference = query.first(REFERENCE);
        try {
            return reference.map(AttemptId::parse).orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
