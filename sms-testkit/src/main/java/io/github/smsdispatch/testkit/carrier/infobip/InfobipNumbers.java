package io.github.smsdispatch.testkit.carrier.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import java.time.Instant;
import java.util.Map;

/**
 * {@code POST /number/1/query}. Numbers that end in 00 are not known to their network, numbers that end in 99 belong to
 * phones that are off; all others are reachable.
 */
final class InfobipNumbers {
    static final String NETWORK = "310004";

    private InfobipNumbers() {}

    static Reading read(HttpCall call) {
        JsonNode to;
        try {
            to = Json.parse(call.body()).path("to");
        } catch (IllegalArgumentException e) {
            return InfobipErrors.refused(400, "Request cannot be processed.");
        }
        if (!to.isArray() || to.isEmpty()) {
            return InfobipErrors.invalid(Map.of("to", "must not be empty"));
        }
        ObjectNode body = Json.object().put("bulkId", "numbers");
        ArrayNode results = body.putArray("results");
        to.forEach(number -> results.add(result(number.asText())));
        return Reading.answered(HttpAnswer.json(200, body));
    }

    private static ObjectNode result(String number) {
        String error = number.endsWith("00") ? "1" : number.endsWith("99") ? "27" : null;
        var step =
                new Life.Step(Instant.EPOCH, error == null ? CarrierState.DELIVERED : CarrierState.UNDELIVERED, error);
        ObjectNode result = Json.object()
                .put("to", number)
                .put("mccMnc", NETWORK)
                .put("imsi", NETWORK + "000000000")
                .put("ported", false)
                .put("roaming", false)
                .put("servingMSC", "12025550100");
        result.putObject("originalNetwork")
                .put("networkName", "Simulated Mobile")
                .put("networkPrefix", "1");
        result.set("status", InfobipStatuses.of(step).json());
        result.set("error", InfobipStatuses.error(step));
        return result;
    }
}
