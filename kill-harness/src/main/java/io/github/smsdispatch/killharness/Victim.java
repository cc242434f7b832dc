package io.github.smsdispatch.killharness;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
    private boolean wanted;
    private int starts;
    private long logBefore;
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
            wanted = false;
            logBefore = Files.exists(log) ? Files.size(log) : 0;
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

    /** Whether it lives and has said since its start that it is ready; not all kinds of processes say so. */
    boolean isReady() {
        if (!isAlive()) {
            return false;
        }
        try (var lines = new RandomAccessFile(log.toFile(), "r")) {
            lines.seek(logBefore);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ready ")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has no log", e);
        }
    }

    /**
     * SIGKILL where there are signals: no hook runs, nothing is closed or flushed. Returns when the process is gone.
     *
     * @return its id
     */
    long kill() throws InterruptedException {
        Process running = running();
        wanted = true;
        running.destroyForcibly();
        running.waitFor();
        return running.pid();
    }

    /**
     * Asks it to end, with SIGTERM where there are signals, and does not wait for it.
     *
     * @return its id
     */
    long askToEnd() {
        Process running = running();
        wanted = true;
        // By its handle: Process.destroy also closes the pipe by which it sees that the harness is there.
        running.toHandle().destroy();
        return running.pid();
    }

    /** The exit code of a process that has ended, whatever made it. */
    int exitCode() {
        return running().exitValue();
    }

    /** Asks it to end, and kills it if it does not. */
    void stop() throws InterruptedException {
        if (process != null && process.isAlive()) {
            askToEnd();
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

    /** The exit code of a process that has ended although nobody wanted it to. */
    OptionalInt ended() {
        return process == null || process.isAlive() || wanted
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
