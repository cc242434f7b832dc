package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.PastAttempt.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules need of a hand-over. Not thread-safe. */
public final class AttemptRecord {
    private final AttemptId id;
    private final MessageId message;
    private final int number;
    private final ProviderAccount account;
    private final boolean receiptsPerPart;
    private final Instant startedAt;
    private final @Nullable Ending stored;
    private Ending ending;
    private final List<Part> parts = new ArrayList<>(1);

    private AttemptRecord(
            AttemptId id,
            MessageId message,
            int number,
            ProviderAccount account,
            boolean receiptsPerPart,
            Instant startedAt,
            @Nullable Ending stored,
            Ending ending) {
        this.id = id;
        this.message = message;
        this.number = number;
        this.account = account;
        this.receiptsPerPart = receiptsPerPart;
        this.startedAt = startedAt;
        this.stored = stored;
        this.ending = ending;
    }

    /** A hand-over as it was stored; its parts follow by {@link Records#add(AttemptRecord, Part)}. */
    public static AttemptRecord stored(
            AttemptId id,
            MessageId message,
            int number,
            ProviderAccount account,
            boolean receiptsPerPart,
            Instant startedAt,
            Ending ending) {
        return new AttemptRecord(id, message, number, account, receiptsPerPart, startedAt, ending, ending);
    }

    /** A record of its own without its parts, as if it had just been read from a store that has it as it is now. */
    public AttemptRecord reread() {
        return stored(id, message, number, account, receiptsPerPart, startedAt, ending);
    }

    static AttemptRecord fresh(
            AttemptId id,
            MessageId message,
            int number,
            ProviderAccount account,
            boolean receiptsPerPart,
            Instant startedAt) {
        return new AttemptRecord(id, message, number, account, receiptsPerPart, startedAt, null, Ending.OPEN);
    }

    /** Our reference. */
    public AttemptId id() {
        return id;
    }

    /** The message it handed over. */
    public MessageId message() {
        return message;
    }

    /** The how manieth hand-over of the message it is, from 1. */
    public int number() {
        return number;
    }

    /** Where it went. */
    public ProviderAccount account() {
        return account;
    }

    /** Whether the account reports on each part of a long text by itself. */
    public boolean receiptsPerPart() {
        return receiptsPerPart;
    }

    /** When it began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** As the store has it; null while it has nothing. */
    public @Nullable Ending stored() {
        return stored;
    }

    /** As it is after what the rules did. */
    public Ending ending() {
        return ending;
    }

    /** Its parts in order; empty while the provider's ids are not known. */
    public List<Part> parts() {
        return Collections.unmodifiableList(parts);
    }

    /** The provider's ids in the order of the parts. */
    public List<String> providerMessageIds() {
        return parts.stream().map(part -> part.id().value()).toList();
    }

    /** For the caller of the store. */
    public PastAttempt past() {
        return new PastAttempt(
                id,
                account,
                ending.result(),
                ending.reason(),
                ending.code(),
                ending.retryAfter(),
                providerMessageIds(),
                startedAt,
                ending.endedAt());
    }

    void learn(Ending news) {
        if (news.supersedes(ending)) {
            boolean stillTaken = news.result() == Result.ACCEPTED && ending.result() == Result.ACCEPTED;
            ending = stillTaken ? news.because(ending.reason()) : news;
        }
    }

    /** That it was taken and not delivered, so that its message goes another time. */
    void failLate(@Nullable FailureReason why) {
        ending = ending.because(why);
    }

    /** That the provider has it, from other sources than its answer, which may say more and is kept if it came first. */
    void learnTaken(Instant at) {
        if (ending.result() != Result.ACCEPTED) {
            ending = Ending.of(Result.ACCEPTED, at);
        }
    }

    void add(Part part) {
        parts.add(part);
    }

    /** Whether it is known how many parts it has, and all of them are delivered. */
    boolean isDelivered() {
        return ending.result() == Result.ACCEPTED
                && parts.stream().allMatch(part -> part.state() == ReceiptState.DELIVERED);
    }

    /** Whether it was taken, and all of it is reported as not delivered. */
    boolean cameToNothing() {
        return ending.result() == Result.ACCEPTED
                && !parts.isEmpty()
                && parts.stream().allMatch(part -> part.state() == ReceiptState.UNDELIVERED);
    }

    /** Whether a part of it is known to be delivered. */
    boolean isDeliveredInPart() {
        return parts.stream().anyMatch(part -> part.state() == ReceiptState.DELIVERED);
    }

    /** Whether it was refused, or is known not to reach the recipient. */
    boolean hasFailed() {
        return ending.result() == Result.REFUSED
                || parts.stream().anyMatch(part -> part.state() == ReceiptState.UNDELIVERED);
    }
}
