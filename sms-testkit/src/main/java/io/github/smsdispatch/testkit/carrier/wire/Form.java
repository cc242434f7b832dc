package io.github.smsdispatch.testkit.carrier.wire;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a query or of a form; where a name is repeated, its first value counts. */
public final class Form {
    private final Map<String, String> values = new LinkedHashMap<>();

    private Form() {}

    /**
     * Reads {@code application/x-www-form-urlencoded}.
     *
     * @throws IllegalArgumentException if a percent sign is not followed by two hex digits
     */
    public static Form parse(@Nullable String encoded) {
        var form = new Form();
        if (encoded == null || encoded.isEmpty()) {
            return form;
        }
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            form.values.putIfAbsent(decode(name), decode(value));
        }
        return form;
    }

    /** The value, or null where it is missing or blank. */
    @Nullable
    public String get(String name) {
        String value = values.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    public String getOrElse(String name, String fallback) {
        String value = get(name);
        return value == null ? fallback : value;
    }

    public Set<String> names() {
        return values.keySet();
    }

    public Map<String, String> asMap() {
        return Map.copyOf(values);
    }

    public static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
