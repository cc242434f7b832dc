package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.CodeBook;
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
import java.util.Objects;
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
final class SmsAnswers {
    /** The error text of status 1 has carried the wait in milliseconds: {@code Throughput Rate Exceeded - please wait [ 250 ] and retry}. */
    private static final Pattern WAIT = Pattern.compile("wait\\s*\\[\\s*([0-9]{1,9})\\s*\\]");

    /** The limit is one of requests a second: a text that asks for longer is not worth an account that stands still. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final Pattern STATUS = Pattern.compile("[0-9]{1,4}");

    /** @param row what is known of the status; null: nothing */
    private record Part(String status, CodeTable.@Nullable Row row, @Nullable String id, @Nullable String errorText) {
        boolean isTaken() {
            return row != null && row.isAccepted();
        }

        /** Why it was not taken; null where that is not proven. */
        @Nullable
        FailureReason reason() {
            return row == null ? null : row.reason();
        }

        String meaning() {
            return row == null ? "status " + status + ", which this version does not know" : row.meaning();
        }
    }

    private final CodeBook codes;

    SmsAnswers(CodeBook codes) {
        this.codes = codes;
    }

    SubmitOutcome ofSubmit(ExchangeResult result) {
        return result.fold(this::ofAnswer, Outcomes::ofSubmit, Outcomes::ofSubmit);
    }

    private SubmitOutcome ofAnswer(ExchangeResult.Answered answer) {
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
        long taken = parts.stream().filter(Part::isTaken).count();
        if (taken == parts.size()) {
            return accepted(parts);
        }
        if (taken > 0) {
            Part failed =
                    parts.stream().filter(part -> !part.isTaken()).findFirst().orElseThrow();
            return new SubmitOutcome.Unknown(
                    failed.status(),
                    "taken in part: " + taken + " of " + parts.size() + " parts; the first failure: "
                            + failed.meaning());
        }
        return refused(parts, answer);
    }

    private List<Part> parts(JsonNode body) {
        var parts = new ArrayList<Part>();
        for (JsonNode element : body.path("messages")) {
            @Nullable String given = Json.text(element, "status");
            // Error texts repeat numbers, and a status of another form might as well.
            String status = Optional.ofNullable(given)
                    .filter(word -> STATUS.matcher(word).matches())
                    .orElse("?");
            parts.add(new Part(
                    status,
                    codes.submit(given).orElse(null),
                    Json.text(element, "message-id"),
                    Json.text(element, "error-text")));
        }
        return parts;
    }

    private static SubmitOutcome accepted(List<Part> parts) {
        var ids = new ArrayList<String>();
        for (Part part : parts) {
            if (part.id() == null) {
                return new SubmitOutcome.Unknown(part.status(), "a part was taken without a message id");
            }
            ids.add(part.id());
        }
        // The price is a number without its currency.
        return new SubmitOutcome.Accepted(ids, parts.size(), null);
    }

    /** No part was taken, if each of their codes proves it. */
    private static SubmitOutcome refused(List<Part> parts, ExchangeResult.Answered answer) {
        for (Part part : parts) {
            if (part.reason() == null) {
                return new SubmitOutcome.Unknown(part.status(), part.meaning());
            }
        }
        Part first = parts.get(0);
        return new SubmitOutcome.Refused(
                Objects.requireNonNull(first.reason()), first.status(), first.meaning(), retryAfter(first, answer));
    }

    private static @Nullable Duration retryAfter(Part part, ExchangeResult.Answered answer) {
        Matcher wait = WAIT.matcher(Optional.ofNullable(part.errorText()).orElse(""));
        if (!wait.find()) {
            return RetryAfter.of(answer);
        }
        Duration asked = Duration.ofMillis(Long.parseLong(wait.group(1)));
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }
}
