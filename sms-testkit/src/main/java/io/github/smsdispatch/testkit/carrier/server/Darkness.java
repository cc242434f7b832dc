package io.github.smsdispatch.testkit.carrier.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Turns the server dark and back, by hand and by script; dark while anybody wants it so. */
final class Darkness {
    /** How many arrivals the pace is measured over. */
    private static final int PACE_WINDOW = 50;

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Timetable timetable;
    private final LoopbackServer server;
    private final Counters counters;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Instant> arrivals = new ArrayDeque<>();
    private @Nullable Script current;
    /** Rises with each script, so that the times of earlier ones no longer count. */
    private int scripts;

    private boolean byHand;
    private int byScript;
    /** Rises when somebody calls for light, so that the ends of earlier scripted phases no longer count. */
    private int generation;

    private int submissions;

    Darkness(InstantSource clock, Timetable timetable, LoopbackServer server, Counters counters) {
        this.clock = clock;
        this.timetable = timetable;
        this.server = server;
        this.counters = counters;
    }

    /** Plans the times of a script, counted from now, in place of those of the script before. */
    void follow(Script script) {
        Instant start = clock.instant();
        lock.lock();
        try {
            current = script;
            int mine = ++scripts;
            for (Script.DurationRange range : script.darkTimes()) {
                Duration time = range.max().minus(range.min());
                timetable.at(start.plus(range.min()), () -> beginTime(mine, time));
            }
            beginCount();
        } finally {
            lock.unlock();
        }
    }

    /** Counts a submission, that is a request, however many messages it brings; goes dark if the script wants the next ones refused. */
    void submissionArrived() {
        lock.lock();
        try {
            submissions++;
            arrivals.addLast(clock.instant());
            if (arrivals.size() > PACE_WINDOW) {
                arrivals.removeFirst();
            }
            beginCount();
        } finally {
            lock.unlock();
        }
    }

    void goDark() {
        lock.lock();
        try {
            byHand = true;
            apply();
        } finally {
            lock.unlock();
        }
    }

    void comeBack() {
        lock.lock();
        try {
            byHand = false;
            byScript = 0;
            generation++;
            apply();
        } finally {
            lock.unlock();
        }
    }

    void darkFor(Duration time) {
        lock.lock();
        try {
            byScript++;
            int mine = generation;
            timetable.at(clock.instant().plus(time), () -> endOf(mine));
            apply();
        } finally {
            lock.unlock();
        }
    }

    private void beginTime(int itsScript, Duration time) {
        lock.lock();
        try {
            if (itsScript == scripts) {
                darkFor(time);
            }
        } finally {
            lock.unlock();
        }
    }

    private void beginCount() {
        if (current == null) {
            return;
        }
        for (Script.CountRange range : current.darkCounts()) {
            if (submissions + 1 == range.first()) {
                int refused = range.last() - range.first() + 1;
                submissions += refused;
                darkFor(timeOf(refused));
                return;
            }
        }
    }

    private void endOf(int itsGeneration) {
        lock.lock();
        try {
            if (itsGeneration == generation) {
                byScript--;
                apply();
            }
        } finally {
            lock.unlock();
        }
    }

    private void apply() {
        boolean dark = byHand || byScript > 0;
        if (dark && server.isOpen()) {
            counters.timesDark.increment();
            server.shut();
        } else if (!dark) {
            server.reopen();
        }
    }

    /** How long so many submissions take at the pace of the last ones. */
    private Duration timeOf(int count) {
        if (arrivals.size() < 2) {
            return SHORTEST;
        }
        Duration measured = Duration.between(arrivals.getFirst(), arrivals.getLast());
        Duration time = measured.multipliedBy(count).dividedBy(arrivals.size() - 1);
        if (time.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }
}
