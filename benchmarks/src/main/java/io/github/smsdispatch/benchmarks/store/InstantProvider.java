package io.github.smsdispatch.benchmarks.store;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Takes everything at once, knows each message of a {@link Campaign} by its number, and counts what comes twice. */
final class InstantProvider implements SmsProvider, StatusLookup {
    static final ProviderAccount ACCOUNT = ProviderAccount.of("instant");

    private static final HexFormat HEX = HexFormat.of();

    private final int batch;
    private final AtomicIntegerArray taken;
    private final AtomicLongArray takenAt;
    private final AtomicInteger distinct = new AtomicInteger();
    private final AtomicInteger twice = new AtomicInteger();
    private final AtomicInteger lookedUp = new AtomicInteger();
    private final AtomicLong firstAt = new AtomicLong();

    /** @param messages how many there are in the campaign */
    InstantProvider(int messages, int batch) {
        this.batch = batch;
        this.taken = new AtomicIntegerArray(messages);
        this.takenAt = new AtomicLongArray(messages);
    }

    @Override
    public ProviderTraits traits() {
        // Nobody asks for a status as long as hand-overs are measured.
        return ProviderTraits.builder()
                .maxBatchSize(batch)
                .receiptPatience(Duration.ofHours(6))
                .build();
    }

    @Override
    public List<SubmitOutcome> submit(List<Submission> submissions) {
        return submissions.stream()
                .<SubmitOutcome>map(submission -> SubmitOutcome.Accepted.as(take(submission.text())))
                .toList();
    }

    /** Takes the text of one message and gives it an id, as random as those of real providers. */
    String take(String text) {
        long now = System.nanoTime();
        firstAt.compareAndSet(0, now);
        int number = Campaign.numberIn(text);
        if (taken.getAndIncrement(number) == 0) {
            takenAt.set(number, now);
            distinct.incrementAndGet();
        } else {
            twice.incrementAndGet();
        }
        var random = ThreadLocalRandom.current();
        return "SM" + HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }

    @Override
    public int maxLookupBatch() {
        return batch;
    }

    @Override
    public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        lookedUp.addAndGet(attempts.size());
        return attempts.stream()
                .<LookupAnswer>map(attempt -> new LookupAnswer.Found(
                        List.of(delivered(attempt.providerMessageIds().get(0)))))
                .toList();
    }

    private static Receipt delivered(String id) {
        return new Receipt(ACCOUNT, id, null, ReceiptState.DELIVERED, "delivered", null, null);
    }

    /** Whether it was given every message. */
    boolean isDone() {
        return distinct.get() == taken.length();
    }

    /** How many hand-overs of messages there were that it had been given before. */
    int twice() {
        return twice.get();
    }

    /** How many messages it was asked for. */
    int lookedUp() {
        return lookedUp.get();
    }

    /** When it was given the first of all, by {@link System#nanoTime}; 0: it was given none. */
    long firstAt() {
        return firstAt.get();
    }

    /** When it was given the message, by {@link System#nanoTime}; 0: not yet. */
    long takenAt(int number) {
        return takenAt.get(number);
    }

    /** @throws IllegalStateException unless it was given each message of the campaign once */
    void expectEachOnce() {
        if (distinct.get() != taken.length() || twice.get() != 0) {
            throw new IllegalStateException("of " + taken.length() + " messages " + distinct.get()
                    + " were handed over, and there were " + twice.get() + " repetitions");
        }
    }
}
