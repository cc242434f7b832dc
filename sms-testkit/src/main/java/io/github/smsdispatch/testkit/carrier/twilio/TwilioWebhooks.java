package io.github.smsdispatch.testkit.carrier.twilio;

import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** How Twilio posts to a webhook, whatever it has to tell: a signed form. */
final class TwilioWebhooks {
    private final String authToken;

    TwilioWebhooks(String authToken) {
        this.authToken = authToken;
    }

    WebhookRequest post(URI to, Map<String, String> form) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
        headers.put("X-Twilio-Signature", TwilioSignature.of(authToken, to.toString(), form));
        headers.put("I-Twilio-Idempotency-Token", UUID.randomUUID().toString());
        return new WebhookRequest("POST", to, headers, Form.encode(form));
    }
}
