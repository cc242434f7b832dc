package io.github.smsdispatch.vonage;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.spi.ReceiptState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Vonage's words in receipts and reports mean. */
final class VonageReceipts {
    private VonageReceipts() {}

    /**
     * Vonage docs, "Delivery receipts" and OpenAPI document of the Reports API 3.1.4, read 2026-11. {@code expired} is
     * also what Vonage says by itself when no final receipt came within 72 hours.
     */
    static ReceiptState state(String status) {
        return switch (status) {
            case "submitted", "accepted", "buffered" -> ReceiptState.ENROUTE;
            case "delivered" -> ReceiptState.DELIVERED;
            case "expired", "failed", "rejected", "deleted" -> ReceiptState.UNDELIVERED;
            default -> ReceiptState.UNKNOWN;
        };
    }

    /** The error code; null for 0, which is success. */
    static @Nullable String errorCode(@Nullable String code) {
        return code == null || code.equals("0") ? null : code;
    }

    /** Our reference; null where there is none, or none of ours. */
    static @Nullable AttemptId reference(@Nullable String clientRef) {
        try {
            return Optional.ofNullable(clientRef).map(AttemptId::parse).orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
