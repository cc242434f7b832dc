package io.github.smsdispatch.examples.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;

/**
 * Where the simulated clock may jump to. It stops at every time at which a message of the file is due. For look-ups of
 * messages that no receipt comes for it stops twice a day only: asking late does no harm, and stopping for each takes
 * time.
 */
final class Agenda {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration STRIDE = Duration.ofHours(12);

    private final TreeSet<Instant> dueTimes = new TreeSet<>();

    /** Notes that a message of the file is due then. */
    synchronized void add(Instant dueAt) {
        dueTimes.add(dueAt);
    }

    /** Whether a message of the file is due then. */
    synchronized boolean isDue(Instant at) {
        return dueTimes.contains(at);
    }

    /**
     * When to stop next.
     *
     * @param nextWork when the store next has something to do
     * @param lookups whether that may be a look-up; otherwise a message is due then
     */
    synchronized Instant stopFor(Instant nextWork, boolean lookups, Instant now) {
        Instant stride = now.plus(STRIDE);
        if (!lookups || nextWork.isBefore(now.plus(SOON)) || nextWork.isAfter(stride)) {
            return nextWork;
        }
        Instant due = dueTimes.ceiling(nextWork);
        return due != null && due.isBefore(stride) ? due : stride;
    }
}
