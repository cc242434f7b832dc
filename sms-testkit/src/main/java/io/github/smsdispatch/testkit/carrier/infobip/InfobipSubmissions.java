package io.github.smsdispatch.testkit.carrier.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.Declined;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Item;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import io.github.smsdispatch.text.Segments;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request to {@code /sms/3/messages}: what the document forbids refuses all of it with HTTP 400; what is wrong
 * with one recipient refuses that one, with a status inside HTTP 200. Which of the two Infobip does with a malformed number
 * is not documented: here it is a status.
 */
final class InfobipSubmissions {
    /** Details of a {@link Draft}. */
    static final String BULK = "bulkId";

    static final String CALLBACK_DATA = "callbackData";
    static final String INTERMEDIATE = "intermediateReport";

    private static final int MAX_TO = 64;
    private static final int MAX_ID = 200;
    private static final int MAX_CALLBACK_DATA = 4_000;
    private static final int MAX_CAMPAIGN = 255;
    private static final int MAX_PARTS = 25;
    private static final Duration MAX_VALIDITY = Duration.ofDays(2);
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{6,14}");

    private final CarrierBooks books;

    InfobipSubmissions(CarrierBooks books) {
        this.books = books;
    }

    Reading read(HttpCall call) {
        JsonNode body;
        try {
            body = Json.parse(call.body());
        } catch (IllegalArgumentException e) {
            return InfobipErrors.refused(400, "Request cannot be processed.");
        }
        JsonNode messages = body.path("messages");
        var violations = new LinkedHashMap<String, String>();
        if (!messages.isArray() || messages.isEmpty()) {
            violations.put("messages", "must not be empty");
        }
        for (int i = 0; i < messages.size(); i++) {
            check("messages[" + i + "]", messages.get(i), violations);
        }
        if (!violations.isEmpty()) {
            return InfobipErrors.invalid(violations);
        }
        String bulk = body.path("options").path("schedule").path("bulkId").asText("");
        if (bulk.isEmpty()) {
            bulk = UUID.nameUUIDFromBytes((books.now() + call.body()).getBytes(StandardCharsets.UTF_8))
                    .toString();
        }
        var items = new ArrayList<Item>();
        for (JsonNode message : messages) {
            for (JsonNode destination : message.path("destinations")) {
                items.add(item(message, destination, bulk));
            }
        }
        return Reading.batch(items);
    }

    private static void check(String at, JsonNode message, Map<String, String> violations) {
        if (message.path("content").path("text").asText("").isEmpty()) {
            violations.put(at + ".content.text", "must not be empty");
        }
        JsonNode destinations = message.path("destinations");
        if (!destinations.isArray() || destinations.isEmpty()) {
            violations.put(at + ".destinations", "must not be empty");
        }
        for (int i = 0; i < destinations.size(); i++) {
            String to = destinations.get(i).path("to").asText("");
            if (to.isEmpty() || to.length() > MAX_TO) {
                violations.put(at + ".destinations[" + i + "].to", "size must be between 1 and " + MAX_TO);
            }
            atMost(
                    MAX_ID,
                    at + ".destinations[" + i + "].messageId",
                    destinations.get(i).path("messageId"),
                    violations);
        }
        JsonNode options = message.path("options");
        atMost(MAX_CAMPAIGN, at + ".options.campaignReferenceId", options.path("campaignReferenceId"), violations);
        atMost(
                MAX_CALLBACK_DATA,
                at + ".webhooks.callbackData",
                message.path("webhooks").path("callbackData"),
                violations);
        if (options.has("validityPeriod") && validity(options.path("validityPeriod")) == null) {
            violations.put(at + ".options.validityPeriod", "must be a positive amount of a known unit");
        }
        JsonNode dlt = options.path("regional").path("indiaDlt");
        if (dlt.isObject() && dlt.path("principalEntityId").asText("").isEmpty()) {
            violations.put(at + ".options.regional.indiaDlt.principalEntityId", "must not be empty");
        }
    }

    private static void atMost(int most, String at, JsonNode value, Map<String, String> violations) {
        if (value.asText("").length() > most) {
            violations.put(at, "size must be between 0 and " + most);
        }
    }

    private Item item(JsonNode message, JsonNode destination, String bulk) {
        String to = destination.path("to").asText();
        String number = to.startsWith("+") ? to.substring(1) : to;
        String text = message.path("content").path("text").asText();
        String sender = text(message, "sender");
        String id = text(destination, "messageId");
        String idToName = Objects.requireNonNullElse(id, "0");
        int parts = Segments.of(text).count();
        if (!NUMBER.matcher(number).matches()) {
            return declined(idToName, to, InfobipStatuses.REJECTED_DESTINATION);
        }
        if (parts > MAX_PARTS) {
            return declined(idToName, to, InfobipStatuses.REJECTED_MESSAGE_TOO_LONG);
        }
        if (books.isOptedOut("+" + number, sender)) {
            return declined(idToName, to, InfobipStatuses.REJECTED_DESTINATION_BLOCKLISTED);
        }
        JsonNode webhooks = message.path("webhooks");
        JsonNode delivery = webhooks.path("delivery");
        Duration validity = validity(message.path("options").path("validityPeriod"));
        Draft draft = new Draft(
                        "+" + number,
                        sender,
                        null,
                        text,
                        parts,
                        id,
                        text(delivery, "url"),
                        Objects.requireNonNullElse(validity, MAX_VALIDITY))
                .withMessageId(id)
                .withDetail(BULK, bulk);
        String data = text(webhooks, "callbackData");
        draft = data == null ? draft : draft.withDetail(CALLBACK_DATA, data);
        draft = delivery.path("intermediateReport").asBoolean() ? draft.withDetail(INTERMEDIATE, "true") : draft;
        return delivery.path("notify").asBoolean(true) ? draft : draft.withoutReceipts();
    }

    /** An item of the answer. */
    static ObjectNode item(String id, String to, ObjectNode status) {
        ObjectNode item = Json.object().put("messageId", id).put("destination", to);
        item.set("status", status);
        return item;
    }

    static Declined declined(String id, String to, InfobipStatuses status) {
        return new Declined("infobip " + status.id(), item(id, to, status.json()));
    }

    private static @Nullable String text(JsonNode node, String field) {
        String text = node.path(field).asText("");
        return text.isBlank() ? null : text;
    }

    /** Null: absent, or none. More than 48 hours are cut without a word. */
    private static @Nullable Duration validity(JsonNode period) {
        long amount = period.path("amount").asLong();
        Duration unit =
                switch (period.path("timeUnit").asText("MINUTES")) {
                    case "SECONDS" -> Duration.ofSeconds(1);
                    case "MINUTES" -> Duration.ofMinutes(1);
                    case "HOURS" -> Duration.ofHours(1);
                    default -> Duration.ZERO;
                };
        if (amount < 1 || unit.isZero()) {
            return null;
        }
        return amount > MAX_VALIDITY.dividedBy(unit) ? MAX_VALIDITY : unit.multipliedBy(amount);
    }
}
