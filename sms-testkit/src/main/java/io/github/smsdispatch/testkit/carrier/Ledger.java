package io.github.smsdispatch.testkit.carrier;

import io.github.smsdispatch.testkit.carrier.server.LedgerBook;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the carrier accepted, whatever the client was told: the truth that a test compares with. Thread-safe;
 * answers are snapshots in the order of acceptance.
 */
public final class Ledger {
    private final LedgerBook book;
    private final InstantSource clock;

    Ledger(LedgerBook book, InstantSource clock) {
        this.book = book;
        this.clock = clock;
    }

    /**
     * Reads the ledger file of a simulator that has ended, or was killed. The file may be opened again afterwards.
     *
     * @throws IllegalStateException if the file is damaged, or a simulator still writes to it
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static Ledger read(Path file) {
        return new Ledger(LedgerBook.read(file), InstantSource.system());
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
        return book.size();
    }

    /** All of them. */
    public List<LedgerEntry> entries() {
        return entries(book.messages());
    }

    /** Those that carried this reference; more than one means that the same hand-over was made twice. */
    public List<LedgerEntry> byReference(String reference) {
        return entries(book.messages().stream()
                .filter(message -> reference.equals(message.draft().reference()))
                .toList());
    }

    /** Those to this number in E.164 form with plus sign. */
    public List<LedgerEntry> byRecipient(String e164) {
        return entries(book.messagesTo(e164));
    }

    /** The one with this id, or with a part of this id; the first, if senders to several providers chose the same. */
    public Optional<LedgerEntry> byMessageId(String id) {
        return Optional.ofNullable(book.find(id)).map(message -> entry(message, clock.instant()));
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

    private List<LedgerEntry> entries(List<CarrierMessage> of) {
        Instant now = clock.instant();
        return of.stream().map(message -> entry(message, now)).toList();
    }

    private static LedgerEntry entry(CarrierMessage message, Instant now) {
        return new LedgerEntry(
                message.provider(),
                message.ids(),
                message.draft().reference(),
                message.draft().recipient(),
                textHash(message.draft().text()),
                message.draft().segments(),
                message.acceptedAt(),
                message.stateAt(now));
    }
}
