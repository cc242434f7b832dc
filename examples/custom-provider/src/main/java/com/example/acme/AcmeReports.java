package com.example.acme;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.SentAttempt;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Acme says of a message that it took; webhooks and look-ups have the same shape. */
final class AcmeReports {
    private final ProviderAccount account;
    private final CodeBook codes;

    AcmeReports(ProviderAccount account, CodeBook codes) {
        this.account = account;
        this.codes = codes;
    }

    List<LookupAnswer> ofLookup(List<SentAttempt> attempts, ExchangeResult result) {
        if (!(result instanceof ExchangeResult.Answered answer) || !answer.isSuccess()) {
            return Collections.nCopies(attempts.size(), Outcomes.ofLookup(result));
        }
        JsonNode messages = Json.read(answer.body()).path("messages");
        if (!messages.isArray()) {
            // Absent is for an answer in full, and this is none.
            return Collections.nCopies(attempts.size(), failed(answer, "the answer is no list of messages"));
        }
        Map<String, LookupAnswer> byId = new HashMap<>();
        boolean complete = true;
        for (JsonNode message : messages) {
            Optional<Receipt> receipt = receipt(message);
            receipt.ifPresent(found -> byId.put(found.providerMessageId(), new LookupAnswer.Found(List.of(found))));
            complete &= receipt.isPresent();
        }
        LookupAnswer otherwise =
                complete ? new LookupAnswer.Absent() : failed(answer, "a message of the list cannot be read");
        return attempts.stream()
                .map(attempt -> byId.getOrDefault(AcmeRequests.id(attempt), otherwise))
                .toList();
    }

    private static LookupAnswer failed(ExchangeResult.Answered answer, String detail) {
        return new LookupAnswer.Failed(String.valueOf(answer.status()), detail, null);
    }

    /** A report; empty where id or status is missing. */
    Optional<Receipt> receipt(JsonNode message) {
        String id = Json.text(message, "id");
        String status = Json.text(message, "status");
        if (id == null || status == null) {
            return Optional.empty();
        }
        String error = Json.text(message, "error");
        return Optional.of(new Receipt(
                account,
                id,
                reference(Json.text(message, "ref")),
                codes.state(status),
                status,
                CodeBook.showable(error),
                codes.reason(error),
                time(Json.text(message, "at"))));
    }

    private static AttemptId reference(String text) {
        try {
            return text == null ? null : AttemptId.parse(text);
        } catch (IllegalArgumentException e) {
            return null; // a message that was not sent by us
        }
    }

    private static Instant time(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null; // what happened matters more than when
        }
    }
}
