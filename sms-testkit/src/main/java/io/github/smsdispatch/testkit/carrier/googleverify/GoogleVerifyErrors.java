package io.github.smsdispatch.testkit.carrier.googleverify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.wire.Declined;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import org.jspecify.annotations.Nullable;

/** What the server says no with (pkg/api/api.go, ErrorReturn). */
final class GoogleVerifyErrors {
    static final String KNOWN = "uuid_already_exists";
    static final String UNPARSABLE = "unparsable_request";
    static final String INTERNAL = "internal_server_error";

    private GoogleVerifyErrors() {}

    /** @param code null: the server gives none for this */
    static Declined declined(@Nullable String code, String error) {
        return new Declined(kind(code), error(code, error));
    }

    /** A request that is refused as a whole. */
    static Reading refused(int status, @Nullable String code, String error) {
        return Reading.refused(
                kind(code == null ? String.valueOf(status) : code), HttpAnswer.json(status, error(code, error)));
    }

    static ObjectNode error(@Nullable String code, String error) {
        ObjectNode body = Json.object().put("error", error);
        return code == null ? body : body.put("errorCode", code).put("error_code", code);
    }

    /** Whether this item of an answer is an error. */
    static boolean isError(JsonNode item) {
        return item.has("error");
    }

    /** The HTTP status that goes with an error. */
    static int statusOf(JsonNode error) {
        return switch (error.path("errorCode").asText()) {
            case KNOWN -> 409;
            case "quota_exceeded", "maintenance_mode" -> 429;
            case INTERNAL -> 500;
            default -> 400;
        };
    }

    private static String kind(@Nullable String code) {
        return GoogleVerifyDialect.PROVIDER + " " + (code == null ? "400" : code);
    }
}
