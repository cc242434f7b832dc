package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.http.Form;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The secret in a webhook's URL, as its last path segment or as the query parameter {@code key}. It stands for a
 * signature, which Africa's Talking does not have: whoever knows the URL is believed.
 */
final class WebhookSecret {
    private static final String PARAMETER = "key";

    private final byte @Nullable [] secret;

    /** @param secret of characters that a URL holds as they are; null: nobody is believed */
    WebhookSecret(@Nullable String secret) {
        this.secret = secret == null ? null : secret.getBytes(StandardCharsets.UTF_8);
    }

    boolean isSet() {
        return secret != null;
    }

    /**
     * Whether a URL holds it.
     *
     * @throws IllegalArgumentException if its query is not percent-encoded as it should be
     */
    boolean isIn(String url) {
        // Both are compared, so that the time taken does not depend on where it is.
        boolean inPath = matches(lastSegment(url));
        boolean inQuery = matches(Form.queryOf(url).first(PARAMETER).orElse(""));
        return inPath || inQuery;
    }

    private boolean matches(String given) {
        return secret != null && MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8));
    }

    private static String lastSegment(String url) {
        int end = 0;
        while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
            end++;
        }
        String path = url.substring(0, end);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return "WebhookSecret[" + (isSet() ? "set" : "not set") + "]";
    }
}
