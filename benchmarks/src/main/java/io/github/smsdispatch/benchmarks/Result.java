package io.github.smsdispatch.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a contestant reached.
 *
 * @param group what was measured; contestants of one group are comparable
 * @param perSecond the median of its turns
 * @param cpuMicros of the callers; the median of its turns
 * @param processMicros of the whole process; the median of its turns
 * @param ratio the median over the rounds of its turn by that of the group's first contestant in the same round
 */
record Result(String group, String contestant, double perSecond, double cpuMicros, double processMicros, double ratio) {
    static Result of(String group, String contestant, List<Turns.Turn> turns, List<Turns.Turn> yardstick) {
        double[] ratios = new double[turns.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = turns.get(i).perSecond() / yardstick.get(i).perSecond();
        }
        return new Result(
                group,
                contestant,
                median(values(turns, Turns.Turn::perSecond)),
                median(values(turns, Turns.Turn::cpuMicros)),
                median(values(turns, Turns.Turn::processMicros)),
                median(ratios));
    }

    private static double[] values(List<Turns.Turn> turns, ToDoubleFunction<Turns.Turn> of) {
        return turns.stream().mapToDouble(of).toArray();
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
