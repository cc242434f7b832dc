package io.github.smsdispatch.testkit.carrier.vonage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import java.util.UUID;

/**
 * {@code POST /identity-insights/v1/requests} (OpenAPI document 1.0.0, read 2026-11). The numbers +44 20 7946 0000 to
 * 0999, which Ofcom keeps for fiction, are landlines; all others of a possible form are mobile.
 */
final class VonageInsights {
    private static final String LANDLINES = "442079460[0-9]{3}";

    private final VonageTokens tokens;

    VonageInsights(VonageTokens tokens) {
        this.tokens = tokens;
    }

    Reading read(HttpCall call) {
        if (!tokens.isFromApplication(call)) {
            return Reading.refused(
                    "vonage unauthorized",
                    VonageDialect.problem(401, "unauthorized", "You did not provide correct credentials."));
        }
        String number = Json.parse(call.body()).path("phone_number").asText().replace("+", "");
        boolean valid = VonageSubmissions.TO.matcher(number).matches();
        boolean landline = number.matches(LANDLINES);
        ObjectNode body = Json.object().put("request_id", UUID.randomUUID().toString());
        ObjectNode insights = body.putObject("insights");
        status(insights.putObject("format").put("is_format_valid", valid), valid ? "OK" : "INVALID_NUMBER_FORMAT");
        carrier(insights.putObject("original_carrier"), valid, landline);
        if (landline) {
            status(insights.putObject("current_carrier"), "UNSUPPORTED_NETWORK_TYPE");
        } else {
            carrier(insights.putObject("current_carrier"), valid, false);
        }
        return Reading.answered(HttpAnswer.json(200, body));
    }

    private static void carrier(ObjectNode carrier, boolean valid, boolean landline) {
        if (valid) {
            carrier.put("name", landline ? "Fiction Telephones" : "Fiction Mobile")
                    .put("network_type", landline ? "LANDLINE" : "MOBILE")
                    .put("country_code", "GB")
                    .put("network_code", VonageReceipts.NETWORK);
        }
        status(carrier, valid ? "OK" : "INVALID_NUMBER_FORMAT");
    }

    private static void status(ObjectNode insight, String code) {
        insight.putObject("status").put("code", code).put("message", code);
    }
}
