package com.example.acme;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.http.HttpSettings;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.Submission;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Acme's two requests. Thread-safe. */
final class AcmeRequests {
    private final String url;
    private final Map<String, String> headers;
    private final Sender from;
    private final Optional<String> callbackUrl;

    AcmeRequests(ProviderSettings settings) {
        this.url = HttpSettings.baseUrl(settings, "base-url") + "/v1/messages";
        this.headers = Map.of("X-Acme-Key", settings.get("api-key"), "Accept", "application/json");
        this.from = Sender.of(settings.get("from"));
        this.callbackUrl = settings.find("callback-url");
    }

    ExchangeRequest submit(List<Submission> batch) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        callbackUrl.ifPresent(callback -> body.put("callback", callback));
        ArrayNode messages = body.putArray("messages");
        for (Submission submission : batch) {
            messages.addObject()
                    .put("ref", submission.reference().toString())
                    .put("to", submission.recipient().e164())
                    .put("from", Objects.requireNonNullElse(submission.sender(), from).value())
                    .put("text", submission.text())
                    .put("ttl", Math.max(1, submission.validity().toSeconds()));
        }
        return ExchangeRequest.post(url, headers, "application/json", body.toString());
    }

    ExchangeRequest lookUp(List<SentAttempt> attempts) {
        String ids = attempts.stream().map(AcmeRequests::id).collect(Collectors.joining(","));
        return ExchangeRequest.get(url + "?" + Form.empty().with("ids", ids).encode(), headers);
    }

    /** Acme gives one id, however many segments the text has. */
    static String id(SentAttempt attempt) {
        return attempt.providerMessageIds().get(0);
    }
}
