package io.github.smsdispatch.testkit.carrier.vonage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET /v2/reports/records}: by up to 20 ids, or by dates with pages; a record for each part. */
final class VonageReports {
    private static final int MAX_IDS = 20;
    private static final Duration MAX_WINDOW = Duration.ofHours(24);
    private static final Duration DEFAULT_WINDOW = Duration.ofDays(7);
    private static final Set<String> WITH_IDS =
            Set.of("id", "product", "account_id", "direction", "include_message", "show_concatenated");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

    private final VonageCredentials credentials;
    private final int pageSize;
    private final CarrierBooks books;

    VonageReports(VonageCredentials credentials, int pageSize, CarrierBooks books) {
        this.credentials = credentials;
        this.pageSize = pageSize;
        this.books = books;
    }

    private record Part(CarrierMessage message, String id) {
        Life.@Nullable Step stepAt(Instant now) {
            Life.Step step = message.life().stepAt(now);
            return step == null ? null : VonageParts.stepOf(message, id, step);
        }
    }

    Reading read(HttpCall call) {
        if (!call.isFrom(credentials.apiKey(), credentials.apiSecret())) {
            return Reading.refused(
                    "vonage 401",
                    VonageDialect.problem(401, "unauthorized", "You did not provide correct credentials."));
        }
        Form query = call.queryParameters();
        if (!credentials.apiKey().equals(query.get("account_id"))) {
            return invalid("account_id");
        }
        if (!"SMS".equals(query.get("product"))) {
            return invalid("product");
        }
        if (!"outbound".equals(query.get("direction"))) {
            return invalid("direction");
        }
        return query.get("id") == null ? byDates(call, query) : byIds(call, query, query.getOrElse("id", ""));
    }

    private Reading byIds(HttpCall call, Form query, String list) {
        String[] ids = list.split(",", -1);
        var others = new HashSet<>(query.names());
        others.removeAll(WITH_IDS);
        if (ids.length > MAX_IDS || !others.isEmpty()) {
            return invalid(others.isEmpty() ? "id" : others.iterator().next());
        }
        var found = new ArrayList<Part>();
        var missing = new ArrayList<String>();
        for (String id : ids) {
            CarrierMessage message = books.find(id);
            if (message == null || !books.lists(message)) {
                missing.add(id);
            } else {
                found.add(new Part(message, id));
            }
        }
        ObjectNode body = body(call, query, found);
        if (!missing.isEmpty()) {
            body.put("ids_not_found", String.join(",", missing));
        }
        return Reading.answered(HttpAnswer.json(200, body));
    }

    private Reading byDates(HttpCall call, Form query) {
        List<Part> hits;
        try {
            Instant end = date(query, "date_end", books.now());
            Instant start = date(query, "date_start", end.minus(DEFAULT_WINDOW));
            boolean bothGiven = query.get("date_start") != null && query.get("date_end") != null;
            if (start.isAfter(end) || (bothGiven && Duration.between(start, end).compareTo(MAX_WINDOW) > 0)) {
                return invalid("date_start");
            }
            hits = hits(query, start, end);
        } catch (DateTimeParseException e) {
            return invalid("date_start");
        }
        int from = startAfter(hits, query.get("cursor"));
        if (from < 0 || (from > 0 && query.get("iv") == null)) {
            return invalid("cursor");
        }
        int to = Math.min(hits.size(), from + pageSize);
        ObjectNode body = body(call, query, hits.subList(from, to));
        if (to < hits.size()) {
            var next = new LinkedHashMap<>(query.asMap());
            next.put("cursor", hits.get(to - 1).id());
            next.put("iv", UUID.randomUUID().toString());
            body.put("cursor", next.get("cursor")).put("iv", next.get("iv"));
            body.withObject("/_links")
                    .putObject("next")
                    .put("href", call.baseUrl() + call.path() + "?" + Form.encode(next));
        }
        return Reading.answered(HttpAnswer.json(200, body));
    }

