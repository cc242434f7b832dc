package io.github.smsdispatch.twilio;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.util.List;
import java.util.Optional;

/**
 * Status callbacks (https://www.twilio.com/docs/messaging/guides/track-outbound-message-status, read 2026-11): a form
 * posted to the message's callback URL. Twilio may add fields without notice.
 */
final class TwilioWebhooks {
    /** A callback has some dozen short fields. */
    private static final int MAX_BODY = 64 * 1024;

    private final ProviderAccount account;
    private final TwilioSignature signature;

    TwilioWebhooks(ProviderAccount account, String authToken) {
        this.account = account;
        this.signature = new TwilioSignature(authToken);
    }

    WebhookVerdict parse(WebhookRequest request) {
        byte[] body = request.body();
        if (body.length > MAX_BODY) {
            return WebhookVerdict.refused(413, "larger than " + MAX_BODY + " bytes");
        }
        Optional<String> given = request.header("X-Twilio-Signature");
        if (given.isEmpty()) {
            return WebhookVerdict.refused(403, "not signed");
        }
        Form query;
        Form form;
        try {
            query = Form.queryOf(request.url());
            form = request.method().equals("POST") ? Form.decode(request.bodyText()) : Form.empty();
        } catch (IllegalArgumentException e) {
            return WebhookVerdict.refused(400, "not a form");
        }
        if (!signature.matches(given.get(), request.url(), form)) {
            return WebhookVerdict.refused(
                    403, "signature does not match: check auth-token, and that the public URL is passed in");
        }
        // Callbacks by GET carry the same fields in the query.
        return read(query, request.method().equals("POST") ? form : query);
    }

    private WebhookVerdict read(Form query, Form fields) {
        Optional<String> sid = fields.first("MessageSid").or(() -> fields.first("SmsSid"));
        Optional<String> status = fields.first("MessageStatus").or(() -> fields.first("SmsStatus"));
        if (sid.isEmpty() || status.isEmpty()) {
            return WebhookVerdict.refused(400, "neither message SID nor status in it");
        }
        if (status.get().equals("received") || status.get().equals("receiving")) {
            return WebhookVerdict.of(List.of()); // a text that came in, no report on one that went out
        }
        return WebhookVerdict.of(List.of(new Receipt(
                account,
                sid.get(),
                CallbackUrl.referenceOf(query),
                TwilioReceipts.state(status.get()),
                status.get(),
                fields.first("ErrorCode").filter(code -> !code.equals("0")).orElse(null),
                // RawDlrDoneDate has no zone, so the time of arrival is the better one.
                null)));
    }
}
