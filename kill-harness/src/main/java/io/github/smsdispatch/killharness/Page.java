package io.github.smsdispatch.killharness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page that a run leaves for others to read. */
final class Page {
    private Page() {}

    static void write(Path file, Outcome outcome) throws IOException {
        Options options = outcome.plan().options();
        var summary = new Summary(outcome);
        var lines = new ArrayList<String>();
        lines.addAll(List.of(
                "# The last long run of the kill harness",
                "",
                "Written by `" + options.command() + " --report " + shown(file) + "`; what it does is said in"
                        + " [kill-harness](../kill-harness/README.md).",
                "",
                "**" + summary.verdict() + "**",
                "",
                "| | |",
                "|---|---|",
                "| Date | " + LocalDate.now(ZoneOffset.UTC) + " |",
                "| Version | " + System.getProperty("killharness.commit", "unknown") + " |",
                "| Machine | " + machine() + " |",
                "| Java | " + System.getProperty("java.vm.name") + " " + Runtime.version() + " |",
                "| Database | " + outcome.storeVersion() + ", every commit durable"
                        + (options.jdbcUrl() == null ? "" : " if its settings say so") + " |",
                "| Engine nodes | " + options.nodes() + " |",
                "| Validity of a message | "
                        + outcome.plan().campaign().validity().toSeconds() + " s |",
                "| Faults of the carriers | `" + options.faults() + "` |",
                ""));
        lines.add("## Kills");
        lines.add("");
        lines.addAll(Tables.markdown(summary.kills()));
        lines.addAll(List.of("", "## Messages", ""));
        lines.addAll(Tables.markdown(summary.findings()));
        lines.addAll(List.of("", "## States", ""));
        lines.addAll(Tables.markdown(summary.states()));
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    /** As somebody else would type it, from the folder of the project. */
    private static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file.getFileName();
    }

    private static String machine() {
        String os = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return String.format(
                Locale.ROOT, "%s, %d cores%s", os, Runtime.getRuntime().availableProcessors(), processor());
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> ", " + line.substring(line.indexOf(':') + 1).strip())
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
