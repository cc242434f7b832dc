package io.github.smsdispatch.internal.lookup;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Throughput;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.internal.Turnstile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The look-ups of one account: what is leased waits here for a call, and as soon as one ends the next starts, while what it
 * brought is written down and more is claimed. A call for which too little of the lease is left is not made: then nobody
 * looked, and it is made by whoever leases it next. Thread-safe.
 */
public final class Lookups<T> {
    private static final Logger log = LoggerFactory.getLogger(Lookups.class);

    /** How much waits for a call, in time: long enough to write down and to claim meanwhile. */
    private static final Duration AHEAD = Duration.ofMillis(200);

    /** At a low rate, what is claimed is not to wait here for long: others may be free. */
    private static final Duration CLAIMED_AHEAD = Duration.ofSeconds(1);

    private static final int MOST_AHEAD = 4000;

    private final ProviderAccount account;
    private final int most;
    private final LookupGate gate;
    private final BooleanSupplier wanted;
    private final Caller<T> caller;
    private final Executor executor;
    private final InstantSource clock;
    private final Runnable low;
    private final Throughput throughput;
    private final Deque<Batch<T>> waiting = new ArrayDeque<>();
    private final Turnstile turnstile = new Turnstile();

    /** Calls under way. */
    private int underWay;

    /** What was added and is not done with: waits, is under way, or is being written down. */
    private int open;

    /** Asks a provider. */
    @FunctionalInterface
    public interface Caller<T> {
        /** Makes one call, and returns what writes down what it brought; the next call does not wait for that. */
        Runnable ask(List<T> tasks);
    }

    private record Batch<T>(List<T> tasks, Instant deadline) {}

    /**
     * @param account for the log
     * @param most calls under way at a time
     * @param wanted whether look-ups are made at all just now
     * @param low told when there is room for more
     */
    public Lookups(
            ProviderAccount account,
            int most,
            LookupGate gate,
            BooleanSupplier wanted,
            Caller<T> caller,
            Executor executor,
            InstantSource clock,
            Runnable low) {
        this.account = account;
        this.most = most;
        this.gate = gate;
        this.wanted = wanted;
        this.caller = caller;
        this.executor = executor;
        this.clock = clock;
        this.low = low;
        this.throughput = new Throughput(clock);
    }

    /**
     * How many more to lease. Not for each that ends: a claim is a transaction, and the others are under way meanwhile. One
     * call's worth where the account is only probed.
     *
     * @param perCall how many go in one call
     */
    public synchronized int room(int perCall) {
        if (!wanted.getAsBoolean() || !gate.isOpen()) {
            return 0;
        }
        if (!gate.isUp()) {
            return open == 0 ? perCall : 0;
        }
        int ahead = Math.max(perCall * most, Math.min(MOST_AHEAD, throughput.in(AHEAD)));
        int byPace = (int) Math.min(Integer.MAX_VALUE, (long) perCall * gate.passes(CLAIMED_AHEAD));
        int window = Math.min(perCall * most + ahead, Math.max(byPace, perCall));
        int room = window - open;
        return open > 0 && room < Math.min(ahead, window) / 4 ? 0 : Math.max(0, room);
    }

    /**
     * Takes over what was leased; {@link #start} makes it go.
     *
     * @param calls what goes in one call each; none of them empty
     * @param deadline when it is too late to begin a call, by our clock
     */
    public synchronized void add(List<List<T>> calls, Instant deadline) {
        for (List<T> tasks : calls) {
            waiting.add(new Batch<>(tasks, deadline));
            open += tasks.size();
        }
    }

    /** How many are not done with. */
    public synchronized int open() {
        dropLate();
        return open;
    }

    /** How many are under way, or being written down. */
    public synchronized int busy() {
        return open - waiting.stream().mapToInt(batch -> batch.tasks().size()).sum();
    }

    /** When to call {@link #start} although no call has ended; null: there is no need. */
    public synchronized @Nullable Duration startsIn() {
        dropLate();
        if (waiting.isEmpty() || underWay >= most || !wanted.getAsBoolean() || (underWay > 0 && !gate.isUp())) {
            return null;
        }
        Duration closed = gate.closedFor();
        // Where the gate is open and nothing went, the end of what is under way is waited for.
        return closed.isZero() && underWay > 0 ? null : closed;
    }

    /** Starts all that may go now. */
    public void start() {
        turnstile.pass(() -> {
            for (Batch<T> next = next(); next != null; next = next()) {
                launch(next);
            }
        });
    }

    private synchronized @Nullable Batch<T> next() {
        dropLate();
        if (waiting.isEmpty() || underWay >= most || !wanted.getAsBoolean() || !gate.pass(most, underWay)) {
            return null;
        }
        underWay++;
        return waiting.remove();
    }

    private void dropLate() {
        Instant now = clock.instant();
        for (Batch<T> first = waiting.peek();
                first != null && !now.isBefore(first.deadline());
                first = waiting.peek()) {
            waiting.remove();
            open -= first.tasks().size();
        }
    }

    private void launch(Batch<T> batch) {
        try {
            executor.execute(() -> run(batch));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // Stopping, or no more threads to be had. The lease of the look-up ends and it is made then.
            ended();
            settled(batch);
        }
    }

    private void run(Batch<T> batch) {
        if (isHeldUp(batch)) {
            start();
            return;
        }
        Runnable keep = () -> {};
        try {
            keep = caller.ask(batch.tasks());
        } catch (RuntimeException | Error e) {
            log.error("a look-up at {} failed: a bug", account, Trace.of(e));
        }
        ended();
        try {
            start();
            keep.run();
        } catch (RuntimeException | Error e) {
            log.error("what a look-up at {} brought was not kept: a bug", account, Trace.of(e));
        } finally {
            settled(batch);
        }
    }

    /** Whether the provider has asked to be left alone, or time has run out, since the call was let go. */
    private synchronized boolean isHeldUp(Batch<T> batch) {
        if (gate.isOpen() && clock.instant().isBefore(batch.deadline())) {
            return false;
        }
        ended();
        waiting.addFirst(batch);
        return true;
    }

    private synchronized void ended() {
        underWay--;
        gate.over();
    }

    private void settled(Batch<T> batch) {
        boolean isLow;
        synchronized (this) {
            int size = batch.tasks().size();
            open -= size;
            throughput.ended(size);
            isLow = room(size) > 0;
        }
        if (isLow) {
            low.run();
        }
    }
}
