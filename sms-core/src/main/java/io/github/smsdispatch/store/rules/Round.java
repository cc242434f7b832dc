package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of a store: its time, the records it works on, and what has happened in it so far. This is the only place
 * where the rules change a message. Not thread-safe.
 */
public final class Round {
    private final Records records;
    private final Instant now;
    private final Set<MessageRecord> touched = new LinkedHashSet<>();
    private final List<KeptEvent> events = new ArrayList<>();
    private final Set<MessageId> optedOut = new LinkedHashSet<>();
    private final List<ProviderAccount> disproved = new ArrayList<>();

    /**
     * @param records what the rules may see and change
     * @param now the store's time
     */
    public Round(Records records, Instant now) {
        this.records = records;
        this.now = now;
    }

    /** What the rules may see and change. */
    public Records records() {
        return records;
    }

    /** The store's time. */
    public Instant now() {
        return now;
    }

    /** The messages that are no longer as the store has them. */
    public Set<MessageRecord> touched() {
        return Collections.unmodifiableSet(touched);
    }

    /** What the histories get, in order. */
    public List<KeptEvent> events() {
        return Collections.unmodifiableList(events);
    }

    /** Messages whose recipients turned out to have opted out. */
    public Set<MessageId> optedOut() {
        return Collections.unmodifiableSet(optedOut);
    }

    /** The accounts of hand-overs that turned out to be taken although they were missing from the log, once for each receipt. */
    public List<ProviderAccount> disproved() {
        return Collections.unmodifiableList(disproved);
    }

    /** The changes of state, in order. */
    public List<StateChange> changes() {
        return events.stream()
                .filter(KeptEvent::isChange)
                .map(KeptEvent::asChange)
                .toList();
    }

    /**
     * Takes a new message.
     *
     * @param route the account that it is meant for; null: none is chosen yet
     */
    public void admit(Message message, @Nullable ProviderAccount route) {
        MessageRecord fresh = MessageRecord.fresh(message, route, now);
        records.add(fresh);
        become(fresh, fresh.standing().noted());
        keep(fresh, null, Why.of(EventSource.CALLER));
    }

    /** Moves a message on if the guard allows it; returns whether it did. */
    boolean move(
            MessageRecord message, MessageState next, @Nullable HoldReason hold, @Nullable Instant nextAt, Why why) {
        MessageState from = message.state();
        if (!from.canBecome(next)) {
            return false;
        }
        become(message, message.standing().moved(next, hold, nextAt, why, now));
        keep(message, from, why);
        return true;
    }

    /** Moves a message on without a change of when it needs attention. */
    boolean move(MessageRecord message, MessageState next, Why why) {
        return move(message, next, null, message.standing().nextAt(), why);
    }

    /** Keeps what was said of a message that stays in its state. */
    void note(MessageRecord message, Why why) {
        become(message, message.standing().noted());
        keep(message, message.state(), why);
    }

    void become(MessageRecord message, Standing standing) {
        message.become(standing);
        touched.add(message);
    }

    void optOut(MessageRecord message) {
        optedOut.add(message.id());
    }

    void disprove(ProviderAccount account) {
        disproved.add(account);
    }

    private void keep(MessageRecord message, @Nullable MessageState from, Why why) {
        var event = new MessageEvent(
                now, from, message.state(), why.source(), why.account(), why.reason(), why.code(), why.detail());
        events.add(new KeptEvent(message, message.standing().events(), event));
    }
}
