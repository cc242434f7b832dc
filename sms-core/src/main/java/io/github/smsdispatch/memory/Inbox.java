package io.github.smsdispatch.memory;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.rules.Retries;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Receipts that wait, and the memory of those that came before. Not thread-safe. */
final class Inbox {
    /** What makes two receipts the same. */
    private record Key(ProviderAccount account, String id, ReceiptState state, String status, @Nullable String code) {
        static Key of(Receipt receipt) {
            return new Key(
                    receipt.account(),
                    receipt.providerMessageId(),
                    receipt.state(),
                    receipt.status(),
                    receipt.errorCode());
        }
    }

    /** A receipt that was not applied yet. */
    private record Waiting(long number, Receipt receipt, Instant receivedAt, Instant tryAt) {
        static final Comparator<Waiting> BY_NUMBER = Comparator.comparing(Waiting::number);
        static final Comparator<Waiting> BY_TIME =
                Comparator.comparing(Waiting::tryAt).thenComparing(BY_NUMBER);
    }

    /** All that came, with the time, oldest first. */
    private final Map<Key, Instant> seen = new LinkedHashMap<>();

    private final Map<Key, Waiting> waiting = new HashMap<>();

    /** Those that nobody has looked at. */
    private final NavigableSet<Waiting> fresh = new TreeSet<>(Waiting.BY_NUMBER);

    /** Those that belonged to no known hand-over so far, but may still do. */
    private final NavigableSet<Waiting> retries = new TreeSet<>(Waiting.BY_TIME);

    private long arrivals;

    /** Takes a receipt; returns whether it is new. */
    boolean add(Receipt receipt, Instant now) {
        Key key = Key.of(receipt);
        boolean isNew = seen.putIfAbsent(key, now) == null;
        if (isNew) {
            var each = new Waiting(++arrivals, receipt, now, now);
            waiting.put(key, each);
            fresh.add(each);
        }
        return isNew;
    }

    /**
     * Offers what is due, the fresh before those that were offered before; what is accepted leaves the inbox, the rest is
     * put off. Returns how many were offered.
     */
    int drain(int limit, Instant now, Predicate<Receipt> apply) {
        List<Waiting> first = fresh.stream().limit(limit).toList();
        List<Waiting> then = retries.stream()
                .takeWhile(each -> !each.tryAt().isAfter(now))
                .limit(limit - first.size())
                .toList();
        List<Waiting> page = Stream.concat(first.stream(), then.stream())
                .sorted(Waiting.BY_NUMBER)
                .toList();
        page.forEach(each -> offer(each, now, apply));
        return page.size();
    }

    /** Whether any is to be offered, now or later. */
    boolean isWaiting() {
        return !fresh.isEmpty() || !retries.isEmpty();
    }

    /** Offers one receipt that has been added, if it still waits, or waited until it was given up. */
    void drain(Receipt receipt, Instant now, Predicate<Receipt> apply) {
        Waiting waits = waiting.get(Key.of(receipt));
        if (waits != null) {
            offer(waits, now, apply);
        }
    }

    private void offer(Waiting each, Instant now, Predicate<Receipt> apply) {
        fresh.remove(each);
        retries.remove(each);
        Key key = Key.of(each.receipt());
        if (apply.test(each.receipt())) {
            waiting.remove(key);
            return;
        }
        Instant next = Retries.after(each.receivedAt(), now);
        if (next != null) {
            var later = new Waiting(each.number(), each.receipt(), each.receivedAt(), next);
            waiting.put(key, later);
            retries.add(later);
        }
    }

    /** Forgets receipts that came by then, oldest first; returns how many. */
    int forget(Instant receivedUntil, int limit) {
        List<Key> old = seen.entrySet().stream()
                .takeWhile(each -> !each.getValue().isAfter(receivedUntil))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
        for (Key key : old) {
            seen.remove(key);
            Waiting waits = waiting.remove(key);
            if (waits != null) {
                fresh.remove(waits);
                retries.remove(waits);
            }
        }
        return old.size();
    }
}
