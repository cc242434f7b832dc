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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A provider that answers look-ups after a tenth of a second, one id a call, and takes no more than so many in any second: of
 * those that it took, not of those that it refused. What it says when asked often enough is "delivered". Thread-safe.
 */
final class SlowProvider implements SmsProvider, StatusLookup {
    static final ProviderAccount ACCOUNT = ProviderAccount.of("slow");

    private static final long LATENCY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int limit;
    private final int looksToTheEnd;
    private final Deque<Long> lastSecond = new ArrayDeque<>();
    private final List<Long> taken = new ArrayList<>();
    private final List<Long> refused = new ArrayList<>();
    private final Map<String, List<Long>> looks = new ConcurrentHashMap<>();

    /**
     * @param limit how many it takes in any second
     * @param looksToTheEnd from which look on a message is delivered
     */
    SlowProvider(int limit, int looksToTheEnd) {
        this.limit = limit;
        this.looksToTheEnd = looksToTheEnd;
    }

    @Override
    public ProviderTraits traits() {
        return ProviderTraits.builder().build();
    }

    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        throw new IllegalStateException("nothing is sent");
    }

    @Override
    public int maxLookupBatch() {
        return 1;
    }

    @Override
    public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        long came = System.nanoTime();
        String id = attempts.get(0).providerMessageIds().get(0);
        boolean mayPass = mayPass(came);
        int number = mayPass ? note(id) : 0;
        sleepUntil(came + LATENCY_NANOS);
        return List.of(
                mayPass
                        ? new LookupAnswer.Found(List.of(new Receipt(
                                ACCOUNT,
                                id,
                                null,
                                number >= looksToTheEnd ? ReceiptState.DELIVERED : ReceiptState.ENROUTE,
                                number >= looksToTheEnd ? "delivered" : "sent",
                                null,
                                null)))
                        : new LookupAnswer.Failed("429", "too many", null));
    }

    private synchronized boolean mayPass(long now) {
        for (Long first = lastSecond.peek(); first != null && now - first >= SECOND; first = lastSecond.peek()) {
            lastSecond.remove();
        }
        boolean mayPass = lastSecond.size() < limit;
        if (mayPass) {
            lastSecond.add(now);
        }
        (mayPass ? taken : refused).add(now);
        return mayPass;
    }

    private int note(String id) {
        List<Long> times = looks.computeIfAbsent(id, any -> new ArrayList<>(2));
        synchronized (times) {
            times.add(System.currentTimeMillis());
            return times.size();
        }
    }

    private static void sleepUntil(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many it took from its first to its last, in a second. */
    synchronized double perSecond() {
        return (taken.size() - 1) / ((taken.get(taken.size() - 1) - taken.get(0)) / 1e9);
    }

    /** How many it refused that came later than a second after the first of all. */
    synchronized long refusedLater() {
        return refused.stream().filter(at -> at - taken.get(0) >= SECOND).count();
    }

    synchronized long refusedAtFirst() {
        return refused.size() - refusedLater();
    }

    /** When each id was looked up, in milliseconds since 1970. */
    Map<String, List<Long>> looks() {
        return looks;
    }
}
