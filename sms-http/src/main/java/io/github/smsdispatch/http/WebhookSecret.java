package io.github.smsdispatch.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * The secret in a webhook's URL, for providers that sign nothing: whoever knows the URL is believed. It is the last
 * segment of the path, or the query parameter {@code key} or {@code token}, whichever suits the provider's dashboard.
 * Compared in constant time. Immutable; shows nothing of itself.
 */
public final class WebhookSecret {
    private static final List<String> PARAMETERS = List.of("key", "token");

    private final byte[] secret;

    /**
     * @param secret of characters that a URL holds as they are, or it is found in the query alone
     * @throws IllegalArgumentException if it is blank, which every URL would hold
     */
    public WebhookSecret(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("a blank webhook secret keeps nobody out");
        }
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Whether a URL holds it. Of a parameter that comes twice, the first counts. A query that is not percent-encoded as
     * it should be holds nothing.
     */
    public boolean isIn(String url) {
        boolean found = matches(lastSegment(url));
        Form query = query(url);
        // All are compared, so that the time taken does not depend on where it is.
        for (String parameter : PARAMETERS) {
            found |= matches(query.first(parameter).orElse(""));
        }
        return found;
    }

    @Override
    public String toString() {
        return "WebhookSecret[*]";
    }

    private boolean matches(String given) {
        return MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8));
    }

    private static Form query(String url) {
        try {
            return Form.queryOf(url);
        } catch (IllegalArgumentException e) {
            return Form.empty();
        }
    }

    private static String lastSegment(String url) {
        int end = 0;
        while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
            end++;
        }
        String path = url.substring(0, end);
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
