package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.store.MessageStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

final class Database implements AutoCloseable {
    private final MessageStore store;

    private Database(MessageStore store) {
        this.store = store;
    }

    static Database open(Options options, InstantSource clock) {
        return new Database(new InMemoryMessageStore(clock));
    }

    static Path folder(Options options) {
        return options.data();
    }

    static String describe(Options options) {
        return options.data().toString();
    }

    Optional<Instant> latestTime() {
        return Optional.empty();
    }

    MessageStore store() {
        return store;
    }

    @Override
    public void close() {}
}
