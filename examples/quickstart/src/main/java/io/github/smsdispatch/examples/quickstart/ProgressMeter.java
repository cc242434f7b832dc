package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.RunState;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.engine.AccountHealth;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.examples.quickstart.Progress.Carrier;
import io.github.smsdispatch.examples.quickstart.Progress.Mood;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Looks at engine and carriers, and keeps the looks of the last seconds for the rate. Used by one thread. */
final class ProgressMeter {
    private static final Duration WINDOW = Duration.ofSeconds(3);
    /** Counting may take this share of the time at most: a large table must not be counted all the time. */
    private static final int PAUSE_PER_COUNT = 20;
    /** One count that was slow by chance must not freeze the picture, nor make {@link TimeJumps} see a stalemate. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private final DispatchEngine engine;
    private final CarrierMood moods;
    private final InstantSource clock;
    private final long startedNanos = System.nanoTime();
    private final Deque<Look> looks = new ArrayDeque<>();
    private List<StateCount> counts = List.of();
    private Duration countAgain = Duration.ZERO;

    private record Look(Duration elapsed, long taken) {}

    ProgressMeter(DispatchEngine engine, CarrierMood moods, InstantSource clock) {
        this.engine = engine;
        this.moods = moods;
        this.clock = clock;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** A look that may be a little old where counting is slow. */
    Progress look() {
        Duration now = elapsed();
        if (now.compareTo(countAgain) >= 0) {
            count();
            Duration pause = elapsed().minus(now).multipliedBy(PAUSE_PER_COUNT);
            countAgain = elapsed().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        }
        return progress();
    }

    /** A look that counts in any case. */
    Progress exactLook() {
        count();
        return progress();
    }

    private void count() {
        counts = engine.counts();
    }

    private Progress progress() {
        Duration elapsed = elapsed();
        var carriers = new ArrayList<Carrier>();
        for (AccountHealth health : engine.health().accounts()) {
            carriers.add(carrier(health, elapsed));
        }
        Instant time = clock.instant();
        long taken = new Progress(counts, carriers, 0, elapsed, time).taken();
        looks.add(new Look(elapsed, taken));
        while (looks.size() > 2 && looks.getFirst().elapsed().compareTo(elapsed.minus(WINDOW)) < 0) {
            looks.remove();
        }
        return new Progress(counts, carriers, perSecond(), elapsed, time);
    }

    private double perSecond() {
        Look first = looks.getFirst();
        Look last = looks.getLast();
        double seconds = last.elapsed().minus(first.elapsed()).toMillis() / 1000.0;
        return seconds <= 0 ? 0 : Math.max(0, last.taken() - first.taken()) / seconds;
    }

    private Carrier carrier(AccountHealth health, Duration elapsed) {
        if (moods.isDark(health.account())) {
            return new Carrier(health.account(), Mood.DOWN, "dark: refuses connections");
        }
        if (health.runState() != RunState.RUNNING) {
            return new Carrier(health.account(), Mood.STRAINED, "stopped by an operator");
        }
        if (!health.up()) {
            return new Carrier(health.account(), Mood.DOWN, "left alone after failures, tried again soon");
        }
        String doing = health.inFlight() == 0 ? "nothing to send" : health.inFlight() + " on the wire";
        List<String> whims = moods.whims(health.account(), elapsed);
        if (!whims.isEmpty()) {
            return new Carrier(health.account(), Mood.STRAINED, doing + ", " + String.join(", ", whims));
        }
        return health.resumesAt() == null
                ? new Carrier(health.account(), Mood.WELL, doing)
                : new Carrier(health.account(), Mood.STRAINED, "asked us to slow down");
    }
}
