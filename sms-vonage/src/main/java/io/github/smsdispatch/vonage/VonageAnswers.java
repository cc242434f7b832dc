package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.RetryAfter;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Vonage's answer to a hand-over means: HTTP 200 for nearly everything, and one element for each part of the text
 * with a status of its own.
 *
 * <p>Parts of which some were taken and some refused are {@link SubmitOutcome.Unknown}. Refused would send the whole
 * text again; Accepted would let the receipts of the parts in the air report the delivery of a text that never arrived
 * whole.
 */
final class VonageAnswers {
    static final CodeTable CODES =
            CodeTable.read(VonageAnswers.class.getResourceAsStream("vonage-codes.txt"), "vonage-codes.txt");

    private static final String OK = "0";

    /** The error text of status 1 has carried the wait in milliseconds: {@code Throughput Rate Exceeded - please wait [ 250 ] and retry}. */
    private static final Pattern WAIT = Pattern.compile("wait\\s*\\[\\s*([0-9]{1,9})\\s*\\]");

    private record Part(String status, @Nullable String id, @Nullable String errorText) {
        boolean isOk() {
            return status.equals(OK);
        }
    }

    private VonageAnswers() {}

    static SubmitOutcome ofSubmit(ExchangeResult result) {
        return result.fold(VonageAnswers::ofAnswer, Outcomes::ofSubmit, Outcomes::ofSubmit);
    }

    private static SubmitOutcome ofAnswer(ExchangeResult.Answered answer) {
        if (!answer.isSuccess()) {
            return Outcomes.ofSubmit(answer);
        }
        JsonNode body = Json.read(answer.body());
        List<Part> parts = parts(body);
        int announced = body.path("message-count").asInt(parts.size());
        if (parts.isEmpty() || parts.size() != announced) {
            return new SubmitOutcome.Unknown(
                    String.valueOf(answer.status()), "the answer does not list a status for each part");
        }
        long ok = parts.stream().filter(Part::isOk).count();
        if (ok == parts.size()) {
            return accepted(parts);
        }
        Part failed = parts.stream().filter(part -> !part.isOk()).findFirst().orElseThrow();
        return ok > 0
                ? new SubmitOutcome.Unknown(
                        failed.status(),
                        "taken in part: " + ok + " of " + parts.size() + " parts; the first failure: "
                                + meaning(failed.status()))
                : refused(parts, answer);
    }

    private static List<Part> parts(JsonNode body) {
        var parts = new ArrayList<Part>();
        for (JsonNode element : body.path("messages")) {
            String status = Optional.ofNullable(Json.text(element, "status"))
                    .filter(word -> word.matches("[0-9]{1,4}"))
                    .orElse("?");
            parts.add(new Part(status, Json.text(element, "message-id"), Json.text(element, "error-text")));
        }
        return parts;
    }

    private static SubmitOutcome accepted(List<Part> parts) {
        var ids = new ArrayList<String>();
        for (Part part : parts) {
            if (part.id() == null) {
                return new SubmitOutcome.Unknown(OK, "a part was taken without a message id");
            }
            ids.add(part.id());
        }
        // The price is a number without its currency.
        return new SubmitOutcome.Accepted(ids, parts.size(), null);
    }

    /** No part was taken, if each of their codes proves it. */
    private static SubmitOutcome refused(List<Part> parts, ExchangeResult.Answered answer) {
        for (Part part : parts) {
            if (reason(part).isEmpty()) {
                return new SubmitOutcome.Unknown(part.status(), meaning(part.status()));
            }
        }
        Part first = parts.get(0);
        return new SubmitOutcome.Refused(
                reason(first).orElseThrow(), first.status(), meaning(first.status()), retryAfter(first, answer));
    }

    private static Optional<FailureReason> reason(Part part) {
        return CODES.find(CodeTable.Kind.SUBMIT, part.status()).flatMap(row -> Optional.ofNullable(row.reason()));
    }

    private static String meaning(String status) {
        return CODES.find(CodeTable.Kind.SUBMIT, status)
                .map(CodeTable.Row::meaning)
                .orElse("status " + status + ", which this version does not know");
    }

    private static @Nullable Duration retryAfter(Part part, ExchangeResult.Answered answer) {
        Matcher wait = WAIT.matcher(Optional.ofNullable(part.errorText()).orElse(""));
        return wait.find() ? Duration.ofMillis(Long.parseLong(wait.group(1))) : RetryAfter.of(answer);
    }
}
