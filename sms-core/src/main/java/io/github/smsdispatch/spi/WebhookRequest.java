package io.github.smsdispatch.spi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An HTTP request that a provider sent us, as it came in. Immutable. */
public final class WebhookRequest {
    private final String method;
    private final String url;
    private final Map<String, List<String>> headers = new HashMap<>();
    private final byte[] body;

    /**
     * @param method {@code GET} or {@code POST}, upper case
     * @param url the full URL as the provider called it, with its raw query; behind a proxy this is the public URL
     * @param headers by name, whatever its case
     * @param body the raw bytes; empty where there are none
     */
    public WebhookRequest(String method, String url, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.url = url;
        // Not put: a map may hold one name in two cases, and neither may hide the other.
        headers.forEach((name, values) -> this.headers
                .computeIfAbsent(name.toLowerCase(Locale.ROOT), lowered -> new ArrayList<>())
                .addAll(values));
        this.body = body.clone();
    }

    /** {@code GET} or {@code POST}. */
    public String method() {
        return method;
    }

    /** The full URL with its raw query. */
    public String url() {
        return url;
    }

    /** All headers, by lower-case name. */
    public Map<String, List<String>> headers() {
        var copy = new HashMap<String, List<String>>();
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        return Map.copyOf(copy);
    }

    /** The first value of a header, whatever its case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** A copy of the raw bytes. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8; malformed bytes become U+FFFD. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Method and size; a URL may hold a number. */
    @Override
    public String toString() {
        return "WebhookRequest[" + method + ", " + body.length + " bytes]";
    }
}
