package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a message as the log and delivery reports describe it. Thread-safe. */
final class InfobipReceipts {
    /** {@code messageId} has up to 200 characters (OpenAPI document of Infobip's SMS API 3.210.0, read 2026-11). */
    private static final int MAX_ID = 200;

    private final ProviderAccount account;
    private final InfobipCodes codes;

    InfobipReceipts(ProviderAccount account, InfobipCodes codes) {
        this.account = account;
        this.codes = codes;
    }

    /** The receipt in an entry; empty where it lacks a usable id or a status. */
    Optional<Receipt> of(JsonNode entry) {
        @Nullable String id = Json.text(entry, "messageId");
        JsonNode status = entry.path("status");
        JsonNode error = entry.path("error");
        if (id == null || id.length() > MAX_ID || !status.isObject()) {
            return Optional.empty();
        }
        ReceiptState state = codes.state(status);
        return Optional.of(new Receipt(
                account,
                id,
                reference(id),
                state,
                InfobipCodes.word(status),
                InfobipCodes.errorCode(error),
                state == ReceiptState.UNDELIVERED ? codes.reason(status, error) : null,
                at(entry)));
    }

    /** Infobip's id is the one that we gave it, which is our reference; null for messages that others sent. */
    static @Nullable AttemptId reference(String messageId) {
        try {
            return AttemptId.parse(messageId);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Instant at(JsonNode entry) {
        @Nullable Instant done = InfobipDates.read(entry, "doneAt");
        return done == null ? InfobipDates.read(entry, "sentAt") : done;
    }
}
