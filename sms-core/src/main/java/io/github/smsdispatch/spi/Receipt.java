package io.github.smsdispatch.spi;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a provider reports of one message (or of one part of it), pushed by webhook or answered to a look-up. A store
 * matches it by our reference first, then by account and id.
 *
 * @param account the account that reports
 * @param providerMessageId the provider's id, normalised by its module; never blank
 * @param reference our reference; null where the provider did not carry it
 * @param state what it says
 * @param status the provider's own word for it
 * @param errorCode the provider's error code; null where there is none
 * @param reason what the code means; null where the message did not fail, or nobody knows why
 * @param occurredAt when it happened by the provider's clock; null where it does not say
 */
public record Receipt(
        ProviderAccount account,
        String providerMessageId,
        @Nullable AttemptId reference,
        ReceiptState state,
        String status,
        @Nullable String errorCode,
        @Nullable FailureReason reason,
        @Nullable Instant occurredAt)
        implements WebhookEvent {
    /**
     * @throws IllegalArgumentException if the provider's id is blank: it would match every other blank one
     */
    public Receipt {
        if (providerMessageId.isBlank()) {
            throw new IllegalArgumentException("a receipt needs the provider's message id");
        }
    }

    /** A receipt that gives no reason. */
    public Receipt(
            ProviderAccount account,
            String providerMessageId,
            @Nullable AttemptId reference,
            ReceiptState state,
            String status,
            @Nullable String errorCode,
            @Nullable Instant occurredAt) {
        this(account, providerMessageId, reference, state, status, errorCode, null, occurredAt);
    }

    @Override
    public <T> T fold(
            Function<? super Receipt, ? extends T> receipt,
            Function<? super InboundText, ? extends T> inbound,
            Function<? super ConsentChange, ? extends T> consent) {
        return receipt.apply(this);
    }
}
