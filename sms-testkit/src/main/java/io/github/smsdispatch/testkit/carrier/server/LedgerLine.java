package io.github.smsdispatch.testkit.carrier.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.ReceiptFault;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a ledger file. By hand: data binding to records would need this package opened to Jackson. */
final class LedgerLine {
    private LedgerLine() {}

    /** Unique among all messages of all providers. */
    static String key(CarrierMessage message) {
        return message.provider() + " " + message.id();
    }

    static ObjectNode reported(CarrierMessage message, int count) {
        return Json.object().put("reported", message.id()).put("count", count).put("provider", message.provider());
    }

    /** The key of the message, or just its id where the line names no provider. */
    static String keyOfReported(JsonNode line) {
        String id = text(line, "reported");
        return line.has("provider") ? text(line, "provider") + " " + id : id;
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
        if (draft.messageId() != null) {
            line.put("messageId", draft.messageId());
        }
        if (!draft.reported()) {
            line.put("silent", true);
        }
        if (!draft.details().isEmpty()) {
            ObjectNode details = line.putObject("details");
            draft.details().forEach(details::put);
        }
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
                Duration.parse(text(line, "validity")),
                line.path("messageId").textValue(),
                !line.path("silent").booleanValue(),
                details(line));
        return new CarrierMessage(
                text(line, "provider"),
                ids,
                draft,
                Instant.parse(text(line, "acceptedAt")),
                new Life(steps),
                ReceiptFault.valueOf(text(line, "receiptFault")));
    }

    private static Map<String, String> details(JsonNode line) {
        var details = new HashMap<String, String>();
        line.path("details")
                .properties()
                .forEach(
                        detail -> details.put(detail.getKey(), detail.getValue().textValue()));
        return details;
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).textValue();
    }

    private static @Nullable String optional(JsonNode node, String field) {
        return node.required(field).textValue();
    }
}
