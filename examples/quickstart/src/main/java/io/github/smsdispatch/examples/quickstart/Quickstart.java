package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** Sends a campaign from a CSV file and follows every message to its end. {@code run --help} tells the rest. */
public final class Quickstart {
    static final int OK = 0;
    /** Not every message is final, or something is lost or was sent twice. */
    static final int FAILED = 1;
    /** It never began. */
    static final int UNUSABLE = 2;

    private final Map<String, String> environment;
    private final Path home;
    private final Terminal terminal;
    private final PrintStream out;
    private final PrintStream err;

    Quickstart(Map<String, String> environment, Path home, Terminal terminal, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.home = home;
        this.terminal = terminal;
        this.out = out;
        this.err = err;
    }

    /** The program. */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        var charset = Charset.forName(System.getProperty("native.encoding", StandardCharsets.UTF_8.name()));
        var quickstart = new Quickstart(
                environment,
                Path.of(System.getProperty("quickstart.home", ".")),
                Terminal.detect(environment),
                new PrintStream(System.out, true, charset),
                new PrintStream(System.err, true, charset));
        System.exit(quickstart.run(List.of(arguments)));
    }

    /** Runs the whole job and says how it ended: 0, 1 or 2. */
    int run(List<String> arguments) {
        var problems = new ArrayList<ConfigurationProblem>();
        Options options = OptionParser.parse(arguments, environment, home, problems);
        if (options.help()) {
            out.println(help());
            return OK;
        }
        try (var setup = new Setup(options, environment, problems)) {
            setup.prepare();
            if (problems.isEmpty()) {
                return new Job(setup, options, terminal, out).run() ? OK : FAILED;
            }
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        } catch (StoreException e) {
            err.println("The database failed on the way: " + e.getMessage());
            err.println("Nothing is lost: start again, and the rest is done.");
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        } catch (RuntimeException e) {
            // The message of somebody else's exception may hold a number or a text: it goes to the log only.
            LoggerFactory.getLogger(Quickstart.class).error("ended by a bug", e);
            err.println(
                    "Ended by a bug (" + e.getClass().getSimpleName() + "); " + Setup.log(options) + " tells more.");
            return FAILED;
        }
        tell(problems);
        return UNUSABLE;
    }

    private void tell(List<ConfigurationProblem> problems) {
        err.println("Cannot start, because of " + Words.count(problems.size(), "problem") + ". Nothing was sent.");
        problems.forEach(problem -> {
            err.println("  " + problem.setting() + ": " + problem.problem());
            err.println("      " + problem.remedy());
        });
    }

    private static String help() {
        try (InputStream text = Objects.requireNonNull(Quickstart.class.getResourceAsStream("help.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
