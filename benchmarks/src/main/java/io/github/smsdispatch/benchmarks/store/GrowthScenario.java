package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Dispatch with nothing else in the tables, and the same with finished messages in them. */
final class GrowthScenario {
    private GrowthScenario() {}

    static List<Row> run(MariaDb server, StoreOptions options) throws Exception {
        if (options.finished() == 0) {
            System.err.println("growth is left out without --finished N");
            return List.of();
        }
        Map<String, List<Medians.Result>> results = new LinkedHashMap<>();
        results.put("empty tables", rounds(server, options, 0));
        results.put(
                String.format("%,d finished messages", options.finished()),
                rounds(server, options, options.finished()));
        return Medians.rows("growth", "messages/s", results);
    }

    private static List<Medians.Result> rounds(MariaDb server, StoreOptions options, int finished) throws Exception {
        var results = new ArrayList<Medians.Result>();
        HikariDataSource dataSource = StoreBenchmark.pool(server);
        if (finished > 0) {
            FinishedMessages.fill(dataSource, finished, options.batch());
        }
        var settings = new EngineTurn.Settings(options.messages(), options.batch(), 1, StoreBenchmark.wide());
        for (int round = -1; round < options.rounds(); round++) {
            var contestant = new Contestant("", false, messages -> new Kept(EngineTurn.dispatch(dataSource, settings)));
            Medians.Result result = Rounds.turn(contestant, options.messages());
            System.err.printf("growth, %,d finished, round %d: %,.0f/s%n", finished, round + 1, result.value());
            if (round >= 0) {
                results.add(result);
            }
        }
        MariaDb.drop(dataSource);
        return results;
    }

    /** A turn that leaves its tables to the next. */
    private record Kept(EngineTurn turn) implements Turn {
        @Override
        public DataSource dataSource() {
            return turn.dataSource();
        }

        @Override
        public long run() throws Exception {
            return turn.run();
        }

        @Override
        public void check() {
            turn.check();
        }

        @Override
        public void close() {
            turn.leave();
        }
    }
}
