package io.github.smsdispatch.testkit.carrier.africastalking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Decision;
import io.github.smsdispatch.testkit.carrier.wire.Declined;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Item;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One text to several recipients, each of whom is accepted or declined by itself; an unknown sender is refused with a 201
 * that names no recipient, as recorded from Africa's Talking.
 */
final class AfricasTalkingSubmissions {
    /** What texts come from where a request names no sender. */
    private static final String SHARED_SENDER = "AFRICASTKNG";

    /** There is no parameter for it. */
    private static final Duration VALIDITY = Duration.ofDays(2);

    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final String CURRENCY = "KES";
    private static final double PRICE = 0.8;

    private final Set<String> unknownSenders;
    private final CarrierBooks books;

    AfricasTalkingSubmissions(Set<String> unknownSenders, CarrierBooks books) {
        this.unknownSenders = unknownSenders;
        this.books = books;
    }

    Reading read(Form form) {
        String to = form.get("to");
        String text = form.get("message");
        if (to == null) {
            return AfricasTalkingDialect.missing("to");
        }
        if (text == null) {
            return AfricasTalkingDialect.missing("message");
        }
        String sender = form.getOrElse("from", SHARED_SENDER);
        if (unknownSenders.contains(sender)) {
            return Reading.refused(
                    AfricasTalkingDialect.PROVIDER + " InvalidSenderId",
                    HttpAnswer.json(201, body("InvalidSenderId", Json.array())));
        }
        var items = new ArrayList<Item>();
        for (String number : to.split(",", -1)) {
            items.add(item(number.strip(), sender, text));
        }
        return Reading.batch(items);
    }

    private Item item(String number, String sender, String text) {
        if (!NUMBER.matcher(number).matches()) {
            return declined(number, 403, "InvalidPhoneNumber");
        }
        if (books.isOptedOut(number, sender)) {
            return declined(number, 406, "UserInBlacklist");
        }
        return new Draft(number, sender, null, text, Segments.of(text).count(), null, null, VALIDITY);
    }

    private static Declined declined(String number, int code, String word) {
        return new Declined(AfricasTalkingDialect.PROVIDER + " " + code, recipient(code, number, "0", word, "None"));
    }

    HttpAnswer answer(HttpCall call, List<Decision> decisions) {
        // "Queued" unless the sender wants to wait for the operators.
        int code = "0".equals(call.formParameters().get("enqueue")) ? 101 : 102;
        ArrayNode recipients = Json.array();
        int accepted = 0;
        int segments = 0;
        for (Decision decision : decisions) {
            if (decision instanceof CarrierMessage message) {
                accepted++;
                segments += message.draft().segments();
            }
            recipients.add(decision.<JsonNode>fold(message -> accepted(message, code), Declined::answer));
        }
        String message = "Sent to " + accepted + "/" + decisions.size() + " Total Cost: " + cost(segments);
        return call.headers().getOrDefault("accept", "").contains("json")
                ? HttpAnswer.json(201, body(message, recipients))
                : new HttpAnswer(201, "application/xml", xml(message, recipients), Map.of());
    }

    private static ObjectNode accepted(CarrierMessage message, int code) {
        int segments = message.draft().segments();
        return recipient(code, message.draft().recipient(), cost(segments), "Success", message.id())
                .put("messageParts", segments);
    }

    private static ObjectNode recipient(int code, String number, String cost, String word, String id) {
        return Json.object()
                .put("statusCode", code)
                .put("number", number)
                .put("cost", cost)
                .put("status", word)
                .put("messageId", id);
    }

    private static ObjectNode body(String message, ArrayNode recipients) {
        ObjectNode body = Json.object();
        body.putObject("SMSMessageData").put("Message", message).set("Recipients", recipients);
        return body;
    }

    private static String cost(int segments) {
        return segments == 0 ? "0" : String.format(Locale.ROOT, "%s %.4f", CURRENCY, segments * PRICE);
    }

    /** For a sender that forgot to ask for JSON. */
    private static String xml(String message, ArrayNode recipients) {
        var xml = new StringBuilder("<AfricasTalkingResponse><SMSMessageData><Message>")
                .append(message)
                .append("</Message><Recipients>");
        for (JsonNode recipient : recipients) {
            xml.append("<Recipient>");
            recipient.properties().forEach(field -> xml.append('<')
                    .append(field.getKey())
                    .append('>')
                    .append(field.getValue().asText().replaceAll("[<>&]", ""))
                    .append("</")
                    .append(field.getKey())
                    .append('>'));
            xml.append("</Recipient>");
        }
        return xml.append("</Recipients></SMSMessageData></AfricasTalkingResponse>")
                .toString();
    }
}
