package io.github.smsdispatch.examples.quickstart;

import java.nio.file.Path;

/** Sends the log to a file, so that the screen stays calm. */
final class Logs {
    private Logs() {}

    /** Call it before the first logger is made; slf4j-simple reads its settings once. */
    static void to(Path file) {
        System.setProperty("org.slf4j.simpleLogger.logFile", file.toString());
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
        System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    }
}
