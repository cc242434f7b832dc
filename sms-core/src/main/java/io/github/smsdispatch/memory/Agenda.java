package io.github.smsdispatch.memory;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Standing;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The open messages by what they wait for and when they need attention. Not thread-safe. */
final class Agenda {
    /** The queue of those that stand in no line, because they can never be claimed. */
    private static final String ASIDE = "aside";

    private final Map<Object, NavigableSet<Appointment>> queues = new HashMap<>();

    /** Moves a message from where its stored standing put it to where it belongs now. */
    void update(MessageRecord message) {
        Standing before = message.stored();
        if (before != null && before.nextAt() != null) {
            queue(queueOf(message, before)).remove(new Appointment(before.nextAt(), message.id()));
        }
        Standing after = message.standing();
        if (after.nextAt() != null) {
            queue(queueOf(message, after)).add(new Appointment(after.nextAt(), message.id()));
        }
    }

    /** Those in a queue (a line, a provider account, or SUBMITTING) that are due, the longest due first. */
    Stream<MessageId> due(Object queue, Instant now) {
        return queue(queue).stream()
                .takeWhile(entry -> !entry.at().isAfter(now))
                .map(Appointment::id);
    }

    /** When the first message of each line is due. */
    Map<Line, Instant> lines() {
        var lines = new HashMap<Line, Instant>();
        queues.forEach((key, queue) -> {
            if (key instanceof Line line && !queue.isEmpty()) {
                lines.put(line, queue.first().at());
            }
        });
        return lines;
    }

    /** When the first look-up of each account is due. */
    Map<ProviderAccount, Instant> lookups() {
        var lookups = new HashMap<ProviderAccount, Instant>();
        queues.forEach((key, queue) -> {
            if (key instanceof ProviderAccount account && !queue.isEmpty()) {
                lookups.put(account, queue.first().at());
            }
        });
        return lookups;
    }

    /** When the first lease of a hand-over ends; null: none is under way. */
    @Nullable
    Instant firstRecovery() {
        return first(MessageState.SUBMITTING);
    }

    /** When the first of those is over, or its grace begins, that can never be claimed; null: there is none. */
    @Nullable
    Instant firstAside() {
        return first(ASIDE);
    }

    private @Nullable Instant first(Object key) {
        NavigableSet<Appointment> queue = queue(key);
        return queue.isEmpty() ? null : queue.first().at();
    }

    private NavigableSet<Appointment> queue(@Nullable Object key) {
        return queues.computeIfAbsent(key, any -> new TreeSet<>());
    }

    private static @Nullable Object queueOf(MessageRecord message, Standing standing) {
        return switch (standing.state()) {
            case SCHEDULED, QUEUED ->
                standing.isAside(message.expiresAt()) ? ASIDE : new Line(standing.route(), message.lane());
            case SENT, IN_DOUBT -> standing.account();
            default -> MessageState.SUBMITTING;
        };
    }
}
