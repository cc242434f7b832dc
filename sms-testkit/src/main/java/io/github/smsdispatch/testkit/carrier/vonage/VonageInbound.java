package io.github.smsdispatch.testkit.carrier.vonage;

import io.github.smsdispatch.testkit.carrier.wire.InboundText;
import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import io.github.smsdispatch.text.Encoding;
import io.github.smsdispatch.text.Segments;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A text from a phone as Vonage hands it over, a call for each part of a long one (SMS API, "Inbound SMS" webhook;
 * OpenAPI document 1.5.1). The keyword is the first word of what the call holds, in upper case; for the later parts of a
 * long text the documentation leaves that open.
 */
final class VonageInbound {
    private final VonageWebhooks webhooks;

    VonageInbound(VonageWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    List<WebhookRequest> requests(InboundText text, RandomGenerator random, URI to) {
        Segments segments = Segments.of(text.text());
        List<String> parts = parts(text.text(), segments);
        String reference = String.valueOf(1 + random.nextInt(255)); // one byte in the header of each part
        var requests = new ArrayList<WebhookRequest>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            var fields = new LinkedHashMap<String, String>();
            fields.put("msisdn", text.from().substring(1));
            fields.put("to", text.to().startsWith("+") ? text.to().substring(1) : text.to());
            fields.put("messageId", new UUID(random.nextLong(), random.nextLong()).toString());
            fields.put("text", part);
            fields.put("type", segments.encoding() == Encoding.UCS_2 ? "unicode" : "text");
            fields.put("keyword", keyword(part));
            if (parts.size() > 1) {
                fields.put("concat", "true");
                fields.put("concat-ref", reference);
                fields.put("concat-total", String.valueOf(parts.size()));
                fields.put("concat-part", String.valueOf(i + 1));
            }
            requests.add(webhooks.request(fields, to));
        }
        return requests;
    }

    /** Cuts where the segments are cut: never within an escaped character or a surrogate pair. */
    private static List<String> parts(String text, Segments segments) {
        var parts = new ArrayList<String>();
        int from = 0;
        for (int units : segments.parts()) {
            int to = from;
            for (int used = 0; used < units; ) {
                int end = text.offsetByCodePoints(to, 1);
                used += segments.encoding() == Encoding.UCS_2
                        ? end - to
                        : Segments.of(text.substring(to, end)).units();
                to = end;
            }
            parts.add(text.substring(from, to));
            from = to;
        }
        return parts;
    }

    private static String keyword(String text) {
        return text.strip().split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    }
}
