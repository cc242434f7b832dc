package io.github.smsdispatch.tracking;

import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.Pen;
import io.github.smsdispatch.internal.lookup.LookupGate;
import io.github.smsdispatch.internal.lookup.Lookups;
import io.github.smsdispatch.internal.lookup.Questions;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.store.StoreException;
import io.github.smsdispatch.store.TrackedLook;
import io.github.smsdispatch.store.TrackedMessage;
import io.github.smsdispatch.store.TrackingStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for tracked messages by their ids. Claims are made by one thread; answers are written down by those that got them. */
final class TrackedLookups {
    private static final Logger log = LoggerFactory.getLogger(TrackedLookups.class);

    private static final int MOST_AT_ONCE = 500;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration LEAST = Duration.ofMillis(10);

    private final TrackingStore store;
    private final StatusLookup lookup;
    private final StatusTrackerBuilder settings;
    private final LookupGate gate;
    private final TrackingTally tally;
    private final TrackingVerdicts verdicts;
    private final InstantSource clock;
    private final Lookups<TrackedMessage> lookups;
    private final Pen<TrackedLook> pen;
    private final int perCall;
    private volatile boolean stopped;

    TrackedLookups(
            StatusTrackerBuilder settings,
            StatusLookup lookup,
            LookupGate gate,
            TrackingTally tally,
            TrackingVerdicts verdicts,
            Executor executor,
            Runnable wakeUp) {
        this.store = settings.store;
        this.lookup = lookup;
        this.settings = settings;
        this.gate = gate;
        this.tally = tally;
        this.verdicts = verdicts;
        this.clock = settings.clock;
        this.perCall = Math.max(1, lookup.maxLookupBatch());
        this.lookups = new Lookups<>(
                settings.account, settings.parallel, gate, () -> !stopped, this::ask, executor, clock, wakeUp);
        this.pen = new Pen<>(() -> MOST_AT_ONCE, this::write, changes -> {});
    }

    /** Claims and starts what may go; returns when to come again, or null when every message is final. */
    @Nullable
    Duration step() {
        boolean claimed = claim();
        lookups.start();
        if (claimed) {
            return Duration.ZERO;
        }
        Duration next = lookups.startsIn();
        if (next != null || lookups.open() > 0) {
            return next == null ? IDLE : Durations.min(IDLE, Durations.max(next, Duration.ofNanos(1)));
        }
        if (!gate.isOpen()) {
            return Durations.min(IDLE, gate.closedFor());
        }
        return store.nextIn()
                .map(in -> Durations.min(IDLE, Durations.max(LEAST, in)))
                .orElse(null);
    }

    private boolean claim() {
        int room = Math.min(settings.batch, lookups.room(perCall));
        if (room == 0) {
            return false;
        }
        Duration lease = settings.lease();
        Instant deadline = clock.instant().plus(lease.dividedBy(2));
        List<TrackedMessage> messages = store.claim(room, lease);
        lookups.add(calls(messages), deadline);
        return !messages.isEmpty();
    }

    /** What told nothing the last time goes alone: an id that a provider cannot read may spoil the call for others. */
    private List<List<TrackedMessage>> calls(List<TrackedMessage> messages) {
        var calls = new ArrayList<List<TrackedMessage>>();
        List<TrackedMessage> together =
                messages.stream().filter(message -> message.misses() == 0).toList();
        for (int from = 0; from < together.size(); from += perCall) {
            calls.add(List.copyOf(together.subList(from, Math.min(together.size(), from + perCall))));
        }
        messages.stream().filter(message -> message.misses() > 0).map(List::of).forEach(calls::add);
        return calls;
    }

    private Runnable ask(List<TrackedMessage> messages) {
        Instant began = clock.instant();
        List<LookupAnswer> answers = Questions.ask(
                settings.account,
                lookup,
                messages.stream()
                        .map(message -> SentAttempt.byId(message.providerMessageId()))
                        .toList());
        gate.judge(answers, began);
        tally.asked(answers);
        boolean isWell = gate.isUp();
        var looks = new ArrayList<TrackedLook>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            looks.add(verdicts.of(messages.get(i), answers.get(i), isWell));
        }
        return () -> {
            pen.add(looks);
            pen.flush();
        };
    }

    private Pen.Written write(List<TrackedLook> looks) {
        try {
            store.record(looks);
        } catch (StoreException e) {
            log.warn("what {} look-ups found was not kept, they will be made again: {}", looks.size(), e.getMessage());
        }
        return new Pen.Written(List.of(), true);
    }

    /** No call begins any more. */
    void stop() {
        stopped = true;
    }

    /** Whether nothing is under way or being written down. */
    boolean isQuiet() {
        return lookups.busy() == 0;
    }
}
