package io.github.smsdispatch.benchmarks.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contestants in turns, round after round, so that whatever else the machine does hits all alike. The order moves on with
 * each round, and a short round before the first warms all of them up.
 */
final class Rounds {
    private Rounds() {}

    static List<Row> run(String scenario, List<Contestant> all, StoreOptions options) throws Exception {
        return run(scenario, "messages/s", all, options);
    }

    static List<Row> run(String scenario, String unit, List<Contestant> all, StoreOptions options) throws Exception {
        List<Contestant> contestants =
                all.stream().filter(one -> one.name().contains(options.among())).toList();
        if (contestants.isEmpty()) {
            return List.of();
        }
        Map<String, List<Medians.Result>> results = new LinkedHashMap<>();
        contestants.forEach(one -> results.put(one.name(), new ArrayList<>()));
        for (int round = -1; round < options.rounds(); round++) {
            for (int i = 0; i < contestants.size(); i++) {
                Contestant contestant = contestants.get((i + round + 1) % contestants.size());
                int messages = contestant.oneByOne() ? options.messagesOneByOne() : options.messages();
                Medians.Result result = turn(contestant, round < 0 ? Math.max(1000, messages / 4) : messages);
                if (round >= 0) {
                    System.err.printf(
                            "%s, round %d: %s %,.0f/s%n", scenario, round + 1, contestant.name(), result.value());
                    results.computeIfAbsent(contestant.name(), any -> new ArrayList<>())
                            .add(result);
                }
            }
        }
        return Medians.rows(scenario, unit, results);
    }

    static Medians.Result turn(Contestant contestant, int messages) throws Exception {
        try (Turn turn = contestant.opening().open(messages)) {
            // What opening has left behind is not to be collected while somebody is measured.
            System.gc();
            Meter meter = Meter.start(turn.dataSource());
            int units = turn.units(messages);
            long nanos = turn.run();
            Map<String, Double> costs = meter.stop();
            turn.check();
            costs.remove("seconds");
            costs.replaceAll((name, value) -> value / units);
            return new Medians.Result(units / (nanos / 1e9), costs);
        }
    }
}
