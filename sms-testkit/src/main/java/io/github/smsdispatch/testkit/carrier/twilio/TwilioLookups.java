package io.github.smsdispatch.testkit.carrier.twilio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lookup v2 (Twilio docs, "Lookup v2 API" and "Line Type Intelligence", read 2026-11). Each number is a valid mobile number
 * unless it is no number at all or one of these, some of which are Twilio's magic numbers for messages:
 * {@code +15005550001} has the wrong length, {@code +15005550002} is in no known range, {@code +15005550009} is a landline,
 * {@code +15005550010} Voice over IP, {@code +15005550011} toll-free, and of {@code +15005550012} the line type cannot be
 * told.
 */
final class TwilioLookups {
    static final String PATH = "/v2/PhoneNumbers/";

    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Map<String, String> INVALID =
            Map.of("+15005550001", "INVALID_LENGTH", "+15005550002", "INVALID_BUT_POSSIBLE");
    private static final Map<String, String> LINES =
            Map.of("+15005550009", "landline", "+15005550010", "nonFixedVoip", "+15005550011", "tollFree");
    private static final String NOT_COVERED = "+15005550012";
    private static final int NO_COVERAGE = 60600;

    private static final List<String> PACKAGES = List.of(
            "caller_name",
            "sim_swap",
            "call_forwarding",
            "line_status",
            "line_type_intelligence",
            "identity_match",
            "reassigned_number",
            "sms_pumping_risk");

    private TwilioLookups() {}

    static HttpAnswer answer(HttpCall call) {
        String number =
                URLDecoder.decode(call.path().substring(PATH.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
        String error = NUMBER.matcher(number).matches() ? INVALID.get(number) : "NOT_A_NUMBER";
        ObjectNode node = Json.object()
                .put("phone_number", number)
                .put("valid", error == null)
                .put("url", call.baseUrl() + call.path());
        ArrayNode errors = node.putArray("validation_errors");
        if (error != null) {
            errors.add(error);
        }
        PACKAGES.forEach(node::putNull);
        List<String> fields =
                List.of(call.queryParameters().getOrElse("Fields", "").split(",", -1));
        if (fields.contains("line_type_intelligence") && error == null) {
            node.set("line_type_intelligence", line(number));
        }
        return HttpAnswer.json(200, node);
    }

    private static ObjectNode line(String number) {
        boolean isCovered = !number.equals(NOT_COVERED);
        @Nullable String type = isCovered ? LINES.getOrDefault(number, "mobile") : null;
        boolean isMobile = "mobile".equals(type);
        return Json.object()
                .put("type", type)
                .put("carrier_name", isMobile ? "Example Mobile" : null)
                .put("mobile_country_code", isMobile ? "001" : null)
                .put("mobile_network_code", isMobile ? "01" : null)
                .put("error_code", isCovered ? null : NO_COVERAGE);
    }
}
