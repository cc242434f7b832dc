package io.github.smsdispatch.testkit.carrier;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the carrier accepted, whatever the client was told: the truth that a test compares with. Thread-safe;
 * answers are snapshots in the order of acceptance.
 */
public final class Ledger {
    private final InstantSource clock;
    private final @Nullable LedgerFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<CarrierMessage> messages = new ArrayList<>();
    private final Map<String, CarrierMessage> byId = new ConcurrentHashMap<>();
    private final Map<String, List<CarrierMessage>> byRecipient = new ConcurrentHashMap<>();

    Ledger(InstantSource clock, @Nullable LedgerFile file) {
        this.clock = clock;
        this.file = file;
        if (file != null) {
            file.messages().forEach(this::remember);
        }
    }

    /** How messages are told by their text without keeping it: SHA-256 over its UTF-8, 64 lower-case hex digits. */
    public static String textHash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** How many messages were accepted. */
    public int size() {
        lock.lock();
        try {
            return messages.size();
        } finally {
            lock.unlock();
        }
    }

    /** All of them. */
    public List<LedgerEntry> entries() {
        return entries(messages());
    }

    /** Those that carried this reference; more than one means that the same hand-over was made twice. */
    public List<LedgerEntry> byReference(String reference) {
        return entries(messages().stream()
                .filter(message -> reference.equals(message.draft().reference()))
                .toList());
    }

    /** Those to this number in E.164 form with plus sign. */
    public List<LedgerEntry> byRecipient(String e164) {
        return entries(messagesTo(e164));
    }

    /** The one with this id, or with a part of this id. */
    public Optional<LedgerEntry> byMessageId(String id) {
        return Optional.ofNullable(byId.get(id)).map(message -> message.entryAt(clock.instant()));
    }

    /**
     * What was accepted more than once: each list holds the entries with the same text to the same recipient. A test that
     * relies on it gives each of its messages a text of its own.
     */
    public List<List<LedgerEntry>> acceptedMoreThanOnce() {
        var groups = new LinkedHashMap<String, List<LedgerEntry>>();
        for (LedgerEntry entry : entries()) {
            groups.computeIfAbsent(entry.recipient() + " " + entry.textHash(), key -> new ArrayList<>())
                    .add(entry);
        }
        return groups.values().stream().filter(group -> group.size() > 1).toList();
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

    boolean knows(String id) {
        return byId.containsKey(id);
    }

    @Nullable
    CarrierMessage find(String id) {
        return byId.get(id);
    }

    /** A copy, in the order of acceptance. */
    List<CarrierMessage> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    /** A copy, in the order of acceptance. */
    List<CarrierMessage> messagesTo(String e164) {
        lock.lock();
        try {
            return List.copyOf(byRecipient.getOrDefault(e164, List.of()));
        } finally {
            lock.unlock();
        }
    }

    private void remember(CarrierMessage message) {
        messages.add(message);
        message.ids().forEach(id -> byId.put(id, message));
        byRecipient
                .computeIfAbsent(message.draft().recipient(), key -> new ArrayList<>())
                .add(message);
    }

    private List<LedgerEntry> entries(List<CarrierMessage> of) {
        var now = clock.instant();
        return of.stream().map(message -> message.entryAt(now)).toList();
    }
}
