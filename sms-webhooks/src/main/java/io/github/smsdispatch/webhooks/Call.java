package io.github.smsdispatch.webhooks;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as some server shows it.
 *
 * @param method as it was sent
 * @param scheme of the connection: http or https
 * @param authority of the Host header; null where there is none
 * @param prefix the path at which the server calls us, without a slash at its end
 * @param path the whole path as it was sent, not decoded
 * @param query the query as it was sent, not decoded; null where there is none
 * @param headers all of them, with all of their values
 * @param length what Content-Length says; negative where it says nothing
 * @param body not read yet
 */
record Call(
        String method,
        String scheme,
        @Nullable String authority,
        String prefix,
        String path,
        @Nullable String query,
        Map<String, List<String>> headers,
        long length,
        InputStream body) {
    /** The path behind the prefix, such as {@code /twilio/second}; empty where it is another. */
    String pathBelow() {
        return path.startsWith(prefix + "/") ? path.substring(prefix.length()) : "";
    }

    /** The method alone: all else may hold a number or a secret. */
    @Override
    public String toString() {
        return "Call[" + method + "]";
    }

    /** The last element of the last value of a header: what the nearest proxy has added. Empty where there is none. */
    String last(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .reduce((earlier, later) -> later)
                .map(value -> value.substring(value.lastIndexOf(',') + 1).strip())
                .orElse("");
    }
}
