package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.store.rules.AttemptRecord;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Part;
import io.github.smsdispatch.store.rules.Records;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this process has claimed and not yet done with, as it last wrote it: so the intent and the outcome of a hand-over
 * need not read again what nobody else has a reason to change. Whether somebody has all the same, the write finds out
 * ({@link Keeper#keepIfUnchanged}). Bounded, for claims that are never heard of again. Thread-safe.
 */
final class InHand {
    private static final int MOST = 20_000;

    private final Map<MessageId, Held> held = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageId, Held> eldest) {
            return size() > MOST;
        }
    };

    /** A message with its hand-overs. Never changed: who works on it gets copies. */
    private record Held(MessageRecord message, List<AttemptRecord> attempts) {}

    /** Remembers messages as they stand in records that were committed; all their hand-overs must be there. */
    void hold(Records records, Collection<MessageRecord> messages) {
        var fresh = new ArrayList<Held>(messages.size());
        for (MessageRecord message : messages) {
            List<AttemptRecord> attempts = records.attemptsOf(message.id());
            if (attempts.size() == message.standing().attempts()) {
                fresh.add(new Held(message, attempts));
            }
        }
        synchronized (held) {
            fresh.forEach(each -> held.put(each.message().id(), each));
        }
    }

    /** Copies of messages and their hand-overs, which are held no longer; null unless all of them are here. */
    @Nullable
    Records take(Collection<MessageId> messages) {
        var taken = new ArrayList<Held>(messages.size());
        synchronized (held) {
            for (MessageId id : messages) {
                Held one = held.remove(id);
                if (one != null) {
                    taken.add(one);
                }
            }
        }
        if (taken.size() != messages.size()) {
            return null;
        }
        var records = new Records();
        for (Held one : taken) {
            records.add(one.message().reread());
            for (AttemptRecord attempt : one.attempts()) {
                AttemptRecord copy = attempt.reread();
                records.add(copy);
                for (Part part : attempt.parts()) {
                    records.add(copy, part.reread());
                }
            }
        }
        return records;
    }
}
