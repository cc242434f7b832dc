package io.github.smsdispatch.killharness;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.StoreException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Kills and starts processes until all kills are done and all messages are final. Used by one thread. */
final class KillRun {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration LOOK_INTO_THE_STORE = Duration.ofMillis(500);
    /** How long a node may take to end in an orderly way: each of its loops, and the calls, are waited for 30 seconds. */
    private static final Duration LONGEST_STOP = Duration.ofMinutes(2);
    /** How long nothing may be enqueued before the run is given up. */
    private static final Duration STANDSTILL = Duration.ofMinutes(3);

    private final Plan plan;
    private final Cast cast;
    private final MessageStore store;
    private final PrintStream out;
    private final Random random;
    private final Deque<Strike> strikes;
    private final Map<Victim, Long> comeBackAt = new HashMap<>();
    private final List<Stop> stops = new ArrayList<>();
    private final KillCount count = new KillCount();
    private final long startedAt = System.nanoTime();
    private long lastStrikeAt = startedAt;
    private long lookAgainAt = startedAt;
    private long enqueued;
    /** Counted in looks rather than by the clock: a machine that slept meanwhile has not waited in vain. */
    private long looksWithoutMove;

    private boolean allEnqueued;

    /** A process that was asked to end. */
    private static final class Stop {
        private final Victim victim;
        private final Strike strike;
        private final long askedAt = System.nanoTime();
        private long looks;

        Stop(Victim victim, Strike strike) {
            this.victim = victim;
            this.strike = strike;
        }
    }

    KillRun(Plan plan, Cast cast, MessageStore store, PrintStream out) {
        this.plan = plan;
        this.cast = cast;
        this.store = store;
        this.out = out;
        this.random = new Random(plan.options().seed());
        this.strikes = new ArrayDeque<>(Strikes.draw(
                plan.options().kills(),
                plan.options().stops(),
                plan.options().seed(),
                !cast.of(Role.DATABASE).isEmpty()));
    }

