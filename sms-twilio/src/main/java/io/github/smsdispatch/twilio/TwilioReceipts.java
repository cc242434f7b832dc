package io.github.smsdispatch.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.CodeTable.Kind;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes receipts of what Twilio says of a message: pushed, fetched or listed. */
final class TwilioReceipts {
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

    /** Stands for a status that looks like no word, and so may be anything. */
    private static final String NO_WORD = "unreadable";

    private final ProviderAccount account;
    private final CodeBook codes;
    private final AddressRedaction redaction;

    TwilioReceipts(ProviderAccount account, CodeBook codes, AddressRedaction redaction) {
        this.account = account;
        this.codes = codes;
        this.redaction = redaction;
    }

    /** The receipt in a message resource; empty where it lacks its SID or status. */
    Optional<Receipt> of(@Nullable AttemptId reference, JsonNode message) {
        redaction.note(Json.text(message, "to"));
        @Nullable String sid = Json.text(message, "sid");
        @Nullable String status = Json.text(message, "status");
        if (sid == null || status == null) {
            return Optional.empty();
        }
        return of(
                reference,
                sid,
                status,
                Json.text(message, "error_code"),
                date(message, "date_updated").orElse(null));
    }

    /** The receipt that these values make; empty where the SID is none. */
    Optional<Receipt> of(
            @Nullable AttemptId reference,
            String sid,
            String status,
            @Nullable String errorCode,
            @Nullable Instant occurredAt) {
        if (!TwilioIds.isSid(sid)) {
            return Optional.empty();
        }
        @Nullable String code = "0".equals(errorCode) ? null : errorCode;
        ReceiptState state = state(status, code);
        @Nullable FailureReason reason = codes.reason(code);
        @Nullable String word = codes.shown(Kind.STATUS, status);
        return Optional.of(new Receipt(
                account,
                sid,
                reference,
                state,
                word == null ? NO_WORD : word,
                codes.shown(Kind.RECEIPT, code),
                // Warnings come with messages that are still on their way, and give no reason.
                state == ReceiptState.UNDELIVERED ? reason : null,
                occurredAt));
    }

    /** A word may say something else with an error code behind it. */
    private ReceiptState state(String status, @Nullable String code) {
        return TwilioAnswers.CODES
                .find(Kind.STATUS, status + " " + code)
                .map(CodeTable.Row::state)
                .orElseGet(() -> codes.state(status));
    }

    /** A date of a message resource, such as {@code Thu, 24 Aug 2023 05:01:45 +0000}. */
    static Optional<Instant> date(JsonNode message, String field) {
        @Nullable String text = Json.text(message, field);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(text, RFC_2822).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
