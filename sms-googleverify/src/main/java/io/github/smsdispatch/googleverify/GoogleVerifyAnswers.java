package io.github.smsdispatch.googleverify;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.CodeTable.Row;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.RetryAfter;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the server's answer to a hand-over means. The body holds the code, which is a secret: it is looked at for being
 * there, and no part of a body gets into an outcome, but for an errorCode that looks like one.
 */
final class GoogleVerifyAnswers {
    static final CodeTable CODES = CodeTable.read(
            GoogleVerifyAnswers.class.getResourceAsStream("googleverify-codes.txt"), "googleverify-codes.txt");

    /** What the server's SMS provider said is in the sentence alone (pkg/controller/issueapi/send_sms.go). */
    private static final String SMS_FAILURE = "sms_failure";

    /** What an errorCode looks like; the other rows of the table are about statuses and sentences. */
    private static final Pattern WORD = Pattern.compile("[a-z_]+");

    /**
     * How long to leave the server alone where it says that nothing will be taken for a while, but not how long: a quota
     * comes back with the new day, or when an administrator raises it.
     */
    private static final Map<String, Duration> PAUSES =
            Map.of("quota_exceeded", Duration.ofMinutes(15), "maintenance_mode", Duration.ofMinutes(1));

    private final CodeBook codes;

    GoogleVerifyAnswers(CodeBook codes) {
        this.codes = codes;
    }

    /** The answer to {@code /api/issue}. */
    SubmitOutcome ofIssue(CodeOrder order, ExchangeResult result) {
        return result.fold(answer -> ofIssue(order, answer), Outcomes::ofSubmit, Outcomes::ofSubmit);
    }

    /** The answer to {@code /api/batch-issue}: one outcome for each order, in order. */
    List<SubmitOutcome> ofBatch(List<CodeOrder> orders, ExchangeResult result) {
        return result.fold(
                answer -> ofBatch(orders, answer),
                notSent -> same(orders, Outcomes.ofSubmit(notSent)),
                lost -> same(orders, Outcomes.ofSubmit(lost)));
    }

    private SubmitOutcome ofIssue(CodeOrder order, ExchangeResult.Answered answer) {
        JsonNode body = Json.read(answer.body());
        if (answer.isSuccess()) {
            return ofSuccess(order.uuid(), body, answer);
        }
        return isRefusal(answer) ? refused(order.uuid(), body, answer) : Outcomes.ofSubmit(answer);
    }

    private List<SubmitOutcome> ofBatch(List<CodeOrder> orders, ExchangeResult.Answered answer) {
        JsonNode body = Json.read(answer.body());
        JsonNode items = body.path("codes");
        // The status is that of the first item that failed, be it 500: each item speaks for itself.
        if (items.isArray() && (answer.isSuccess() || answer.status() >= 400)) {
            return ofItems(orders, items, answer);
        }
        if (!isRefusal(answer)) {
            return same(orders, Outcomes.ofSubmit(answer));
        }
        return same(orders, ofWholeBatch(orders, body, answer));
    }

    /** Refused as a whole, before any item was looked at. */
    private SubmitOutcome ofWholeBatch(List<CodeOrder> orders, JsonNode body, ExchangeResult.Answered answer) {
        return refused(orders.get(0).uuid(), body, answer)
                .fold(
                        accepted -> unknown(answer, "answered " + answer.status() + " without its list of codes"),
                        refused -> orders.size() == 1
                                ? refused
                                : Outcomes.together(
                                        refused, "the batch was refused as a whole, for one of it or for all"),
                        unknown -> unknown);
    }

    private List<SubmitOutcome> ofItems(List<CodeOrder> orders, JsonNode items, ExchangeResult.Answered answer) {
        if (items.size() != orders.size()) {
            return same(orders, unknown(answer, "the answer does not list each of the codes"));
        }
        if (!answer.isSuccess() && !hasError(items)) {
            return same(orders, unknown(answer, "answered " + answer.status() + " although no item failed"));
        }
        boolean isAnyIssued = isAnyIssued(items);
        @Nullable String firstError = null;
        var outcomes = new ArrayList<SubmitOutcome>();
        for (int i = 0; i < orders.size(); i++) {
            JsonNode item = items.get(i);
            UUID uuid = orders.get(i).uuid();
            @Nullable String error = Json.text(item, "error");
            if (answer.isSuccess() || !isError(item)) {
                // Under a success all fail or none does: of both nothing is known.
                outcomes.add(
                        isError(item) && isAnyIssued
                                ? unknown(answer, "answered " + answer.status() + " with an error inside")
                                : ofSuccess(uuid, item, answer));
                continue;
            }
            // An item has no status of its own; the first that failed has the answer's, and so has one with its words.
            boolean isFirst = firstError == null;
            if (firstError == null) {
                firstError = error == null ? "" : error;
            }
            if (errorCode(item) != null) {
                outcomes.add(isFirst ? refused(uuid, item, answer) : refusedLater(uuid, item, answer));
            } else {
                outcomes.add(
                        isRefusal(answer) && firstError.equals(error)
                                ? refused(uuid, item, answer)
                                : unknown(answer, "an item failed without a code"));
            }
        }
        return outcomes;
    }

