package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.FailureReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that changes in the life of a message; immutable. Each method gives the standing after one kind of change.
 *
 * @param state where it stands
 * @param hold why it waits; null unless it is QUEUED and held back
 * @param nextAt when it needs attention; null once it is final
 * @param fence how many claims, and changes that void a claim, there were
 * @param attempts how many hand-overs were begun
 * @param account the account of the latest hand-over; null before the first
 * @param lookups how often its status was asked for since the latest hand-over
 * @param answeredLookups how many of these were answered in full
 * @param segments segments in the air
 * @param events how many events its history holds
 * @param reason why the latest change was no success; null where it was one, or nobody knows
 * @param code the provider's code for the latest change; null where it gave none
 * @param detail a sentence for people; null where there is nothing to say
 * @param updatedAt when the state last changed
 */
public record Standing(
        MessageState state,
        @Nullable HoldReason hold,
        @Nullable Instant nextAt,
        long fence,
        int attempts,
        @Nullable ProviderAccount account,
        int lookups,
        int answeredLookups,
        int segments,
        int events,
        @Nullable FailureReason reason,
        @Nullable String code,
        @Nullable String detail,
        Instant updatedAt) {

    /** Voids the claim there may be, so that nobody works on a message that has moved under his hands. */
    Standing moved(MessageState next, @Nullable HoldReason hold, @Nullable Instant nextAt, Why why, Instant at) {
        return new Standing(
                next,
                next == MessageState.QUEUED ? hold : null,
                next.isFinal() ? null : nextAt,
                fence + 1,
                attempts,
                account,
                lookups,
                answeredLookups,
                segments,
                events + 1,
                why.reason(),
                why.code(),
                why.detail(),
                at);
    }

    Standing noted() {
        return new Standing(
                state,
                hold,
                nextAt,
                fence,
                attempts,
                account,
                lookups,
                answeredLookups,
                segments,
                events + 1,
                reason,
                code,
                detail,
                updatedAt);
    }

    Standing claimed(Instant leasedUntil) {
        return new Standing(
                state,
                hold,
                leasedUntil,
                fence + 1,
                attempts,
                account,
                lookups,
                answeredLookups,
                segments,
                events,
                reason,
                code,
                detail,
                updatedAt);
    }

    /** Without a sentence of its own for people, the one on the latest change stays: its reason and code do as well. */
    Standing held(@Nullable HoldReason because, Instant until, @Nullable String why) {
        return new Standing(
                state,
                because,
                until,
                fence + 1,
                attempts,
                account,
                lookups,
                answeredLookups,
                segments,
                events,
                reason,
                code,
                why == null ? detail : why,
                updatedAt);
    }

    Standing handedTo(ProviderAccount to) {
        return new Standing(
                state, hold, nextAt, fence, attempts + 1, to, 0, 0, segments, events, reason, code, detail, updatedAt);
    }

    Standing lookedUp(boolean answered) {
        return new Standing(
                state,
                hold,
                nextAt,
                fence,
                attempts,
                account,
                lookups + 1,
                answered ? answeredLookups + 1 : answeredLookups,
                segments,
                events,
                reason,
                code,
                detail,
                updatedAt);
    }

    Standing dueAt(Instant time) {
        return new Standing(
                state,
                hold,
                time,
                fence,
                attempts,
                account,
                lookups,
                answeredLookups,
                segments,
                events,
                reason,
                code,
                detail,
                updatedAt);
    }

    Standing countedAs(int counted) {
        return new Standing(
                state,
                hold,
                nextAt,
                fence,
                attempts,
                account,
                lookups,
                answeredLookups,
                counted,
                events,
                reason,
                code,
                detail,
                updatedAt);
    }
}
