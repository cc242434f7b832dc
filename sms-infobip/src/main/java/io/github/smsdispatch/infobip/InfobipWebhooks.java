package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.WebhookSecret;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Delivery reports and texts that came in (OpenAPI documents of Infobip's SMS API 3.210.0 and Subscriptions API, read
 * 2026-11): many to a request, in which one that cannot be used does no harm to the others.
 *
 * <p>Infobip signs nothing by default. So a secret is part of the URL that it calls, as the query parameter
 * {@value #TOKEN} or as {@link WebhookSecret} has it, and each message carries a {@link CallbackTag} that its report brings back. Thread-safe.
 */
final class InfobipWebhooks {
    /** The query parameter with the secret. */
    static final String TOKEN = "token";

    /** 2,000 reports of up to a kilobyte each. */
    private static final int MAX_BODY = 2 * 1024 * 1024;

    /** Parameter {@code maxBucketSize} of a subscription; 100 unless set. */
    private static final int MAX_RESULTS = 2_000;

    private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)");

    private final @Nullable WebhookSecret secret;
    private final @Nullable CallbackTag tag;
    private final InfobipReceipts receipts;
    private final InfobipInbound inbound;

    InfobipWebhooks(ProviderAccount account, @Nullable String secret, InfobipReceipts receipts) {
        this.secret = secret == null ? null : new WebhookSecret(secret);
        this.tag = secret == null ? null : new CallbackTag(secret);
        this.receipts = receipts;
        this.inbound = new InfobipInbound(account);
    }

    /** The URL with the secret in its query, before a fragment. */
    static String urlWithToken(String url, String secret) {
        int hash = url.indexOf('#');
        String base = hash < 0 ? url : url.substring(0, hash);
        String fragment = hash < 0 ? "" : url.substring(hash);
        return base + (base.indexOf('?') < 0 ? "?" : "&") + TOKEN + "=" + secret + fragment;
    }

    WebhookVerdict parse(WebhookRequest request) {
        byte[] body = request.body();
        if (body.length > MAX_BODY) {
            return WebhookVerdict.refused(413, "larger than " + MAX_BODY + " bytes");
        }
        if (secret == null || tag == null) {
            return WebhookVerdict.refused(403, "webhooks cannot be verified: set webhook-secret");
        }
        if (!secret.isIn(request.url())) {
            return WebhookVerdict.refused(
                    403, "webhook-secret is neither the last segment of the path nor the query parameter key or token");
        }
        if (!request.method().equals("POST") || !isJsonInUtf8(request)) {
            return WebhookVerdict.refused(400, "not POSTed as JSON in UTF-8");
        }
        JsonNode results = read(body).path("results");
        if (!results.isArray()) {
            return WebhookVerdict.refused(400, "no JSON object with a list of results");
        }
        if (results.size() > MAX_RESULTS) {
            return WebhookVerdict.refused(413, "more than " + MAX_RESULTS + " results");
        }
        return read(results, tag);
    }

    private WebhookVerdict read(JsonNode results, CallbackTag tagged) {
        var events = new ArrayList<WebhookEvent>();
        int forged = 0;
        for (JsonNode entry : results) {
            @Nullable String id = Json.text(entry, "messageId");
            if (!entry.has("status")) {
                inbound.of(entry).ifPresent(events::add);
            } else if (id != null && tagged.mayBelongTo(Json.text(entry, "callbackData"), id)) {
                Optional<Receipt> receipt = receipts.of(entry);
                receipt.ifPresent(events::add);
            } else if (id != null) {
                forged++;
            }
        }
        if (!events.isEmpty() || results.isEmpty()) {
            return WebhookVerdict.of(List.copyOf(events));
        }
        // What knows the secret comes from Infobip: a refusal of what is not understood would make it come again and
        // again.
        return forged > 0
                ? WebhookVerdict.refused(403, "the tag in callbackData was not made with webhook-secret")
                : WebhookVerdict.of(List.of());
    }

    /** JSON is UTF-8 (RFC 8259 section 8.1); another charset would be read wrongly. */
    private static boolean isJsonInUtf8(WebhookRequest request) {
        String type = request.header("Content-Type").orElse("application/json").toLowerCase(Locale.ROOT);
        Matcher charset = CHARSET.matcher(type);
        return type.startsWith("application/json") && (!charset.find() || "utf-8".equals(charset.group(1)));
    }

    private static JsonNode read(byte[] body) {
        try {
            return Json.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return Json.read("");
        }
    }
}
