package io.github.smsdispatch.vonage;

import com.vonage.client.sms.messages.TextMessage;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.http.HttpSettings;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.text.Encoding;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/** The requests of the SMS API and the Reports API. Thread-safe. */
final class VonageRequests {
    /** Parameter {@code ttl}: 20 seconds to 7 days (OpenAPI document of the SMS API 1.5.1, read 2026-11). */
    private static final Duration MIN_VALIDITY = Duration.ofSeconds(20);

    static final Duration MAX_VALIDITY = Duration.ofDays(7);

    private final VonageSettings settings;
    private final Map<String, String> headers;

    VonageRequests(VonageSettings settings) {
        this.settings = settings;
        this.headers = Map.of(
                "Authorization", HttpSettings.basicAuth(settings.apiKey, settings.apiSecret),
                "Accept", "application/json",
                "User-Agent", "sms-dispatch");
    }

    /** Hands a message over. */
    ExchangeRequest submit(Submission submission) {
        var message = new TextMessage(
                sender(Objects.requireNonNullElse(submission.sender(), settings.from)),
                submission.recipient().digits(),
                submission.text(),
                // Not found out by Vonage: other characters sent as GSM-7 arrive mangled.
                submission.segments().encoding() == Encoding.UCS_2);
        message.setClientReference(submission.reference().toString());
        message.setTimeToLive(ttl(submission.validity()).toMillis());
        if (settings.callbackUrl != null) {
            message.setCallbackUrl(settings.callbackUrl);
        }
        Form form = Form.empty();
        for (Map.Entry<String, String> parameter : message.makeParams().entrySet()) {
            form = form.with(parameter.getKey(), parameter.getValue());
        }
        return ExchangeRequest.post(settings.baseUrl + "/sms/json", headers, ExchangeRequest.FORM, form.encode());
    }

    /** Asks for messages by id; the Reports API takes 20 at once. */
    ExchangeRequest reportsById(Collection<String> messageIds) {
        return reports(reportsForm().with("id", String.join(",", messageIds)).encode());
    }

    /** Asks for what was sent to a number in a time, from whole seconds; the end is exclusive. */
    ExchangeRequest reportsByRecipient(PhoneNumber recipient, Instant from, Instant to) {
        return reports(reportsForm()
                .with("to", recipient.digits())
                .with("date_start", from.toString())
                .with("date_end", to.toString())
                .encode());
    }

    /** Asks for the next page by the query of its link. */
    ExchangeRequest reports(String rawQuery) {
        return ExchangeRequest.get(settings.apiBaseUrl + "/v2/reports/records?" + rawQuery, headers);
    }

    private Form reportsForm() {
        return Form.empty()
                .with("account_id", settings.apiKey)
                .with("product", "SMS")
                .with("direction", "outbound");
    }

    /** Numbers go without plus sign. */
    private static String sender(Sender sender) {
        return sender.kind() == Sender.Kind.NUMBER ? sender.value().substring(1) : sender.value();
    }

    private static Duration ttl(Duration validity) {
        return validity.compareTo(MIN_VALIDITY) < 0 ? MIN_VALIDITY : validity;
    }
}
