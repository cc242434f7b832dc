package io.github.smsdispatch;

import io.github.smsdispatch.spi.FailureReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message now, in words that do not depend on the provider.
 *
 * @param id our id
 * @param tenant the tenant it belongs to
 * @param state where it stands
 * @param hold why it waits; null unless it is {@link MessageState#QUEUED} and held back
 * @param dueAt when it may be sent
 * @param expiresAt when its validity ends: no hand-over from then on
 * @param attempts how many hand-overs were begun
 * @param account the account of the latest hand-over; null before the first
 * @param providerMessageId the provider's id from the latest accepted hand-over (the first part's, if there are
 *     several); null while there is none
 * @param segments segments in the air: the provider's count where it gave one, otherwise our estimate
 * @param reason why the latest change was no success, in words that do not depend on the provider; null where it was one,
 *     or where nobody knows why
 * @param code the provider's code for the latest change; null where it gave none
 * @param detail a sentence for people, without number or text; null where there is nothing to say
 * @param updatedAt when the state last changed
 */
public record MessageStatus(
        MessageId id,
        String tenant,
        MessageState state,
        @Nullable HoldReason hold,
        Instant dueAt,
        Instant expiresAt,
        int attempts,
        @Nullable ProviderAccount account,
        @Nullable String providerMessageId,
        int segments,
        @Nullable FailureReason reason,
        @Nullable String code,
        @Nullable String detail,
        Instant updatedAt) {}
