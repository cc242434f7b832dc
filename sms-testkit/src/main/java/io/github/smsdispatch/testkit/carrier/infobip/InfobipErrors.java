package io.github.smsdispatch.testkit.carrier.infobip;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import java.util.Map;

/** Infobip's error bodies ({@code ApiError} in the OpenAPI document of the SMS API 3.210.0). */
final class InfobipErrors {
    private InfobipErrors() {}

    static HttpAnswer answer(int status, String description) {
        return HttpAnswer.json(status, body(status, description));
    }

    static Reading refused(int status, String description) {
        return Reading.refused("infobip " + status, answer(status, description));
    }

    /**
     * A request that is refused as a whole.
     *
     * @param violations what is wrong, by where it is: {@code messages[3].destinations[0].to}
     */
    static Reading invalid(Map<String, String> violations) {
        ObjectNode body = body(400, "Request cannot be processed.");
        ArrayNode list = body.withArray("violations");
        violations.forEach((property, violation) ->
                list.addObject().put("property", property).put("violation", violation));
        return Reading.refused("infobip 400", HttpAnswer.json(400, body));
    }

    private static ObjectNode body(int status, String description) {
        ObjectNode body = Json.object()
                .put("errorCode", "E" + status)
                .put("description", description)
                .put("action", "Check the request.");
        body.putArray("violations");
        body.putArray("resources");
        return body;
    }
}
