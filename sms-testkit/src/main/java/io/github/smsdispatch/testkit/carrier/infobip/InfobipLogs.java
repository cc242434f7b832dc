package io.github.smsdispatch.testkit.carrier.infobip;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /sms/3/logs}: the last 48 hours, newest first, by ids, people, state and time, with pages. */
final class InfobipLogs {
    private static final Duration KEPT = Duration.ofDays(2);
    private static final int MAX_LIST = 2_048;
    private static final int MAX_LIMIT = 1_000;
    private static final String DEFAULT_LIMIT = "50";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx");

    private final CarrierBooks books;

    InfobipLogs(CarrierBooks books) {
        this.books = books;
    }

    static String date(Instant at) {
        return DATE.format(at.atOffset(ZoneOffset.UTC));
    }

    Reading read(HttpCall call) {
        Form query = call.queryParameters();
        int limit;
        List<CarrierMessage> hits;
        try {
            limit = Integer.parseInt(query.getOrElse("limit", DEFAULT_LIMIT));
            hits = hits(query);
        } catch (NumberFormatException e) {
            return invalid("limit");
        } catch (DateTimeException e) {
            return invalid("sentSince");
        } catch (IllegalArgumentException e) {
            return invalid("messageId");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            return invalid("limit");
        }
        boolean paged = "true".equals(query.get("useCursor"));
        int from = paged ? startAfter(hits, query.get("cursor")) : 0;
        if (from < 0) {
            return invalid("cursor");
        }
        int to = Math.min(hits.size(), from + limit);
        ObjectNode body = Json.object();
        ArrayNode results = body.putArray("results");
        hits.subList(from, to).forEach(message -> results.add(entry(message)));
        if (paged) {
            ObjectNode cursor = body.putObject("cursor").put("limit", limit);
            if (to < hits.size()) {
                cursor.put("nextCursor", hits.get(to - 1).id());
            }
        }
        return Reading.answered(HttpAnswer.json(200, body));
    }

    private List<CarrierMessage> hits(Form query) {
        Instant oldest = books.now().minus(KEPT);
        Instant since = date(query, "sentSince", Instant.MIN);
        Instant until = date(query, "sentUntil", Instant.MAX);
        Set<String> ids = list(query, "messageId");
        Set<String> bulks = list(query, "bulkId");
        String to = query.get("destination");
        var hits = new ArrayList<CarrierMessage>();
        for (CarrierMessage message : to == null ? books.messages() : books.messagesTo("+" + to)) {
            Draft draft = message.draft();
            if (books.lists(message)
                    && !message.acceptedAt().isBefore(oldest)
                    && !message.acceptedAt().isBefore(since)
                    && !message.acceptedAt().isAfter(until)
                    && (ids.isEmpty() || ids.contains(message.id()))
                    && (bulks.isEmpty() || bulks.contains(draft.details().get(InfobipSubmissions.BULK)))
                    && matches(query.get("sender"), draft.sender())
                    && matches(
                            query.get("generalStatus"),
                            InfobipStatuses.of(step(message)).groupName())) {
                hits.add(message);
            }
        }
        Collections.reverse(hits);
        return hits;
    }

    private Life.@Nullable Step step(CarrierMessage message) {
        return message.life().stepAt(books.now());
    }

    private static Instant date(Form query, String name, Instant fallback) {
        String value = query.get(name);
        return value == null ? fallback : OffsetDateTime.parse(value, DATE).toInstant();
    }

    private static Set<String> list(Form query, String name) {
        String value = query.get(name);
        if (value == null) {
            return Set.of();
        }
        if (value.length() > MAX_LIST) {
            throw new IllegalArgumentException("longer than " + MAX_LIST);
        }
        return new HashSet<>(List.of(value.split(",", -1)));
    }

    private static boolean matches(@Nullable String filter, @Nullable String value) {
        return filter == null || filter.equals(value);
    }

    /** -1: the cursor points at nothing. */
    private static int startAfter(List<CarrierMessage> hits, @Nullable String cursor) {
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

    private ObjectNode entry(CarrierMessage message) {
        Draft draft = message.draft();
        Life.Step step = step(message);
        ObjectNode entry = Json.object()
                .put("bulkId", draft.details().get(InfobipSubmissions.BULK))
                .put("messageId", message.id())
                .put("sender", draft.sender())
                .put("destination", draft.recipient().substring(1))
                .put("sentAt", date(message.acceptedAt()))
                .put("messageCount", draft.segments())
                .put("mccMnc", InfobipNumbers.NETWORK);
        if (step != null) {
            entry.put("doneAt", date(step.at()));
        }
        entry.putObject("price").put("pricePerMessage", 0.01).put("currency", "EUR");
        entry.set("status", InfobipStatuses.of(step).json());
        entry.set("error", InfobipStatuses.error(step));
        entry.putObject("content").put("text", draft.text());
        return entry;
    }

    private static Reading invalid(String parameter) {
        return InfobipErrors.invalid(Map.of(parameter, "is not valid"));
    }
}
