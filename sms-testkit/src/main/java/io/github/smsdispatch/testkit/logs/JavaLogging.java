package io.github.smsdispatch.testkit.logs;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** Keeps what is logged through java.util.logging at any level, until it is closed; then all levels are as before. */
public final class JavaLogging implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    /** Strong references: the log manager would forget a logger, and with it the level. */
    private final List<Logger> opened = new ArrayList<>();

    private final Map<Logger, @Nullable Level> levels = new HashMap<>();

    private final Handler keeper = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            var line = new StringWriter();
            line.append(record.getLevel() + " " + record.getLoggerName() + " " + formatter.formatMessage(record));
            Throwable thrown = record.getThrown();
            if (thrown != null) {
                line.append(' ');
                thrown.printStackTrace(new PrintWriter(line, true));
            }
            lines.add(line.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Begins to listen. */
    public JavaLogging() {
        keeper.setLevel(Level.ALL);
        for (String name : Collections.list(LogManager.getLogManager().getLoggerNames())) {
            Logger logger = LogManager.getLogManager().getLogger(name);
            if (logger != null && (name.isEmpty() || logger.getLevel() != null || !logger.getUseParentHandlers())) {
                open(logger, name.isEmpty() || !logger.getUseParentHandlers());
            }
        }
    }

    private void open(Logger logger, boolean listen) {
        opened.add(logger);
        levels.put(logger, logger.getLevel());
        logger.setLevel(Level.ALL);
        if (listen) {
            logger.addHandler(keeper);
        }
    }

    /** All lines so far. */
    public List<String> all() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        for (Logger logger : opened) {
            logger.removeHandler(keeper);
            logger.setLevel(levels.get(logger));
        }
    }
}
