package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The messages that were accepted, in memory and on disk. Thread-safe. */
public final class LedgerBook {
    private final @Nullable LedgerFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<CarrierMessage> messages = new ArrayList<>();
    private final Map<String, CarrierMessage> byId = new ConcurrentHashMap<>();
    /** Two providers may know the same id, as soon as it is the sender who chooses it. */
    private final Map<String, CarrierMessage> byProviderAndId = new ConcurrentHashMap<>();

    private final Map<String, List<CarrierMessage>> byRecipient = new ConcurrentHashMap<>();

    LedgerBook(@Nullable LedgerFile file) {
        this.file = file;
        if (file != null) {
            file.messages().forEach(this::remember);
        }
    }

    /**
     * What is in the file of a simulator that has ended; nothing is written to it.
     *
     * @throws IllegalStateException if the file is damaged or in use
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static LedgerBook read(Path path) {
        try (var file = new LedgerFile(path)) {
            var book = new LedgerBook(null);
            file.messages().forEach(book::remember);
            return book;
        }
    }

    /** The first message, of whatever provider, that has this id; null: there is none. */
    public @Nullable CarrierMessage find(String id) {
        return byId.get(id);
    }

    @Nullable
    CarrierMessage find(String provider, String id) {
        return byProviderAndId.get(provider + " " + id);
    }

    /** How many there are. */
    public int size() {
        lock.lock();
        try {
            return messages.size();
        } finally {
            lock.unlock();
        }
    }

    /** A copy, in the order of acceptance. */
    public List<CarrierMessage> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    /** A copy, in the order of acceptance. */
    public List<CarrierMessage> messagesTo(String e164) {
        lock.lock();
        try {
            return List.copyOf(byRecipient.getOrDefault(e164, List.of()));
        } finally {
            lock.unlock();
        }
    }

    /** Writes the message down for good; when this returns, a kill of the process does not lose it. */
    void add(CarrierMessage message) {
        lock.lock();
        try {
            if (file != null) {
                file.accepted(message);
            }
            remember(message);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that so many reports of the message are done with. */
    void reported(CarrierMessage message, int count) {
        if (file != null) {
            lock.lock();
            try {
                file.reported(message, count);
            } finally {
                lock.unlock();
            }
        }
    }

    private void remember(CarrierMessage message) {
        messages.add(message);
        for (String id : message.ids()) {
            byId.putIfAbsent(id, message);
            byProviderAndId.putIfAbsent(message.provider() + " " + id, message);
        }
        byRecipient
                .computeIfAbsent(message.draft().recipient(), key -> new ArrayList<>())
                .add(message);
    }
}
