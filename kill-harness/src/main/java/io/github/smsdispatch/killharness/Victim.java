package io.github.smsdispatch.killharness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A process of the run that is started, killed, and started again. Used by one thread, but for {@link #abandon}. */
final class Victim {
    private static final long SECONDS_TO_STOP = 30;

    private final Role role;
    private final String name;
    private final Path log;
    private final IntFunction<ProcessBuilder> program;
    private @Nullable Process process;
    private boolean killed;
    private int starts;
    private boolean abandoned;

    /**
     * @param log what the process prints; added to at each start
     * @param program how to start it, by how often it was started before
     */
    Victim(Role role, String name, Path log, IntFunction<ProcessBuilder> program) {
        this.role = role;
        this.name = name;
        this.log = log;
        this.program = program;
    }

    Role role() {
        return role;
    }

    String name() {
        return name;
    }

    synchronized void start() {
        if (abandoned) {
            return;
        }
        try {
            killed = false;
            process = program.apply(starts++)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /**
     * SIGKILL where there are signals: no hook runs, nothing is closed or flushed. Returns when the process is gone.
     *
     * @return its id
     */
    long kill() throws InterruptedException {
        Process running = running();
        killed = true;
        running.destroyForcibly();
        running.waitFor();
        return running.pid();
    }

    /** Asks it to end, and kills it if it does not. */
    void stop() throws InterruptedException {
        if (process != null && process.isAlive()) {
            killed = true;
            process.destroy();
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }

    /** For the end of the harness itself, by any thread: nothing is waited for, and nothing starts any more. */
    synchronized void abandon() {
        abandoned = true;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** The exit code of a process that has ended without having been killed. */
    OptionalInt ended() {
        return process == null || process.isAlive() || killed
                ? OptionalInt.empty()
                : OptionalInt.of(process.exitValue());
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }
}