    /** Under a status of success: issued and sent, unless the body says otherwise. */
    private SubmitOutcome ofSuccess(UUID uuid, JsonNode body, ExchangeResult.Answered answer) {
        @Nullable String code = errorCode(body);
        if (isError(body)) {
            return ofErrorInside(code, body, answer);
        }
        @Nullable String issued = Json.text(body, "uuid");
        if (issued == null) {
            // So a server answers that knows our reference already (handle_issue.go turns its 409 into 200), or that
            // takes no further user report of the number. Asking for the reference tells.
            return unknown(answer, "answered " + answer.status() + " without a reference: perhaps issued before");
        }
        if (!issued.equalsIgnoreCase(uuid.toString()) || Json.text(body, "code") == null) {
            return unknown(answer, "answered " + answer.status() + " without our reference or without a code");
        }
        return SubmitOutcome.Accepted.as(uuid.toString());
    }

    /** So it is where the codes were stored, and then no text could be sent (issue.go, errorAll). */
    private SubmitOutcome ofErrorInside(@Nullable String code, JsonNode body, ExchangeResult.Answered answer) {
        boolean isIssued = Json.text(body, "code") != null || Json.text(body, "uuid") != null;
        Optional<Row> row =
                isIssued ? Optional.empty() : CODES.find(CodeTable.Kind.SUBMIT, answer.status() + ": " + code);
        if (row.isEmpty()) {
            codes.submit(code); // counts it if it is a new one
        }
        return row.map(Row::reason)
                .<SubmitOutcome>map(reason ->
                        SubmitOutcome.Refused.because(reason, code, row.get().meaning()))
                .orElseGet(() -> unknown(answer, "answered " + answer.status() + " with an error inside"));
    }

    /** An item that is not the first that failed: the status is not its own. */
    private SubmitOutcome refusedLater(UUID uuid, JsonNode item, ExchangeResult.Answered answer) {
        @Nullable String code = errorCode(item);
        boolean isKnown = SMS_FAILURE.equals(code)
                || (code != null
                        && WORD.matcher(code).matches()
                        && CODES.find(CodeTable.Kind.SUBMIT, code).isPresent());
        if (isKnown) {
            return refused(uuid, item, answer);
        }
        codes.submit(code); // counts it
        return new SubmitOutcome.Unknown(
                Optional.ofNullable(CodeBook.showable(code)).orElse(String.valueOf(answer.status())),
                "an item failed with a code that this version does not know");
    }

    /** By errorCode, or by status where there is none. */
    private SubmitOutcome refused(UUID uuid, JsonNode body, ExchangeResult.Answered answer) {
        if (Json.text(body, "code") != null) {
            return unknown(answer, "answered " + answer.status() + " with a code inside");
        }
        @Nullable String code = errorCode(body);
        if (code == null) {
            return CODES.find(CodeTable.Kind.SUBMIT, String.valueOf(answer.status()))
                    .map(row -> ofRow(uuid, row, row.code(), answer))
                    .orElseGet(() -> Outcomes.ofSubmit(answer));
        }
        Optional<Row> row = code.equals(SMS_FAILURE)
                ? smsFailure(Json.text(body, "error"))
                : codes.submit(code).filter(known -> WORD.matcher(known.code()).matches());
        return row.map(known -> ofRow(uuid, known, code, answer))
                .orElseGet(() -> Outcomes.ofUnknownCode(CodeBook.showable(code), answer));
    }

    private static SubmitOutcome ofRow(UUID uuid, Row row, String code, ExchangeResult.Answered answer) {
        if (row.isAccepted()) {
            return SubmitOutcome.Accepted.as(uuid.toString());
        }
        @Nullable FailureReason reason = row.reason();
        return reason == null
                ? new SubmitOutcome.Unknown(code, row.meaning())
                : new SubmitOutcome.Refused(
                        reason,
                        code,
                        row.meaning(),
                        Optional.ofNullable(RetryAfter.of(answer)).orElse(PAUSES.get(code)));
    }

    private Optional<Row> smsFailure(@Nullable String error) {
        if (error != null) {
            String sentence = error.toLowerCase(Locale.ROOT);
            for (Row row : CODES.rows()) {
                if (row.code().startsWith(SMS_FAILURE + ": ")
                        && sentence.contains(
                                row.code().substring(SMS_FAILURE.length() + 2).toLowerCase(Locale.ROOT))) {
                    return Optional.of(row);
                }
            }
        }
        return codes.submit(SMS_FAILURE);
    }

    private static boolean isRefusal(ExchangeResult.Answered answer) {
        return answer.status() >= 400 && answer.status() < 500;
    }

    private static boolean hasError(JsonNode items) {
        for (JsonNode item : items) {
            if (isError(item)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnyIssued(JsonNode items) {
        for (JsonNode item : items) {
            if (!isError(item)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isError(JsonNode body) {
        return errorCode(body) != null || Json.text(body, "error") != null;
    }

    /** The deprecated spelling is what a very old server has alone. */
    private static @Nullable String errorCode(JsonNode body) {
        return Optional.ofNullable(Json.text(body, "errorCode")).orElseGet(() -> Json.text(body, "error_code"));
    }

    private static SubmitOutcome unknown(ExchangeResult.Answered answer, String detail) {
        return new SubmitOutcome.Unknown(String.valueOf(answer.status()), detail);
    }

    private static List<SubmitOutcome> same(List<CodeOrder> orders, SubmitOutcome outcome) {
        return Collections.nCopies(orders.size(), outcome);
    }
}
