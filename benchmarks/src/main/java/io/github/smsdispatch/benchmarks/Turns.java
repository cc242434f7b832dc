package io.github.smsdispatch.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lets contestants work in turns, round after round, so that whatever else the machine does hits all alike. Two rounds
 * before the first that counts warm the JVM up.
 */
final class Turns {
    private static final int WARM_UP = 2;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    /**
     * What one turn gave.
     *
     * @param perSecond units of work in a second of wall time
     * @param cpuMicros processor time of the calling threads for one unit
     */
    record Turn(double perSecond, double cpuMicros) {}

    private Turns() {}

    /** The results of all contestants; the first is the yardstick. */
    static List<Result> take(String group, List<Contestant> contestants, Options options) throws Exception {
        List<List<Turn>> turns =
                contestants.stream().<List<Turn>>map(one -> new ArrayList<>()).toList();
        ExecutorService pool = Executors.newFixedThreadPool(options.threads());
        try {
            for (int round = -WARM_UP; round < options.rounds(); round++) {
                for (int i = 0; i < contestants.size(); i++) {
                    Turn turn = turn(contestants.get(i).work(), options.turn(), options.threads(), pool);
                    if (round >= 0) {
                        turns.get(i).add(turn);
                    }
                }
            }
        } finally {
            pool.shutdownNow();
        }
        var results = new ArrayList<Result>();
        for (int i = 0; i < contestants.size(); i++) {
            results.add(Result.of(group, contestants.get(i).name(), turns.get(i), turns.get(0)));
        }
        return results;
    }

    private record Share(long units, long cpuNanos) {}

    private static Turn turn(Contestant.Work work, Duration length, int threads, ExecutorService pool)
            throws Exception {
        long start = System.nanoTime();
        long end = start + length.toNanos();
        Callable<Share> worker = () -> {
            long cpuBefore = CPU.getCurrentThreadCpuTime();
            long units = 0;
            while (System.nanoTime() < end) {
                work.once();
                units++;
            }
            return new Share(units, CPU.getCurrentThreadCpuTime() - cpuBefore);
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
        return new Turn(units / seconds, cpuNanos / 1e3 / Math.max(1, units));
    }
}
