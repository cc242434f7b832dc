package io.github.smsdispatch.testkit.provider;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that an {@link AnsweringServer} got.
 *
 * @param method {@code GET} or {@code POST}
 * @param target path and query as they came in
 * @param headers the values by name, names in lower case
 * @param body as UTF-8; empty where there is none
 */
public record TakenRequest(String method, String target, Map<String, List<String>> headers, String body) {
    /** Copies the headers. */
    public TakenRequest {
        headers = Map.copyOf(headers);
    }

    /** Method and target, with a blank between them: {@code POST /v1/messages}. */
    public String line() {
        return method + " " + target;
    }

    /** The first value of a header, whatever its case; null: it has none. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : values.get(0);
    }
}
