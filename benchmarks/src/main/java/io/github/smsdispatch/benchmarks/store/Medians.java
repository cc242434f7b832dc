package io.github.smsdispatch.benchmarks.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What rounds come to. */
final class Medians {
    /**
     * What one turn gave.
     *
     * @param value the higher the better
     */
    record Result(double value, Map<String, Double> costs) {}

    private Medians() {}

    /**
     * A line for each contestant.
     *
     * @param results by contestant, in order; as many for each
     */
    static List<Row> rows(String scenario, String unit, Map<String, List<Result>> results) {
        List<Result> yardstick = results.values().iterator().next();
        var rows = new ArrayList<Row>();
        results.forEach((contestant, all) -> {
            double[] ratios = new double[all.size()];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = all.get(i).value() / yardstick.get(i).value();
            }
            var costs = new LinkedHashMap<String, Double>();
            for (String name : all.get(0).costs().keySet()) {
                costs.put(
                        name,
                        of(all.stream()
                                .mapToDouble(one -> one.costs().getOrDefault(name, Double.NaN))
                                .toArray()));
            }
            rows.add(new Row(
                    scenario,
                    contestant,
                    unit,
                    of(all.stream().mapToDouble(Result::value).toArray()),
                    of(ratios),
                    costs));
        });
        return rows;
    }

    static double of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The value that the given share of them is not above. */
    static double percentile(double share, double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))];
    }
}
