package io.github.smsdispatch.killharness;

import io.github.smsdispatch.testkit.carrier.FaultScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param stops how many nodes are stopped in an orderly way besides
 * @param validity of each message; null: by the number of kills
 * @param faults what goes wrong at the carriers, besides that they are killed
 * @param jdbcUrl null: a MariaDB of the run's own
 * @param report null: none
 * @param folder what the run leaves behind; null: a new one
 * @param keep whether the folder is left in any case
 */
record Options(
        boolean help,
        int messages,
        int kills,
        int stops,
        int nodes,
        long seed,
        @Nullable Duration validity,
        FaultScript faults,
        @Nullable String jdbcUrl,
        @Nullable Path report,
        @Nullable Path folder,
        boolean keep) {
    /** What goes wrong at the carriers unless said otherwise. */
    static final String FAULTS = "latency=2ms..25ms,delivery=100ms..2s,throttle=1%,http503=2%,lose-answer=1%,"
            + "error-after-accept=0.5%,drop-request=0.5%,stall=0.1%,undelivered=4%,no-final=0.1%,lose-receipt=3%,"
            + "early-receipt=2%,repeat-receipt=3%,reorder-receipt=3%,lookup503=3%,listing-lag=1s";

    static final String HELP =
            """
            Kills engine nodes, carriers, the enqueuer and the database at random, starts them again, and compares in the
            end what the carriers took with what the store says: none lost, none sent twice, all final.

              kill-harness/run [OPTIONS]

              --messages N      how many messages; default 2000
              --kills N         how many kills; default 10
              --stops N         how many times a node is stopped in an orderly way besides; default one for each four kills
              --nodes N         how many engine nodes; default 2
              --seed N          which kills come in which order, and what goes wrong at the carriers; default 1
              --validity SEC    how long a message may be sent, 10 to 3600; by default 30 + 6 for each kill, at most 150. A
                                run waits for the end of it where a carrier never says what became of a message
              --faults SCRIPT   what goes wrong at the carriers, as examples/carrier/run has it; by default a little of
                                everything
              --jdbc-url URL    a MariaDB or MySQL, with an empty database, in place of a MariaDB of the run's own;
                                it is not killed
              --report FILE.md  writes what came out as a page
              --folder DIR      for database, ledgers and logs; by default a folder below target/. It is deleted unless
                                the run fails or there is --keep
              --keep            leaves the folder in any case
              --help            this text

            Exit code 0: nothing lost, nothing twice, everything final, and all states as the carriers have it. 1: not so;
            the folder is kept. 2: something was wrong before the start.
            """;

    /** @throws IllegalArgumentException that names everything that is wrong, a line each */
    static Options parse(List<String> arguments) {
        return new Reader(arguments).read();
    }

    /** As it was typed, without what may hold a password or is no matter of others. */
    String command() {
        return "kill-harness/run --messages " + messages + " --kills " + kills
                + (stops == defaultStops(kills) ? "" : " --stops " + stops) + " --nodes " + nodes + " --seed " + seed
                + (validity == null ? "" : " --validity " + validity.toSeconds())
                + (faults.toString().equals(FaultScript.of(FAULTS).toString()) ? "" : " --faults " + faults)
                + (jdbcUrl == null ? "" : " --jdbc-url ...");
    }

    private static int defaultStops(int kills) {
        return (kills + 3) / 4;
    }

    private static final class Reader {
        private final List<String> rest;
        private final List<String> problems = new ArrayList<>();
        private boolean help;
        private int messages = 2000;
        private int kills = 10;
        private @Nullable Integer stops;
        private int nodes = 2;
        private long seed = 1;
        private @Nullable String jdbcUrl;
        private @Nullable Path report;
        private @Nullable Path folder;
        private @Nullable Duration validity;
        private FaultScript faults = FaultScript.of(FAULTS);
        private boolean keep;
        private final Set<String> given = new HashSet<>();
        /** Whether the value of the option at hand stood behind an equals sign. */
        private boolean attached;

        Reader(List<String> arguments) {
            this.rest = new ArrayList<>(arguments);
        }

        Options read() {
            while (!rest.isEmpty()) {
                option(rest.remove(0));
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            return new Options(
                    help,
                    messages,
                    kills,
                    stops == null ? defaultStops(kills) : stops,
                    nodes,
                    seed,
                    validity,
                    faults,
                    jdbcUrl,
                    report,
                    folder,
                    keep);
        }

        /** {@code --name value}, {@code --name=value}, or {@code --name} alone where there is none. */
        private void option(String argument) {
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (equals >= 0) {
                rest.add(0, argument.substring(equals + 1));
            }
            if (!given.add(name)) {
                problems.add(name + " is given twice");
            }
            attached = equals >= 0;
            switch (name) {
                case "--help", "-h" -> help = flag(name);
                case "--keep" -> keep = flag(name);
                case "--messages" -> messages = (int) number(name, 1, 10_000_000);
                case "--kills" -> kills = (int) number(name, 0, 100_000);
                case "--stops" -> stops = (int) number(name, 0, 100_000);
                case "--nodes" -> nodes = (int) number(name, 1, 16);
                case "--seed" -> seed = number(name, Long.MIN_VALUE, Long.MAX_VALUE);
                case "--validity" -> validity = Duration.ofSeconds(number(name, 10, 3600));
                case "--faults" -> faults = faults(name);
                case "--jdbc-url" -> jdbcUrl = jdbcUrl(name);
                case "--report" -> report = report(name);
                case "--folder" -> folder = Path.of(value(name));
                default -> {
                    problems.add(name + " is no option of this program; see --help");
                    if (attached) {
                        rest.remove(0);
                    }
                }
            }
        }

        private boolean flag(String name) {
            if (attached) {
                problems.add(name + " takes no value");
                rest.remove(0);
            }
            return true;
        }

        private String value(String name) {
            if (!attached && (rest.isEmpty() || rest.get(0).startsWith("--"))) {
                problems.add(name + " has no value");
                return "";
            }
            return rest.remove(0);
        }

        private long number(String name, long least, long most) {
            String value = value(name);
            try {
                long number = Long.parseLong(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            if (!value.isEmpty()) {
                problems.add(name + " must be a whole number"
                        + (least == Long.MIN_VALUE ? "" : " from " + least + " to " + most));
            }
            return least;
        }

        private FaultScript faults(String name) {
            try {
                return FaultScript.of(value(name));
            } catch (IllegalArgumentException e) {
                problems.add(name + ": " + e.getMessage());
                return FaultScript.none();
            }
        }

        private String jdbcUrl(String name) {
            String value = value(name);
            if (!value.isEmpty() && !value.startsWith("jdbc:mariadb:") && !value.startsWith("jdbc:mysql:")) {
                problems.add(name + " must begin with jdbc:mariadb: or jdbc:mysql:");
            }
            return value;
        }

        private Path report(String name) {
            Path file = Path.of(value(name)).toAbsolutePath();
            Path parent = file.getParent();
            if (parent == null || !Files.isDirectory(parent) || Files.isDirectory(file)) {
                problems.add(name + " must be a file in a folder that exists");
            }
            return file;
        }
    }
}
