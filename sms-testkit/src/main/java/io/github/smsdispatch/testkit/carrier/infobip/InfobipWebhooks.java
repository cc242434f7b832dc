package io.github.smsdispatch.testkit.carrier.infobip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.InboundText;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import io.github.smsdispatch.text.Segments;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Delivery reports and texts from phones, one to a request (OpenAPI document of the SMS API 3.210.0). Infobip signs neither
 * unless a subscription says so.
 */
final class InfobipWebhooks {
    private final CarrierBooks books;

    InfobipWebhooks(CarrierBooks books) {
        this.books = books;
    }

    WebhookRequest report(CarrierMessage message, Life.Step step, URI to) {
        Draft draft = message.draft();
        ObjectNode body = Json.object();
        ObjectNode result = body.putArray("results").addObject();
        result.put("bulkId", draft.details().get(InfobipSubmissions.BULK))
                .put("messageId", message.id())
                .put("to", draft.recipient().substring(1))
                .put("sender", draft.sender())
                .put("sentAt", InfobipLogs.date(message.acceptedAt()))
                .put("doneAt", InfobipLogs.date(step.at()))
                .put("messageCount", draft.segments())
                .put("mccMnc", InfobipNumbers.NETWORK)
                .put("callbackData", draft.details().get(InfobipSubmissions.CALLBACK_DATA));
        result.putObject("price").put("pricePerMessage", 0.01).put("currency", "EUR");
        result.set("status", InfobipStatuses.of(step).json());
        result.set("error", InfobipStatuses.error(step));
        return post(body, to);
    }

    WebhookRequest text(InboundText text, RandomGenerator random, URI to) {
        String number = text.to().startsWith("+") ? text.to().substring(1) : text.to();
        String[] words = text.text().strip().split("\\s+", 2);
        ObjectNode body = Json.object();
        ObjectNode result = body.putArray("results").addObject();
        result.put("messageId", "%018d".formatted(random.nextLong(1_000_000_000_000_000_000L)))
                .put("from", text.from().substring(1))
                .put("to", number)
                .put("text", text.text())
                .put("cleanText", words.length > 1 ? words[1] : "")
                .put("keyword", words[0].toUpperCase(Locale.ROOT))
                .put("receivedAt", InfobipLogs.date(books.now()))
                .put("smsCount", Segments.of(text.text()).count());
        result.putObject("price").put("pricePerMessage", 0).put("currency", "EUR");
        body.put("messageCount", 1).put("pendingMessageCount", 0);
        return post(body, to);
    }

    private static WebhookRequest post(ObjectNode body, URI to) {
        return new WebhookRequest("POST", to, Map.of("Content-Type", "application/json"), body.toString());
    }
}
