package io.github.smsdispatch.twilio;

import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks what Twilio calls us with, and tells the kinds apart: status callbacks
 * (https://www.twilio.com/docs/messaging/guides/track-outbound-message-status) and texts that came in
 * (https://www.twilio.com/docs/messaging/guides/webhook-request, both read 2026-11). Both are forms, posted or in the query
 * of a GET, and Twilio may add fields without notice.
 */
final class TwilioWebhooks {
    /** Some dozen short fields, a text, links to pictures, and what add-ons have to say. */
    private static final int MAX_BODY = 256 * 1024;

    private static final Pattern UTF_8 = Pattern.compile("charset=\"?utf-8\"?\\s*(;.*)?");

    private final TwilioReceipts receipts;
    private final AddressRedaction redaction;
    private final TwilioInbound inbound;
    private final TwilioSignature signature;

    TwilioWebhooks(
            TwilioReceipts receipts, TwilioInbound inbound, TwilioSignature signature, AddressRedaction redaction) {
        this.receipts = receipts;
        this.redaction = redaction;
        this.inbound = inbound;
        this.signature = signature;
    }

    WebhookVerdict parse(WebhookRequest request) {
        byte[] body = request.body();
        if (body.length > MAX_BODY || request.url().length() > MAX_BODY) {
            return WebhookVerdict.refused(413, "larger than " + MAX_BODY + " bytes");
        }
        Optional<String> given = request.header("X-Twilio-Signature");
        if (given.isEmpty()) {
            return WebhookVerdict.refused(403, "not signed");
        }
        String contentType = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        Form query;
        @Nullable Form form;
        try {
            query = Form.queryOf(request.url());
            form = switch (request.method()) {
                case "GET" -> Form.empty();
                case "POST" -> contentType.startsWith("application/json") ? null : form(body, contentType);
                default -> throw new IllegalArgumentException("neither GET nor POST");
            };
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return WebhookVerdict.refused(400, "not a form");
        }
        boolean genuine = form == null
                ? signature.matches(given.get(), request.url(), query, body)
                : signature.matches(given.get(), request.url(), form);
        if (!genuine) {
            return WebhookVerdict.refused(
                    403, "signature does not match: check auth-token, and that the public URL is passed in");
        }
        if (form == null) {
            return WebhookVerdict.refused(404, "JSON is neither a status callback nor a text");
        }
        return read(query, request.method().equals("GET") ? query : form);
    }

    private static Form form(byte[] body, String contentType) throws CharacterCodingException {
        int charset = contentType.indexOf("charset=");
        if (charset >= 0 && !UTF_8.matcher(contentType.substring(charset)).matches()) {
            throw new IllegalArgumentException("another charset than UTF-8");
        }
        return Form.decode(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(body))
                .toString());
    }

    private WebhookVerdict read(Form query, Form fields) {
        Optional<String> sid = fields.first("MessageSid").or(() -> fields.first("SmsSid"));
        Optional<String> status = fields.first("MessageStatus").or(() -> fields.first("SmsStatus"));
        if (sid.isEmpty() || status.isEmpty()) {
            return WebhookVerdict.refused(400, "neither message SID nor status in it");
        }
        if (!TwilioIds.isSid(sid.get())) {
            return WebhookVerdict.refused(400, "the message SID is none");
        }
        if (TwilioInbound.isInbound(status.get())) {
            return inbound.read(sid.get(), fields);
        }
        redaction.note(fields.first("To").orElse(null));
        // RawDlrDoneDate has no zone, so the time of arrival is the better one.
        return receipts.of(
                        CallbackUrl.referenceOf(query),
                        sid.get(),
                        status.get(),
                        fields.first("ErrorCode").orElse(null),
                        null)
                .map(receipt -> WebhookVerdict.of(List.of(receipt)))
                .orElseGet(() -> WebhookVerdict.refused(400, "neither message SID nor status in it"));
    }
}
