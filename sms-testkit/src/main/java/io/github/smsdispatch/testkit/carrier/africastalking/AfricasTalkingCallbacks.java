package io.github.smsdispatch.testkit.carrier.africastalking;

import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.InboundText;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What Africa's Talking posts to an account's URLs (https://developers.africastalking.com/docs/sms/notifications, read
 * 2026-11): forms that nobody signs.
 */
final class AfricasTalkingCallbacks {
    /** The network of the vendor's own sandbox. */
    private static final String NETWORK = "99999";

    private static final DateTimeFormatter WITH_ZONE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter WITHOUT_ZONE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final CarrierBooks books;

    AfricasTalkingCallbacks(CarrierBooks books) {
        this.books = books;
    }

    WebhookRequest deliveryReport(CarrierMessage message, Life.Step step, URI to) {
        var form = new LinkedHashMap<String, String>();
        form.put("id", message.id());
        form.put("status", word(step));
        form.put("phoneNumber", message.draft().recipient());
        form.put("networkCode", NETWORK);
        if (step.errorCode() != null) {
            form.put("failureReason", step.errorCode());
        }
        return post(to, form);
    }

    /**
     * No word is documented for the end of a validity: {@code Expired} is what an operator's firewall discards, and
     * {@code AbsentSubscriber} is not said to be final. So it is a failure, with the reason that stands for any.
     */
    private static String word(Life.Step step) {
        return switch (step.state()) {
            case ACCEPTED -> "Buffered";
            case SENT -> "Sent";
            case DELIVERED -> "Success";
            case UNDELIVERED, EXPIRED -> "Failed";
        };
    }

    /** The time comes in one of two forms, as it does in the wild. */
    WebhookRequest incomingMessage(InboundText text, RandomGenerator random, URI to) {
        DateTimeFormatter format = random.nextBoolean() ? WITH_ZONE : WITHOUT_ZONE;
        var form = new LinkedHashMap<String, String>();
        form.put("linkId", UUID.nameUUIDFromBytes(bytes(random)).toString());
        form.put("text", text.text());
        form.put("to", text.to());
        form.put("id", UUID.nameUUIDFromBytes(bytes(random)).toString());
        form.put("date", format.withZone(ZoneOffset.UTC).format(books.now()));
        form.put("from", text.from());
        form.put("networkCode", NETWORK);
        form.put("cost", "KES 0.0000");
        return post(to, form);
    }

    WebhookRequest optOut(String recipient, String sender, URI to) {
        var form = new LinkedHashMap<String, String>();
        form.put("senderId", sender);
        form.put("phoneNumber", recipient);
        return post(to, form);
    }

    private static byte[] bytes(RandomGenerator random) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return bytes;
    }

    private static WebhookRequest post(URI to, Map<String, String> form) {
        return new WebhookRequest(
                "POST", to, Map.of("Content-Type", "application/x-www-form-urlencoded"), Form.encode(form));
    }
}
