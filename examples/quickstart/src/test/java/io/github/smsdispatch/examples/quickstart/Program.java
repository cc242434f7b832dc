package io.github.smsdispatch.examples.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The program, run in this JVM, with what it printed. */
final class Program {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Path home;
    private final Map<String, String> environment;

    Program(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        return new Quickstart(
                        environment,
                        home,
                        Terminal.none(true),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
