package io.github.smsdispatch;

import io.github.smsdispatch.spi.FailureReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line in the history of a message. Where {@code from} equals {@code to} the state did not change: the event keeps
 * what was said (an intermediate receipt, or one that contradicts a final state).
 *
 * @param at when the store recorded it, by the store's clock
 * @param from the state before; null for the first event
 * @param to the state after
 * @param source who caused it
 * @param account the account concerned; null where none is
 * @param reason why it was not taken or not delivered, in words that do not depend on the provider; null where it was, or
 *     where nobody knows why
 * @param code the provider's own code or status word; null where it gave none
 * @param detail a sentence for people, without number or text; null where there is nothing to say
 */
public record MessageEvent(
        Instant at,
        @Nullable MessageState from,
        MessageState to,
        EventSource source,
        @Nullable ProviderAccount account,
        @Nullable FailureReason reason,
        @Nullable String code,
        @Nullable String detail) {
    /** An event that gives no reason. */
    public MessageEvent(
            Instant at,
            @Nullable MessageState from,
            MessageState to,
            EventSource source,
            @Nullable ProviderAccount account,
            @Nullable String code,
            @Nullable String detail) {
        this(at, from, to, source, account, null, code, detail);
    }
}
