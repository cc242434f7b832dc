package io.github.smsdispatch.examples.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeSet;

/**
 * Where the simulated clock may jump to. Messages are sent when they are due, to the second; look-ups of messages that
 * no receipt comes for are made at the full hour, so that the clock does not have to stop for each of them.
 */
final class Agenda {
    private static final Duration SOON = Duration.ofMinutes(1);

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
     */
    synchronized Instant stopFor(Instant nextWork, Instant now) {
        if (nextWork.isBefore(now.plus(SOON))) {
            return nextWork;
        }
        Instant fullHour = nextWork.minusNanos(1).truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        Instant due = dueTimes.ceiling(nextWork);
        return due != null && due.isBefore(fullHour) ? due : fullHour;
    }
}
