package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Taking a campaign in, in a process with a small heap; see {@link EnqueueProcess}. */
final class EnqueueScenario {
    private static final String PLAIN = "plain JDBC, same records, 1,000 a batch";
    private static final String OURS = "SMS Dispatch, enqueueAll";

    private EnqueueScenario() {}

    static List<Row> run(MariaDb server, StoreOptions options) throws Exception {
        Map<String, List<Medians.Result>> results = new LinkedHashMap<>();
        List.of(PLAIN, OURS).forEach(contestant -> results.put(contestant, new ArrayList<>()));
        for (int round = 0; round < options.rounds(); round++) {
            for (String contestant : round % 2 == 0 ? List.of(PLAIN, OURS) : List.of(OURS, PLAIN)) {
                Medians.Result result = turn(server, contestant, options.messages());
                System.err.printf("enqueue, round %d: %s %,.0f/s%n", round + 1, contestant, result.value());
                results.computeIfAbsent(contestant, any -> new ArrayList<>()).add(result);
            }
        }
        return Medians.rows("enqueue", "messages/s", results);
    }

    private static Medians.Result turn(MariaDb server, String contestant, int messages) throws Exception {
        String url = server.newDatabase();
        try (HikariDataSource dataSource = MariaDb.pool(url, 2)) {
            Meter meter = Meter.start(dataSource);
            Map<String, Double> told = inSmallHeap(url, contestant.equals(OURS) ? "ours" : "plain", messages);
            Map<String, Double> costs = meter.stop();
            costs.remove("seconds");
            costs.replaceAll((name, value) -> value / (messages + EnqueueProcess.WARM_UP));
            costs.put("CPU µs of this process", told.getOrDefault("cpuMicros", 0.0) / messages);
            costs.put("heap MB at its fullest", told.getOrDefault("heapBytes", 0.0) / (1 << 20));
            MariaDb.drop(dataSource);
            return new Medians.Result(messages / told.getOrDefault("seconds", Double.NaN), costs);
        }
    }

    private static Map<String, Double> inSmallHeap(String url, String who, int messages)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EnqueueProcess.class.getName(),
                        url,
                        who,
                        Integer.toString(messages))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Double> told = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                told.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
            }
        }
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException("enqueuing " + messages + " messages ended with " + exit);
        }
        return told;
    }
}
