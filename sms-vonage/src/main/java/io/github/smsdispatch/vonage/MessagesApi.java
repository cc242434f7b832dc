package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.text.Encoding;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Messages API: {@code POST /v1/messages}, JSON (OpenAPI document 1.20.0, read 2026-11). */
final class MessagesApi implements SendingApi {
    private final VonageSettings settings;
    private final @Nullable ApplicationToken token;
    private final Map<String, String> basic;
    private final MessagesAnswers answers;

    /** @param token null: API key and secret are used */
    MessagesApi(VonageSettings settings, @Nullable ApplicationToken token, CodeBook codes) {
        this.settings = settings;
        this.token = token;
        this.basic = Headers.basic(settings);
        this.answers = new MessagesAnswers(codes);
    }

    @Override
    public ExchangeRequest request(Submission submission) {
        ObjectNode message = JsonNodeFactory.instance
                .objectNode()
                .put("channel", "sms")
                .put("message_type", "text")
                .put("from", SendingApi.from(submission, settings.from))
                .put("to", submission.recipient().digits())
                .put("text", submission.text())
                .put("client_ref", submission.reference().toString())
                // In seconds here, in milliseconds in the SMS API.
                .put("ttl", SendingApi.timeToLive(submission).toSeconds());
        // Said rather than left to Vonage, so that it sends what the segments were counted for.
        message.putObject("sms")
                .put("encoding_type", submission.segments().encoding() == Encoding.UCS_2 ? "unicode" : "text");
        if (settings.callbackUrl != null) {
            message.put("webhook_url", settings.callbackUrl).put("webhook_version", "v1");
        }
        return ExchangeRequest.post(
                settings.messagesBaseUrl + "/v1/messages",
                token == null ? basic : Headers.bearer(token),
                "application/json",
                message.toString());
    }

    @Override
    public SubmitOutcome outcome(ExchangeResult result) {
        return answers.ofSubmit(result);
    }
}
