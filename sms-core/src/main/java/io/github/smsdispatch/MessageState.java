package io.github.smsdispatch;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a message stands, in words that do not depend on the provider. This enum holds the one guard of the whole
 * library: every store changes a state only where {@link #canBecome} allows it, whoever asks (a send result, a
 * receipt, a look-up, an operator), so that a state moves forward only and a final one never changes.
 */
public enum MessageState {
    /** Due later. */
    SCHEDULED(false),
    /** Due and waiting for a claim; a {@link HoldReason} may say why it waits. */
    QUEUED(false),
    /** Its attempt is committed to the store; it may be on the wire. */
    SUBMITTING(false),
    /** The attempt ended without knowing whether the provider took it. */
    IN_DOUBT(false),
    /** A provider took it and gave its id, or reported on it under our reference. */
    SENT(false),
    /** A receipt says that it was delivered. */
    DELIVERED(true),
    /** A receipt says that it will not be delivered, and it is not handed over again, or no longer. */
    UNDELIVERED(true),
    /** No route would take it; the reason is kept. */
    REJECTED(true),
    /** The recipient has opted out. */
    SUPPRESSED(true),
    /** Its validity ended before any provider took it. */
    EXPIRED(true),
    /** Taken, or in doubt, and no final receipt came by the end of validity and grace. */
    UNCONFIRMED(true),
    /** Withdrawn by the caller while no hand-over of it was, or may have been, with a provider. */
    CANCELLED(true);

    private static final Map<MessageState, Set<MessageState>> NEXT = new EnumMap<>(MessageState.class);

    static {
        NEXT.put(SCHEDULED, EnumSet.of(QUEUED, SUBMITTING, REJECTED, SUPPRESSED, EXPIRED, CANCELLED));
        // A message that waits to be handed over again may turn out to be taken after all: then it must not be. And as
        // long as that may be, it is UNCONFIRMED in the end, not EXPIRED.
        NEXT.put(
                QUEUED,
                EnumSet.of(
                        SUBMITTING,
                        SENT,
                        DELIVERED,
                        UNDELIVERED,
                        REJECTED,
                        SUPPRESSED,
                        EXPIRED,
                        UNCONFIRMED,
                        CANCELLED));
        // Back to QUEUED only on proof that the provider did not take it. DELIVERED and UNDELIVERED: a receipt may
        // overtake the answer to the hand-over.
        NEXT.put(SUBMITTING, EnumSet.of(QUEUED, IN_DOUBT, SENT, DELIVERED, UNDELIVERED, REJECTED, SUPPRESSED, EXPIRED));
        NEXT.put(
                IN_DOUBT, EnumSet.of(QUEUED, SENT, DELIVERED, UNDELIVERED, REJECTED, SUPPRESSED, EXPIRED, UNCONFIRMED));
        // Back to QUEUED only on a receipt that says "not delivered" of all of it, for a reason that may pass.
        NEXT.put(SENT, EnumSet.of(QUEUED, DELIVERED, UNDELIVERED, UNCONFIRMED));
    }

    private final boolean isFinal;

    MessageState(boolean isFinal) {
        this.isFinal = isFinal;
    }

    /** Whether nothing can change this state any more. */
    public boolean isFinal() {
        return isFinal;
    }

    /** The guard: whether a message in this state may move to {@code next}. A state never becomes itself. */
    public boolean canBecome(MessageState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }
}