    KillCount count() {
        return count;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Whether all is done: false if it was given up. */
    boolean run() throws InterruptedException {
        while (true) {
            Thread.sleep(LOOK.toMillis());
            looksWithoutMove++;
            lookAtTheEnqueuer();
            lookAtTheStops();
            startWhatIsDue();
            lookForDeaths();
            if (!strikes.isEmpty()) {
                strikeIfDue();
            } else if (allEnqueued && comeBackAt.isEmpty() && stops.isEmpty() && isAllFinal()) {
                return true;
            }
            if (isOver()) {
                return false;
            }
        }
    }

    private void lookAtTheEnqueuer() {
        long now = Bookmark.read(cast.bookmark());
        if (now != enqueued) {
            enqueued = now;
            looksWithoutMove = 0;
        }
        if (!allEnqueued && cast.enqueuer().ended().orElse(-1) == 0) {
            allEnqueued = true;
            say("all enqueued; " + progress());
        }
    }

    private void lookAtTheStops() throws InterruptedException {
        for (Iterator<Stop> rest = stops.iterator(); rest.hasNext(); ) {
            Stop stop = rest.next();
            Victim victim = stop.victim;
            boolean tooLong = LOOK.multipliedBy(++stop.looks).compareTo(LONGEST_STOP) > 0;
            if (tooLong && victim.isAlive()) {
                victim.kill();
            }
            if (!victim.isAlive()) {
                rest.remove();
                comeBackAt.put(victim, System.nanoTime() + stop.strike.back().toNanos());
                double took = (System.nanoTime() - stop.askedAt) / 1e9;
                if (victim.exitCode() == 0) {
                    count.stopped();
                    say(String.format(Locale.ROOT, "%s has stopped, in %.1f s", victim.name(), took));
                } else {
                    count.died();
                    say(String.format(
                            Locale.ROOT,
                            "%s was to stop, and ended with code %d after %.1f s",
                            victim.name(),
                            victim.exitCode(),
                            took));
                }
            }
        }
    }

    private void startWhatIsDue() {
        long now = System.nanoTime();
        comeBackAt.entrySet().removeIf(entry -> {
            boolean due = now - entry.getValue() >= 0;
            if (due) {
                entry.getKey().start();
            }
            return due;
        });
    }

    /** Nothing that was not killed may end, but for the enqueuer when its work is done. */
    private void lookForDeaths() {
        for (Victim victim : cast.all()) {
            OptionalInt code = comeBackAt.containsKey(victim) ? OptionalInt.empty() : victim.ended();
            boolean done = victim == cast.enqueuer() && allEnqueued;
            if (code.isPresent() && !done) {
                count.died();
                say(victim.name() + " ended by itself with code " + code.getAsInt());
                comeBackAt.put(victim, System.nanoTime() + Duration.ofSeconds(1).toNanos());
            }
        }
    }

    private void strikeIfDue() throws InterruptedException {
        Strike next = strikes.element();
        long sinceLast = System.nanoTime() - lastStrikeAt;
        boolean due =
                next.after() < 1 ? enqueued >= next.after() * plan.options().messages() : allEnqueued;
        if (!due || sinceLast < next.pause().toNanos()) {
            return;
        }
        Victim victim = pick(next);
        if (victim != null) {
            strikes.remove();
            lastStrikeAt = System.nanoTime();
            looksWithoutMove = 0;
            if (next.orderly()) {
                stop(victim, next);
            } else {
                kill(victim, next);
            }
        }
    }

    /**
     * One that lives, and hears a signal if it gets one; an enqueuer that has ended is spared, and a node has its place.
     * Null: there is none now.
     */
    private @Nullable Victim pick(Strike strike) {
        Role instead = strike.role() == Role.ENQUEUER && allEnqueued ? Role.NODE : strike.role();
        List<Victim> alive = cast.of(instead).stream()
                .filter(victim -> strike.orderly() ? victim.isReady() : victim.isAlive())
                .filter(victim -> stops.stream().noneMatch(stop -> stop.victim == victim))
                .toList();
        return alive.isEmpty() ? null : alive.get(random.nextInt(alive.size()));
    }

    private void stop(Victim victim, Strike strike) {
        long pid = victim.askToEnd();
        stops.add(new Stop(victim, strike));
        say(String.format(Locale.ROOT, "%s (process %d) is asked to stop; %s", victim.name(), pid, progress()));
    }

    private void kill(Victim victim, Strike strike) throws InterruptedException {
        long pid = victim.kill();
        comeBackAt.put(victim, System.nanoTime() + strike.back().toNanos());
        count.killed(victim.role());
        say(String.format(
                Locale.ROOT,
                "kill %d of %d: %s (process %d), back in %.1f s; %s",
                count.all(),
                plan.options().kills(),
                victim.name(),
                pid,
                strike.back().toMillis() / 1000.0,
                progress()));
    }

    private String progress() {
        String enqueuedSoFar = String.format(Locale.ROOT, "%,d enqueued", enqueued);
        try {
            List<StateCount> counts = store.counts();
            return String.format(
                    Locale.ROOT,
                    "%s, %,d final, %,d in doubt",
                    enqueuedSoFar,
                    counts.stream()
                            .filter(each -> each.state().isFinal())
                            .mapToLong(StateCount::messages)
                            .sum(),
                    counts.stream()
                            .filter(each -> each.state() == MessageState.IN_DOUBT)
                            .mapToLong(StateCount::messages)
                            .sum());
        } catch (StoreException e) {
            return enqueuedSoFar + ", the database is down";
        }
    }

    private boolean isAllFinal() {
        if (System.nanoTime() - lookAgainAt < 0) {
            return false;
        }
        lookAgainAt = System.nanoTime() + LOOK_INTO_THE_STORE.toNanos();
        try {
            return store.nextWorkAt().isEmpty();
        } catch (StoreException e) {
            return false;
        }
    }

    private boolean isOver() {
        Duration still = LOOK.multipliedBy(looksWithoutMove);
        if (still.compareTo(allEnqueued ? plan.patience() : STANDSTILL) < 0) {
            return false;
        }
        say("given up: " + (allEnqueued ? "not all are final" : "nothing moves") + "; " + progress());
        return true;
    }

    private void say(String line) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", elapsed().toMillis() / 1000.0, line);
    }
}