    private static Instant date(Form query, String name, Instant fallback) {
        String value = query.get(name);
        return value == null ? fallback : OffsetDateTime.parse(value).toInstant();
    }

    /** The start is inclusive, the end exclusive, both on the time of receipt at Vonage. */
    private List<Part> hits(Form query, Instant start, Instant end) {
        String to = query.get("to");
        var hits = new ArrayList<Part>();
        for (CarrierMessage message : to == null ? books.messages() : books.messagesTo("+" + to)) {
            Instant received = message.acceptedAt();
            if (books.lists(message)
                    && !received.isBefore(start)
                    && received.isBefore(end)
                    && matches(query.get("from"), message.draft().sender())) {
                message.ids().forEach(id -> hits.add(new Part(message, id)));
            }
        }
        hits.removeIf(part -> !matches(query.get("status"), VonageDialect.word(part.stepAt(books.now()))));
        return hits;
    }

    private static boolean matches(@Nullable String filter, @Nullable String value) {
        return filter == null || filter.equals(value);
    }

    /** -1: the cursor points at nothing. */
    private static int startAfter(List<Part> hits, @Nullable String cursor) {
        if (cursor == null) {
            return 0;
        }
        for (int i = 0; i < hits.size(); i++) {
            if (cursor.equals(hits.get(i).id())) {
                return i + 1;
            }
        }
        return -1;
    }

    private ObjectNode body(HttpCall call, Form query, List<Part> parts) {
        ObjectNode body = Json.object();
        body.putObject("_links").putObject("self").put("href", call.baseUrl() + call.path() + "?" + call.query());
        body.put("request_id", UUID.randomUUID().toString())
                .put("request_status", "SUCCESS")
                .put("received_at", DATE.format(books.now()))
                .put("product", "SMS")
                .put("account_id", credentials.apiKey())
                .put("direction", "outbound")
                .put("items_count", parts.size());
        ArrayNode records = body.putArray("records");
        boolean withText = "true".equals(query.get("include_message"));
        parts.forEach(part -> records.add(record(part, withText)));
        return body;
    }

    private ObjectNode record(Part part, boolean withText) {
        CarrierMessage message = part.message();
        Draft draft = message.draft();
        Life.Step step = part.stepAt(books.now());
        Instant finalized = step == null || step.state() == CarrierState.SENT ? null : step.at();
        String latency = finalized == null
                ? ""
                : String.valueOf(
                        Duration.between(message.acceptedAt(), finalized).toMillis());
        ObjectNode record = Json.object()
                .put("account_id", credentials.apiKey())
                .put("message_id", part.id())
                .put("client_ref", draft.reference() == null ? "" : draft.reference())
                .put("account_ref", "")
                .put("direction", "outbound")
                .put("from", draft.sender())
                .put("to", draft.recipient().substring(1))
                .put("forced_from", "")
                .put("changed_from", "")
                .put("network", VonageReceipts.NETWORK)
                .put("date_received", DATE.format(message.acceptedAt()))
                .put("date_finalized", finalized == null ? "" : DATE.format(finalized))
                .put("latency", latency)
                .put("status", VonageDialect.word(step))
                .put("error_code", step == null || step.errorCode() == null ? "0" : step.errorCode())
                .put("error_code_description", "")
                .put("currency", "")
                .put("total_price", "0.0333")
                .put(
                        "id",
                        UUID.nameUUIDFromBytes(part.id().getBytes(StandardCharsets.UTF_8))
                                .toString());
        return withText ? record.put("message_body", draft.text()) : record;
    }

    private static Reading invalid(String parameter) {
        ObjectNode body = Json.object()
                .put("type", "https://developer.vonage.com/api-errors#validation-failure")
                .put("title", "Validation failure")
                .put("detail", "Invalid value for param: " + parameter)
                .put("instance", UUID.randomUUID().toString());
        body.putArray("invalid_parameters").addObject().put("name", parameter).put("reason", "Invalid value");
        return Reading.refused("vonage 422", HttpAnswer.problem(422, body));
    }
}
