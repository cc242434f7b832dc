package io.github.smsdispatch.africastalking;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable.Row;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.RetryAfter;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the answer to a hand-over means (https://developers.africastalking.com/docs/sms/sending/bulk, read 2026-11, and
 * recorded answers). Each recipient has an entry with a code of its own. HTTP 201 says nothing: an unknown sender, for
 * one, gets a 201 with an empty list and the reason in {@code Message}.
 */
final class AfricasTalkingAnswers {
    /** The documentation of 409 says in words that it is an HTTP status, and shows it as the code of a recipient. */
    private static final int DO_NOT_DISTURB = 409;

    private static final int TOO_LARGE = 413;

    /** In {@code Message} of some answers: {@code Sent to 1/1 Total Cost: USD 0.0079 Message parts: 1}. */
    private static final Pattern PARTS = Pattern.compile("Message parts: ?([0-9]{1,3})(?![0-9])");

    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]+");

    /** A text is sent in at most so many parts (3GPP TS 23.040 section 9.2.3.24.1). */
    private static final int MOST_SEGMENTS = 255;

    private final AfricasTalkingCodes codes;

    AfricasTalkingAnswers(AfricasTalkingCodes codes) {
        this.codes = codes;
    }

    /**
     * @param isForOne whether the request had a single recipient
     */
    BulkAnswer read(ExchangeResult result, boolean isForOne) {
        return result.fold(
                answer -> answer.isSuccess() || answer.status() == DO_NOT_DISTURB
                        ? ofAnswer(answer, isForOne)
                        : ofHttpError(answer, isForOne),
                notSent -> BulkAnswer.forAll(Outcomes.ofSubmit(notSent)),
                lost -> BulkAnswer.forAll(Outcomes.ofSubmit(lost)));
    }

    /**
     * No HTTP error is documented but that of a wrong key. A refusing status proves that nothing was taken, unless the
     * body is that of a request that was processed: then its entries speak, and without entries all is in doubt.
     */
    private BulkAnswer ofHttpError(ExchangeResult.Answered answer, boolean isForOne) {
        JsonNode data = Json.read(answer.body()).path("SMSMessageData");
        return Outcomes.ofSubmit(answer)
                .fold(
                        BulkAnswer::forAll,
                        refused -> {
                            if (data.isMissingNode()) {
                                return BulkAnswer.forAll(isForOne ? refused : ofSeveral(refused, answer.status()));
                            }
                            return data.path("Recipients").isEmpty()
                                    ? BulkAnswer.forAll(new SubmitOutcome.Unknown(
                                            refused.code(), "processed by the body, refused by the HTTP status"))
                                    : ofAnswer(answer, false);
                        },
                        BulkAnswer::forAll);
    }

    private static SubmitOutcome.Refused ofSeveral(SubmitOutcome.Refused refused, int status) {
        return Outcomes.together(
                refused,
                status == TOO_LARGE
                        ? "too many recipients for one request: lower max-recipients"
                        : "the request was refused as a whole, for one of its recipients or for all");
    }

    private BulkAnswer ofAnswer(ExchangeResult.Answered answer, boolean isForOne) {
        String status = String.valueOf(answer.status());
        JsonNode data = Json.read(answer.body()).path("SMSMessageData");
        JsonNode recipients = data.path("Recipients");
        String message = Json.text(data, "Message");
        if (recipients.isEmpty()) {
            boolean isWhole = recipients.isArray() && message != null;
            String word = answer.isSuccess() ? (isWhole ? message : null) : status;
            return BulkAnswer.forAll(withoutRecipients(answer, word, isForOne));
        }
        int parts = isForOne ? parts(message) : 0;
        Map<String, SubmitOutcome> byDigits = new HashMap<>();
        for (JsonNode recipient : recipients) {
            String number = Json.text(recipient, "number");
            if (number != null) {
                byDigits.merge(
                        NO_DIGITS.matcher(number).replaceAll(""),
                        underHttpStatus(answer, ofRecipient(recipient, parts, status)),
                        (first, second) -> both(first, second, status));
            }
        }
        return new BulkAnswer(byDigits, new SubmitOutcome.Unknown(status, "the answer does not name the recipient"));
    }

    /** No HTTP error is a yes, whatever it lists. */
    private static SubmitOutcome underHttpStatus(ExchangeResult.Answered answer, SubmitOutcome outcome) {
        return outcome instanceof SubmitOutcome.Accepted && !answer.isSuccess()
                ? new SubmitOutcome.Unknown(
                        String.valueOf(answer.status()), "taken by the entry, refused by the HTTP status")
                : outcome;
    }

    /** The whole request was refused, if the word says so. */
    private SubmitOutcome withoutRecipients(ExchangeResult.Answered answer, @Nullable String word, boolean isForOne) {
        String code = CodeBook.showable(word);
        Optional<Row> row = codes.submit(word);
        @Nullable FailureReason reason = row.map(Row::reason).orElse(null);
        if (row.isEmpty() || reason == null) {
            return new SubmitOutcome.Unknown(
                    code == null ? String.valueOf(answer.status()) : code,
                    row.filter(known -> !known.isAccepted())
                            .map(known -> "the answer names no recipient: " + known.meaning())
                            .orElse("the answer names no recipient, and no reason that this version knows"));
        }
        if (!holdsForAll(reason, isForOne)) {
            return new SubmitOutcome.Unknown(
                    code,
                    "the answer does not tell what became of each recipient: "
                            + row.get().meaning());
        }
        return new SubmitOutcome.Refused(reason, code, row.get().meaning(), RetryAfter.of(answer));
    }

    /** What concerns one recipient says nothing of the others, and an error in their house proves nothing at all. */
    private static boolean holdsForAll(FailureReason reason, boolean isForOne) {
        return switch (reason) {
            case CONTENT, SENDER, ACCOUNT, THROTTLED -> true;
            case RECIPIENT, OPTED_OUT, DESTINATION -> isForOne;
            case RECIPIENT_BUSY, UNAVAILABLE -> false;
        };
    }

    private SubmitOutcome ofRecipient(JsonNode recipient, int parts, String httpStatus) {
        String code = Json.text(recipient, "statusCode");
        // Answers of old have the word alone.
        String known = code == null ? Json.text(recipient, "status") : code;
        String shown = CodeBook.showable(known);
        Optional<Row> row = codes.submit(known);
        @Nullable String id = messageId(recipient);
        if (row.isEmpty()) {
            return new SubmitOutcome.Unknown(
                    shown == null ? httpStatus : shown, "a code that this version does not know");
        }
        if (row.get().isAccepted()) {
            return id == null
                    ? new SubmitOutcome.Unknown(shown, "taken without a message id")
                    : new SubmitOutcome.Accepted(
                            List.of(id), segments(recipient, parts), Costs.read(Json.text(recipient, "cost")));
        }
        @Nullable FailureReason reason = row.get().reason();
        if (id != null) {
            // Something is kept under an id: what is held back may still go out.
            return new SubmitOutcome.Unknown(
                    shown, "a failure beside a message id: " + row.get().meaning());
        }
        return reason == null
                ? new SubmitOutcome.Unknown(shown, row.get().meaning())
                : SubmitOutcome.Refused.because(reason, shown, row.get().meaning());
    }

    /** Null where there is none, which recorded answers write as {@code None}. */
    private static @Nullable String messageId(JsonNode recipient) {
        String id = Json.text(recipient, "messageId");
        return id == null || id.strip().equalsIgnoreCase("none") ? null : id.strip();
    }

    /** Two entries for one recipient: of two that were taken the first counts, of a yes and a no neither. */
    private static SubmitOutcome both(SubmitOutcome first, SubmitOutcome second, String httpStatus) {
        if (first instanceof SubmitOutcome.Accepted && second instanceof SubmitOutcome.Accepted) {
            return first;
        }
        return first.equals(second)
                ? first
                : new SubmitOutcome.Unknown(httpStatus, "the answer says two things of the recipient");
    }

    /** 0 where it does not say, or says what no text can have. */
    private static int segments(JsonNode recipient, int partsOfMessage) {
        int parts = Math.max(partsOfMessage, recipient.path("messageParts").asInt());
        return parts > MOST_SEGMENTS ? 0 : parts;
    }

    private static int parts(@Nullable String message) {
        Matcher matcher = PARTS.matcher(message == null ? "" : message);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
