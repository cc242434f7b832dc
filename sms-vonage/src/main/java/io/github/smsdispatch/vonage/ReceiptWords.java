package io.github.smsdispatch.vonage;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes receipts of what the webhooks and reports of one of the two APIs say. Thread-safe. */
final class ReceiptWords {
    private static final String NO_ERROR = "0";

    private final ProviderAccount account;
    private final CodeTable table;
    private final CodeBook codes;

    ReceiptWords(ProviderAccount account, Api api, Codes codes) {
        this.account = account;
        this.table = Codes.table(api);
        this.codes = codes.of(api);
    }

    /**
     * A receipt.
     *
     * @param clientRef our reference, if it is one of ours
     * @param status the word; one that looks like none is kept as {@code ?}
     * @param error the error code; null or 0: there is none
     */
    Receipt receipt(
            String id,
            @Nullable String clientRef,
            String status,
            @Nullable String error,
            @Nullable Instant occurredAt) {
        String code = error == null || error.equals(NO_ERROR) ? null : error;
        ReceiptState state = state(status, code);
        return new Receipt(
                account,
                id,
                reference(clientRef),
                state,
                Objects.requireNonNullElse(CodeBook.showable(status), "?"),
                CodeBook.showable(code),
                // Of a text that is still on its way, a code says why it is late and not why it failed.
                state == ReceiptState.UNDELIVERED ? codes.reason(code) : null,
                occurredAt);
    }

    /** A word may say something else with an error code behind it. */
    private ReceiptState state(String status, @Nullable String code) {
        return table.find(CodeTable.Kind.STATUS, status + " " + code)
                .map(CodeTable.Row::state)
                .orElseGet(() -> codes.state(status));
    }

    /** Our reference; null where there is none, or none of ours. */
    private static @Nullable AttemptId reference(@Nullable String clientRef) {
        try {
            return Optional.ofNullable(clientRef).map(AttemptId::parse).orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
