package io.github.smsdispatch.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lets contestants work in turns, round after round, so that whatever else the machine does hits all alike; who is first
 * moves on from round to round. Each turn begins without the garbage of the one before. Some rounds before the first that
 * counts warm the JVM up.
 */
final class Turns {
    /** With fewer, those who come first in the process are still being compiled when it counts. */
    private static final int WARM_UP = 8;

    /** Not counted, before each turn: clients that are new in a round connect and set themselves up. */
    private static final Duration SETTLING = Duration.ofMillis(200);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /**
     * What one turn gave.
     *
     * @param perSecond units of work in a second of wall time
     * @param cpuMicros processor time of the calling threads for one unit
     * @param processMicros processor time of the whole process for one unit: callers, servers, collector, compiler
     */
    record Turn(double perSecond, double cpuMicros, double processMicros) {}

    private Turns() {}

    /** The results of contestants that last from the first round to the last; the first is the yardstick. */
    static List<Result> take(String group, List<Contestant> contestants, Options options) throws Exception {
        return take(group, () -> new Standing(contestants), options);
    }

    /**
     * The results of all contestants; the first is the yardstick.
     *
     * @param stages sets a round up, not counted in any turn
     */
    static List<Result> take(String group, Callable<? extends Stage> stages, Options options) throws Exception {
        Map<String, List<Turn>> turns = new LinkedHashMap<>();
        ExecutorService pool = Executors.newFixedThreadPool(options.threads());
        try {
            for (int round = -WARM_UP; round < options.rounds(); round++) {
                try (Stage stage = stages.call()) {
                    List<Contestant> contestants = stage.contestants();
                    contestants.forEach(one -> turns.putIfAbsent(one.name(), new ArrayList<>()));
                    for (Contestant one : rotated(contestants, round + WARM_UP)) {
                        turn(one.work(), SETTLING, options.threads(), pool);
                        System.gc();
                        Turn turn = turn(one.work(), options.turn(), options.threads(), pool);
                        if (round >= 0) {
                            Objects.requireNonNull(turns.get(one.name())).add(turn);
                        }
                    }
                }
            }
        } finally {
            pool.shutdownNow();
        }
        List<Turn> yardstick = turns.values().iterator().next();
        var results = new ArrayList<Result>();
        turns.forEach((name, own) -> results.add(Result.of(group, name, own, yardstick)));
        return results;
    }

    private record Standing(List<Contestant> contestants) implements Stage {
        @Override
        public void close() {
            // nothing was set up for the round
        }
    }

    private static List<Contestant> rotated(List<Contestant> contestants, int by) {
        var rotated = new ArrayList<>(contestants);
        Collections.rotate(rotated, -by);
        return rotated;
    }

    private record Share(long units, long cpuNanos) {}

    private static Turn turn(Contestant.Work work, Duration length, int threads, ExecutorService pool)
            throws Exception {
        long processBefore = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        Callable<Share> worker = () -> {
            long cpuBefore = THREADS.getCurrentThreadCpuTime();
            long units = 0;
            while (System.nanoTime() < end) {
                work.once();
                units++;
            }
            return new Share(units, THREADS.getCurrentThreadCpuTime() - cpuBefore);
        };
        var running = new ArrayList<Future<Share>>();
        for (int thread = 0; thread < threads; thread++) {
            running.add(pool.submit(worker));
        }
        long units = 0;
        long cpuNanos = 0;
        for (Future<Share> one : running) {
            units += one.get().units();
            cpuNanos += one.get().cpuNanos();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long processNanos = PROCESS.getProcessCpuTime() - processBefore;
        double done = Math.max(1, units);
        return new Turn(units / seconds, cpuNanos / 1e3 / done, processNanos / 1e3 / done);
    }
}
