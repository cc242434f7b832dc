package io.github.smsdispatch.testkit.carrier.twilio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Twilio's message resource, one by one and in pages, newest first. */
final class TwilioMessages {
    /** The number that a messaging service picks from its pool. */
    static final String POOL_SENDER = "+12025550100";

    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 1000;
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final String accountSid;
    private final CarrierBooks books;

    TwilioMessages(String accountSid, CarrierBooks books) {
        this.accountSid = accountSid;
        this.books = books;
    }

    static String visibleSender(CarrierMessage message) {
        String sender = message.draft().sender();
        return sender == null ? POOL_SENDER : sender;
    }

    static String word(CarrierMessage message, Life.@Nullable Step step) {
        if (step == null) {
            return message.draft().service() == null ? "queued" : "accepted";
        }
        return switch (step.state()) {
            case ACCEPTED -> "queued";
            case SENT -> "sent";
            case DELIVERED -> "delivered";
            case UNDELIVERED -> "undelivered";
            case EXPIRED -> "failed";
        };
    }

    ObjectNode render(CarrierMessage message) {
        return render(message, message.life().stepAt(books.now()));
    }

    /** As the answer to its creation shows it, whatever has become of it meanwhile. */
    ObjectNode renderAsCreated(CarrierMessage message) {
        return render(message, null);
    }

    private ObjectNode render(CarrierMessage message, Life.@Nullable Step step) {
        Draft draft = message.draft();
        boolean poolUndecided = step == null && draft.service() != null;
        Instant sent = step == null ? null : sentAt(message);
        Instant updated = step == null ? message.acceptedAt() : step.at();
        String errorCode = step == null ? null : step.errorCode();
        String path = "/2010-04-01/Accounts/" + accountSid + "/Messages/" + message.id();
        ObjectNode node = Json.object()
                .put("sid", message.id())
                .put("account_sid", accountSid)
                .put("messaging_service_sid", draft.service())
                .put("from", poolUndecided ? draft.sender() : visibleSender(message))
                .put("to", draft.recipient())
                .put("body", draft.text())
                .put("status", word(message, step))
                .put("direction", "outbound-api")
                .put("num_segments", poolUndecided ? "0" : String.valueOf(draft.segments()))
                .put("num_media", "0")
                .put("price", sent == null ? null : "-0.00750")
                .put("price_unit", "USD")
                .put("error_code", errorCode == null ? null : Integer.valueOf(errorCode))
                .put("error_message", errorCode == null ? null : "Error " + errorCode)
                .put("date_created", RFC_2822.format(message.acceptedAt()))
                .put("date_sent", sent == null ? null : RFC_2822.format(sent))
                .put("date_updated", RFC_2822.format(updated))
                .put("api_version", "2010-04-01")
                .put("uri", path + ".json");
        node.putObject("subresource_uris").put("media", path + "/Media.json");
        return node;
    }

    HttpAnswer list(HttpCall call) {
        Form query = call.queryParameters();
        int size = Math.max(1, Math.min(MAX_PAGE, number(query.get("PageSize"), DEFAULT_PAGE)));
        List<CarrierMessage> hits;
        try {
            hits = hits(query);
        } catch (DateTimeException e) {
            return HttpAnswer.json(
                    400,
                    Json.object()
                            .put("code", 20001)
                            .put("message", "Invalid date")
                            .put("status", 400));
        }
        int start = startAfter(hits, query.get("PageToken"));
        int end = Math.min(hits.size(), start + size);
        int page = number(query.get("Page"), 0);
        ObjectNode body = Json.object();
        ArrayNode messages = body.putArray("messages");
        hits.subList(start, end).forEach(message -> messages.add(render(message)));
        body.put("page", page)
                .put("page_size", size)
                .put("start", start)
                .put("end", Math.max(start, end - 1))
                .put("uri", call.query().isEmpty() ? call.path() : call.path() + "?" + call.query())
                .put("first_page_uri", pageUri(call, query, size, 0, null))
                .put(
                        "next_page_uri",
                        end == hits.size()
                                ? null
                                : pageUri(
                                        call,
                                        query,
                                        size,
                                        page + 1,
                                        hits.get(end - 1).id()))
                .put("previous_page_uri", start == 0 ? null : previous(call, query, size, page, hits, start));
        return HttpAnswer.json(200, body);
    }

    private static String previous(
            HttpCall call, Form query, int size, int page, List<CarrierMessage> hits, int start) {
        int before = start - size;
        return pageUri(
                call,
                query,
                size,
                page - 1,
                before <= 0 ? null : hits.get(before - 1).id());
    }

    private static String pageUri(HttpCall call, Form query, int size, int page, @Nullable String after) {
        var parameters = new LinkedHashMap<>(query.asMap());
        parameters.put("PageSize", String.valueOf(size));
        parameters.put("Page", String.valueOf(page));
        parameters.remove("PageToken");
        if (after != null) {
            parameters.put("PageToken", "PA" + after);
        }
        return call.path() + "?" + Form.encode(parameters);
    }

    /** Pages continue after a message, not at a number, so that new messages do not shift them. */
    private static int startAfter(List<CarrierMessage> hits, @Nullable String token) {
        if (token != null && token.startsWith("PA")) {
            String last = token.substring(2);
            for (int i = 0; i < hits.size(); i++) {
                if (hits.get(i).id().equals(last)) {
                    return i + 1;
                }
            }
        }
        return 0;
    }

    private List<CarrierMessage> hits(Form query) {
        String to = query.get("To");
        String from = query.get("From");
        SentFilter within = SentFilter.of(query);
        Instant now = books.now();
        var hits = new ArrayList<CarrierMessage>();
        for (CarrierMessage message : to == null ? books.messages() : books.messagesTo(to)) {
            if (books.lists(message)
                    && (from == null || from.equals(visibleSender(message)))
                    && within.matches(sentAt(message), now)) {
                hits.add(message);
            }
        }
        Collections.reverse(hits);
        return hits;
    }

    private static @Nullable Instant sentAt(CarrierMessage message) {
        return message.life().steps().stream()
                .filter(step -> step.state() == CarrierState.SENT)
                .map(Life.Step::at)
                .findFirst()
                .orElse(null);
    }

    private static int number(@Nullable String text, int fallback) {
        try {
            return text == null ? fallback : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return fallback;
        }
    }
}
