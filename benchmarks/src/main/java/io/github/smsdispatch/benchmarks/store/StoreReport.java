package io.github.smsdispatch.benchmarks.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.kagkarlsson.scheduler.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jobrunr.scheduling.JobScheduler;

/** The results as Markdown tables on the standard output, and as JSON. */
final class StoreReport {
    private StoreReport() {}

    static void print(List<Row> rows, Map<String, String> database, StoreOptions options) throws IOException {
        Map<String, String> environment = environment(options);
        System.out.printf("%nStore, %s%n%nMariaDB: %s%n", told(environment), told(database));
        rows.stream()
                .collect(Collectors.groupingBy(Row::scenario, LinkedHashMap::new, Collectors.toList()))
                .forEach(StoreReport::table);
        if (options.json() != null) {
            Files.writeString(options.json(), json(rows, database, environment) + "\n");
        }
    }

    private static Map<String, String> environment(StoreOptions options) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        environment.put("JDK", System.getProperty("java.version"));
        environment.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        environment.put("messages", Integer.toString(options.messages()));
        environment.put("messages one by one", Integer.toString(options.messagesOneByOne()));
        environment.put("rounds", Integer.toString(options.rounds()));
        environment.put("in one call to the provider", Integer.toString(options.batch()));
        environment.put("db-scheduler", versionOf(Scheduler.class));
        environment.put("JobRunr", versionOf(JobScheduler.class));
        return environment;
    }

    private static String versionOf(Class<?> type) {
        String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return jar.replaceFirst(".*-([0-9][^/-]*)\\.jar$", "$1");
    }

    private static String told(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static void table(String scenario, List<Row> rows) {
        var columns = new ArrayList<>(rows.get(0).costs().keySet());
        System.out.printf("%n%s%n%n| | %s | ratio |", scenario, rows.get(0).unit());
        columns.forEach(column -> System.out.print(" " + column + " |"));
        System.out.print("\n|---|---:|---:|" + "---:|".repeat(columns.size()) + "\n");
        for (Row row : rows) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s |",
                    row.contestant(),
                    number(row.value()),
                    Double.isNaN(row.ratio()) ? "" : String.format(Locale.ROOT, "%.3f", row.ratio()));
            columns.forEach(
                    column -> System.out.print(" " + number(row.costs().getOrDefault(column, Double.NaN)) + " |"));
            System.out.println();
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 1 ? "%.1f" : "%.3f", value);
    }

    private static String json(List<Row> rows, Map<String, String> database, Map<String, String> environment) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("benchmark", "store");
        environment.forEach(root.withObject("/environment")::put);
        database.forEach(root.withObject("/database")::put);
        for (Row row : rows) {
            ObjectNode result = root.withArray("/results")
                    .addObject()
                    .put("scenario", row.scenario())
                    .put("contestant", row.contestant())
                    .put("unit", row.unit())
                    .put("value", row.value());
            if (!Double.isNaN(row.ratio())) {
                result.put("ratio", row.ratio());
            }
            row.costs().forEach(result.withObject("/costs")::put);
        }
        return root.toPrettyString();
    }
}
