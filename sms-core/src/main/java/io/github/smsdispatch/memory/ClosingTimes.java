package io.github.smsdispatch.memory;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Standing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** When to look at each open message whether its time is over, so that those whose time is not are left alone. Not thread-safe. */
final class ClosingTimes {
    private final NavigableSet<Appointment> order = new TreeSet<>();
    private final Map<MessageId, Instant> times = new HashMap<>();

    /** Takes note of an open message, before the store says that it has it as it is now. */
    void update(MessageRecord message, Instant now) {
        Standing before = message.stored();
        // The grace that it may have got was for the state it was in.
        boolean isOutOfGrace = before != null
                && before.state() != message.state()
                && !message.expiresAt().isAfter(now);
        if (before == null || isOutOfGrace) {
            put(message.id(), message.expiresAt());
        }
    }

    /** Says when to look at a message, and not before. */
    void put(MessageId id, Instant at) {
        remove(id);
        times.put(id, at);
        order.add(new Appointment(at, id));
    }

    /** Returns whether it was there. */
    boolean remove(MessageId id) {
        Instant at = times.remove(id);
        return at != null && order.remove(new Appointment(at, id));
    }

    /** Those to look at by now, the longest due first. */
    List<MessageId> ripe(Instant now, int limit) {
        return order.stream()
                .takeWhile(each -> !each.at().isAfter(now))
                .limit(limit)
                .map(Appointment::id)
                .toList();
    }
}
