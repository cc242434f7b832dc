package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.Form;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests (OpenAPI documents of Infobip's SMS API 3.210.0 and number look-up, read 2026-11). Delivery reports are
 * never fetched: Infobip hands each out once, and a reader who looks takes it from the one who needs it. Thread-safe.
 */
final class InfobipRequests {
    /**
     * Entries of one page of the log. Infobip allows 1,000, but an entry holds its text, of 4,000 bytes at most, which
     * escaped becomes three times as long: so many are sure to fit into what is read of an answer.
     */
    static final int PAGE_SIZE = 250;

    private static final String JSON = "application/json";

    private final String baseUrl;
    private final Map<String, String> headers;

    InfobipRequests(InfobipSettings settings) {
        this.baseUrl = settings.baseUrl;
        this.headers = Map.of("Authorization", "App " + settings.apiKey, "Accept", JSON, "User-Agent", "sms-dispatch");
    }

    /** Hands messages over. No {@code tracking} object: in it shortening and click tracking are on by default. */
    ExchangeRequest submit(List<ObjectNode> messages) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("messages").addAll(messages);
        body.putObject("options").put("includeSmsCountInResponse", true);
        return post("/sms/3/messages", body);
    }

    /** Asks the log for messages by id. */
    ExchangeRequest logOf(Collection<String> messageIds) {
        return log(Form.empty().with("messageId", String.join(",", messageIds)));
    }

    /** Asks for a page of the log. */
    ExchangeRequest logBetween(Instant from, Instant until, @Nullable String cursor) {
        Form query = Form.empty()
                .with("sentSince", InfobipDates.write(from))
                .with("sentUntil", InfobipDates.write(until))
                .with("useCursor", "true");
        return log(cursor == null ? query : query.with("cursor", cursor));
    }

    /** Asks about numbers. */
    ExchangeRequest numbers(List<PhoneNumber> recipients) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode to = body.putArray("to");
        recipients.forEach(recipient -> to.add(recipient.digits()));
        return post("/number/1/query", body);
    }

    private ExchangeRequest log(Form query) {
        return ExchangeRequest.get(
                baseUrl + "/sms/3/logs?"
                        + query.with("limit", String.valueOf(PAGE_SIZE)).encode(),
                headers);
    }

    private ExchangeRequest post(String path, JsonNode body) {
        return ExchangeRequest.post(baseUrl + path, headers, JSON, body.toString());
    }
}
