package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.Json;
import org.jspecify.annotations.Nullable;

/**
 * Problems as the Messages API writes them, in answers and in the field {@code error} of status webhooks:
 * {@code {"type":"https://developer.vonage.com/api-errors/messages#1120","title":"1120","detail":"…"}} (OpenAPI document
 * 1.20.0, read 2026-11).
 */
final class ProblemCode {
    private ProblemCode() {}

    /** The code at the end of its type, else its title if that is a number; null where there is neither. */
    static @Nullable String of(JsonNode problem) {
        @Nullable String type = Json.text(problem, "type");
        if (type != null && type.indexOf('#') >= 0 && !type.endsWith("#")) {
            return type.substring(type.lastIndexOf('#') + 1);
        }
        @Nullable String title = Json.text(problem, "title");
        return title != null && title.matches("[0-9]{1,6}") ? title : null;
    }
}
