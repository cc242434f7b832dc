package io.github.smsdispatch.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of an HTML form or of a URL query, in order, repeated names kept ({@code application/x-www-form-urlencoded},
 * WHATWG URL section 5). Immutable; shows no value in {@link #toString}.
 */
public final class Form {
    private final List<Map.Entry<String, String>> fields;

    /** @param fields nobody else's */
    private Form(List<Map.Entry<String, String>> fields) {
        this.fields = Collections.unmodifiableList(fields);
    }

    /** No fields. */
    public static Form empty() {
        return new Form(List.of());
    }

    /**
     * Reads an encoded form.
     *
     * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits
     */
    public static Form decode(String encoded) {
        var fields = new ArrayList<Map.Entry<String, String>>();
        int from = 0;
        while (from <= encoded.length()) {
            int end = encoded.indexOf('&', from);
            String field = encoded.substring(from, end < 0 ? encoded.length() : end);
            if (!field.isEmpty()) {
                int equals = field.indexOf('=');
                fields.add(Map.entry(
                        unescape(equals < 0 ? field : field.substring(0, equals)),
                        unescape(equals < 0 ? "" : field.substring(equals + 1))));
            }
            if (end < 0) {
                break;
            }
            from = end + 1;
        }
        return new Form(fields);
    }

    /**
     * The query of a URL; empty where it has none.
     *
     * @throws IllegalArgumentException as {@link #decode}
     */
    public static Form queryOf(String url) {
        int hash = url.indexOf('#');
        String beforeFragment = hash < 0 ? url : url.substring(0, hash);
        int question = beforeFragment.indexOf('?');
        return question < 0 ? empty() : decode(beforeFragment.substring(question + 1));
    }

    /** This form with one more field. */
    public Form with(String name, String value) {
        var more = new ArrayList<Map.Entry<String, String>>(fields.size() + 1);
        more.addAll(fields);
        more.add(Map.entry(name, value));
        return new Form(more);
    }

    /** All fields in order. */
    public List<Map.Entry<String, String>> fields() {
        return fields;
    }

    /** Whether there is a field of that name, blank or not. */
    public boolean has(String name) {
        return fields.stream().anyMatch(field -> field.getKey().equals(name));
    }

    /** The first value of a name that is not blank. */
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field ->
                        field.getKey().equals(name) && !field.getValue().isBlank())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The encoded form, fields in order. */
    public String encode() {
        var encoded = new StringBuilder(128);
        for (Map.Entry<String, String> field : fields) {
            if (!encoded.isEmpty()) {
                encoded.append('&');
            }
            encoded.append(escape(field.getKey())).append('=').append(escape(field.getValue()));
        }
        return encoded.toString();
    }

    @Override
    public String toString() {
        return "Form[" + fields.size() + " fields]";
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String unescape(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The JDK's message repeats a piece of the value.
            throw new IllegalArgumentException("a form field is not percent-encoded as it should be");
        }
    }
}
