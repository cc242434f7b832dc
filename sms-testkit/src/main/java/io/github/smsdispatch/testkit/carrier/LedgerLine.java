package io.github.smsdispatch.testkit.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** One line of a ledger file. By hand: data binding to records would need this package opened to Jackson. */
final class LedgerLine {
    private LedgerLine() {}

    static ObjectNode reported(String id, int count) {
        return Json.object().put("reported", id).put("count", count);
    }

    static ObjectNode accepted(CarrierMessage message) {
        ObjectNode line = Json.object().put("provider", message.provider());
        ArrayNode ids = line.putArray("ids");
        message.ids().forEach(ids::add);
        Draft draft = message.draft();
        line.put("recipient", draft.recipient())
                .put("sender", draft.sender())
                .put("service", draft.service())
                .put("text", draft.text())
                .put("segments", draft.segments())
                .put("reference", draft.reference())
                .put("callback", draft.callback())
                .put("validity", draft.validity().toString())
                .put("acceptedAt", message.acceptedAt().toString())
                .put("receiptFault", message.receiptFault().name());
        ArrayNode steps = line.putArray("steps");
        for (Life.Step step : message.life().steps()) {
            steps.addObject()
                    .put("at", step.at().toString())
                    .put("state", step.state().name())
                    .put("errorCode", step.errorCode());
        }
        return line;
    }

    static CarrierMessage message(JsonNode line) {
        var ids = new ArrayList<String>();
        line.required("ids").forEach(id -> ids.add(id.textValue()));
        var steps = new ArrayList<Life.Step>();
        for (JsonNode step : line.required("steps")) {
            steps.add(new Life.Step(
                    Instant.parse(text(step, "at")),
                    CarrierState.valueOf(text(step, "state")),
                    optional(step, "errorCode")));
        }
        var draft = new Draft(
                text(line, "recipient"),
                optional(line, "sender"),
                optional(line, "service"),
                text(line, "text"),
                line.required("segments").intValue(),
                optional(line, "reference"),
                optional(line, "callback"),
                Duration.parse(text(line, "validity")));
        return new CarrierMessage(
                text(line, "provider"),
                ids,
                draft,
                Instant.parse(text(line, "acceptedAt")),
                new Life(steps),
                ReceiptFault.valueOf(text(line, "receiptFault")));
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).textValue();
    }

    private static @Nullable String optional(JsonNode node, String field) {
        return node.required(field).textValue();
    }
}
