package io.github.smsdispatch.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** The results as a Markdown table on the standard output, and as JSON. */
final class Report {
    private Report() {}

    static void print(String title, String unit, List<Result> results, Options options) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%n%s: %d rounds of %d s, %d threads; JDK %s, %d processors%n%n",
                title,
                options.rounds(),
                options.turn().toSeconds(),
                options.threads(),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        System.out.println("| | | " + unit + "/s | ratio | CPU of the caller | CPU in all |");
        System.out.println("|---|---|---:|---:|---:|---:|");
        for (Result result : results) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %.2f | %.1f µs | %.0f µs |%n",
                    result.group(),
                    result.contestant(),
                    result.perSecond(),
                    result.ratio(),
                    result.cpuMicros(),
                    result.processMicros());
        }
        if (options.json() != null) {
            Files.writeString(options.json(), json(title, unit, results, options) + "\n");
        }
    }

    private static String json(String title, String unit, List<Result> results, Options options) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("benchmark", title)
                .put("unit", unit)
                .put("rounds", options.rounds())
                .put("seconds", options.turn().toSeconds())
                .put("threads", options.threads())
                .put("jdk", System.getProperty("java.version"))
                .put("processors", Runtime.getRuntime().availableProcessors());
        for (Result result : results) {
            root.withArray("/results")
                    .addObject()
                    .put("group", result.group())
                    .put("contestant", result.contestant())
                    .put("perSecond", result.perSecond())
                    .put("ratio", result.ratio())
                    .put("cpuMicros", result.cpuMicros())
                    .put("processMicros", result.processMicros());
        }
        return root.toPrettyString();
    }
}
