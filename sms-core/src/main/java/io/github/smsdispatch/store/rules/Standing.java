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
 * @param route the account that it waits for, while it waits for a hand-over; null: none is chosen yet
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
        @Nullable ProviderAccount route,
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

    /**
     * Whether it waits for a hand-over in vain: its validity ends before it could be claimed. Only a report on an earlier hand-over
     * moves it, or its end. Such a message stands in no line, where it would look as if there was something to do.
     *
     * @param expiresAt when the validity of its message ends
     */
    public boolean isAside(Instant expiresAt) {
        boolean waits = state == MessageState.SCHEDULED || state == MessageState.QUEUED;
        return waits && nextAt != null && !nextAt.isBefore(expiresAt);
    }

    /** Voids the claim there may be, so that nobody works on a message that has moved under his hands. */
    Standing moved(MessageState next, @Nullable HoldReason hold, @Nullable Instant nextAt, Why why, Instant at) {
        var change = new Change(this);
        change.state = next;
        change.hold = next == MessageState.QUEUED ? hold : null;
        change.nextAt = next.isFinal() ? null : nextAt;
        change.route = null;
        change.fence++;
        change.events++;
        change.reason = why.reason();
        change.code = why.code();
        change.detail = why.detail();
        change.updatedAt = at;
        return change.made();
    }

    Standing noted() {
        var change = new Change(this);
        change.events++;
        return change.made();
    }

    Standing claimed(Instant leasedUntil) {
        var change = new Change(this);
        change.nextAt = leasedUntil;
        change.fence++;
        return change.made();
    }

    /** Without a sentence of its own for people, the one on the latest change stays: its reason and code do as well. */
    Standing held(
            @Nullable HoldReason because, Instant until, @Nullable ProviderAccount waitingFor, @Nullable String why) {
        var change = new Change(this);
        change.hold = because;
        change.nextAt = until;
        change.route = waitingFor;
        change.fence++;
        change.detail = why == null ? detail : why;
        return change.made();
    }

    /** Out of its line for good. */
    Standing aside(Instant expiresAt) {
        return held(null, expiresAt, null, null);
    }

    Standing waitingFor(@Nullable ProviderAccount chosen) {
        var change = new Change(this);
        change.route = chosen;
        return change.made();
    }

    Standing handedTo(ProviderAccount to) {
        var change = new Change(this);
        change.attempts++;
        change.account = to;
        change.lookups = 0;
        change.answeredLookups = 0;
        return change.made();
    }

    Standing lookedUp(boolean answered) {
        var change = new Change(this);
        change.lookups++;
        change.answeredLookups += answered ? 1 : 0;
        return change.made();
    }

    Standing dueAt(Instant time) {
        var change = new Change(this);
        change.nextAt = time;
        return change.made();
    }

    Standing countedAs(int counted) {
        var change = new Change(this);
        change.segments = counted;
        return change.made();
    }

    /** A standing in the making: what is not set stays as it was. */
    private static final class Change {
        private MessageState state;
        private @Nullable HoldReason hold;
        private @Nullable Instant nextAt;
        private @Nullable ProviderAccount route;
        private long fence;
        private int attempts;
        private @Nullable ProviderAccount account;
        private int lookups;
        private int answeredLookups;
        private int segments;
        private int events;
        private @Nullable FailureReason reason;
        private @Nullable String code;
        private @Nullable String detail;
        private Instant updatedAt;

        Change(Standing before) {
            state = before.state;
            hold = before.hold;
            nextAt = before.nextAt;
            route = before.route;
            fence = before.fence;
            attempts = before.attempts;
            account = before.account;
            lookups = before.lookups;
            answeredLookups = before.answeredLookups;
            segments = before.segments;
            events = before.events;
            reason = before.reason;
            code = before.code;
            detail = before.detail;
            updatedAt = before.updatedAt;
        }

        Standing made() {
            return new Standing(
                    state,
                    hold,
                    nextAt,
                    route,
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
    }
}
